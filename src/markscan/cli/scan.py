"""markscan scan: everything under a few roots, as the night scan of a share; kept in a store."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from markscan.cli.options import Options, shared, sketch_option
from markscan.cli.parser import new_command, sentence
from markscan.wording import Language


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def scan(roots: tuple[Path, ...], **values: Any) -> int:
        from markscan.cli.nightly import Keeping, examine_kept
        from markscan.cli.settings import configured
        from markscan.cli.sketching import keeping

        options = Options.of(asked, values)
        config = configured(options, "scan", roots=roots)
        task = Keeping(roots, **values)
        return keeping(config, options, partial(examine_kept, task, config, options))

    path = click.Path(path_type=Path)

    def flag(name: str) -> click.Option:
        return click.Option([f"--{name}"], is_flag=True, help=sentence(f"option.{name}", asked))

    parameters: list[click.Parameter] = [
        click.Argument(["roots"], nargs=-1, required=True, type=path, metavar="ROOT..."),
        store_option(asked),
        flag("full"),
        flag("changed"),
    ]
    return new_command("scan", asked, scan, [*parameters, *shared(asked), sketch_option(asked)])


def store_option(asked: Language | None) -> click.Option:
    """Return --store, of the commands that read or write one."""
    return click.Option(["--store"], metavar="PLACE", help=sentence("option.store", asked))
