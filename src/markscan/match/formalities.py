"""Tells the form of an official document from what it says (公文格式与内容).

Letterhead, number, addressees, signature, date and imprint (GB/T 9704—2012, 7) are alike in all
that one office writes: that they stand in a registered document as well shows no excerpt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from markscan.document import Document
from markscan.finding import Element, ElementEvidence
from markscan.fingerprint import PIECE, HanText
from markscan.match.candidates import JoinedText
from markscan.match.elements import Elements, TextLine, find_elements
from markscan.register.rows import PieceHits

_FORM = frozenset(
    {
        *(Element.COPY_NUMBER, Element.URGENCY, Element.NUMBER, Element.SIGNER, Element.DATE),
        *(Element.COPIES_TO, Element.PRINTED, Element.PRINT_RUN),
    }
)
_MOST_FORM = PIECE // 2  # ideographs of a piece that belong to the form
_ORGAN = (
    r"(?:单位|部门|机构|机关|企业|同志|代表|中心|大学|公司|集团"
    r"|[委办局厅部院署处科室会府队组司团校站所馆社行省市区县州])(?:[（(][^（）()]*[）)])?"
)
# A line of addressees ends so; any other line with a colon may be what the document says.
_ADDRESSED = re.compile(rf"{_ORGAN}[:：]$")
_SIGNED = re.compile(rf"[^，。；！？、,;!?:：]{{2,}}{_ORGAN}")


def outside_form(
    hits: PieceHits, document: Document, joined: JoinedText, text: HanText
) -> PieceHits:
    """Return the hits that do not stand, by half or more, in the form of `document`.

    Args:
        hits: pieces of `text` that stand in registered documents.
        document: what `joined` was joined from.
        joined: its text.
        text: the ideographs of that.
    """
    belongs = np.zeros(len(text) + 1, np.intp)
    for seen in _form(document, find_elements(document)):
        base = joined.starts[seen.part]
        ends = (base + seen.span.start, base + seen.span.end)
        first, last = np.searchsorted(text.origin, ends).tolist()
        belongs[first + 1 : last + 1] = 1
    before = np.cumsum(belongs)
    kept = before[hits.here + PIECE] - before[hits.here] < _MOST_FORM
    return _chosen(hits, kept)


def _chosen(hits: PieceHits, kept: NDArray[np.bool_]) -> PieceHits:
    return PieceHits(hits.entry[kept], hits.here[kept], hits.there[kept])


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
