"""markscan review: a batch of files or folders looked over once, into one report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from markscan.cli.options import Options, shared, sketch_option
from markscan.cli.parser import new_command, sentence
from markscan.errors import UsageError
from markscan.wording import INTERFACE, Language


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def review(paths: tuple[Path, ...], files_from: str | None, **values: Any) -> int:
        from markscan.cli.listing import listed, named
        from markscan.cli.settings import configured
        from markscan.cli.sketching import examine_and_keep
        from markscan.walk import walk

        options = Options.of(asked, values)
        if bool(paths) == bool(files_from):
            raise UsageError(INTERFACE["usage.review"])
        config = configured(options, "review", roots=paths if files_from is None else None)
        if files_from is None:
            found = walk(paths, exclude=config.exclude)
        else:
            found = named(listed(files_from))
        return examine_and_keep(found, config, options)

    path = click.Path(path_type=Path)
    parameters: list[click.Parameter] = [
        click.Argument(["paths"], nargs=-1, type=path, metavar="[PATH...]"),
        click.Option(["--files-from"], metavar="LIST", help=sentence("option.files-from", asked)),
    ]
    return new_command("review", asked, review, [*parameters, *shared(asked), sketch_option(asked)])
