"""markscan review: a batch of files or folders looked over once, into one report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.options import Options, shared, sketch_option
from markscan.cli.parser import new_command, sentence
from markscan.cli.roots import ROOT, reach_of
from markscan.cli.stopping import stopped_like_ctrl_c
from markscan.errors import UsageError
from markscan.wording import INTERFACE, Language

if TYPE_CHECKING:
    from markscan.remote.address import Address


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def review(paths: tuple[Path | Address, ...], files_from: str | None, **values: Any) -> int:
        from markscan.cli.listing import listed, named
        from markscan.cli.settings import configured
        from markscan.cli.sketching import examine_and_keep
        from markscan.remote.tree import files

        options = Options.of(asked, values)
        if bool(paths) == bool(files_from):
            raise UsageError(INTERFACE["usage.review"])
        if files_from is not None:
            config = configured(options, "review", roots=None)
            with stopped_like_ctrl_c():
                return examine_and_keep(named(listed(files_from)), config, options)
        on_disk = [path for path in paths if isinstance(path, Path)]
        config = configured(options, "review", roots=on_disk)
        reach = reach_of(paths, config)
        with stopped_like_ctrl_c():
            return examine_and_keep(files(paths, reach, config.exclude), config, options, reach)

    parameters: list[click.Parameter] = [
        click.Argument(["paths"], nargs=-1, type=ROOT, metavar="[PATH...]"),
        click.Option(["--files-from"], metavar="LIST", help=sentence("option.files-from", asked)),
    ]
    return new_command("review", asked, review, [*parameters, *shared(asked), sketch_option(asked)])
