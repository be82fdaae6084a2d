"""What a report of a kept run is made of. The store fills it (store/overview.py).

Everything that grows with files is an iterable that reads the store anew each time; findings
are held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TypeVar

from markscan.finding import Conclusion, Finding, Outcome, Status
from markscan.marking import Marking
from markscan.place_rules import Notice
from markscan.report.totals import Totals


class Change(Enum):
    """What became of a finding since the run before."""

    NEW = "new"  # 新增
    OPEN = "open"  # 未整改
    MOVED = "moved"  # 移动
    GONE = "gone"  # 消失
    UNKNOWN = "unknown"  # 无法判断


Key = TypeVar("Key")

# Of the run itself; the others stood in the run before, or cannot be told.
PRESENT = (Change.NEW, Change.OPEN, Change.MOVED)


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run: its number, state (finished, interrupted, failed, running), and what was asked."""

    number: int
    state: str
    started: datetime
    ended: datetime | None
    roots: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A location: its pattern in the policy, or a folder; `owner` is empty if nobody is named."""

    name: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding, and all that a row about it tells.

    `locator` is the file on disk, `member` the way to the file inside it, with its `!`.
    `markings` are those in force in that file. `before` is where it was, if it moved. Two
    entries of one `content` (hexadecimal digest) lie in copies of one file. `expired` is the
    dismissal that has run out, where no other stands.
    """

    locator: str
    member: str
    finding: Finding
    markings: tuple[Marking, ...]
    change: Change
    first_run: int
    first_seen: datetime
    where: Where
    before: str = ""
    content: str = ""
    expired: Conclusion | None = None

    @property
    def present(self) -> bool:
        """Whether it stood when the run ended."""
        return self.change in PRESENT

    @property
    def dismissed(self) -> bool:
        """Whether a person has found that it is none."""
        return self.finding.dismissed

    @property
    def counts(self) -> bool:
        """Whether it stands and nobody has dismissed it."""
        return self.present and not self.dismissed


@dataclass(frozen=True, slots=True)
class Point:
    """One finished run in the trend, as its own ledger has it; severities by code."""

    number: int
    started: datetime
    discovered: int
    incomplete: int
    severities: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unexamined:
    """A file that was not read in full, and why, as codes of causes.

    `locator` is the file on disk; the outcome may be that of a file inside it.
    """

    locator: str
    outcome: Outcome
    where: Where
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A confirmed leak: when it must be reported, and to whom and when it was."""

    entry: Entry
    due: datetime
    reports: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """What was found of one place, what became of it, and the location that it concerns."""

    notice: Notice
    change: Change
    where: Where

    @property
    def present(self) -> bool:
        """Whether it stood when the run ended, and concerns the run."""
        return self.change in PRESENT

    @property
    def counts(self) -> bool:
        """Whether it stands and nobody has dismissed it."""
        return self.present and not self.notice.dismissed


@dataclass(frozen=True, slots=True)
class Overview:
    """A run beside the last one that finished before it.

    `entries` are in the order of paths, those that stand no more behind. `gaps` counts files
    not read in full by location and cause. `files` yields each file on disk that is not
    simply clean; `trend` begins with the earliest run. `advised` counts what is for a person to
    decide in these files. `told` is how many files the run itself
    had counted when it ended, None if it never came to count; `sound`: its findings too are
    what it had counted, as far as the store can tell. `places` are of places as a whole, and
    counted nowhere else.
    """

    run: RunFacts
    previous: RunFacts | None
    totals: Totals
    entries: tuple[Entry, ...]
    gaps: Mapping[tuple[Where, str], int]
    trend: tuple[Point, ...]
    files: Iterable[Outcome]
    locate: Callable[[str], Where]
    advised: int = 0
    told: int | None = None
    deadlines: tuple[Deadline, ...] = ()
    sound: bool = True
    places: tuple[PlaceEntry, ...] = ()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What stands of places."""
        return tuple(each.notice for each in self.places if each.present)

    @property
    def agrees(self) -> bool:
        """Whether what is told is what the run itself had counted."""
        if not self.sound:
            return False
        return self.told is None or self.told == self.totals.discovered

    @property
    def changes(self) -> Counter[Change]:
        """How many findings became what; dismissed ones are not counted."""
        return Counter(entry.change for entry in self.entries if not entry.dismissed)

    @property
    def dismissed(self) -> int:
        """How many findings that stand were dismissed."""
        return self.totals.dismissed

    def unexamined(self) -> Iterable[Unexamined]:
        """Yield the files that were not read in full, those inside others too, by path."""
        if not self.totals.partial + self.totals.unread:
            return
        for outcome in self.files:
            for one in outcome.flat():
                if one.status is not Status.EXAMINED:
                    where = self.locate(outcome.locator)
                    yield Unexamined(outcome.locator, one, where, causes(one))


def causes(outcome: Outcome) -> tuple[str, ...]:
    """Return why a file was not read in full, each cause once.

    A file of which only what lies inside it was not read names that as its cause.
    """
    own = dict.fromkeys(problem.code for problem in outcome.problems if not problem.inside)
    return tuple(own or dict.fromkeys(problem.code for problem in outcome.problems))


@dataclass(slots=True)
class Tally:
    """The findings of one location, owner or rule: by change, and what stands by severity."""

    changes: Counter[Change] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    dismissed: int = 0

    def add(self, entry: Entry) -> None:
        """Count one finding."""
        if entry.dismissed:
            self.dismissed += entry.present
            return
        self.changes[entry.change] += 1
        if entry.present:
            self.severities[entry.finding.severity.code] += 1

    @property
    def standing(self) -> int:
        """How many stand and count."""
        return sum(self.severities.values())


def tallied(entries: Iterable[Entry], key: Callable[[Entry], Key]) -> dict[Key, Tally]:
    """Return the counts of entries by `key`, in the order in which the keys come."""
    tallies: dict[Key, Tally] = {}
    for entry in entries:
        tallies.setdefault(key(entry), Tally()).add(entry)
    return tallies


def oldest(entries: Iterable[Entry], most: int) -> list[Entry]:
    """Return the `most` findings that have stood longest and are still open, oldest first."""
    still = [entry for entry in entries if entry.counts and entry.change is not Change.NEW]
    still.sort(key=lambda entry: (entry.first_run, -entry.finding.severity, entry.locator))
    return still[:most]


def copies(entries: Iterable[Entry]) -> list[tuple[str, ...]]:
    """Return the files with findings that have the same content, the largest group first."""
    groups: dict[str, dict[str, None]] = {}
    for entry in entries:
        if entry.counts and entry.content:
            groups.setdefault(entry.content, {})[entry.locator] = None
    found = [tuple(locators) for locators in groups.values() if len(locators) > 1]
    return sorted(found, key=lambda locators: (-len(locators), locators))
