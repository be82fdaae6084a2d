"""Gathers what a report of a kept run tells: the run, its files and findings, what changed.

Files are read one after another and again each time they are asked for, so memory grows with
findings alone. What is counted here comes out as when the run ended: clean files are counted by
the database, the others one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from markscan.finding import Finding, Outcome, Status
from markscan.policy import Policy
from markscan.remote.file import RemoteFile
from markscan.report import Totals
from markscan.report.run.overview import (
    Change,
    Deadline,
    Entry,
    Overview,
    PlaceEntry,
    Point,
    RunFacts,
    Where,
    causes,
)
from markscan.run import CopyLedger
from markscan.store.clock import clocks
from markscan.store.comparison import Difference, compare, compare_places
from markscan.store.history import add_counted, as_of, findings, outcome_of, unlisted
from markscan.store.paths import as_bytes, as_text, end_of, folder_path, is_inside
from markscan.store.runs import Run, runs
from markscan.store.schema import FILE, FOLDER, RUN
from markscan.store.telling import telling
from markscan.store.verdicts import Standings, Verdict, history

_BATCH = 500
_MOST_RUNS = 30  # in the trend
# What a finding is called: file, member and key.
_Name = tuple[bytes, bytes, str]


@dataclass(frozen=True, slots=True)
class _Stored:
    """A file that is not simply clean. `digest` is that of its bytes, in hexadecimal."""

    path: bytes
    digest: str
    outcome: Outcome


def overview(
    connection: Connection,
    run: Run,
    day: date,
    *,
    policy: Policy | None = None,
    against: Run | None = None,
) -> Overview:
    """Return what there is to report of `run`, beside another one.

    Args:
        day: on which what people have concluded must be in force to count.
        policy: names locations and their owners; None: the first folders under each root.
        against: a run before; None: the last one that finished before it.
    """
    finished = [each for each in runs(connection) if each.state == "finished"]
    previous = against or next((each for each in finished if each.id < run.id), None)
    said = history(connection)
    standings = Standings(said, day)
    maker = _Maker(connection, run, previous, _locator(run, policy), standings)
    maker.gather()
    entries = tuple(maker.entries + maker.behind())
    return Overview(
        run=_facts(run),
        previous=_facts(previous) if previous is not None else None,
        totals=maker.totals,
        entries=entries,
        gaps=maker.gaps,
        trend=tuple(_points([each for each in finished if each.id <= run.id])),
        files=_Files(connection, run, standings),
        locate=maker.locate,
        advised=maker.advised,
        told=run.ledger.discovered if run.ledger is not None else None,
        deadlines=tuple(_deadlines(said, entries)),
        places=tuple(_places(connection, run, previous, standings, maker.locate)),
    )


@dataclass(slots=True)
class _Maker:
    """Walks the files of a run once, and counts."""

    connection: Connection
    run: Run
    previous: Run | None
    locate: Callable[[str], Where]
    standings: Standings
    totals: Totals = field(default_factory=Totals)
    entries: list[Entry] = field(default_factory=list)
    gaps: Counter[tuple[Where, str]] = field(default_factory=Counter)
    advised: int = 0
    _changes: dict[_Name, Difference] = field(default_factory=dict)
    _began: dict[int, datetime] = field(default_factory=dict)
    _met: set[_Name] = field(default_factory=set)
    _copies: dict[_Name, tuple[_Stored, Outcome, Finding]] = field(default_factory=dict)

    def gather(self) -> None:
        """Make an entry of each finding of the run, and count all files."""
        rows = self.connection.execute(select(RUN.c.id, RUN.c.started))
        self._began = {row.id: datetime.fromisoformat(row.started) for row in rows}
        if self.previous is not None:
            differences = compare(self.connection, self.previous, self.run)
            self._changes = {_name(each): each for each in differences}
            self._copies = _copies_of(self.connection, self.previous)
        else:
            self._changes = {
                (each.path, each.member, each.key): Difference(Change.NEW, each)
                for each in findings(self.connection, self.run)
            }
        for stored in counted(self.connection, self.run, self.standings):
            self.totals.add(stored.outcome)
            for one in stored.outcome.flat():
                self._file(stored, one)
        self._close()

    def behind(self) -> list[Entry]:
        """Return entries of what stands no more, and of what cannot be told."""
        rest = [each for name, each in self._changes.items() if name not in self._met]
        told = [
            self._entry(stored, one, found, each.change, each.finding.first_run)
            for each, stored in self._read(rest)
            for one, found in _found(stored.outcome, each.finding.member, each.finding.key)
        ]
        if self.previous is None:
            return told
        change = Change.UNKNOWN if self.totals.incomplete else Change.GONE
        for name, (stored, one, found) in self._copies.items():
            if name not in self._met:
                told.append(self._entry(stored, one, found, change, self.previous.id))
        return told

    def _file(self, stored: _Stored, one: Outcome) -> None:
        if one.status is not Status.EXAMINED:
            self.gaps.update((self.locate(stored.outcome.locator), cause) for cause in causes(one))
        self.advised += len(one.advice)
        member = as_bytes(one.locator[len(stored.outcome.locator) :])
        for found in one.findings:
            name = (stored.path, member, found.key)
            self._met.add(name)
            known = self._changes.get(name)
            if known is not None:
                change, first = known.change, known.finding.first_run
                self.entries.append(self._entry(stored, one, found, change, first, known.before))
            elif self.previous is not None and name in self._copies:
                self.entries.append(self._entry(stored, one, found, Change.OPEN, self.previous.id))
            else:  # counted from all files of the run: the store knows no first one
                self.entries.append(self._entry(stored, one, found, Change.NEW, self.run.id))

    def _entry(
        self,
        stored: _Stored,
        one: Outcome,
        found: Finding,
        change: Change,
        first: int,
        before: str = "",
    ) -> Entry:
        locator = stored.outcome.locator
        return Entry(
            locator=locator,
            member=one.locator[len(locator) :],
            finding=found,
            markings=tuple(dict.fromkeys(m.marking for m in one.markings if m.effective)),
            change=change,
            first_run=first,
            first_seen=self._began.get(first, self.run.started),
            where=self.locate(locator),
            before=before,
            content=stored.digest,
            expired=self.standings.expired(found.content_key, stored.path),
        )

    def _read(self, rest: list[Difference]) -> Iterator[tuple[Difference, _Stored]]:
        """Yield each finding with its file as it was kept last."""
        for start in range(0, len(rest), _BATCH):
            batch = rest[start : start + _BATCH]
            wanted = {each.finding.file for each in batch}
            query = select(FILE.c.id, FOLDER.c.path, FILE.c.name, *_KEPT)
            query = query.join(FOLDER, FOLDER.c.id == FILE.c.folder).where(FILE.c.id.in_(wanted))
            files = {row.id: _stored(row) for row in self.connection.execute(query)}
            yield from ((each, files[each.finding.file]) for each in batch)

    def _close(self) -> None:
        """Add what is only counted: clean files, those left out, those not come to."""
        self.totals.add_clean(clean(self.connection, self.run))
        add_counted(self.totals, self.run)


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a run that are not simply clean, read anew by each iteration."""

    connection: Connection
    run: Run
    standings: Standings

    def __iter__(self) -> Iterator[Outcome]:
        for stored in counted(self.connection, self.run, self.standings):
            yield stored.outcome


