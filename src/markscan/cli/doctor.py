"""markscan doctor: what is installed, what is missing, and whether reading leaves traces."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import click

from markscan.cli.exit_code import ExitCode
from markscan.cli.kept import where_options
from markscan.cli.options import Options, shared
from markscan.cli.parser import new_command, sentence
from markscan.errors import UnreadError
from markscan.wording import INTERFACE, Language, Text

FAULT = UnreadError.code
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True, slots=True)
class Check:
    """What one look found. `state` is "ok", "missing" (an optional group) or "broken"."""

    name: str
    state: str
    detail: Text


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def doctor(
        store: str | None, roots: tuple[Path, ...], anchor: str | None, **values: Any
    ) -> int:
        from markscan.cli.doctor_store import store_checks
        from markscan.report.jsonl import line

        options = Options.of(asked, values)
        language = asked or "zh"
        broken = False
        looks: Iterable[Check] = chain([_profile(options), _matching(options)], checks())
        if store is not None or roots or anchor is not None:
            looks = store_checks(store, roots, anchor)
        for check in looks:
            broken = broken or check.state == "broken"
            if options.format == "jsonl":
                detail = check.detail.of(language)
                told = {"check": check.name, "state": check.state, "detail": detail}
                said = line({"schema": "markscan.doctor/1", **told})
            else:
                said = _line(check, language)
            sys.stdout.write(said)
            sys.stdout.flush()
        return ExitCode.INTERNAL if broken else ExitCode.CLEAN

    anchor = click.Option(
        ["--anchor"], metavar="NUMBER:DIGEST", help=sentence("option.anchor", asked)
    )
    return new_command("doctor", asked, doctor, [*where_options(asked), anchor, *shared(asked)])


def checks() -> Iterator[Check]:
    """Look at one thing after the other, and yield what each is like."""
    yield _program()
    yield _data()
    yield from _readers()
    yield from _extras()
    yield _workers()
    yield _traces()
    yield _residue()


def _program() -> Check:
    from markscan import __version__

    system = f"{platform.system()} {platform.machine()}"
    said = INTERFACE["doctor.program"]
    filled = said.fill(version=__version__, python=platform.python_version(), system=system)
    return Check("program", "ok", filled)


def _profile(options: Options) -> Check:
    """What is asked of the kind of organisation that is configured here."""
    from markscan.cli.settings import configured
    from markscan.profiles import switches

    profile = configured(options, "check").organisation
    said = INTERFACE["doctor.profile"]
    asked = ", ".join(f"{name} = {value}" for name, value in switches(profile))
    return Check(f"profile {profile.code}", "ok", said.fill(name=profile.name, switches=asked))


def _data() -> Check:
    from markscan.rules import RULES
    from markscan.termlist import shipped_list

    counts = {"terms": len(shipped_list()), "rules": len(RULES)}
    return Check("data", "ok", INTERFACE["doctor.data"].fill(**counts))


def _matching(options: Options) -> Check:
    """Which engine looks for the terms of the lexicons that are configured here."""
    from markscan.cli.settings import configured
    from markscan.match.terms import kind_for, kind_wanted
    from markscan.termlist import TermList, read_terms, shipped_list

    config = configured(options, "check")
    own = read_terms(config.lexicons, config.terms_key)
    terms = TermList.joined((shipped_list(), own))
    used, best = kind_for(terms.pool), kind_wanted(terms.pool)
    told = {
        "terms": len(terms),
        "name": used.name,
        "library": used.library,
        "version": version(used.library),
    }
    if used is best:
        return Check("matching", "ok", INTERFACE["doctor.matching"].fill(**told))
    said = INTERFACE["doctor.slow-matching"].fill(best=best.library, **told)
    return Check("matching", "missing", said)


def _readers() -> Iterator[Check]:
    from markscan.extract import EXTRACTORS

    for extractor in EXTRACTORS:
        name = f"reader {extractor.name}"
        try:
            import_module(extractor.module)
        except ImportError as error:
            missing = INTERFACE["doctor.no-library"].fill(name=error.name or str(error))
            yield Check(name, "broken", missing)
        else:
            formats = " ".join(sorted(extractor.formats))
            yield Check(name, "ok", INTERFACE["doctor.reads"].fill(formats=formats))


def _extras() -> Iterator[Check]:
    from markscan.extract import OPTIONAL

    for name, is_there in OPTIONAL.items():
        if is_there():
            yield Check(f"extra {name}", "ok", INTERFACE[f"doctor.extra.{name}"])
        else:
            yield Check(f"extra {name}", "missing", INTERFACE[f"doctor.no-extra.{name}"])
    yield _fused()


def _fused() -> Check:
    """Try the compiled fold: numba may be there and not work."""
    from markscan.fold.fused import MUCH, installed, works

    if installed() and works():
        return Check("extra fast", "ok", INTERFACE["doctor.extra.fast"].fill(count=f"{MUCH:,}"))
    key = "doctor.unusable.fast" if installed() else "doctor.no-extra.fast"
    return Check("extra fast", "missing", INTERFACE[key])


def _workers() -> Check:
    """Scan the samples in a process of its own, under its limits."""
    from markscan.cli.examine import MakeScan
    from markscan.config import Config
    from markscan.errors import WorkerError
    from markscan.run import run

    config = Config(ocr=False)
    seconds, megabytes = config.seconds_per_file, config.megabytes_per_worker
    process = MakeScan(config)
    try:
        ended = list(run(process, _samples(), workers=1, seconds=seconds, megabytes=megabytes))
    except WorkerError as error:
        return Check("workers", "broken", INTERFACE["doctor.no-workers"].fill(why=error.args[0]))
    faults = [one for each in ended for one in each.flat() for p in one.problems if p.code == FAULT]
    if faults:
        said = INTERFACE["doctor.faults"].fill(count=len(faults), name=faults[0].locator)
        return Check("workers", "broken", said)
    key = "doctor.workers" if sys.platform == "linux" else "doctor.workers-unbounded"
    told = INTERFACE[key].fill(count=len(ended), seconds=f"{seconds:g}", megabytes=megabytes)
    return Check("workers", "ok", told)


def _traces() -> Check:
    """Scan the samples here, and count what is written or sent meanwhile."""
    from markscan.config import Config
    from markscan.scan import Scanner

    scan = Scanner(Config(ocr=False)).scan_file
    samples = list(_samples())
    traces = traces_of(lambda: [scan(sample) for sample in samples])
    if traces:
        said = INTERFACE["doctor.traces"].fill(what=", ".join(traces[:5]))
        return Check("traces", "broken", said)
    return Check("traces", "ok", INTERFACE["doctor.no-traces"].fill(count=len(samples)))


def _residue() -> Check:
    """Look for unfinished files in the folders that are ours."""
    from markscan import cache
    from markscan.cli.doctor_store import residue
    from markscan.store.place import state_folder

    return residue([cache.folder(), state_folder()])


def traces_of(work: Callable[[], object]) -> list[str]:
    """Do `work` and return what it wrote or whom it called, as the interpreter saw it."""
    seen: list[str] = []
    watching = True

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if not watching:
            return
        if event == "open" and arguments[2] & _WRITES:
            # What the interpreter compiles it may store beside the source.
            if "__pycache__" not in str(arguments[0]):
                seen.append(f"open {arguments[0]}")
        elif event in ("socket.connect", "socket.sendto", "subprocess.Popen", "os.mkdir"):
            seen.append(event)

    sys.addaudithook(watch)
    try:
        work()
    finally:
        watching = False  # a hook cannot be taken off
    return seen


def _samples() -> Iterator[Any]:
    from markscan.cli.sample_share import samples
    from markscan.source import Source

    for name, content in samples():
        yield Source(Path(name), (), content)


def _line(check: Check, language: Language) -> str:
    said = INTERFACE["doctor.line"].fill(
        state=INTERFACE[f"doctor.{check.state}"], name=check.name, detail=check.detail
    )
    return said.of(language) + "\n"
