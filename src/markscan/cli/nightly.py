"""The flow of a scan that is kept: unchanged files from the store, the others examined."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Container, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

import markscan
from markscan.cli.console import complain, remark
from markscan.cli.examine import looked_over
from markscan.cli.exit_code import Ending, ExitCode, ending
from markscan.cli.options import Options
from markscan.cli.progress import Progress, watching
from markscan.cli.selftest_outcome import called, settled
from markscan.cli.stopping import stopped_late
from markscan.config import Config
from markscan.errors import UsageError, WorkerError
from markscan.finding import Outcome, Severity, Status
from markscan.remote.tree import everything
from markscan.report import REPORTERS, Reporter, Totals
from markscan.run import Closing, Manners
from markscan.selftest import ENDING, RollCall
from markscan.store.database import Connection, StoreFault, is_url, open_database, told
from markscan.store.layers import Layers
from markscan.store.nightly import Nightly, Wish
from markscan.store.paths import folder_path
from markscan.store.place import default_place
from markscan.store.runs import Asked, Ledger, Run, beat, begin, end
from markscan.store.secret import finding_key
from markscan.store.telling import telling
from markscan.store.verdicts import Standings, standing
from markscan.wording import INTERFACE

if TYPE_CHECKING:
    from markscan.place_rules import Notice
    from markscan.remote.address import Address
    from markscan.remote.reach import Reach
    from markscan.source import Source
    from markscan.store.ahead import Ahead
    from markscan.store.sealing import Sealed
    from markscan.walk import Listing, Unlisted

Observe = Callable[[Outcome], None]
_CLEAN = Outcome("", "", Status.EXAMINED)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What was asked of a kept scan. `store` is a path, a URL, or None for the usual place."""

    roots: tuple[Path | Address, ...]
    ahead: Ahead  # lists those on disk
    store: str | None = None
    full: bool = False
    changed: bool = False  # show only what is new or differs
    reach: Reach | None = None  # how the addresses among the roots are reached


def absolute(roots: Iterable[Path | Address]) -> tuple[str, ...]:
    """Return roots as the store names them: absolute, with slashes; URLs without user."""
    return tuple(
        Path(os.path.abspath(root)).as_posix()  # noqa: PTH100
        if isinstance(root, Path)
        else root.url
        for root in roots
    )


def place_of(store: str | None, roots: Iterable[Path | Address]) -> str:
    """Return where the store lies: what was named, or the file of these roots."""
    if store is None:
        return str(default_place(absolute(roots)))
    return store if is_url(store) else os.path.abspath(store)  # noqa: PTH100


def examine_kept(
    asked: Keeping, config: Config, options: Options, observe: Observe | None = None
) -> ExitCode:
    """Scan what is new or changed, report all, keep it, and return the exit code.

    Raises:
        UsageError: there is no store, another scan uses it, or no scanner can be built;
            nothing was reported.
    """
    place = place_of(asked.store, asked.roots)
    connection = open_database(place)
    with closing(connection):
        task = _asked(asked, config)
        roll = called(place, task.roots)
        layers = Layers.of(config)
        run = begin(connection, layers.digest(), config.today.toordinal(), task)
        config = replace(config, finding_key=finding_key(connection))
        reporter = REPORTERS[options.format](sys.stdout, options.manner(config, keys=True))
        said = standing(connection, config.today)
        watch = _Watch(
            reporter,
            said,
            telling(said, config.disabled),
            asked.changed,
            observe,
            roll,
            run=run.id,
        )
        wish = _wish(asked, config, reporter, place)

        def alive() -> None:
            beat(connection, run, watch.ledger())

        night = Nightly(connection, run, wish, watch, alive, layers)
        state = "failed"
        try:
            reached = _followed(night, asked, config, options, watch)
            watch.notices = _places(connection, run, config, watch.standings, reached)
            state = reached
        except StoreFault as error:
            complain(INTERFACE["store.failed"].fill(why=told(error)), config.language)
            connection.rollback()
        finally:
            ledger = watch.ledger(state == "finished")
            _ended(connection, lambda: end(connection, run, state, ledger))
    return _closed(watch, config, options, state)


def _asked(asked: Keeping, config: Config) -> Asked:
    return Asked(
        absolute(asked.roots),
        markscan.__version__,
        config.fail_level,
        config.disabled,
        config.inspections,
    )


def _wish(asked: Keeping, config: Config, reporter: Reporter, place: str) -> Wish:
    return Wish(
        full=asked.full or config.sketches is not None,
        again=config.quote or config.sketch or config.explain,
        every=not asked.changed and reporter.shows(_CLEAN),
        own=_own(place, config),
    )


def _places(
    connection: Connection, run: Run, config: Config, standings: Standings, state: str
) -> list[Notice]:
    """Return what is to be said of places; anew where the run came far enough."""
    from markscan.store.places import keep_notices, notices

    if state in ("finished", "stopped"):
        keep_notices(connection, run, config.policy, config.disabled, standings)
    return notices(connection, run, standings)


def _closed(watch: _Watch, config: Config, options: Options, state: str) -> ExitCode:
    """Close the report; return the exit code."""
    watch.tell_notices()
    end = _ending(watch.totals, config, state, watch.notices)
    told_end = settled(end, watch.roll, state, config.language)
    watch.reporter.close(watch.totals, told_end.sentence)
    if options.format != "text" and not options.quiet:
        remark(told_end.sentence, config.language)
    return told_end.code


