"""Finds the day of issue (成文日期) that a document states.

A period counts from the stated day of issue (条例19). It stands as a line of its own
near the end, in Arabic or Chinese digits (GB/T 9704-2012, 7.3.5); the printing line
(…印发) serves where there is none.
"""

from __future__ import annotations

import re
from datetime import date

from markscan.document import Area, Document

_YEAR = r"((?:19|20)\d{2}|[一二][〇○零Ｏ０一二三四五六七八九]{3})"
_NUMBER = r"(\d{1,2}|[元正一二三四五六七八九十廿]{1,3})"
_DAY = rf"{_YEAR}\s*年\s*{_NUMBER}\s*月\s*{_NUMBER}\s*日"
_LINE = re.compile(rf"^[ \t\u3000\u00a0]*{_DAY}[ \t\u3000\u00a0]*$", re.MULTILINE)
_PRINTED = re.compile(rf"{_DAY}\s*印发[ \t\u3000\u00a0]*$", re.MULTILINE)

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"○": 0, "零": 0, "元": 1, "正": 1, "Ｏ": 0, "０": 0}
_SEEN = frozenset({Area.BODY, Area.CELL, Area.TEXTBOX})


def issue_date(document: Document) -> date | None:
    """Return the last whole-line date of the text, else the printing date, else None."""
    texts = [part.text for part in document.parts if part.place.area in _SEEN]
    for pattern in (_LINE, _PRINTED):
        for text in reversed(texts):
            if "日" not in text:
                continue
            for found in reversed(list(pattern.finditer(text))):
                if (day := _date(found[1], found[2], found[3])) is not None:
                    return day
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(_year(year), _number(month), _number(day))
    except ValueError:
        return None


def _year(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return int("".join(str(_DIGITS[char]) for char in text))


def _number(text: str) -> int:
    """Read 7, 07, 七, 十, 十二, 二十, 二十一, 廿一, 三十一."""
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十")
    tens, ten, units = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return 10 * (_DIGITS.get(tens, 0) if tens else 1) + (_DIGITS.get(units, 0) if units else 0)
