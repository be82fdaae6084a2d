"""Tells what a document quotes from a law that it names (引用法律原文).

Laws are published (立法法, 2023, 62): whoever names one and quotes it has not taken those words
from a classified document that quotes it as well. Of other rules some are kept secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from markscan.fingerprint import HanText

_QUOTED = re.compile(r"“[^“”]{1,1000}”|「[^「」]{1,1000}」")
_BEFORE = 120  # characters before a quotation in which the law is named
_BLANK = re.compile(r"\s+")
_ARTICLE = r"第[\d一二三四五六七八九十百千零〇]{1,8}条(?:之[一二三四五六七八九十])?"
_LAW = (
    rf"(?:《[^《》]{{1,40}}(?<![办方])法典?(?:[（(][^（）()]{{1,12}}[）)])?》(?:{_ARTICLE})?"
    rf"|宪法(?:{_ARTICLE})?|(?:[^《》依违非合执司立守办]法|法典){_ARTICLE})"
)
_SAYS = r"(?:规定|明确|载明|写明|指出)"
# The law, what it says, and no other sentence before the quotation.
_INTRODUCED = re.compile(rf"{_LAW}[^。！？“”《》]{{0,12}}?{_SAYS}[^。！？“”《》]{{0,20}}$")
_NEXT = re.compile(r"[、，,和及与以\s]{0,4}")  # between two quotations of the same law


def quoted_before(joined: str, text: HanText) -> NDArray[np.intp]:
    """Return how many ideographs before each, and before the end, are quoted from a named law.

    Args:
        joined: what a document says.
        text: the ideographs of that.
    """
    quoted = np.zeros(len(text) + 1, np.intp)
    for span in of_laws(joined):
        first, last = np.searchsorted(text.origin, span).tolist()
        quoted[first + 1 : last + 1] = 1
    return np.cumsum(quoted)


def of_laws(text: str) -> Iterator[tuple[int, int]]:
    """Yield where `text` quotes a law that it names, the marks included; half-open, ascending."""
    reached = -1
    for found in _QUOTED.finditer(text):
        start, end = found.span()
        before = _BLANK.sub("", text[max(start - _BEFORE, 0) : start])
        goes_on = reached >= 0 and _NEXT.fullmatch(text, reached, start) is not None
        if goes_on or _INTRODUCED.search(before):
            yield start, end
            reached = end