_COPIES = b'"copies"'  # as the codec writes the field, if it is not empty
_KEPT = (FILE.c.format, FILE.c.outcome, FILE.c.content)


def _name(difference: Difference) -> _Name:
    finding = difference.finding
    return finding.path, finding.member, finding.key


def _stored(row: Any) -> _Stored:
    outcome = outcome_of(row.path, row.name, row.format, row.outcome)
    return _Stored(row.path + row.name, (row.content or b"").hex(), outcome)


def _found(outcome: Outcome, member: bytes, key: str) -> Iterator[tuple[Outcome, Finding]]:
    """Yield the finding of that member and key, and the file it is in."""
    locator = outcome.locator + as_text(member)
    for one in outcome.flat():
        if one.locator == locator:
            yield from ((one, found) for found in one.findings if found.key == key)


def counted(connection: Connection, run: Run, standings: Standings) -> Iterator[_Stored]:
    """Yield the files of `run` that are not simply clean.

    With what is counted over all files, and what people concluded.
    """
    told = telling(standings, run.asked.disabled)
    for stored in _loud(connection, run):
        yield replace(stored, outcome=told(stored.outcome))


def _loud(connection: Connection, run: Run, holding: bytes = b"") -> Iterator[_Stored]:
    """Yield the files of `run` that are not simply clean, in order, as that run left them.

    Only those in whose stored outcome `holding` stands: making an outcome of it takes a while.
    """
    faults = unlisted(connection, run)
    query = select(FOLDER.c.path, FILE.c.name, *_KEPT).join(FILE, FILE.c.folder == FOLDER.c.id)
    query = query.where(as_of(run.id), FILE.c.outcome.is_not(None))
    query = query.order_by(FOLDER.c.path, FILE.c.name)
    for part in _parts(run):
        found = connection.execute(query.where(part), execution_options={"yield_per": _BATCH})
        for row in found:
            seen = not row.name or not is_inside(row.path, faults)
            if seen and holding in row.outcome:
                yield _stored(row)


def clean(connection: Connection, run: Run) -> int:
    """Return how many files of `run` are clean, in folders that could be listed."""
    faults = unlisted(connection, run)
    outer = [path for path in faults if not is_inside(path, faults - {path})]
    query = select(func.count()).select_from(FILE).join(FOLDER, FILE.c.folder == FOLDER.c.id)
    query = query.where(as_of(run.id), FILE.c.outcome.is_(None), FILE.c.name != b"")
    query = query.where(*(~_below(path) for path in outer))
    return sum(connection.execute(query.where(part)).scalar() or 0 for part in _parts(run))


