"""Puts together the entry of a document, of what the office says and what the document says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from markscan.assess import Assessor
from markscan.config import Config
from markscan.end_date import end
from markscan.errors import RegisterError
from markscan.fold import is_han
from markscan.intake.concerns import concerns, lasting
from markscan.intake.facts import Facts, facts_of
from markscan.intake.formality import Formality
from markscan.intake.reading import Reader, Reading
from markscan.intake.written import copies_from, day_from, level_from, mark_from, period_from
from markscan.lexicon import law_for, read_levels
from markscan.marking import EndDate, Marking, Period
from markscan.register import Entry
from markscan.rules.derivation import period_words
from markscan.wording import REGISTER, Text

_SCHEME = "cn-state"
# What may be taken from a document, by the name of the field of its entry.
FIELDS = ("level", "period", "issued", "document_number", "title")

_POINT = re.compile(r"\s*[（(\[【]?(绝密|机密|秘密)级?[)）\]】]?\s*[:：]\s*")
_CODED_POINT = re.compile(r"\s*(juemi|jimi|mimi)\s*[:：]\s*")
_ID = re.compile(r"[^\s\x00-\x1f\x7f]{1,64}")
_ABOUT = "关于"
_KIND = re.compile(r"的[^的]{1,3}$")
_FIRST = date(1949, 10, 1)
_HINT = 4  # ideographs in a row that may tell what a document is about
_TITLE = 6  # ideographs of what a title is about, half of which tells it


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that the office wants registered, and what it says of it, as written.

    What is empty is not said. `points` are passages as written, `points_file` is a file with
    one a paragraph. `where` tells where the wish stands: the line of a 台账.
    """

    file: Path
    id: str = ""
    level: str = ""
    period: str = ""
    issued: str = ""
    scope: tuple[str, ...] = ()
    number: str = ""
    title: str = ""
    copies: str = ""
    approvals: tuple[str, ...] = ()
    stamp: str = ""
    points: tuple[str, ...] = ()
    points_file: Path | None = None
    parent: str = ""
    return_by: str = ""
    reviewed: str = ""
    where: int | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """A document as it will be registered; its entry has no number yet.

    `points` are (passage, code of its level). `taken` names the fields that come from the
    document itself, in the order of `FIELDS`. `form` tells which pieces of `text` are
    formality, and no content.
    """

    entry: Entry
    text: str
    form: Formality
    points: tuple[tuple[str, str], ...] = ()
    taken: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()


class Intake:
    """Describes documents for the register. Built once, then only read."""

    def __init__(self, config: Config) -> None:
        """Build what reads documents.

        Raises:
            UsageError: the lexicons that ship say something that cannot be meant.
        """
        self._today = config.today
        self._levels = read_levels()
        self._assessor = Assessor(replace(config, task="check", register=None, lexicons=()))
        self.reader = Reader(config)

    def describe(self, wanted: Wanted, parent: Entry | None = None) -> Described:
        """Return the entry of a document with its text.

        Args:
            wanted: what the office says of it.
            parent: what it is an attachment of, whose day of issue it has if it bears none.

        Raises:
            RegisterError: it cannot be registered so: unreadable, empty, no level, a level,
                period or day that is none. Says why, never what stands in the document.
        """
        if (why := _no_file(wanted.file)) is not None:
            raise RegisterError(why)
        reading = self.reader.read(wanted.file)
        text = reading.text
        if not any(char.isalnum() for char in text):
            raise RegisterError(_empty(reading))
        facts = facts_of(self._assessor.cases(reading.document, self.reader.read_of(reading)))
        given = wanted
        if parent is not None and parent.issued is not None and self._undated(wanted, facts):
            given = replace(wanted, issued=parent.issued.isoformat())
        entry, taken, doubts = self._entry(given, facts)
        points = tuple(self._points(wanted, entry.level))
        warnings = (*_of_reading(reading), *doubts, *self._conflicts(entry, facts))
        if given is not wanted:
            day = entry.issued
            warnings = (*warnings, REGISTER["add.parent-day"].fill(id=wanted.parent, day=day))
        return Described(entry, text, Formality(text), points, taken, warnings)

    def _entry(
        self, wanted: Wanted, facts: Facts
    ) -> tuple[Entry, tuple[str, ...], tuple[Text, ...]]:
        """The entry, the fields that were taken of the document, and what in it is doubtful."""
        level, period = mark_from(wanted.level) if wanted.level else ("", None)
        issued = self._issued(wanted, facts)
        taken: list[str] = []
        doubts: tuple[Text, ...] = ()
        if not level:
            if not facts.level:
                raise RegisterError(REGISTER["add.levels" if facts.levels else "add.no-level"])
            level = facts.level
            taken.append("level")
        if wanted.period:
            other, period = period, period_from(level, wanted.period)
            if other is not None:
                period, doubts = _longer(period, other, issued or self._today)
        elif period is None and facts.level == level and facts.period is not None:
            period = facts.period
            taken.append("period")
        number, title = wanted.number or facts.number, wanted.title or facts.title
        told = {"issued": wanted.issued, "document_number": wanted.number, "title": wanted.title}
        found = {"issued": issued, "document_number": number, "title": title}
        taken += [name for name, value in found.items() if value and not told[name]]
        law = law_for(issued, self._today)
        ending = end(Marking(_SCHEME, level, period), issued, law)
        if ending is None and isinstance(period, EndDate):
            raise RegisterError(REGISTER["add.ends-early"])
        entry = Entry(
            0,
            _id(wanted.id, number, title),
            level,
            _whole(period),
            issued,
            ending.last_day if ending is not None else None,
            ending.assumed if ending is not None else False,
            title=title,
            document_number=number,
            scope=wanted.scope,
            copies=copies_from(wanted.copies),
            approvals=wanted.approvals,
            stamp=wanted.stamp,
            parent=wanted.parent,
            return_by=day_from(wanted.return_by) if wanted.return_by else None,
            reviewed=(day_from(wanted.reviewed),) if wanted.reviewed else (),
        )
        return entry, tuple(taken), doubts

    def _issued(self, wanted: Wanted, facts: Facts) -> date | None:
        """The day of issue that was given, else the document's own, if it can be one."""
        if not wanted.issued:
            return facts.issued if facts.issued and self._possible(facts.issued) else None
        issued = day_from(wanted.issued)
        if not self._possible(issued):
            raise RegisterError(REGISTER["add.issued-when"].fill(day=issued.isoformat()))
        return issued

    def _undated(self, wanted: Wanted, facts: Facts) -> bool:
        return not wanted.issued and not (facts.issued and self._possible(facts.issued))

    def _possible(self, issued: date) -> bool:
        return _FIRST <= issued <= self._today

    def _conflicts(self, entry: Entry, facts: Facts) -> list[Text]:
        """What the office should look at: the document says something else, or nothing."""
        told = []
        if facts.level and facts.level != entry.level:
            own, given = (self._zh(code) for code in (facts.level, entry.level))
            told.append(REGISTER["add.other-level"].fill(own=own, given=given))
        elif facts.period is not None and _whole(facts.period) != entry.period:
            told.append(REGISTER["add.other-period"])
        if facts.issued is not None and facts.issued != entry.issued:
            told.append(REGISTER["add.other-day"].fill(day=facts.issued.isoformat()))
        if hint := _hinted(entry.id, entry.title):
            told.append(REGISTER["add.id-hints"].fill(count=hint))
        return [*told, *concerns(entry, self._today)]

    def _points(self, wanted: Wanted, level: str) -> list[tuple[str, str]]:
        """The 密点 with their levels, which cannot be above that of the document."""
        passages = list(wanted.points)
        if wanted.points_file is not None:
            why = _no_file(wanted.points_file)
            if why is None:
                reading = self.reader.read(wanted.points_file)
                passages += [line for line in reading.text.splitlines() if line.strip()]
                why = _empty(reading) if reading.missing or not passages else None
            if why is not None:
                raise RegisterError(
                    REGISTER["add.points"].fill(name=wanted.points_file.name, why=why)
                )
        points = []
        for passage in passages:
            found = _POINT.match(passage) or _CODED_POINT.match(passage)
            own = level_from(found[1], self._levels) if found is not None else level
            if self._rank(own) > self._rank(level):
                raise RegisterError(REGISTER["add.point-above"].fill(level=self._zh(own)))
            points.append((passage[found.end() :] if found is not None else passage, own))
        return points

    def _rank(self, code: str) -> int:
        level = self._levels.find(_SCHEME, code)
        return level.rank if level is not None else 0

    def _zh(self, code: str) -> str:
        level = self._levels.find(_SCHEME, code)
        return level.zh if level is not None else code