def _followed(
    night: Nightly, asked: Keeping, config: Config, options: Options, watch: _Watch
) -> str:
    """Scan until there is nothing more; return how it ended. All that was kept is lasting then."""
    until = Closing.when(config.until) if config.until else None
    try:
        with stopped_late() as check, watching(options, config.language) as watch.progress:

            def tick() -> None:
                check()
                night.tick()

            found = watch.roll.passing(_folders(asked, config, watch.roll.folders, tick))
            sources = watch.roll.among(night.sources(until.before(found) if until else found, tick))
            if until:
                sources = until.shortened(sources)
            outcomes = _outcomes(sources, night, asked, config, watch.progress, tick, until)
            with closing(outcomes):
                for outcome in outcomes:
                    if not watch.roll.answered(outcome):
                        watch.scanned += 1
                        night.ended(outcome)
    except KeyboardInterrupt:
        night.commit()
        return "interrupted"
    except WorkerError as error:
        night.commit()
        if isinstance(error.__cause__, UsageError):
            raise error.__cause__ from None
        complain(error.args[0], config.language)
        return "failed"
    if until is not None and until.cut:
        night.commit()
        return "stopped"
    night.finish()
    return "finished"


def _outcomes(
    sources: Iterator[Source],
    night: Nightly,
    asked: Keeping,
    config: Config,
    progress: Progress,
    tick: Callable[[], None],
    until: Closing | None,
) -> Generator[Outcome]:
    """Yield an outcome for each source. Nothing is made ready for them before there is one."""
    first = next(sources, None)
    if first is None:
        return
    outcomes = looked_over(
        chain((first,), sources),
        config,
        config.jobs or os.cpu_count() or 1,
        progress,
        keeping=True,
        provisional=night.provisional,
        tick=tick,
        reach=asked.reach,
        known=night.known(place_of(asked.store, asked.roots)),
        manners=Manners(config.low_priority, config.io_mbps * 1e6),
        until=until,
    )
    with closing(cast(Generator[Outcome], outcomes)):
        yield from outcomes


def _folders(
    asked: Keeping, config: Config, unpacked: Container[str], tick: Callable[[], None]
) -> Iterator[Listing | Sealed | Unlisted]:
    """Yield the folders under all roots: those on disk, then those on shares."""
    yield from asked.ahead.listings(tick, unpacked)
    away = [root for root in asked.roots if not isinstance(root, Path)]
    yield from everything(away, asked.reach, config.exclude)


@dataclass(slots=True)
class _Watch:
    """Counts and reports what a run comes by."""

    reporter: Reporter
    standings: Standings
    told: Callable[[Outcome], Outcome]
    only_changed: bool
    observe: Observe | None
    roll: RollCall
    totals: Totals = field(default_factory=Totals)
    progress: Progress = field(default_factory=Progress)
    changed: int = 0
    scanned: int = 0
    notices: list[Notice] = field(default_factory=list)
    run: int = 0

    def handed(self, count: int) -> None:
        self.totals.handed += count

    def excluded(self, count: int) -> None:
        self.totals.excluded += count

    def quiet(self, count: int) -> None:
        self.totals.add_clean(count)

    def outcome(self, outcome: Outcome, changed: bool) -> None:
        outcome = self.told(outcome)
        self.totals.add(outcome)
        self.changed += changed
        self.progress.ended()
        if self.observe is not None:
            self.observe(outcome)
        if (changed or not self.only_changed) and self.reporter.shows(outcome):
            with self.progress.aside():
                self.reporter.outcome(outcome)

    def tell_notices(self) -> None:
        """Report what was found of places; of changes, only what this run found first."""
        changed = [each for each in self.notices if each.first_run == self.run]
        self.reporter.notices(changed if self.only_changed else self.notices)

    def ledger(self, whole: bool = False) -> Ledger:
        """What was counted so far, as it is kept; `whole` when all was looked at."""
        totals = self.totals
        return Ledger(
            discovered=totals.discovered,
            handed=totals.handed,
            examined=totals.examined,
            partial=totals.partial,
            unread=totals.unread,
            pending=totals.pending,
            excluded=totals.excluded,
            changed=self.changed,
            scanned=self.scanned,
            causes=dict(totals.causes),
            severities={severity.code: count for severity, count in totals.severities.items()},
            dismissed=totals.dismissed,
            samples=self.roll.expected,
            missed=len(self.roll.missed(whole=whole)),
            notices=len(self.notices),
        )


def _ending(totals: Totals, config: Config, state: str, notices: Sequence[Notice]) -> Ending:
    level = Severity[config.fail_level.upper()]
    return ending(
        totals,
        level,
        interrupted=state == "interrupted",
        failed=state == "failed",
        stopped=state == "stopped",
        notices=notices,
    )


def _ended(connection: Connection, last: Callable[[], None]) -> None:
    """Write the end of a run; where that fails, its process is known to be dead soon."""
    try:
        last()
    except StoreFault:
        connection.rollback()


def _own(place: str, config: Config) -> dict[bytes, frozenset[str]]:
    """The files that this scan itself writes, by folder: they may lie under a root."""
    ends = ("", "-wal", "-shm", "-journal", ENDING)
    paths = [] if is_url(place) else [f"{place}{end}" for end in ends]
    if config.sketches is not None:
        paths.append(os.path.abspath(config.sketches))  # noqa: PTH100
    own: dict[bytes, set[str]] = {}
    for path in paths:
        folder, name = os.path.split(path)
        own.setdefault(folder_path(folder), set()).add(name)
    return {folder: frozenset(names) for folder, names in own.items()}
