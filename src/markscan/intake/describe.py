"""Puts together the entry of a document, of what the office says and what the document says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from markscan.assess import Assessor
from markscan.config import Config
from markscan.document import Area, Document, Part, Place
from markscan.end_date import after, end
from markscan.errors import RegisterError
from markscan.fold import is_han
from markscan.intake.facts import Facts, facts_of
from markscan.intake.reading import Reader, Reading
from markscan.lexicon import Levels, law_for, read_levels
from markscan.marking import Duration, EndDate, Marking, Period, Unusable
from markscan.match.grammar import parse
from markscan.match.grammar.periods import over_limit
from markscan.match.issue_date import issue_date
from markscan.register import Entry
from markscan.wording import REGISTER, Text

_SCHEME = "cn-state"
# What may be taken from a document, by the name of the field of its entry.
FIELDS = ("level", "period", "issued", "document_number", "title")

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?|(\d{4})(\d{2})(\d{2})")
_POINT = re.compile(r"\s*[（(\[【]?(绝密|机密|秘密)级?[)）\]】]?\s*[:：]\s*")
_CODED_POINT = re.compile(r"\s*(juemi|jimi|mimi)\s*[:：]\s*")
_ID = re.compile(r"[^\s\x00-\x1f\x7f]{1,64}")
_ABOUT = "关于"
_KIND = re.compile(r"的[^的]{1,3}$")
_FIRST = date(1949, 10, 1)
_HINT = 4  # ideographs in a row that may tell what a document is about
_TITLE = 6  # ideographs of what a title is about, half of which tells it
_MOST_COPIES = 10_000_000


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
    document itself, in the order of `FIELDS`.
    """

    entry: Entry
    text: str
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
        reading = self.reader.read(wanted.file)
        text = reading.text
        if not any(char.isalnum() for char in text):
            raise RegisterError(_empty(reading))
        facts = facts_of(self._assessor.cases(reading.document, self.reader.read_of(reading)))
        given = wanted
        if parent is not None and parent.issued is not None and self._undated(wanted, facts):
            given = replace(wanted, issued=parent.issued.isoformat())
        entry, taken = self._entry(given, facts)
        points = tuple(self._points(wanted, entry.level))
        warnings = (*_of_reading(reading), *self._conflicts(entry, facts))
        if given is not wanted:
            day = entry.issued
            warnings = (*warnings, REGISTER["add.parent-day"].fill(id=wanted.parent, day=day))
        return Described(entry, text, points, taken, warnings)

    def _entry(self, wanted: Wanted, facts: Facts) -> tuple[Entry, tuple[str, ...]]:
        level, period = self._mark(wanted)
        taken = []
        if not level:
            if not facts.level:
                raise RegisterError(REGISTER["add.levels" if facts.levels else "add.no-level"])
            level = facts.level
            taken.append("level")
        if wanted.period:
            period = period_from(level, wanted.period)
        elif period is None and facts.level == level and facts.period is not None:
            period = facts.period
            taken.append("period")
        issued = self._issued(wanted, facts)
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
            copies=_copies(wanted.copies),
            approvals=wanted.approvals,
            stamp=wanted.stamp,
            parent=wanted.parent,
            return_by=day_from(wanted.return_by) if wanted.return_by else None,
            reviewed=(day_from(wanted.reviewed),) if wanted.reviewed else (),
        )
        return entry, tuple(taken)

    def _mark(self, wanted: Wanted) -> tuple[str, Period | None]:
        """Level and period in what was given as the level: 机密, jimi, 机密★10年."""
        if not wanted.level:
            return "", None
        code = level_from(wanted.level, self._levels)
        if code:
            return code, None
        marking = parse(wanted.level)
        if marking is None or marking.scheme != _SCHEME or marking.level is None:
            raise RegisterError(REGISTER["add.level"].fill(written=wanted.level[:40]))
        if isinstance(marking.period, Unusable):
            raise RegisterError(REGISTER["add.period"].fill(written=wanted.level[:40]))
        return marking.level, marking.period

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
        if (limit := self._over_limit(entry)) is not None:
            zh = self._zh(entry.level)
            told.append(REGISTER["add.over-limit"].fill(level=zh, limit=limit))
        if hint := _hinted(entry.id, entry.title):
            told.append(REGISTER["add.id-hints"].fill(count=hint))
        if entry.issued is None and isinstance(entry.period, Duration | None):
            told.append(REGISTER["add.no-issued"])
        elif entry.period is None:
            told.append(REGISTER["add.no-period"])
        if not entry.in_force(self._today):
            told.append(REGISTER["add.ended"])
        return told

    def _over_limit(self, entry: Entry) -> int | None:
        """The years that the law allows for the level, where the period has more (条例 art. 18).

        Older documents may have more by right: they are registered as they are.
        """
        limit = law_for(entry.issued, self._today).limit_years.get(entry.level)
        if limit is None:
            return None
        if isinstance(entry.period, Duration):
            return limit if over_limit(entry.period, years=limit) else None
        latest = after(entry.issued or self._today, Duration(limit, "Y"))
        if not isinstance(entry.period, EndDate) or latest is None:
            return None
        return limit if entry.period.last_day > latest else None

    def _points(self, wanted: Wanted, level: str) -> list[tuple[str, str]]:
        """The 密点 with their levels, which cannot be above that of the document."""
        passages = list(wanted.points)
        if wanted.points_file is not None:
            reading = self.reader.read(wanted.points_file)
            passages += [line for line in reading.text.splitlines() if line.strip()]
            if reading.missing or not passages:
                why = _empty(reading)
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


