"""Gathers the text of one destination and cuts it into parts.

A destination that a reader sees is a story: paragraphs, cells, what is hidden in them. Any
other is a note: one text, handed over where its group ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from markscan.document import Area, Part, Place
from markscan.extract.extractor import Item
from markscan.extract.rtf.tokens import pair


class Wants(Enum):
    """What a destination takes."""

    NOTHING = 0
    TEXT = 1
    BYTES = 2


_MOST_BOXES = 10_000
_LONGEST = 1 << 20  # characters; a longer paragraph is cut


@dataclass(slots=True)
class Tally:
    """What is counted over the whole document, and what is ready to be yielded."""

    ready: list[Item] = field(default_factory=list)
    tables: int = 0
    rows: int = 0
    seen: bool = False  # whether a reader sees any text
    boxes: set[str] = field(default_factory=set)  # the lines of text boxes


@dataclass(slots=True)
class _Row:
    table: int
    row: int
    number: int  # in the document
    column: int = 0


class Destination:
    """Where the text of a group goes: by itself nowhere.

    `level` is the depth of the group that opened it; `wants` what it takes, if anything.
    """

    __slots__ = ("level",)
    wants = Wants.NOTHING

    def __init__(self) -> None:
        self.level = -1

    def add(self, text: str, concealed: Area | None) -> None:
        """Take a run of text, and whether a reader does not see it."""

    def take(self, raw: bytes) -> None:
        """Take a run of bytes."""

    def set_depth(self, depth: int) -> None:
        """Note that the paragraph lies in so many tables."""

    def end_paragraph(self) -> None:
        """End a paragraph or a line of a note."""

    def end_cell(self, nested: bool) -> None:
        """End a cell of the outermost table, or of one inside a cell."""

    def end_row(self, nested: bool) -> None:
        """End a row."""

    def close(self) -> None:
        """End the destination with what is left."""


SILENCE = Destination()  # of a group that nobody reads, with all groups in it
FIRST = Destination()  # of what is said again in the group, in better words


class Bytes(Destination):
    """Hands its runs to `each` as they come, and calls `done` at its end."""

    __slots__ = ("_done", "_each")
    wants = Wants.BYTES

    def __init__(self, each: Callable[[bytes], None], done: Callable[[], None]) -> None:
        super().__init__()
        self._each = each
        self._done = done

    def take(self, raw: bytes) -> None:
        """Take a run of bytes."""
        self._each(raw)

    def close(self) -> None:
        """Say that this was all."""
        self._done()


class Note(Destination):
    """One text, hidden or not; `done` gets it where its group ends."""

    __slots__ = ("_done", "_pieces")
    wants = Wants.TEXT

    def __init__(self, done: Callable[[str], None]) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._done = done

    def add(self, text: str, concealed: Area | None) -> None:
        """Take a run of text."""
        self._pieces.append(text)

    def end_paragraph(self) -> None:
        """Break the line."""
        self._pieces.append("\n")

    def close(self) -> None:
        """Hand the text over."""
        self._done(pair("".join(self._pieces)).strip())


class Story(Destination):
    """The body, a header, a text box: paragraphs and tables.

    Args:
        area: of its paragraphs. Cells are CELL in the body and `area` elsewhere.
        label: "" for the body, whose labels count: "p3", "T1!R2C3".
        tally: what is counted over all stories, and takes the parts.
    """

    __slots__ = (
        "_beside",
        "_length",
        "_paragraphs",
        "_pieces",
        "_rows",
        "_table_rows",
        "_tally",
        "area",
        "depth",
        "label",
    )  # fmt: skip
    wants = Wants.TEXT

    def __init__(self, area: Area, label: str, tally: Tally) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._beside: dict[Area, list[str]] = {}
        self._length = 0
        self.area = area
        self.label = label
        self.depth = 0  # tables around the paragraph
        self._tally = tally
        self._rows: dict[int, _Row] = {}
        self._paragraphs = 0
        self._table_rows = 0  # finished rows of the table at hand

    def set_depth(self, depth: int) -> None:
        """Note that the paragraph lies in so many tables."""
        if depth != self.depth:
            if self._pieces and self.depth and depth > self.depth:
                self._end_cell(self.depth, moves=False)
            self.depth = depth

    def add(self, text: str, concealed: Area | None) -> None:
        """Take a run of text; a paragraph without end is cut."""
        if concealed is None:
            self._pieces.append(text)
        else:
            self._beside.setdefault(concealed, []).append(text)
        self._length += len(text)
        if self._length > _LONGEST:
            self._flush(self.area, self.here(), None)

    def here(self) -> str:
        """Return the label of the paragraph or cell at hand."""
        if self.area is not Area.BODY:
            return self.label
        row = self._rows.get(self.depth) if self.depth else None
        if row is not None:
            return f"T{row.table}!R{row.row}C{row.column + 1}"
        return f"p{self._paragraphs + 1}"

    def end_paragraph(self) -> None:
        """End a paragraph; in a table it is a line of its cell."""
        if self.depth:
            self._pieces.append("\n")
            return
        self._table_rows = 0
        self._rows.clear()
        self._flush(self.area, self.here(), None)
        self._paragraphs += 1

    def end_cell(self, nested: bool) -> None:
        """End a cell of the outermost table, or of one inside a cell."""
        self._end_cell(max(self.depth, 2) if nested else 1, moves=True)

    def end_row(self, nested: bool) -> None:
        """End a row."""
        depth = max(self.depth, 2) if nested else 1
        if self._pieces:
            self._end_cell(depth, moves=True)
        self._rows.pop(depth, None)

    def close(self) -> None:
        """End the story with what is left."""
        self._flush(self.area, self.here(), None)

    def _end_cell(self, depth: int, moves: bool) -> None:
        row = self._rows.get(depth)
        if row is None:
            row = self._rows[depth] = self._start_row(depth)
        area = Area.CELL if self.area is Area.BODY else self.area
        label = self.label or f"T{row.table}!R{row.row}C{row.column + 1}"
        self._flush(area, label, row.number)
        row.column += moves

    def _start_row(self, depth: int) -> _Row:
        tally = self._tally
        tally.rows += 1
        if depth == 1:
            if self._table_rows == 0:
                tally.tables += 1
            self._table_rows += 1
            return _Row(tally.tables, self._table_rows, tally.rows)
        tally.tables += 1
        return _Row(tally.tables, 1, tally.rows)

    def _flush(self, area: Area, label: str, row: int | None) -> None:
        text = pair("".join(self._pieces)).strip("\n")
        self._pieces.clear()
        self._length = 0
        if text and not text.isspace():
            self._tally.seen = True
            if area is Area.TEXTBOX and len(self._tally.boxes) < _MOST_BOXES:
                self._tally.boxes.add(text)
            self._tally.ready.append(Part(text, Place(area, None, label), row))
        for aside, texts in self._beside.items():
            text = pair("".join(texts))
            if text and not text.isspace():
                self._tally.ready.append(Part(text, Place(aside, None, label), row))
        self._beside.clear()
