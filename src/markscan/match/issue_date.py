"""Finds the day of issue (成文日期) that a document states.

A period counts from the stated day of issue (条例19). It stands as a line of its own
near the end, in Arabic or Chinese digits (GB/T 9704-2012, 7.3.5); the printing line
(…印发) serves where there is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from markscan.document import Area, Document

_YEAR = r"((?:19|20)\d{2}|[一二][〇○零OoОо0一二三四五六七八九]{3})"
_NUMBER = r"(\d{1,2}|[元正一二三四五六七八九十廿]{1,3})"
_DAY = rf"{_YEAR}\s*年\s*{_NUMBER}\s*月\s*{_NUMBER}\s*日"
_LINE = re.compile(
    rf"^[ \t]*(?:成文日期 ?: ?)?{_DAY}[ \t]*(?:\((?:印章|盖章|章|公章)\)[ \t]*)?$", re.MULTILINE
)
_PRINTED = re.compile(rf"{_DAY}\s*印发[ \t]*$", re.MULTILINE)

# The heading of an attachment's own page (GB/T 9704—2012, 7.3.7); its dates are its own.
_ATTACHMENT = re.compile(
    r"^[ \t]*附件[ \t]*(?:\d{1,2}|[一二三四五六七八九十]{1,2})?[ \t]*$", re.MULTILINE
)

# The day behind a stamp of copying (党政机关公文处理工作条例32) is not that of issue.
_COPIED = re.compile(r"(?:复制|复印|翻印)(?:章|件)?[ \t]*\n\s*\Z")
_STAMP = 40  # characters before a day in which such a stamp ends

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_DIGITS |= dict.fromkeys("○零OoОо0", 0) | {"元": 1, "正": 1}
_SEEN = frozenset({Area.BODY, Area.CELL, Area.TEXTBOX})


def issue_date(document: Document) -> date | None:
    """Return the last whole-line date before the attachments, else the printing date.

    A date inside an attachment serves where there is neither; None without any. That of a stamp
    of copying is none.
    """
    texts = list(_texts(document))
    for pattern, among in ((_LINE, list(_main(texts))), (_PRINTED, texts), (_LINE, texts)):
        for before, text in reversed(among):
            for found in reversed(list(pattern.finditer(text))):
                start = found.start()
                if _COPIED.search(f"{before}\n{text[:start]}"[-_STAMP:]):
                    continue
                if (day := _date(found[1], found[2], found[3])) is not None:
                    return day
    return None


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what may hold a day or an attachment, each behind the end of what stands before."""
    before = ""
    for part in document.parts:
        if part.place.area in _SEEN:
            if "日" in part.text or "附件" in part.text:
                yield before, unicodedata.normalize("NFKC", part.text)
            before = part.text[-_STAMP:]


def _main(texts: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the texts up to the first attachment."""
    for before, text in texts:
        found = _ATTACHMENT.search(text)
        yield before, (text if found is None else text[: found.start()])
        if found is not None:
            return


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