def _longer(period: Period, other: Period, issued: date) -> tuple[Period, tuple[Text, ...]]:
    """The longer of two periods that are given for one document (条例26), and that they differ."""
    one, two = lasting(period, issued), lasting(other, issued)
    if period == other or (one == two and one[0] < date.max):
        return period, ()
    longer = period if one >= two else other
    return longer, (REGISTER["add.two-periods"].fill(period=period_words(longer)),)


def _whole(period: Period | None) -> Period | None:
    """A period as the register keeps it: `2040年1月1日前` is the day before."""
    if isinstance(period, EndDate) and period.before:
        last = period.last_day
        return EndDate(last.year, last.month, last.day)
    return period


def _id(written: str, number: str, title: str) -> str:
    """The id, which stands in every report and export: it must not tell what is kept back."""
    if not written:
        return ""
    bare = _letters(written)
    if not _ID.fullmatch(written) or not bare:
        raise RegisterError(REGISTER["add.id"])
    told = [_letters(each) for each in (number, title) if each]
    about = _about(title)
    half = len(about) >= _TITLE and _hinted(written, title) * 2 >= len(about)
    if half or any(each and each in bare for each in told):
        raise RegisterError(REGISTER["add.id-tells"])
    return written


def _hinted(id: str, title: str) -> int:
    """How many ideographs of a title stand in an id in a row; 0 for fewer than tell anything."""
    bare, about = _letters(id), _about(title)
    longest = 0
    for start in range(len(about)):
        while about[start : start + longest + 1] in bare and start + longest < len(about):
            longest += 1
    return longest if longest >= _HINT else 0


def _about(title: str) -> str:
    """The ideographs of a title between 关于 and 的通知: what the document is about."""
    bare = "".join(char for char in _letters(title) if is_han(char))
    return _KIND.sub("", bare[bare.find(_ABOUT) + len(_ABOUT) :] if _ABOUT in bare else bare)


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())


def _no_file(path: Path) -> Text | None:
    """Why nothing can be read at `path`; None where there is a file."""
    if path.is_file():
        return None
    return REGISTER["add.folder" if path.is_dir() else "add.missing"]


def _empty(reading: Reading) -> Text:
    if reading.missing:
        return REGISTER["add.unread"].fill(why=reading.missing[0])
    return REGISTER["add.only-inside" if reading.inside else "add.empty"]


def _of_reading(reading: Reading) -> list[Text]:
    told = [REGISTER["add.partly"].fill(why=why) for why in dict.fromkeys(reading.missing)]
    if reading.inside:
        told.append(REGISTER["add.inside"].fill(count=reading.inside))
    return told
