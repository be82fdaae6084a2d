"""markscan hunt: looks for registered documents in what was scanned before."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from markscan.cli.console import remark
from markscan.cli.exit_code import ExitCode
from markscan.cli.options import Options
from markscan.cli.parser import language_option, new_command, sentence
from markscan.errors import RegisterError, UsageError
from markscan.wording import REGISTER, Language

if TYPE_CHECKING:
    from collections.abc import Generator

    from markscan.config import Config
    from markscan.finding import Outcome
    from markscan.register.hunting import Candidate
    from markscan.register.register import Register

_PATH = click.Path(path_type=Path)
_FORMATS = ("text", "jsonl")


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def hunt(sketch: Path, **values: Any) -> int:
        from markscan.cli.hunt_report import as_records, as_table, confirmed, suspected
        from markscan.cli.settings import configured
        from markscan.register.hunting import hunt as search
        from markscan.register.keys import read_key
        from markscan.register.opening import key_beside, open_register
        from markscan.register.sketches import Sketches

        options = Options.of(asked, values)
        config = configured(options, "review")
        if config.register is None:
            raise UsageError(REGISTER["hunt.no-register"])
        key = config.register_key or key_beside(config.register)
        sketches = Sketches(sketch, read_key(key))
        register = open_register(config.register, key)
        sought = _sought(register, values["since"], values["entries"], config)
        alone = values["every"] or values["confirm"]
        found = search(sketches, register, sought, alone=alone)
        if values["confirm"]:
            outcomes = _read_again(found.candidates, config, options)
            rows = confirmed(found.candidates, outcomes, register, sought)
        else:
            rows = suspected(found.candidates, register)
        write = as_records if options.format == "jsonl" else as_table
        for line in write(rows, config.language):
            sys.stdout.write(line)
        if not options.quiet:
            said = {"files": found.files, "entries": len(sought), "count": len(rows)}
            remark(REGISTER["hunt.end"].fill(**said), config.language)
        if found.damaged or sketches.cut:
            told = {"name": sketch, "count": found.damaged + sketches.cut}
            remark(REGISTER["hunt.incomplete"].fill(**told), config.language)
        if rows:
            return ExitCode.FINDINGS
        return ExitCode.INCOMPLETE if found.damaged or sketches.cut else ExitCode.CLEAN

    return new_command("hunt", asked, hunt, _parameters(asked))


def _parameters(asked: Language | None) -> list[click.Parameter]:
    def file(name: str, key: str, *, required: bool = False) -> click.Option:
        told = sentence(key, asked)
        return click.Option([name], type=_PATH, metavar="FILE", required=required, help=told)

    def flag(names: Sequence[str], key: str) -> click.Option:
        return click.Option(names, is_flag=True, help=sentence(key, asked))

    formats = click.Choice(_FORMATS)
    return [
        file("--sketch", "option.hunt-sketch", required=True),
        file("--register", "option.register"),
        file("--key", "option.key"),
        click.Option(["--since"], metavar="ID", help=sentence("option.hunt-since", asked)),
        click.Option(
            ["--entry", "entries"],
            multiple=True,
            metavar="ID",
            help=sentence("option.hunt-entry", asked),
        ),
        flag(["--confirm"], "option.hunt-confirm"),
        flag(["--all", "every"], "option.hunt-all"),
        click.Option(
            ["--format"],
            type=formats,
            default=_FORMATS[0],
            help=sentence("option.hunt-format", asked),
        ),
        file("--config", "option.config"),
        file("--password-file", "option.password-file"),
        click.Option(
            ["--jobs"],
            type=click.IntRange(min=1),
            metavar="N",
            help=sentence("option.jobs", asked),
        ),
        flag(["-q", "--quiet"], "option.quiet"),
        language_option(asked),
    ]


def _sought(
    register: Register, since: str | None, ids: Sequence[str], config: Config
) -> frozenset[int]:
    """Return the numbers of the entries to look for: those named, else all in force.

    Raises:
        RegisterError: there is no entry of an id.
    """
    by_id = {entry.id: entry for entry in register.entries.values()}
    for each in (*ids, *([since] if since is not None else [])):
        if each not in by_id:
            raise RegisterError(REGISTER["register.no-entry"].fill(id=each))
    named = {by_id[each].number for each in ids}
    if named and since is None:
        return frozenset(named)
    first = by_id[since].number if since is not None else 0
    later = (entry for entry in register.entries.values() if entry.number >= first)
    return frozenset(named | {entry.number for entry in later if entry.in_force(config.today)})


def _read_again(
    candidates: Iterable[Candidate], config: Config, options: Options
) -> dict[str, Outcome]:
    """Scan the files on disk of `candidates`; return all outcomes by locator."""
    from markscan.cli.examine import RECOGNITION_MEGABYTES, MakeScan
    from markscan.cli.progress import watching
    from markscan.extract import ocr_installed
    from markscan.run import run
    from markscan.source import Source

    paths = sorted({each.path for each in candidates})
    again = replace(config, excerpts=True, sketches=None)
    recognise = config.ocr and ocr_installed()
    pictures = config.seconds_per_picture * config.limits.pictures if recognise else 0.0
    found: dict[str, Outcome] = {}
    if not paths:
        return found
    with watching(options, config.language) as progress:
        outcomes = run(
            MakeScan(again),
            (Source(Path(path)) for path in paths),
            workers=min(config.jobs or os.cpu_count() or 1, len(paths)),
            seconds=config.seconds_per_file + pictures,
            megabytes=config.megabytes_per_worker + (RECOGNITION_MEGABYTES if recognise else 0),
            started=progress.at,
        )
        with closing(cast("Generator[Outcome]", outcomes)):
            for outcome in outcomes:
                progress.ended()
                found.update((one.locator, one) for one in outcome.flat())
    return found