def _parts(run: Run) -> Iterator[ColumnElement[bool]]:
    """Yield for each root what lies in it, then the root itself, should it be a file."""
    roots = {folder_path(root): None for root in run.asked.roots}
    for root in roots:
        if not is_inside(root, set(roots) - {root}):
            yield _below(root)
            folder, _, name = root[:-1].rpartition(b"/")
            yield and_(FOLDER.c.path == folder + b"/", FILE.c.name == name, FILE.c.name != b"")


def _below(folder: bytes) -> ColumnElement[bool]:
    return and_(FOLDER.c.path >= folder, FOLDER.c.path < end_of(folder))


def _copies_of(connection: Connection, run: Run) -> dict[_Name, tuple[_Stored, Outcome, Finding]]:
    """Return the findings that were counted over all files of a run: the store has no rows of them.

    Few files are copies of registered documents; the others are passed over unread.
    """
    added = {}
    plain = {stored.path: stored for stored in _loud(connection, run, holding=_COPIES)}
    ledger = CopyLedger(disabled=run.asked.disabled)
    for path, stored in plain.items():
        both = zip(stored.outcome.flat(), ledger.counted(stored.outcome).flat(), strict=True)
        for own, one in both:
            member = as_bytes(one.locator[len(stored.outcome.locator) :])
            for found in one.findings[len(own.findings) :]:
                added[path, member, found.key] = stored, one, found
    return added


def _facts(run: Run) -> RunFacts:
    return RunFacts(run.id, run.state, run.started, run.ended, run.asked.roots, run.asked.version)


def _points(finished: list[Run]) -> Iterator[Point]:
    """Yield the last runs that finished, the earliest first, as their own ledgers have them."""
    for run in reversed(finished[:_MOST_RUNS]):
        if run.ledger is not None:
            told = run.ledger
            yield Point(
                number=run.id,
                started=run.started,
                discovered=told.discovered,
                incomplete=told.partial + told.unread + told.pending,
                severities=told.severities,
            )


def _places(
    connection: Connection,
    run: Run,
    previous: Run | None,
    standings: Standings,
    locate: Callable[[str], Where],
) -> Iterator[PlaceEntry]:
    """Yield what was found of places, beside the run before."""
    for change, notice in compare_places(connection, previous, run, standings):
        # Of a location the place is its pattern, of others a folder: then a file in it is asked.
        name = notice.place if notice.rule == "MS331" else f"{notice.place}/-"
        yield PlaceEntry(notice, change, locate(name))


def _deadlines(said: list[Verdict], entries: tuple[Entry, ...]) -> Iterator[Deadline]:
    """Yield the reports that confirmed leaks ask for, those of findings that are told of here."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.finding.content_key, entry)
    for clock in clocks(said):
        found = first.get(clock.verdict.content)
        if found is not None:
            reports = tuple((each.reason, each.at) for each in clock.reports)
            yield Deadline(found, clock.due, reports)


def _locator(run: Run, policy: Policy | None) -> Callable[[str], Where]:
    """Return what tells the location of a file on disk: by policy, else by folder.

    The pattern of a location stands for the location itself.
    """
    roots = sorted((folder_path(root) for root in run.asked.roots), key=len, reverse=True)
    known: dict[str, Where] = {}
    listed_by = policy.locations if policy is not None else ()
    named = {each.pattern.rstrip("/"): Where(each.pattern, each.owner) for each in listed_by}

    def locate(locator: str) -> Where:
        if locator in named:
            return named[locator]
        location = policy.locate(_file(locator)) if policy is not None else None
        listed = location is not None and location.listed
        name = location.pattern if location and listed else _first_folder(locator, roots)
        owner = location.owner if location is not None else ""
        return known.setdefault(name, Where(name, owner))

    return locate


def _without_slash(folder: str) -> str:
    """The name of a folder without the slash at its end; / and C:/ are nothing without it."""
    bare = folder.rstrip("/")
    return folder if not bare or bare.endswith(":") else bare


def _file(locator: str) -> Path | RemoteFile:
    """The file of that name: on this machine, or on a share."""
    if "://" not in locator:
        return Path(locator)
    folder, _, name = locator.rpartition("/")
    return RemoteFile(folder, name)


def _first_folder(locator: str, roots: list[bytes]) -> str:
    """The folder right under the root in which a file lies; the root for what lies in it."""
    path = as_bytes(locator)
    for root in roots:
        if path.startswith(root):
            first, slash, _ = path[len(root) :].partition(b"/")
            return _without_slash(as_text(root + (first if slash else b"")))
    return locator
