"""markscan report: a run of the store once more, without a scan."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from markscan.cli.exit_code import ExitCode
from markscan.cli.kept import opened, render, where_options
from markscan.cli.options import Options, shared
from markscan.cli.parser import new_command, sentence
from markscan.wording import Language

_TAKEN = ("--format", "--fail-level", "--lang", "--quiet", "--verbose")


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def report(store: str | None, roots: tuple[Path, ...], run: int | None, **values: Any) -> int:
        from markscan.config import Config
        from markscan.store.runs import one_run

        options = replace(Options.of(asked, values), quote=False)
        config = Config(task="scan", language=asked or "zh")
        with closing(opened(store, roots)) as connection:
            code: ExitCode = render(connection, one_run(connection, run), config, options)
        return code

    number = click.Option(
        ["--run"], type=click.IntRange(min=1), metavar="ID", help=sentence("option.run", asked)
    )
    speaking = [each for each in shared(asked) if set(each.opts) & set(_TAKEN)]
    return new_command("report", asked, report, [*where_options(asked), number, *speaking])
