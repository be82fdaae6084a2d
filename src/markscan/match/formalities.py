"""Tells the form of an official document from what it says (公文格式与内容).

Letterhead, number, addressees, signature, date and imprint (GB/T 9704—2012, 7) are alike in all
that one office writes: that they stand in a registered document as well shows no excerpt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from markscan.document import Document
from markscan.finding import Element, ElementEvidence
from markscan.fingerprint import PIECE, HanText
from markscan.match.candidates import JoinedText
from markscan.match.elements import ORGAN, Elements, TextLine, find_elements

_FORM = frozenset(
    {
        *(Element.COPY_NUMBER, Element.URGENCY, Element.NUMBER, Element.SIGNER, Element.DATE),
        *(Element.COPIES_TO, Element.PRINTED, Element.PRINT_RUN),
    }
)
_MOST_FORM = PIECE // 2  # ideographs of a piece that belong to the form
# A line of addressees ends so; any other line with a colon may be what the document says.
_ADDRESSED = re.compile(rf"{ORGAN}[:：]$")
_SIGNED = re.compile(rf"[^，。；！？、,;!?:：]{{2,}}{ORGAN}")


class Form:
    """The ideographs of a text that belong to its form; looked for when they are first asked for.

    Looking takes longer than looking up, and most documents have nothing that is registered.
    """

    def __init__(self, document: Document, joined: JoinedText, text: HanText) -> None:
        """Take a document, what was joined from it, and the ideographs of that."""
        self._document, self._joined, self._text = document, joined, text

    def holds(self, places: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Return which of the pieces at `places` stand, by half or more, in the form."""
        before = self._before
        held: NDArray[np.bool_] = before[places + PIECE] - before[places] >= _MOST_FORM
        return held

    @cached_property
    def _before(self) -> NDArray[np.intp]:
        """How many ideographs before each belong to the form."""
        belongs = np.zeros(len(self._text) + 1, np.intp)
        for seen in _form(self._document, find_elements(self._document)):
            base = self._joined.starts[seen.part]
            ends = (base + seen.span.start, base + seen.span.end)
            first, last = np.searchsorted(self._text.origin, ends).tolist()
            belongs[first + 1 : last + 1] = 1
        return np.cumsum(belongs)


def _form(document: Document, elements: Elements) -> Iterator[ElementEvidence]:
    """Yield the elements that belong to the form for certain.

    A line that only stands where a signature would may be the last of an excerpt; and in a list
    of offices every line may be an issuer, so without a number behind it only the first is.
    """
    number, issuers = elements.first(Element.NUMBER), 0
    for seen in elements.found:
        line = TextLine(seen.part, seen.span, _written(document, seen))
        if seen.element is Element.ISSUER:
            issuers += 1
            headed = number is not None and _at(seen) < _at(number)
            if headed or issuers == 1:
                yield seen
        elif seen.element is Element.ADDRESSEE:
            if _ADDRESSED.search(line.bare):
                yield seen
        elif seen.element in _FORM or (
            seen.element is Element.SIGNATURE and _SIGNED.fullmatch(line.bare)
        ):
            yield seen


def _written(document: Document, seen: ElementEvidence) -> str:
    return document.parts[seen.part].text[seen.span.start : seen.span.end]


def _at(seen: ElementEvidence) -> tuple[int, int]:
    return seen.part, seen.span.start
