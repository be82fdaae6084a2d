"""Tells what of a document is formality: what it is made in the form of, not what it says."""

from __future__ import annotations

import re
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from markscan.document import Area, Document, Part, Place
from markscan.fingerprint import PIECE, HanText
from markscan.match.candidates import JoinedText
from markscan.match.elements import ORGAN, text_lines
from markscan.match.formalities import Form

_OFFICE = re.compile(rf".{{0,40}}{ORGAN}")
_BETWEEN = re.compile(r"[，、,]")
_COLON = (":", "：")


class Formality:
    """The pieces of one text that belong to the form of an official document (公文格式).

    A notice may have no title, and be addressed all the same: a line in which nothing but
    offices stands before a colon is of the form wherever it stands.
    """

    def __init__(self, text: str) -> None:
        """Take the text."""
        self._document = Document("", "", "text", (Part(text, Place(Area.BODY)),))
        joined = JoinedText.of(self._document)
        self._han = HanText(joined.text)
        self._form = Form(self._document, joined, self._han)

    def addressed(self, places: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which of the pieces at `places`, in ideographs, are addressees by half or more."""
        before = self._before
        held: NDArray[np.bool_] = before[places + PIECE] - before[places] >= PIECE // 2
        return held

    def holds(self, places: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which of the pieces at `places` belong to the form by half or more."""
        return self.addressed(places) | self._form.holds(places)

    @cached_property
    def _before(self) -> NDArray[np.intp]:
        """How many ideographs before each stand in a line of offices."""
        inside = np.zeros(len(self._han) + 1, np.intp)
        for line in text_lines(self._document):
            if line.bare.endswith(_COLON) and all(map(_OFFICE.fullmatch, _offices(line.bare))):
                ends = (line.span.start, line.span.end)
                first, last = np.searchsorted(self._han.origin, ends).tolist()
                inside[first + 1 : last + 1] = 1
        return np.cumsum(inside)


def _offices(line: str) -> list[str]:
    return _BETWEEN.split(line.rstrip("".join(_COLON)))
