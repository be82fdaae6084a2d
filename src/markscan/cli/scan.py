"""markscan scan: everything under a few roots, as the night scan of a share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from markscan.cli.options import Options, shared, sketch_option
from markscan.cli.parser import new_command
from markscan.wording import Language


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def scan(roots: tuple[Path, ...], **values: Any) -> int:
        from markscan.cli.settings import configured
        from markscan.cli.sketching import examine_and_keep
        from markscan.walk import walk

        options = Options.of(asked, values)
        config = configured(options, "scan", roots=roots)
        return examine_and_keep(walk(roots, exclude=config.exclude), config, options)

    path = click.Path(path_type=Path)
    argument = click.Argument(["roots"], nargs=-1, required=True, type=path, metavar="ROOT...")
    return new_command("scan", asked, scan, [argument, *shared(asked), sketch_option(asked)])
