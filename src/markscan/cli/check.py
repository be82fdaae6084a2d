"""markscan check: a drafter looks over a few drafts before they are issued."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.options import Options, on_terminal, shared
from markscan.cli.parser import new_command, sentence
from markscan.wording import Language

if TYPE_CHECKING:
    from markscan.finding import Outcome

# Quick and safe to read in this process; anything else may take a parser down.
_LIGHT = frozenset({".docx", ".txt", ".text", ".md", ".csv", ".log"})
_LIGHT_BYTES = 8_000_000  # of all files together


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def check(
        files: tuple[Path, ...],
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
        workers = 0 if _light(files) else min(config.jobs or 2, len(files))
        outcomes: list[Outcome] = []
        observe = outcomes.append if take else None
        code = examine(named(files), config, options, workers=workers, observe=observe)
        return take.close(code, outcomes, config, quiet=options.quiet)

    path = click.Path(path_type=Path)
    argument = click.Argument(["files"], nargs=-1, required=True, type=path, metavar="FILE...")
    own = [
        click.Option(
            [f"--{name}"], type=path, metavar=metavar, help=sentence(f"option.{name}", asked)
        )
        for name, metavar in (("form", "FORM"), ("annotate", "OUT.docx"), ("slip", "OUT.docx"))
    ]
    return new_command("check", asked, check, [argument, *shared(asked), *own])


def _light(files: tuple[Path, ...]) -> bool:
    """Whether all files are few bytes of a format that needs no process of its own."""
    if any(file.suffix.lower() not in _LIGHT for file in files):
        return False
    return sum(file.stat().st_size for file in files if file.is_file()) < _LIGHT_BYTES
