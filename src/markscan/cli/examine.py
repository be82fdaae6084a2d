"""The one flow of check, scan and review: files in, report out, exit code."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, cast

from markscan.cli.console import complain, remark
from markscan.cli.exit_code import ExitCode, ending
from markscan.cli.options import Options
from markscan.cli.progress import Progress, watching
from markscan.config import Config
from markscan.errors import UsageError, WorkerError
from markscan.extract import ocr_installed
from markscan.finding import Outcome, Severity
from markscan.read_once import Known, ReadOnce
from markscan.report import REPORTERS, Reporter, Totals
from markscan.run import (
    PLAIN,
    Closing,
    CopyLedger,
    Manners,
    look_twice,
    run,
    shows_pictures,
    unread,
)
from markscan.source import Source
from markscan.walk import Excluded, Found

if TYPE_CHECKING:
    from markscan.remote.reach import Reach

RECOGNITION_MEGABYTES = 2048  # of address space that the models take beside the file


@dataclass(frozen=True, slots=True)
class MakeScan:
    """Makes the function that scans one file; travels to the processes that call it."""

    config: Config
    keeping: bool = False  # outcomes bear the digest of their file
    reach: Reach | None = None  # how shares are reached, if any are scanned
    known: Known | None = None  # asks for what is known of identical files

    def __call__(self) -> Callable[[Source], Outcome]:
        """Build the scanner of this process."""
        from markscan.scan import Scanner

        if self.reach is not None:
            self.reach.enter()
        scanner = Scanner(self.config)
        return ReadOnce(scanner, self.known) if self.keeping else scanner.scan_file


def examine(
    found: Iterable[Found],
    config: Config,
    options: Options,
    *,
    workers: int | None = None,
    observe: Callable[[Outcome], None] | None = None,
    reach: Reach | None = None,
) -> ExitCode:
    """Scan what was found, report it as it ends, and return the exit code.

    Args:
        workers: how many processes scan; 0 for this one; None for what `config` says.
        observe: is given each outcome as well, before it is reported.
        reach: how shares are reached, if files of any are among what was found.

    Raises:
        UsageError: no scanner can be built from this configuration; nothing was reported.
    """
    reporter = REPORTERS[options.format](sys.stdout, options.manner(config))
    totals = Totals()
    if workers is None:
        workers = config.jobs or os.cpu_count() or 1
    interrupted, failed = False, False
    try:
        with watching(options, config.language) as progress:
            order = _Order(totals)
            sources = order.sources(found)
            outcomes = looked_over(sources, config, workers, progress, reach=reach)
            merged = order.merged(outcomes)
            _follow(merged, config, reporter, totals, progress, observe)
    except KeyboardInterrupt:
        interrupted = True
    except WorkerError as error:
        if isinstance(error.__cause__, UsageError):
            raise error.__cause__ from None
        complain(error.args[0], config.language)
        failed = True
    level = Severity[config.fail_level.upper()]
    end = ending(totals, level, interrupted=interrupted, failed=failed)
    reporter.close(totals, end.sentence)
    if options.format != "text" and not options.quiet:
        remark(end.sentence, config.language)
    return end.code


def _follow(
    merged: Generator[Outcome],
    config: Config,
    reporter: Reporter,
    totals: Totals,
    progress: Progress,
    observe: Callable[[Outcome], None] | None,
) -> None:
    """Report file after file as it is scanned, until there are no more."""
    copies = CopyLedger(disabled=config.disabled)
    with closing(merged):
        for outcome in map(copies.counted, merged):
            totals.add(outcome)
            progress.ended()
            if observe is not None:
                observe(outcome)
            if reporter.shows(outcome):
                with progress.aside():
                    reporter.outcome(outcome)


def looked_over(
    sources: Iterable[Source],
    config: Config,
    workers: int,
    progress: Progress,
    *,
    keeping: bool = False,
    provisional: Callable[[Outcome], None] | None = None,
    tick: Callable[[], None] | None = None,
    reach: Reach | None = None,
    known: Known | None = None,
    manners: Manners = PLAIN,
    until: Closing | None = None,
) -> Iterator[Outcome]:
    """Yield one outcome for each source; pictures last, where their text is recognised.

    Args:
        keeping: whether outcomes are to bear the digest of their file.
        provisional: is given outcomes that a look with recognition may replace.
        tick: called again and again meanwhile, at least twice a second with `workers`.
        reach, known: see `MakeScan`.
        manners, until: as `markscan.run.run` has them (`until` is its `closing`).
    """

    def first(sources: Iterable[Source]) -> Iterator[Outcome]:
        if workers and config.lexicons:
            # Compiles the terms once, for the cache that all processes read.
            MakeScan(replace(config, ocr=False))()
        outcomes = look(
            MakeScan(replace(config, ocr=False), keeping, reach, known),
            sources,
            workers=workers,
            seconds=config.seconds_per_file,
            megabytes=config.megabytes_per_worker,
        )
        return _noted(outcomes, provisional) if provisional and look_again else outcomes

    def second(sources: Iterable[Source]) -> Iterator[Outcome]:
        return look(
            MakeScan(config, keeping, reach, known),
            sources,
            workers=max(workers, 1),
            seconds=config.seconds_per_file + config.seconds_per_picture * config.limits.pictures,
            megabytes=config.megabytes_per_worker + RECOGNITION_MEGABYTES,
        )

    look = partial(run, started=progress.at, tick=tick, manners=manners, closing=until)
    look_again = config.ocr and ocr_installed()
    return look_twice(first, second, sources) if look_again else first(sources)


def _noted(
    outcomes: Iterator[Outcome], provisional: Callable[[Outcome], None]
) -> Iterator[Outcome]:
    """Yield `outcomes`; those that a look with recognition may replace are noted first."""
    with closing(cast(Generator[Outcome], outcomes)):
        for outcome in outcomes:
            if shows_pictures(outcome):
                provisional(outcome)
            yield outcome


class _Order:
    """Puts what could not be opened back between the files where it was found.

    `run` yields outcomes in the order of sources; so two runs over the same files
    print the same.
    """

    def __init__(self, totals: Totals) -> None:
        self._totals = totals
        self._line: deque[Outcome | None] = deque()  # None: a file that is being scanned

    def sources(self, found: Iterable[Found]) -> Iterator[Source]:
        """Yield the files to scan; keep the rest as outcomes of their own."""
        for one in found:
            if isinstance(one, Excluded):
                self._totals.excluded += 1
                continue
            self._totals.handed += 1
            if isinstance(one, Source):
                self._line.append(None)
                yield one
            else:
                self._line.append(unread(one.locator, one.error))

    def merged(self, outcomes: Iterator[Outcome]) -> Generator[Outcome]:
        """Yield `outcomes` and the others, in the order in which all were found."""
        # A generator left early must end its processes now, not when memory is tidied.
        with closing(cast(Generator[Outcome], outcomes)):
            for outcome in outcomes:
                while (earlier := self._line.popleft()) is not None:
                    yield earlier
                yield outcome
        yield from (one for one in self._line if one is not None)
