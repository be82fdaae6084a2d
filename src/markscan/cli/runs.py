"""markscan runs: the runs of a store, the last one first."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from markscan.cli.exit_code import ExitCode
from markscan.cli.kept import line_options, listed, opened
from markscan.cli.parser import new_command
from markscan.wording import Language


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def runs(store: str | None, roots: tuple[Path, ...], format: str) -> int:
        from markscan.store.runs import runs as all_runs

        with closing(opened(store, roots)) as connection:
            for text in listed(all_runs(connection), asked or "zh", format):
                sys.stdout.write(text)
        return ExitCode.CLEAN

    return new_command("runs", asked, runs, line_options(asked))
