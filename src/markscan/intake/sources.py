"""What a compilation or derived document is made of, and whether its mark follows from that.

Each source is a file that bears its own marking, or the id of a registered document. A file
that is a registered document counts as the register knows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path

from markscan.assess import Assessor
from markscan.config import Config
from markscan.end_date import end
from markscan.errors import RegisterError
from markscan.finding import MarkingEvidence, Outcome, Role
from markscan.intake.reading import Reader
from markscan.lexicon import Law, Levels, law_for, read_levels
from markscan.marking import Condition, LongTerm
from markscan.register import Entry
from markscan.register.opening import open_register
from markscan.rules import Case
from markscan.rules.derivation import Derived, Doubt, Member, derive
from markscan.rules.excerpt.reuse_kinds import is_copy, level_taken, own_markings
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.rule import VISIBLE
from markscan.rules.stated import stated
from markscan.wording import REGISTER

_FOREVER = date.max  # conditions and 长期


class Standing(Enum):
    """What a source counts for."""

    COUNTED = "counted"
    TRACED = "traced"  # it bears no marking, and counts as the registered documents it holds
    UNMARKED = "unmarked"  # it bears no marking
    ENDED = "ended"  # its period is over, or it was released


@dataclass(frozen=True, slots=True)
class Origin:
    """One source: what it is called, what it counts for, and as which members."""

    name: str
    standing: Standing
    members: tuple[Member, ...] = ()


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
        for case in cases:
            known = next((reuse for reuse in case.reuse if is_copy(reuse)), None)
            if known is not None:
                return self._registered(path.name, known.entry)
        return self._marked(path.name, cases)

    def _registered(self, name: str, entry: Entry) -> Origin:
        if not entry.in_force(self._today):
            return Origin(name, Standing.ENDED)
        return Origin(name, Standing.COUNTED, (Member.of(entry),))

    def _marked(self, name: str, cases: Sequence[Case]) -> Origin:
        """A file by its own markings: each that differs counts as a member.

        One without any counts as the registered documents in force that it holds passages of.
        """
        members: dict[Member, None] = {}
        ended = False
        for case in cases:
            issued = stated(case).issued
            for seen in own_markings(case):
                member = _member(seen, issued, case.law, name)
                over = member.ends is not None and not member.assumed
                if over and member.ends is not None and member.ends < self._today:
                    ended = True
                else:
                    members[member] = None
        if members:
            return Origin(name, Standing.COUNTED, tuple(members))
        if not ended and (traced := _traced(cases)):
            return Origin(name, Standing.TRACED, traced)
        return Origin(name, Standing.ENDED if ended else Standing.UNMARKED)


def _traced(cases: Sequence[Case]) -> tuple[Member, ...]:
    """What is surely taken from registered documents, each at the level of what was taken."""
    members: dict[Member, None] = {}
    for case in cases:
        for reuse in excerpted(case):
            level = level_taken(case, reuse)
            members.setdefault(Member.of(reuse.entry, level.code if level is not None else ""))
    return tuple(members)


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
    if set(derived.doubts) - {Doubt.NO_SCOPE} or last is None:
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
