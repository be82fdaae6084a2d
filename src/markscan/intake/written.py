"""Reads what an office writes of a document: level, period, day, copies, each as people put it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from markscan.document import Area, Document, Part, Place
from markscan.errors import RegisterError
from markscan.lexicon import Levels, read_levels
from markscan.marking import Duration, Marking, Period, Unusable
from markscan.match.grammar import parse
from markscan.match.issue_date import issue_date
from markscan.wording import REGISTER

_SCHEME = "cn-state"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
# The time of day that a workbook puts behind a date: 2025-06-03 00:00:00.
_TIME = re.compile(r"[T\s]+\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_NAME = re.compile(r"(?:保密期限|期限|解密时间|解密日期|解密条件|条件)\s*[:：]\s*")
_MOST_COPIES = 10_000_000


def level_from(written: str, levels: Levels) -> str:
    """Return the code of the level that `written` names, 机密 or jimi; empty if none."""
    bare = "".join(unicodedata.normalize("NFKC", written).split()).lower().removesuffix("级")
    known = (level for level in levels if level.scheme == _SCHEME)
    return next((level.code for level in known if bare in (level.zh, level.code)), "")


def mark_from(written: str) -> tuple[str, Period | None]:
    """Return level (a code) and period of what stands for the level: 机密, jimi, 机密★10年.

    Raises:
        RegisterError: it is none.
    """
    code = level_from(written, read_levels())
    if code:
        return code, None
    marking = parse(written)
    if marking is None or marking.scheme != _SCHEME or marking.level is None:
        raise RegisterError(REGISTER["add.level"].fill(written=written[:40]))
    if marking.period is not None and not _usable(marking):
        raise RegisterError(REGISTER["add.period"].fill(written=written[:40]))
    return marking.level, marking.period


def period_from(level: str, written: str) -> Period:
    """Return the period `written` behind the star of a marking of `level` (a code).

    Whatever whole number of years, months or days it is counts, however it is put (定密2014
    art. 22): 30天, 18个月, 5年6个月; so does a condition or date behind its name.

    Raises:
        RegisterError: it is none.
    """
    zh = next(each.zh for each in read_levels() if (each.scheme, each.code) == (_SCHEME, level))
    bare = _TIME.sub("", written.strip())
    if (name := _NAME.match(bare)) is not None:
        bare = bare[name.end() :]
    bare = bare.lstrip("★")
    for text in (f"{zh}★{bare}", written):  # or the marking: 机密★10年
        marking = parse(text)
        if marking is not None and marking.level == level and _usable(marking):
            assert marking.period is not None
            return marking.period
    raise RegisterError(REGISTER["add.period"].fill(written=written[:40]))


def _usable(marking: Marking) -> bool:
    """Whether a period stands there that the standard can write, as it cannot a bare number."""
    match marking.period:
        case None | Unusable():
            return False
        case Duration() as period:
            return period.amount > 0 and not (marking.canonical or "?").endswith("?")
        case _:
            return True


def day_from(written: str) -> date:
    """Return the day `written`: 2024-05-01, 2024年5月1日, 2024/5/1, 二〇二四年五月一日.

    Raises:
        RegisterError: it is none.
    """
    timeless = _TIME.sub("", unicodedata.normalize("NFKC", written).strip())
    plain = "".join(timeless.split())
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


def copies_from(written: str) -> int | None:
    """Return the number of copies `written`: 20, 20份; None for nothing.

    Raises:
        RegisterError: it is none.
    """
    if not written:
        return None
    bare = unicodedata.normalize("NFKC", written).strip().removesuffix("份").strip()
    if not bare.isdecimal() or not 0 < int(bare) <= _MOST_COPIES:
        raise RegisterError(REGISTER["add.copies"].fill(written=written[:40]))
    return int(bare)
