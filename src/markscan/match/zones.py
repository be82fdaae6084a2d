"""Tells what the place of a candidate is worth: marking zone, header, line, prose.

An office marks at the top left of page one, on a stamp, in a cell beside the word
密级, in a dedicated field, in the first word of a file name (GB/T 9704-2012, 7.2.2;
标志 art. 3). Everything else bears only what is written in full.
"""

from __future__ import annotations

import re

from markscan.document import Area, Document, Page
from markscan.finding import Zone
from markscan.match.candidates import Candidate

# The marking stands among the first lines of page one, or in its top quarter.
_TOP_LINES = 6
_TOP_SHARE = 0.25
_SHORT_LINE = 12  # characters: a copy number, an urgency
_WEAK = frozenset({Area.HEADER, Area.FOOTER, Area.NOTE, Area.COMMENT, Area.HIDDEN, Area.DELETED})

_LEVEL_FIELD = re.compile(
    r"密级|涉密等级|保密等级|保密级别|秘密等级|秘密级别|定密|国家秘密标志"
    r"|se(?:curity|cret)[-_ ]?(?:level|class)|classification|msip_label_.*_name|sensitivity",
    re.IGNORECASE,
)


def is_level_field(label: str) -> bool:
    """Return whether a property or cell of this name is meant to hold a level."""
    return _LEVEL_FIELD.search(label) is not None


class Zones:
    """The zones of one document. Built once a document that has candidates."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._pages = {page.number: page for page in document.pages}
        self._top = _top_of(document)

    def zone(self, candidate: Candidate) -> Zone:
        """Return the zone of `candidate`, by its place alone."""
        part = self._document.parts[candidate.part]
        place = part.place
        if place.area in _WEAK:
            return Zone.WEAK
        if place.area is Area.PROPERTY:
            return Zone.STRONG if is_level_field(place.label) else Zone.WEAK
        if place.area is Area.FILENAME:
            return Zone.STRONG
        if place.area is Area.TEXTBOX:
            return Zone.WEAK if place.is_watermark or (place.page or 1) > 1 else Zone.STRONG
        if self._in_top_quarter(candidate) or self._in_top_lines(candidate):
            return Zone.STRONG
        return Zone.LINE

    def _in_top_quarter(self, candidate: Candidate) -> bool:
        place = self._document.parts[candidate.part].place
        page: Page | None = self._pages.get(1)
        if place.page != 1 or place.box is None or page is None:
            return False
        return place.box.top < _TOP_SHARE * page.height

    def _in_top_lines(self, candidate: Candidate) -> bool:
        last_part, last_end = self._top
        return (candidate.part, candidate.span.end) <= (last_part, last_end)


def _top_of(document: Document) -> tuple[int, int]:
    """Part and offset where the first lines of page one end."""
    lines = 0
    for index, part in enumerate(document.parts):
        if part.place.area not in {Area.BODY, Area.CELL}:
            continue
        if (part.place.page or 1) > 1:
            break
        at = 0
        for line in part.text.split("\n", 64):
            at += len(line) + 1
            lines += bool(line.strip())
            if lines >= _TOP_LINES:
                return index, at - 1
    return len(document.parts), 0


def label_beside(document: Document, part: int) -> str:
    """Return the text of the cell before `part` in its row; empty if there is none."""
    cell = document.parts[part]
    if cell.row is None or part == 0:
        return ""
    before = document.parts[part - 1]
    return before.text.strip() if before.row == cell.row else ""


def starts_text(document: Document, candidate: Candidate) -> bool:
    """Return whether nothing but a short line (份号, 紧急程度) stands before `candidate`."""
    lines: list[str] = []
    for index, part in enumerate(document.parts[: candidate.part + 1]):
        if part.place.area not in {Area.BODY, Area.CELL}:
            continue
        end = candidate.span.start if index == candidate.part else len(part.text)
        lines += [line for line in part.text[: min(end, 400)].split("\n") if line.strip()]
        if len(lines) > 1:
            return False
    return all(len(line.strip()) <= _SHORT_LINE for line in lines)
