"""Puts the paragraphs, cells, boxes and notes of one OpenDocument stream in order and place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area, Box, Page, Part, Place
from markscan.extract.ground import Ground, is_alike, is_outside
from markscan.extract.odf.frames import Frame, Paragraph, Table, Tally
from markscan.extract.odf.styles import CLEAR, PLAIN, UNKNOWN, Look, Styles
from markscan.extract.xlsx.grid import sheet_label

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SPACES = re.compile(r"[ \t\r\n]+")
# What stays what it is where it is not shown.
_APART = frozenset((Area.DELETED, Area.COMMENT, Area.PROPERTY))
_CELLS = frozenset((Area.BODY, Area.TEXTBOX, Area.CELL))
_READABLE = frozenset((Area.BODY, Area.TEXTBOX, Area.CELL, Area.NOTE))


class Story:
    """Takes what a walk meets, and gives parts.

    Args:
        styles: of the document.
        tally: what is counted over the file.
        prefix: of all labels; the name of an embedded document.
    """

    def __init__(self, styles: Styles, tally: Tally, prefix: str = "") -> None:
        self.styles = styles
        self.tally = tally
        self.frames = [Frame(Area.BODY)]
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self.hidden = 0  # how many open elements hide what is in them
        self.page: int | None = None
        self.size: tuple[float, float] | None = None  # of the page, where shapes have places
        self.ground = Ground()  # of the page
        self.has_text = False  # since it was last asked
        self._prefix = f"{prefix} " if prefix else ""
        self._number = 0
        self._tables = self._sheets = 0
        self._fresh = True  # nothing stands on this page yet
        self._items: list[Part | Page] = []

    def drain(self) -> Iterator[Part | Page]:
        """Yield what is ready."""
        items, self._items = self._items, []
        yield from items

    def close(self) -> None:
        """Close everything that is open."""
        while self.paragraphs:
            self.end_paragraph()
        while len(self.frames) > 1:
            self.pop()
        self.tables.clear()

    # Parts.

    def here(self, *words: str) -> str:
        """Return the label of this place, then `words`."""
        return self._prefix + self.place(*words)

    def place(self, *words: str) -> str:
        """Return the same without the name of the document, for a frame."""
        place = next((f.label for f in reversed(self.frames[-16:]) if f.label), "")
        if not place and self.tables and self.tables[-1].is_sheet:
            place = self.tables[-1].name
        return " ".join([place or f"p{self._number}", *(word for word in words if word)])

    def add(self, text: str, area: Area, label: str, frame: Frame | None = None) -> None:
        """Give one part, unless it is blank."""
        if not text or text.isspace():
            return
        if self.hidden and area not in _APART:
            area = Area.HIDDEN
        self.has_text = self.has_text or area in _READABLE
        page = self.page if frame is None or frame.page is None else frame.page
        box = frame.box if frame is not None else None
        row = frame.row if frame is not None else self._row()
        self._items.append(Part(text, Place(area, page, label, box), row))

    def aside(self, text: str, word: str, area: Area = Area.HIDDEN) -> None:
        """Give what stands beside the text: a description, a link, a name."""
        self.add(text.strip(), area, self.here(word))

    def property(self, text: str, label: str) -> None:
        """Give a property."""
        self.add(text.strip(), Area.PROPERTY, type(label)(self._prefix + label))

    def _row(self) -> int | None:
        return next((f.row for f in reversed(self.frames[-16:]) if f.row is not None), None)

    # Frames.

    def push(self, frame: Frame) -> None:
        """Open a frame; what comes next stands in it."""
        self.tally.element()
        if frame.page is None:
            frame.page = self.page
        self.frames.append(frame)

    def pop(self) -> Frame:
        """Close the innermost frame: what it collected becomes one part."""
        frame = self.frames.pop() if len(self.frames) > 1 else self.frames[0]
        if frame.lines:
            text = "\n".join(frame.lines).strip("\n")
            area = Area.HIDDEN if frame.is_away and frame.area not in _APART else frame.area
            self.add(text, area, self._prefix + frame.label, frame)
            frame.lines = []
        return frame

    def start_page(self, number: int, size: tuple[float, float] | None, ground: Ground) -> None:
        """Open a slide or a drawn page."""
        self.page = number
        self.size = size
        self.ground = ground
        if size is not None:
            self._items.append(Page(number, *size))

    def end_page(self) -> None:
        """Close it."""
        self.page = self.size = None
        self.ground = Ground()

    # Paragraphs.

    def start_paragraph(self, style: str) -> None:
        """Open a paragraph."""
        self.tally.element()
        frame = self.frames[-1]
        if frame.lines is None and frame.area is Area.BODY:
            self._number += 1
        if len(self.frames) == 1 and self.page is not None and style:
            self._break_before(style)
        paragraph = Paragraph([self.styles.look("paragraph", style).over(frame.look)], self.page)
        if len(self.frames) == 1 and style:
            after = self.styles.get("paragraph", style, "fo:break-after")
            paragraph.breaks_after = after == "page"
        self.paragraphs.append(paragraph)

    def _break_before(self, style: str) -> None:
        says = self.styles.get("paragraph", style, "fo:break-before") == "page"
        if (says or self.styles.get("paragraph", style, "master")) and not self._fresh:
            self.break_page()

    def break_page(self) -> None:
        """Count the next page of a running text."""
        if self.page is not None:
            self.page += 1
            self._fresh = True
            if self.paragraphs and not self.paragraphs[-1].visible:
                self.paragraphs[-1].page = self.page

    def end_paragraph(self) -> None:
        """Close the innermost paragraph."""
        if not self.paragraphs:
            return
        paragraph = self.paragraphs.pop()
        text = "".join(paragraph.visible).strip(" ")
        hidden = "".join(paragraph.hidden).strip(" ")
        if paragraph.is_hidden:
            text, hidden = "", f"{text}{hidden}"
        frame = self.frames[-1]
        if frame.lines is not None:
            frame.lines.append(text)
        elif text:
            self.add(text, frame.area, self.here(), Frame(frame.area, page=paragraph.page))
        if hidden:
            area = frame.area if frame.area in _APART else Area.HIDDEN
            place = Frame(area, box=frame.box, page=paragraph.page, row=self._row())
            self.add(hidden, area, self.here(), place)
        if paragraph.ruby and _HAN.search(ruby := "".join(paragraph.ruby)):
            self.add(ruby, Area.NOTE, self.here("ruby"))
        if text:
            self._fresh = False
        if paragraph.breaks_after and self.page is not None:
            self.break_page()

    def start_span(self, style: str) -> None:
        """Open a span, which may hide its text."""
        if self.paragraphs:
            looks = self.paragraphs[-1].looks
            look = self.styles.look("text", style)
            looks.append(looks[-1] if look is PLAIN else look.over(looks[-1]))

    def end_span(self) -> None:
        """Close the innermost span."""
        if self.paragraphs and len(self.paragraphs[-1].looks) > 1:
            self.paragraphs[-1].looks.pop()

    def sink(self) -> list[str] | None:
        """Return the list that takes text standing here, None outside paragraphs."""
        if not self.paragraphs:
            return None
        paragraph = self.paragraphs[-1]
        look = paragraph.looks[-1]
        if look is PLAIN or not self._hides(look):
            return paragraph.visible
        return paragraph.hidden

    def text(self, data: str) -> None:
        """Take text of the open paragraph; white space is as XML has it (ODF part 3, 6.1.2)."""
        sink = self.sink()
        if sink is not None:
            if "\n" in data or "  " in data or "\t" in data:
                data = _SPACES.sub(" ", data)
            if self._fresh and self.page is not None and not data.isspace():
                self._fresh = False
            sink.append(data)

    def _hides(self, look: Look) -> bool:
        if look.hidden or look.tiny:
            return True
        if look.colour is None:
            return False
        ground = look.ground if look.ground not in (None, CLEAR) else self._under()
        return ground is not None and ground != UNKNOWN and is_alike(look.colour, ground)

    def _under(self) -> str | None:
        """Return what lies under the innermost frame, None if that cannot be told."""
        box: Box | None = None
        for frame in reversed(self.frames[-32:]):
            if frame.ground not in (None, CLEAR):
                return frame.ground
            box = box or frame.box
        if self.size is not None and not self.ground.is_bare(box):
            return None
        return self.ground.colour

    # Tables.

    def start_table(self, name: str, *, is_sheet: bool, hidden: bool, ground: str | None) -> None:
        """Open a table or a sheet."""
        if not is_sheet:
            self._tables += 1
            name = f"T{self._tables}"
            if len(self.frames) > 1:
                name = self.place(name)
        self.hidden += hidden
        if is_sheet:
            self.property(name, "sheet")
            self._sheets += 1
            name = sheet_label(self._sheets)
        self.tables.append(Table(name, is_sheet, hidden, ground))

    def end_table(self) -> None:
        """Close the innermost table."""
        if self.tables:
            self.hidden -= self.tables.pop().hidden

    def start_row(self, repeated: int, *, hidden: bool, style: str, ground: str | None) -> None:
        """Open a row of the innermost table."""
        if self.tables:
            table = self.tables[-1]
            table.start_row(repeated)
            self.tally.rows += 1
            table.running = self.tally.rows
            table.row_hidden, table.row_style, table.row_ground = hidden, style, ground

    def start_cell(self, repeated: int, style: str) -> bool:
        """Open a cell; return whether it is hidden."""
        outer = self.frames[-1].area
        area = Area.CELL if outer in _CELLS else outer
        if not self.tables:
            self.push(Frame(area, lines=[]))
            return False
        table = self.tables[-1]
        column_hidden, column_style = table.column_says()
        look = self.styles.look("table-cell", style or table.row_style or column_style)
        ground = look.ground or table.row_ground or table.ground
        hidden = table.row_hidden or column_hidden
        frame = Frame(
            area,
            table.label(repeated),
            [],
            look._replace(ground=None),
            ground,
            self.frames[-1].box,
            row=table.running,
        )
        self.hidden += hidden
        self.push(frame)
        return hidden

    def end_cell(self, repeated: int, *, hidden: bool) -> None:
        """Close the innermost cell."""
        self.pop()
        self.hidden -= hidden
        if self.tables:
            self.tables[-1].column += repeated

    # Shapes.

    def is_beside(self, box: Box | None) -> bool:
        """Tell whether a shape lies beside its page."""
        return self.size is not None and box is not None and is_outside(box, *self.size)
