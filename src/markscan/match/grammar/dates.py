"""Reads dates of declassification: 2030年12月31日, 2030-12-31, 二〇三一年六月, 至2040年1月1日前."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from markscan.marking import EndDate, Unusable
from markscan.match.grammar import numerals
from markscan.match.grammar.forms import FORMS, any_of
from markscan.match.grammar.pattern import Pattern

_PERIODS = FORMS["periods"]
_HEAD = f"(?P<head>{any_of(_PERIODS['date_heads'])})?"
_BEFORE = any_of(_PERIODS["before"])
_END = f"(?P<before>{_BEFORE})?(?P<tail>{any_of(_PERIODS['date_tails'])})?"
_YEAR = r"(?P<y>(?:19|20|21)\d\d|[一二][零〇○一二三四五六七八九]{3})"
_SMALL = rf"\d{{1,2}}|{numerals.SIGN}{{1,3}}"
_MONTH = rf"(?P<m>{_SMALL})"
_DAY = rf"(?P<d>{_SMALL})"
_SEPARATOR = r"[-./．年月、_·\\]"
_CLOSING = r"(?P<closing>年底|底|末|内)?"

# In the order in which they are tried: the fuller form first.
_FORMS = [
    Pattern(form)
    for form in (
        rf"{_HEAD}{_YEAR}年{_MONTH}月{_DAY}(?P<sign>日|号|(?!\d)){_END}",
        rf"{_HEAD}{_YEAR}(?P<s>{_SEPARATOR})(?P<m>\d{{1,2}})(?P<t>{_SEPARATOR})(?P<d>\d{{1,2}})(?!\d)日?{_END}",
        rf"{_HEAD}{_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?!\d){_END}",
        rf"{_HEAD}{_YEAR}年{_MONTH}月份?{_CLOSING}{_END}",
        rf"{_HEAD}{_YEAR}[-./](?P<m>\d{{1,2}})(?![\d./-]){_END}",
        rf"{_HEAD}{_YEAR}年度?{_CLOSING}{_END}",
        rf"{_HEAD}{_YEAR}(?!\d){_END}",
    )
]
# A day without its year: nobody can tell when it comes.
_NO_YEAR = Pattern(rf"{_HEAD}(?:{_SMALL})月(?:{_SMALL})日{_END}")


class DateReading(NamedTuple):
    """A date read from [start, `end`); `written` is how the standard writes it.

    `whole` tells that it names a day. `written` is None where no date can be told.
    """

    end: int
    period: EndDate | Unusable
    written: str | None
    defects: tuple[str, ...]
    whole: bool


def read_date(text: str, start: int) -> DateReading | None:
    """Return the longest form of a date at `start` of a folded text without white space."""
    for form in _FORMS:
        found = form.match(text, start)
        if found:
            return _reading(found)
    found = _NO_YEAR.match(text, start)
    return DateReading(found.end(), Unusable(), None, ("bad-date",), True) if found else None


def _reading(found: re.Match[str]) -> DateReading:
    parts = found.groupdict()
    numbers = [numerals.value(parts[name]) if parts.get(name) else None for name in ("y", "m", "d")]
    year, month, day = numbers
    defects = _defects(parts)
    whole = bool(parts.get("d"))
    unreadable = any(parts.get(n) and v is None for n, v in zip("ymd", numbers, strict=True))
    if unreadable or year is None or not _exists(year, month, day):
        return DateReading(found.end(), Unusable(), None, ("bad-date",), whole)
    period = EndDate(year, month, day)
    if parts["before"] and not parts.get("closing"):
        # 前: the day itself no longer binds; the month or year, from its first day on.
        period = EndDate(year, month or 1, day or 1, before=True)
    return DateReading(found.end(), period, _written(period), defects, whole)


def _exists(year: int, month: int | None, day: int | None) -> bool:
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return True


def _defects(parts: dict[str, str | None]) -> tuple[str, ...]:
    defects = []
    numbers = [parts.get(name) or "" for name in "ymd"]
    if any(number and not number.isascii() for number in numbers):
        defects.append("cn-num")
    padded = any(number.startswith("0") for number in numbers)
    if padded or parts.get("sign") != "日":
        defects.append("date-form")
    if parts["head"] or parts["tail"] or parts["before"]:
        defects.append("tail")
    return tuple(defects)


def _written(end: EndDate) -> str:
    if end.before:
        last = end.last_day
        return f"{last.year}年{last.month}月{last.day}日"
    text = f"{end.year}年"
    if end.month is not None:
        text += f"{end.month}月"
    if end.day is not None:
        text += f"{end.day}日"
    return text
