"""Puts paragraphs, cells and boxes of one WordprocessingML story in order and in place.

Both readers of the XML, the fast one and the thorough one, report here what they meet, so
that they cannot differ in how parts are cut, counted and labelled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markscan.document import Area, Part, Place
from markscan.errors import LimitExceeded


@dataclass(slots=True)
class Tally:
    """What is counted over the whole document.

    `paragraphs` are counted whether they hold text or not: twenty million empty ones cost
    as much time as full ones.
    """

    allowed: int
    rows: int = 0
    paragraphs: int = 0

    def paragraph(self) -> None:
        """Count one paragraph.

        Raises:
            LimitExceeded: there were more than the limits allow parts.
        """
        self.paragraphs += 1
        if self.paragraphs > self.allowed:
            raise LimitExceeded("limit.parts", allowed=self.allowed)


@dataclass(slots=True)
class _Table:
    number: int
    row: int = 0
    column: int = 0
    running: int = 0  # number of the row in the document
    shaded: bool = False
    cells: list[list[str]] = field(default_factory=list)  # open cells: one, unless damaged
    pages: list[int | None] = field(default_factory=list)


class Story:
    """One story: the body, a header, the footnotes.

    Args:
        area: of its paragraphs. Cells are CELL in the body and `area` elsewhere.
        label: the name of the XML part; "" for the body, whose labels count.
        tally: what is counted over all stories.
        section_breaks: tells of each section after the first whether it starts a page; is
            called where the first one ends.
    """

    def __init__(
        self, area: Area, label: str, tally: Tally, section_breaks: Callable[[], list[bool]]
    ) -> None:
        self.area = area
        self.label = label
        self.number = 0
        self.page: int | None = 1 if area is Area.BODY else None
        self._tally = tally
        self._find_section_breaks = section_breaks
        self._section_breaks: Iterator[bool] | None = None
        self._tables: list[_Table] = []
        self._table_count = 0
        self._shaded_tables = 0
        self._fresh = True  # nothing stands on this page yet
        self._parts: list[Part] = []

    def drain(self) -> Iterator[Part]:
        """Yield the parts that are ready."""
        parts, self._parts = self._parts, []
        yield from parts

    # Pages. Word notes where each page began when it last laid the text out, right behind
    # the explicit break that caused it: the pair is one page.

    def begin_text(self) -> int | None:
        """Return the page that text met now stands on."""
        self._fresh = False
        return self.page

    def break_page(self) -> None:
        """Start a page, because the author said so."""
        if self.page is not None:
            self.page += 1
            self._fresh = True

    def note_page(self) -> None:
        """Start a page where Word noted one, or a paragraph asks for a new one."""
        if self.page is not None and not self._fresh:
            self.page += 1
            self._fresh = True

    def end_section(self) -> None:
        """Start a page if the next section does."""
        if self.page is None:
            return
        if self._section_breaks is None:
            self._section_breaks = iter(self._find_section_breaks())
        if next(self._section_breaks, True):
            self.break_page()

    # Paragraphs.

    def start_paragraph(self) -> None:
        """Count a paragraph that stands in the story itself, not in a box."""
        self._tally.paragraph()
        self.number += 1

    def start_box_paragraph(self) -> None:
        """Count a paragraph of a box: for the limit only."""
        self._tally.paragraph()

    @property
    def is_marginal(self) -> bool:
        """Whether this is a header or a footer."""
        return self.area in (Area.HEADER, Area.FOOTER)

    def here(self, *words: str) -> str:
        """Return the label of this place: cell, paragraph or part, then `words`."""
        if self.area is not Area.BODY:
            place = self.label
        elif self._tables and self._tables[-1].cells:
            table = self._tables[-1]
            place = f"T{table.number}!R{table.row}C{table.column}"
        else:
            place = f"p{self.number}"
        return " ".join([place, *words]) if words else place

    def paragraph(self, text: str, page: int | None) -> None:
        """Take the visible text of a finished paragraph."""
        if self._tables and self._tables[-1].cells:
            table = self._tables[-1]
            table.cells[-1].append(text)
            if table.pages[-1] is None:
                table.pages[-1] = page
        elif text and not text.isspace():
            self._parts.append(Part(text, Place(self.area, page, self.here())))

    def plain_paragraph(self, text: str) -> None:
        """Count and take a whole paragraph without breaks: the usual case, in one call."""
        tally = self._tally
        tally.paragraphs += 1
        if tally.paragraphs > tally.allowed:
            raise LimitExceeded("limit.parts", allowed=tally.allowed)
        self.number += 1
        if self._tables:
            self.paragraph(text, self.page if text else None)
        elif text and not text.isspace():
            label = self.label or f"p{self.number}"
            self._parts.append(Part(text, Place(self.area, self.page, label)))
        if text:
            self._fresh = False

    def add(self, text: str, area: Area, label: str, page: int | None = None) -> None:
        """Take a text that stands beside the visible text of its paragraph."""
        if text and not text.isspace():
            self._parts.append(Part(text, Place(area, page or self.page, label), self.row))

    # Tables.

    @property
    def row(self) -> int | None:
        """The running number of the innermost open row, None outside cells."""
        if self._tables and self._tables[-1].cells:
            return self._tables[-1].running
        return None

    @property
    def in_shaded_table(self) -> bool:
        """Whether a table around this place is known to be coloured."""
        return self._shaded_tables > 0

    def shade_table(self) -> None:
        """Note that the innermost table, or one of its cells, is coloured."""
        if self._tables and not self._tables[-1].shaded:
            self._tables[-1].shaded = True
            self._shaded_tables += 1

    def start_table(self) -> None:
        """Open a table, in a cell or outside."""
        self._table_count += 1
        self._tables.append(_Table(self._table_count))

    def end_table(self) -> None:
        """Close the innermost table."""
        if self._tables:
            while self._tables[-1].cells:
                self.end_cell()
            self._shaded_tables -= self._tables.pop().shaded

    def close_tables(self) -> None:
        """Close every table that is still open."""
        while self._tables:
            self.end_table()

    def start_row(self) -> None:
        """Open the next row of the innermost table."""
        if self._tables:
            table = self._tables[-1]
            table.row += 1
            table.column = 0
            self._tally.rows += 1
            table.running = self._tally.rows

    def start_cell(self) -> None:
        """Open the next cell of the row."""
        if self._tables:
            table = self._tables[-1]
            table.column += 1
            table.cells.append([])
            table.pages.append(None)

    def end_cell(self) -> None:
        """Close the innermost cell: its paragraphs become one part."""
        if not self._tables or not self._tables[-1].cells:
            return
        table = self._tables[-1]
        label = self.here()
        text = "\n".join(table.cells.pop()).strip("\n")
        page = table.pages.pop() or self.page
        if text and not text.isspace():
            area = Area.CELL if self.area is Area.BODY else self.area
            self._parts.append(Part(text, Place(area, page, label), table.running))
