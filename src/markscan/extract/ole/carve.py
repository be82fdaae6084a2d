"""Finds text in bytes that nothing else can read any more: runs of UTF-16, GBK and ASCII."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MOST = 16 << 20  # bytes searched
_WIDE = re.compile(
    r"[\t\r\n\x20-\x7e\u2010-\u2040\u2460-\u266f\u3000-\u301f\u4e00-\u9fa5\uff01-\uff5e]{4,}"
)
_NARROW = re.compile(
    rb"(?:[\t\r\n\x20-\x7e]*(?:[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]){3,})+[\t\r\n\x20-\x7e]*"
    rb"|[\t\r\n\x20-\x7e]{10,}"
)
# ASCII, signs and the characters in common use, which GB 2312 puts first.
_COMMON = re.compile(rb"[\t\r\n\x20-\x7e]|[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
_SHARE = 0.75  # of a run; chance gives a fifth
_LETTERS = re.compile(rb"[\x20-\x7e]{2}|\x00[^\x00]")


def carve(data: bytes) -> Iterator[str]:
    """Yield what looks like text, first that in UTF-16, which lies at even places."""
    data = data[:_MOST]
    for found in _WIDE.finditer(data[: len(data) // 2 * 2].decode("utf-16-le", "replace")):
        text = found.group()
        if _is_common(text.encode("gb2312", "ignore"), len(text)) and not _is_narrow(text):
            yield text.strip()
    for run in _NARROW.finditer(data):
        text = run.group().decode("gb2312", "replace")
        if _is_common(run.group(), len(text)):
            yield text.strip()


def _is_common(data: bytes, length: int) -> bool:
    return len(_COMMON.findall(data)) >= _SHARE * length


def _is_narrow(text: str) -> bool:
    """Tell whether what was taken for Han is ASCII, in units of eight bits or displaced."""
    units = text.encode("utf-16-be")
    return len(_LETTERS.findall(units)) >= _SHARE * len(text) and not text.isascii()
