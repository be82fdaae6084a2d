"""markscan check: a drafter looks over a few drafts before they are issued."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.exit_code import ExitCode
from markscan.cli.options import Options, on_terminal, shared
from markscan.cli.parser import new_command, sentence
from markscan.cli.roots import ROOT, reach_of
from markscan.cli.stopping import stopped_like_ctrl_c
from markscan.wording import Language

if TYPE_CHECKING:
    from markscan.cli.sources import Sources
    from markscan.config import Config
    from markscan.finding import Outcome
    from markscan.remote.address import Address

# Quick and safe to read in this process; anything else may take a parser down.
_LIGHT = frozenset({".docx", ".txt", ".text", ".md", ".csv", ".log"})
_LIGHT_BYTES = 8_000_000  # of all files together


def command(asked: Language | None) -> click.Command:
    """Return the command."""
    path = click.Path(path_type=Path)
    files = click.Argument(["files"], nargs=-1, type=ROOT, metavar="FILE...")

    def check(**values: Any) -> int:
        of_drafts = values["annotate"] or values["slip"] or not values["sources"]
        if of_drafts and not values["files"]:
            raise click.MissingParameter(ctx=click.get_current_context(), param=files)
        with stopped_like_ctrl_c():
            return _check(asked, **values)

    own = [
        click.Option(
            [f"--{name}"], type=path, metavar=metavar, help=sentence(f"option.{name}", asked)
        )
        for name, metavar in (("form", "FORM"), ("annotate", "OUT.docx"), ("slip", "OUT.docx"))
    ]
    sources = click.Option(
        ["--sources"], multiple=True, metavar="SOURCE...", help=sentence("option.sources", asked)
    )
    made = new_command("check", asked, check, [files, *shared(asked), *own, sources])
    spread = _Spread(
        "check", callback=made.callback, params=made.params, help=made.help, add_help_option=False
    )
    spread.context_class = made.context_class
    return spread


class _Spread(click.Command):
    """A command whose --sources takes all that follows, up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give each source an option of its own."""
        return super().parse_args(ctx, list(_spread(args)))


def _spread(args: list[str]) -> Iterator[str]:
    taking = False
    for number, arg in enumerate(args):
        following = args[number + 1 : number + 2]
        if arg == "--sources":
            taking = bool(following) and not following[0].startswith("-")
            if not taking:
                yield arg  # without a value: the parser complains
            continue
        taking = taking and not arg.startswith("-")
        if taking:
            yield "--sources"
        yield arg


def _check(
    asked: Language | None,
    files: tuple[Path | Address, ...],
    sources: tuple[str, ...],
    form: Path | None,
    annotate: Path | None,
    slip: Path | None,
    **values: Any,
) -> int:
    from dataclasses import replace

    from markscan.cli.examine import examine
    from markscan.cli.listing import named
    from markscan.cli.settings import configured
    from markscan.cli.takeaway import TakeAway

    options = Options.of(asked, values)
    quote = options.format == "text" and on_terminal()
    take = TakeAway(annotate, slip)
    take.refuse(files)
    config = replace(configured(options, "check", quote=quote), form=form)
    if slip is not None:
        config = replace(config, explain=True)  # the slip names the rules that were silent
    reach = reach_of(files, config)
    origins = _read(sources, config)
    outcomes: list[Outcome] = []
    code = ExitCode.CLEAN
    if files:
        workers = 0 if _light(files) else min(config.jobs or 2, len(files))
        observe = outcomes.append if take or sources else None
        found = named(files, reach)
        code = examine(found, config, options, workers=workers, observe=observe, reach=reach)
    if origins is not None:
        code = origins.close(code, outcomes, options.format)
    return take.close(code, outcomes, config, quiet=options.quiet)


def _read(names: tuple[str, ...], config: Config) -> Sources | None:
    """Read the sources, before any draft; None where none are named."""
    if not names:
        return None
    from markscan.cli.sources import Sources

    return Sources(names, config)


def _light(files: tuple[Path | Address, ...]) -> bool:
    """Whether all files are few bytes of a format that needs no process of its own."""
    on_disk = [file for file in files if isinstance(file, Path)]
    if len(on_disk) < len(files) or any(file.suffix.lower() not in _LIGHT for file in on_disk):
        return False
    return sum(file.stat().st_size for file in on_disk if file.is_file()) < _LIGHT_BYTES
