"""markscan report: a run of the store once more, without a scan."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.kept import opened, render, where_options
from markscan.cli.options import Options, shared
from markscan.cli.parser import new_command, sentence
from markscan.cli.quoting import quoting
from markscan.report import REPORTERS
from markscan.report.run import DOCUMENTS, FORMATS
from markscan.wording import Language

if TYPE_CHECKING:
    from markscan.cli.run_report import Target
    from markscan.store.database import Connection
    from markscan.store.runs import Run

_TAKEN = ("--config", "--profile", "--fail-level", "--lang", "--quiet", "--verbose")


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def report(store: str | None, roots: tuple[Path, ...], run: int | None, **values: Any) -> int:
        from markscan.cli.run_report import Target, write_template
        from markscan.store.runs import one_run

        quote: bool = values.pop("quote")
        target = Target(*(values.pop(name) for name in ("out", "template", "against")))
        blank: Path | None = values.pop("blank")
        options = Options.of(asked, values)
        if blank is not None:
            write_template(options.format, blank, asked or "zh")
            return 0
        target.refuse(options.format)
        with closing(opened(store, roots)) as connection:
            return _reported(connection, one_run(connection, run), options, target, quote)

    return new_command(
        "report", asked, report, [*where_options(asked), *_own(asked), *_spoken(asked)]
    )


def _reported(
    connection: Connection, run: Run, options: Options, target: Target, quote: bool
) -> int:
    """Report the run in the way that its format asks for."""
    from markscan.cli.run_report import render_whole
    from markscan.cli.settings import configured
    from markscan.config import Config

    if quote:
        with quoting(connection, run, options) as quoter:
            config = Config(task="scan", language=options.asked or "zh")
            return render(connection, run, config, options, quoter.over)
    if options.format in FORMATS or options.format in DOCUMENTS:
        config = configured(options, "scan", roots=map(Path, run.asked.roots))
        return render_whole(connection, run, config, options, target)
    config = Config(task="scan", language=options.asked or "zh")
    return render(connection, run, config, options)


def _own(asked: Language | None) -> list[click.Parameter]:
    """Return the options that no other command has."""

    def file(name: str, field: str, key: str) -> click.Option:
        path = click.Path(path_type=Path)
        return click.Option(
            [f"--{name}", field], type=path, metavar="FILE", help=sentence(key, asked)
        )

    which = sentence("option.run", asked)
    formats = list(dict.fromkeys([*REPORTERS, *FORMATS, *DOCUMENTS]))
    return [
        click.Option(["--run"], type=click.IntRange(min=1), metavar="ID", help=which),
        click.Option(
            ["--format"],
            type=click.Choice(formats),
            default=formats[0],
            help=sentence("option.run-format", asked),
        ),
        click.Option(
            ["--against"],
            type=click.IntRange(min=1),
            metavar="ID",
            help=sentence("option.against", asked),
        ),
        file("out", "out", "option.out"),
        file("template", "template", "option.template"),
        file("template-out", "blank", "option.template-out"),
        click.Option(["--quote"], is_flag=True, help=sentence("option.quote-kept", asked)),
    ]


def _spoken(asked: Language | None) -> list[click.Parameter]:
    """Return the options that it shares with other commands."""
    return [each for each in shared(asked) if set(each.opts) & set(_TAKEN)]
