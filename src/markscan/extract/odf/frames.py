"""What is open while an OpenDocument is walked: frames that take text, paragraphs, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from markscan.document import Area, Box
from markscan.errors import LimitExceeded
from markscan.extract.odf.styles import PLAIN, Look

_MOST_COLUMNS = 20_000


@dataclass(slots=True)
class Tally:
    """What is counted over the whole file, with the documents in it.

    `elements` are paragraphs, cells and shapes, whether they hold text or not.
    """

    allowed: int
    rows: int = 0
    elements: int = 0

    def element(self) -> None:
        """Count one element.

        Raises:
            LimitExceeded: there were more than the limits allow parts.
        """
        self.elements += 1
        if self.elements > self.allowed:
            raise LimitExceeded("limit.parts", allowed=self.allowed)


@dataclass(slots=True)
class Frame:
    """Something that takes paragraphs: the body, a cell, a box, a note, a header.

    `lines` collect them until the frame ends; None where each is a part of its own.
    `ground` is what the frame is filled with, None where it shows what lies under it.
    """

    area: Area
    label: str = ""
    lines: list[str] | None = None
    look: Look = PLAIN
    ground: str | None = None
    box: Box | None = None
    page: int | None = None
    row: int | None = None
    is_picture: bool = False
    is_object: bool = False  # holds a document of its own
    is_away: bool = False  # beside the page, or not shown at all


@dataclass(slots=True)
class Paragraph:
    """What is collected of one open paragraph; `looks` are those of its open spans."""

    looks: list[Look]
    page: int | None = None
    is_hidden: bool = False
    breaks_after: bool = False
    visible: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    ruby: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Columns:
    """The columns of a sheet that are hidden or give their cells a style, as ranges."""

    count: int = 0
    ranges: list[tuple[int, int, bool, str]] = field(default_factory=list)

    def add(self, repeated: int, *, hidden: bool, style: str) -> None:
        """Take the next columns."""
        if (hidden or style) and len(self.ranges) < _MOST_COLUMNS:
            self.ranges.append((self.count, self.count + repeated, hidden, style))
        self.count += repeated


@dataclass(slots=True)
class Table:
    """One open table: a sheet, or a table in text. Rows and columns count from 0."""

    name: str
    is_sheet: bool
    hidden: bool = False
    ground: str | None = None
    columns: Columns = field(default_factory=Columns)
    row: int = -1
    rows: int = 0  # where the next row begins
    repeated: int = 1  # rows that the open one stands for
    running: int = 0
    row_hidden: bool = False
    row_style: str = ""
    row_ground: str | None = None
    column: int = 0
    _at: int = 0  # which range of columns comes next

    def start_row(self, repeated: int) -> None:
        """Open the next row."""
        self.row = self.rows
        self.repeated = repeated
        self.rows += repeated
        self.column = 0
        self._at = 0

    def column_says(self) -> tuple[bool, str]:
        """Return whether the column of the next cell is hidden, and its default style."""
        ranges = self.columns.ranges
        while self._at < len(ranges) and ranges[self._at][1] <= self.column:
            self._at += 1
        if self._at < len(ranges) and ranges[self._at][0] <= self.column:
            return ranges[self._at][2], ranges[self._at][3]
        return False, ""

    def label(self, repeated: int) -> str:
        """Return the name of the cell, or of the cells, at this place."""
        if not self.is_sheet:
            return f"{self.name}!R{self.row + 1}C{self.column + 1}"
        first = f"{self.name}!{column_name(self.column)}{self.row + 1}"
        if repeated == self.repeated == 1:
            return first
        return f"{first}:{column_name(self.column + repeated - 1)}{self.row + self.repeated}"


@lru_cache(maxsize=4096)
def column_name(index: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index > 0:
        index, digit = divmod(index - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
