"""What a compilation or derived document is made of, and whether its mark follows from that.

Each source is a file, or the id of a registered document. A file counts by its own markings
and by what it holds of registered documents: what the register knows of those does not end, and
is no less secret, because a face says so. A file that is a registered document counts as that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import pairwise
from pathlib import Path

from markscan.assess import Assessor
from markscan.config import Config
from markscan.document import Document
from markscan.end_date import end
from markscan.errors import RegisterError
from markscan.finding import MarkingEvidence, Outcome, Role, Zone
from markscan.intake.reading import Reader
from markscan.lexicon import Law, Levels, law_for, read_levels
from markscan.marking import Condition, LongTerm
from markscan.match.issue_date import issue_date
from markscan.register import Entry
from markscan.register.opening import open_register
from markscan.rules import Case
from markscan.rules.beside import starts
from markscan.rules.derivation import OF_SCOPE, Derived, Member, derive
from markscan.rules.excerpt.reuse_kinds import is_copy, level_taken, own_markings
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.rule import VISIBLE
from markscan.rules.stated import stated
from markscan.wording import REGISTER

_FOREVER = date.max  # conditions and 长期


class Standing(Enum):
    """What a source counts for."""

    COUNTED = "counted"
    TRACED = "traced"  # it bears no marking in force, only passages of registered documents
    UNMARKED = "unmarked"  # it bears no marking
    ENDED = "ended"  # its period is over, or it was released


@dataclass(frozen=True, slots=True)
class Origin:
    """One source: what it is called, what it counts for, and as which members.

    `marked` are those that its markings tell, or the register where it is a registered document;
    `held` are the registered documents of which it holds passages.
    """

    name: str
    standing: Standing
    marked: tuple[Member, ...] = ()
    held: tuple[Member, ...] = ()

    @property
    def members(self) -> tuple[Member, ...]:
        """All of them."""
        return self.marked + self.held


class Fit(Enum):
    """How the marking of a draft stands to the one that follows from its sources."""

    RIGHT = "right"
    MISSING = "missing"
    LOWER = "lower"
    EARLIER = "earlier"
    HIGHER = "higher"
    LATER = "later"
    OPEN = "open"  # a person must decide
    NOTHING = "nothing"  # nothing follows: no source is secret

    @property
    def wrong(self) -> bool:
        """Whether the draft protects less than its sources."""
        return self in (Fit.MISSING, Fit.LOWER, Fit.EARLIER)


class Origins:
    """Reads sources. Built once, before any draft is read."""

    def __init__(self, config: Config) -> None:
        """Build what reads files and, where `config` names one, the register.

        Raises:
            UsageError: the register cannot be used.
        """
        self._today = config.today
        self._assessor = Assessor(replace(config, task="check", lexicons=(), form=None))
        self._reader = Reader(config)
        book = config.register
        register = open_register(book, config.register_key) if book is not None else None
        known = register.entries.values() if register is not None else ()
        self._entries = {entry.id: entry for entry in known}

    def read(self, names: Sequence[str]) -> list[Origin]:
        """Return the sources called `names`, each once: files, else ids of the register.

        Raises:
            RegisterError: one is neither, or cannot be read in full.
        """
        return [self._one(name) for name in dict.fromkeys(names)]

    def _one(self, name: str) -> Origin:
        path = Path(name)
        if not path.is_file():
            if name in self._entries:
                return self._registered(name, self._entries[name])
            raise RegisterError(REGISTER["sources.none"].fill(name=name))
        reading = self._reader.read(path)
        if reading.missing:
            why = reading.missing[0]
            raise RegisterError(REGISTER["sources.unread"].fill(name=path.name, why=why))
        cases = self._assessor.cases(reading.document, self._reader.read_of(reading))
        copied = [reuse.entry for case in cases for reuse in case.reuse if is_copy(reuse)]
        if copied and len(cases) == 1:
            return self._registered(path.name, *copied, held=_held(cases, copied))
        return self._marked(path.name, cases)

    def _registered(self, name: str, *entries: Entry, held: tuple[Member, ...] = ()) -> Origin:
        known = tuple(Member.of(entry) for entry in entries if entry.in_force(self._today))
        standing = Standing.COUNTED if known else Standing.TRACED if held else Standing.ENDED
        return Origin(name, standing, known, held)

    def _marked(self, name: str, cases: Sequence[Case]) -> Origin:
        """A file by its own markings, and by the registered documents it holds passages of."""
        marked: dict[Member, None] = {}
        ended = False
        for case in cases:
            for seen, issued in dated(case):
                member = _member(seen, issued, case.law, name)
                over = member.ends is not None and not member.assumed
                if over and member.ends is not None and member.ends < self._today:
                    ended = True
                else:
                    marked[member] = None
        held = _held(cases)
        if marked:
            return Origin(name, Standing.COUNTED, tuple(marked), held)
        if held:
            return Origin(name, Standing.TRACED, held=held)
        return Origin(name, Standing.ENDED if ended else Standing.UNMARKED)


def _held(cases: Sequence[Case], known: Sequence[Entry] = ()) -> tuple[Member, ...]:
    """What is surely taken of registered documents in force, at the level of what was taken."""
    members: dict[Member, None] = {}
    for case in cases:
        for reuse in excerpted(case):
            if reuse.entry not in known:
                level = level_taken(case, reuse)
                members[Member.of(reuse.entry, level.code if level is not None else "")] = None
    return tuple(members)


def dated(case: Case) -> Iterator[tuple[MarkingEvidence, date | None]]:
    """Yield the state markings of a file, each with the day from which its period counts.

    Where documents with heads and days of their own stand one behind the other (汇编), it is
    the day between its head and the next; of a head without one, as of a cover, nobody knows.
    """
    found = sorted(own_markings(case), key=starts)
    heads = [starts(seen) for seen in found if _is_head(seen)]
    stretches = pairwise([*heads, (len(case.document.parts), 0)])
    days = [issue_date(_between(case.document, head, end)) for head, end in stretches]
    several = len(set(days) - {None}) > 1
    for seen in found:
        at = bisect_right(heads, starts(seen))
        if not several:
            yield seen, stated(case).issued
        else:
            yield seen, None if seen.place.is_repeated or not at else days[at - 1]


def _is_head(seen: MarkingEvidence) -> bool:
    """Whether a document may begin with this marking, which stands alone on its line."""
    return seen.zone in (Zone.STRONG, Zone.LINE) and not seen.place.is_repeated


def _between(document: Document, start: tuple[int, int], end: tuple[int, int]) -> Document:
    """What of `document` stands from `start` up to `end`, each as (part, offset)."""
    parts = []
    for number, part in enumerate(document.parts[: end[0] + 1]):
        first = start[1] if number == start[0] else 0
        last = end[1] if number == end[0] else len(part.text)
        if number >= start[0] and first < last:
            parts.append(part._replace(text=part.text[first:last]))
    return replace(document, parts=tuple(parts))


def _member(seen: MarkingEvidence, issued: date | None, law: Law, name: str) -> Member:
    ending = end(seen.marking, issued, law)
    return Member(
        seen.marking.level or "",
        ending.last_day if ending is not None else None,
        ending.assumed if ending is not None else False,
        seen.marking.period,
        issued,
        name=name,
    )


def derived_from(origins: Iterable[Origin], issued: date | None, today: date) -> Derived:
    """Return the mark that follows from `origins` for a document issued on `issued`, or today."""
    members = [member for origin in origins for member in origin.members]
    return derive(members, issued or today, law_for(issued, today), read_levels())


def fit(draft: Outcome, derived: Derived, today: date) -> Fit:
    """Return how the marking at the head of `draft` stands to the one that is `derived`."""
    levels, issued = read_levels(), draft.stated.issued if draft.stated is not None else None
    if derived.level is None:
        return Fit.NOTHING
    own = _head(draft.markings)
    if own is None:
        return Fit.MISSING
    rank = _rank(own, levels)
    if rank < derived.level.rank:
        return Fit.LOWER
    last = _last(own, issued, law_for(issued, today))
    if derived.ends is not None and last is not None and last < derived.ends:
        return Fit.EARLIER
    if set(derived.doubts) - OF_SCOPE or last is None:
        return Fit.OPEN
    if rank > derived.level.rank:
        return Fit.HIGHER
    return Fit.LATER if derived.ends is not None and last > derived.ends else Fit.RIGHT


def _head(markings: Iterable[MarkingEvidence]) -> MarkingEvidence | None:
    """The marking of the cover or first page: the first that no page repeats, else the first."""
    found = [
        seen
        for seen in markings
        if (seen.effective or seen.role is Role.EXAM)
        and seen.marking.scheme == "cn-state"
        and seen.marking.level is not None
        and seen.place.area in VISIBLE
    ]
    own = (seen for seen in found if not seen.place.is_repeated)
    return next(own, found[0] if found else None)


def _rank(seen: MarkingEvidence, levels: Levels) -> int:
    level = levels.find("cn-state", seen.marking.level or "")
    return level.rank if level is not None else -1


def _last(seen: MarkingEvidence, issued: date | None, law: Law) -> date | None:
    """The last day of a marking, `_FOREVER` without a date; None where it cannot be told."""
    if isinstance(seen.marking.period, Condition | LongTerm):
        return _FOREVER
    ending = end(seen.marking, issued, law)
    return ending.last_day if ending is not None and not ending.assumed else None