def level_from(written: str, levels: Levels) -> str:
    """Return the code of the level that `written` names, 机密 or jimi; empty if none."""
    bare = "".join(unicodedata.normalize("NFKC", written).split()).lower().removesuffix("级")
    known = (level for level in levels if level.scheme == _SCHEME)
    return next((level.code for level in known if bare in (level.zh, level.code)), "")


def period_from(level: str, written: str) -> Period:
    """Return the period `written` behind the star of a marking of `level` (a code).

    Raises:
        RegisterError: it is none.
    """
    zh = next(each.zh for each in read_levels() if (each.scheme, each.code) == (_SCHEME, level))
    for text in (f"{zh}★{written.strip().lstrip('★')}", written):  # or the marking: 机密★10年
        marking = parse(text)
        if marking is None or marking.level != level or "unit" in marking.defects:
            continue
        if marking.period is not None and not isinstance(marking.period, Unusable):
            return marking.period
    raise RegisterError(REGISTER["add.period"].fill(written=written[:40]))


def day_from(written: str) -> date:
    """Return the day `written`: 2024-05-01, 2024年5月1日, 2024/5/1, 二〇二四年五月一日.

    Raises:
        RegisterError: it is none.
    """
    plain = "".join(unicodedata.normalize("NFKC", written).split())
    found = _DAY.fullmatch(plain)
    day: date | None = None
    if found is not None:
        try:
            day = date(*(int(piece) for piece in found.groups() if piece is not None))
        except ValueError:
            day = None
    else:
        day = issue_date(Document("", "", "", (Part(written, Place(Area.BODY)),)))
    if day is None:
        raise RegisterError(REGISTER["add.issued"].fill(written=written[:40]))
    return day


def _whole(period: Period | None) -> Period | None:
    """A period as the register keeps it: `2040年1月1日前` is the day before."""
    if isinstance(period, EndDate) and period.before:
        last = period.last_day
        return EndDate(last.year, last.month, last.day)
    return period


def _copies(written: str) -> int | None:
    if not written:
        return None
    bare = unicodedata.normalize("NFKC", written).strip().removesuffix("份").strip()
    if not bare.isdecimal() or not 0 < int(bare) <= _MOST_COPIES:
        raise RegisterError(REGISTER["add.copies"].fill(written=written[:40]))
    return int(bare)


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


def _empty(reading: Reading) -> Text:
    if reading.missing:
        return REGISTER["add.unread"].fill(why=reading.missing[0])
    return REGISTER["add.only-inside" if reading.inside else "add.empty"]


def _of_reading(reading: Reading) -> list[Text]:
    told = [REGISTER["add.partly"].fill(why=why) for why in dict.fromkeys(reading.missing)]
    if reading.inside:
        told.append(REGISTER["add.inside"].fill(count=reading.inside))
    return told
