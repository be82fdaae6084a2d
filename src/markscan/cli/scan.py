"""markscan scan: everything under a few roots, as the night scan of a share; kept in a store."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.options import Options, manners_options, shared, sketch_option
from markscan.cli.parser import new_command, sentence
from markscan.cli.roots import ROOT, reach_of
from markscan.cli.stopping import stopped_like_ctrl_c
from markscan.wording import Language

if TYPE_CHECKING:
    from markscan.remote.address import Address


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def scan(roots: tuple[Path | Address, ...], **values: Any) -> int:
        from markscan.cli.settings import configured
        from markscan.store.ahead import Ahead

        options = Options.of(asked, values)
        on_disk = [root for root in roots if isinstance(root, Path)]
        config = configured(options, "scan", roots=on_disk)
        reach = reach_of(roots, config)
        listing = partial(Ahead, on_disk, config.exclude, low_priority=config.low_priority)
        with stopped_like_ctrl_c(), closing(listing()) as ahead:
            # Folders are being listed while these are read.
            from markscan.cli.nightly import Keeping, examine_kept
            from markscan.cli.sketching import keeping

            task = Keeping(roots, ahead, reach=reach, **values)
            return keeping(config, options, partial(examine_kept, task, config, options))

    def flag(name: str) -> click.Option:
        return click.Option([f"--{name}"], is_flag=True, help=sentence(f"option.{name}", asked))

    parameters: list[click.Parameter] = [
        click.Argument(["roots"], nargs=-1, required=True, type=ROOT, metavar="ROOT..."),
        store_option(asked),
        flag("full"),
        flag("changed"),
        *manners_options(asked),
    ]
    return new_command("scan", asked, scan, [*parameters, *shared(asked), sketch_option(asked)])


def store_option(asked: Language | None) -> click.Option:
    """Return --store, of the commands that read or write one."""
    return click.Option(["--store"], metavar="PLACE", help=sentence("option.store", asked))
