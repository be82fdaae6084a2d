"""Writes the findings on a Word draft into a copy of it, as comments at their places.

The comments are set with python-docx; the text of the draft, its tracked changes and the
comments of others stay as they are.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from markscan.document import Area, Place
from markscan.errors import UsageError
from markscan.finding import Finding, Outcome
from markscan.report.places import place_words
from markscan.walk import printable
from markscan.wording import INTERFACE, Language

AUTHOR, _INITIALS = "MarkScan", "MS"

_MOST_BYTES = 256 << 20  # unpacked; a tree takes several times as much
# All that python-docx and its XML parser raise for broken packages.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError,
    SyntaxError, OSError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
# How the reader labels a paragraph, a cell, and what stands in them: "p3 textbox".
_LABEL = re.compile(r"(?:p(\d+)|T(\d+)!R(\d+)C(\d+))( \w+)?")
_PARAGRAPH, _BOX, _TEXT = qn("w:p"), qn("w:txbxContent"), qn("w:t")
_TABLE, _ROW, _CELL = qn("w:tbl"), qn("w:tr"), qn("w:tc")


@dataclass(frozen=True, slots=True)
class Annotated:
    """The bytes of the copy, and how many comments were added to it."""

    data: bytes
    comments: int


def annotate(draft: bytes, outcome: Outcome, language: Language) -> Annotated:
    """Return a copy of `draft` with a comment for each finding at each of its places.

    What no comment can stand at (a header, a property, the name, a file inside) is told at
    the first paragraph with text, its place named in words. Without findings the copy is
    the draft, byte for byte.

    Raises:
        UsageError: the draft is no sound Word document, or too large.
    """
    notes = [
        (place, text)
        for one in outcome.flat()
        for finding in one.findings
        for place, text in _notes(finding, _inside(outcome, one), language)
    ]
    if not notes:
        return Annotated(draft, 0)
    try:
        _check_size(draft)
        document = docx.Document(io.BytesIO(draft))
        finder = _Finder(document.element)
        for place, text in notes:
            comment = document.comments.add_comment(text, author=AUTHOR, initials=_INITIALS)
            _anchor(finder.paragraph(place), comment.comment_id)
        copy = io.BytesIO()
        document.save(copy)
    except _BROKEN:
        raise UsageError(INTERFACE["annotate.broken"]) from None
    return Annotated(copy.getvalue(), len(notes))


def _check_size(draft: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(draft)) as package:
        if sum(entry.file_size for entry in package.infolist()) > _MOST_BYTES:
            raise UsageError(INTERFACE["annotate.too-large"])


def _inside(draft: Outcome, one: Outcome) -> str:
    """The name of a file inside the draft; empty for the draft itself."""
    return "" if one is draft else printable(one.locator.removeprefix(f"{draft.locator}!"))


def _notes(
    finding: Finding, inside: str, language: Language
) -> Iterator[tuple[Place | None, str]]:
    """Yield place and text of each comment; places that read alike are one."""
    told = set()
    for place in (finding.place, *finding.others):
        anchor = None if inside else place
        text = _said(finding, place, inside, language)
        key = (anchor.label if _own_paragraph(anchor) and anchor is not None else "", text)
        if key not in told:
            told.add(key)
            yield anchor, text


def _said(finding: Finding, place: Place | None, inside: str, language: Language) -> str:
    said = INTERFACE["annotate.comment"].fill(
        severity=INTERFACE[f"severity.{finding.severity.code}"],
        rule=finding.rule,
        message=finding.message,
        fix=finding.fix,
        basis=finding.basis,
    )
    text = said.of(language)
    if inside or not _own_paragraph(place):
        where = " ".join(filter(None, (inside, place_words(place, language))))
        text = INTERFACE["annotate.place"].fill(place=where, text=text).of(language)
    return "\n".join(printable(line) for line in text.split("\n"))


def _own_paragraph(place: Place | None) -> bool:
    """Whether a comment can stand right where `place` is."""
    if place is None or place.area not in {Area.BODY, Area.CELL}:
        return False
    found = _LABEL.fullmatch(place.label)
    return found is not None and found[5] is None


class _Finder:
    """Finds the paragraph of a place, as the reader of Word documents counts them.

    Paragraphs of the body count in document order, those of cells among them; tables count
    in document order, nested ones among them. What stands in a text box does not count.
    """

    def __init__(self, root: Any) -> None:
        self._paragraphs = [p for p in root.iter(_PARAGRAPH) if _near(p, _BOX) is None]
        self._tables = [t for t in root.iter(_TABLE) if _near(t, _BOX) is None]
        self._first = next(filter(_has_text, self._paragraphs), None)
        if self._first is None:
            self._first = self._paragraphs[0] if self._paragraphs else _added(root)

    def paragraph(self, place: Place | None) -> Any:
        """Return the paragraph at `place`, or that which holds the box or the field there.

        The first paragraph with text for all that has no paragraph of its own.
        """
        found = _LABEL.fullmatch(place.label) if place is not None else None
        if found is None:
            return self._first
        if found[1]:
            return self._numbered(int(found[1]))
        return self._of_cell(*(int(number) for number in found.group(2, 3, 4)))

    def _numbered(self, number: int) -> Any:
        known = 0 < number <= len(self._paragraphs)
        return self._paragraphs[number - 1] if known else self._first

    def _of_cell(self, table: int, row: int, column: int) -> Any:
        level = [self._tables[table - 1]] if 0 < table <= len(self._tables) else []
        for tag, above, number in ((_ROW, _TABLE, row), (_CELL, _ROW, column)):
            inner = (
                each for parent in level for each in parent.iter(tag) if _near(each, above) is parent
            )
            level = list(islice(inner, number - 1, number))
        for cell in level:
            own = [p for p in cell.iter(_PARAGRAPH) if _near(p, _CELL) is cell]
            return next(filter(_has_text, own), own[0] if own else self._first)
        return self._first


def _near(element: Any, tag: str) -> Any:
    """The nearest element of this kind around `element`; None if there is none."""
    return next(element.iterancestors(tag), None)


def _has_text(paragraph: Any) -> bool:
    return any(
        text.text and not text.text.isspace() and _near(text, _PARAGRAPH) is paragraph
        for text in paragraph.iter(_TEXT)
    )


def _added(root: Any) -> Any:
    """A first paragraph for a body that has none."""
    paragraph = OxmlElement("w:p")
    root.body.insert(0, paragraph)
    return paragraph


def _anchor(paragraph: Any, number: int) -> None:
    """Put the range of comment `number` around all that stands in `paragraph`."""
    start, end, reference = (
        OxmlElement(name)
        for name in ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")
    )
    for mark in (start, end, reference):
        mark.set(qn("w:id"), str(number))
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    run = OxmlElement("w:r")
    run.append(reference)
    paragraph.extend((end, run))
