"""Finds where the paragraphs of a Word document stand in the bytes of its main part.

They are counted as the reader counts them: paragraphs of the body in document order, those
of cells among them; tables in document order, nested ones among them; what stands in a
text box not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from markscan.extract.docx.names import is_word

_NAME = re.compile(rb"<([^\s/>]+)")
# How the reader labels a paragraph, a cell, and what stands in them: "p3 textbox".
_LABEL = re.compile(r"(p\d+|T\d+!R\d+C\d+)( \w+)?")


@dataclass(slots=True)
class Paragraph:
    """A w:p element: offsets into the UTF-8 bytes of its part.

    `content` is where its content begins, behind the properties; None where the element is
    one empty tag. `end` is where its end tag begins; behind the tag where it is empty.
    """

    name: bytes  # as written, with its prefix
    space: str
    depth: int
    content: int | None = None
    end: int = -1
    has_text: bool = False


@dataclass(slots=True)
class _Table:
    number: int
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class Paragraphs:
    """The paragraphs of the body; those of each cell by its label."""

    found: list[Paragraph] = field(default_factory=list)
    cells: dict[str, list[Paragraph]] = field(default_factory=dict)

    def at(self, label: str) -> Paragraph:
        """Return the paragraph at a place with this label, or that holds a box or a field there.

        The first paragraph with text for all else. There must be a paragraph.
        """
        label = own_label(label) or ""
        if label.startswith("p") and int(label[1:]) <= len(self.found):
            return self.found[int(label[1:]) - 1]
        return _telling(self.cells.get(label) or self.found)


def own_label(label: str) -> str | None:
    """Return the label of the paragraph or cell in which a place lies; None if it is elsewhere."""
    found = _LABEL.fullmatch(label)
    return found[1] if found is not None else None


def find_paragraphs(data: bytes) -> Paragraphs:
    """Return the paragraphs in the UTF-8 bytes of a main part.

    Raises:
        ValueError: it is no sound XML, or has a document type.
    """
    return _Finder(data).paragraphs


def _telling(paragraphs: list[Paragraph]) -> Paragraph:
    return next((each for each in paragraphs if each.has_text), paragraphs[0])


class _Finder:
    """Walks the XML once."""

    def __init__(self, data: bytes) -> None:
        self.paragraphs = Paragraphs()
        self._data = data
        self._depth = 0
        self._boxes = 0
        self._texts = 0
        self._table_count = 0
        self._open: list[Paragraph] = []
        self._tables: list[_Table] = []
        self._cells: list[list[Paragraph]] = []
        self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = _refuse
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            raise ValueError("no sound XML") from error

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2] if is_word(name) else ""
        at = self._parser.CurrentByteIndex
        self._depth += 1
        above = self._open[-1] if self._open else None
        if above is not None and above.content is None and above.depth + 1 == self._depth:
            above.content = None if local == "pPr" else at
        if local == "p":
            self._start_paragraph(at, name.rpartition(" ")[0])
        elif local == "t":
            self._texts += 1
        elif local == "txbxContent":
            self._boxes += 1
        elif not self._boxes and local in {"tbl", "tr", "tc"}:
            self._start_of_table(local)

    def _start_paragraph(self, at: int, space: str) -> None:
        name = _NAME.match(self._data, at)
        assert name is not None
        paragraph = Paragraph(name[1], space, self._depth)
        self._open.append(paragraph)
        if not self._boxes:
            self.paragraphs.found.append(paragraph)
            if self._cells:
                self._cells[-1].append(paragraph)

    def _start_of_table(self, local: str) -> None:
        if local == "tbl":
            self._table_count += 1
            self._tables.append(_Table(self._table_count))
        elif self._tables and local == "tr":
            self._tables[-1].row += 1
            self._tables[-1].column = 0
        elif self._tables:
            table = self._tables[-1]
            table.column += 1
            label = f"T{table.number}!R{table.row}C{table.column}"
            self._cells.append(self.paragraphs.cells.setdefault(label, []))

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2] if is_word(name) else ""
        self._depth -= 1
        if local == "p":
            self._end_paragraph(self._open.pop())
        elif local == "t":
            self._texts -= 1
        elif local == "txbxContent":
            self._boxes -= 1
        elif not self._boxes and local == "tbl":
            self._tables.pop()
        elif not self._boxes and local == "tc" and self._cells:
            self._cells.pop()

    def _end_paragraph(self, paragraph: Paragraph) -> None:
        paragraph.end = self._parser.CurrentByteIndex
        is_tag = self._data.startswith(b"</", paragraph.end)
        if paragraph.content is None and is_tag:
            paragraph.content = paragraph.end

    def _characters(self, text: str) -> None:
        if self._texts and self._open and not text.isspace():
            self._open[-1].has_text = True


def _refuse(*_: object) -> None:
    raise ValueError("a document type")
