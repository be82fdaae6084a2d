"""The table of a slide while it is open: which cell is where."""

from __future__ import annotations

from markscan.document import Box
from markscan.extract.pptx.shapes import EMU, Text

_MOST_COLUMNS = 1000


class OpenTable:
    """Counts rows and cells, and knows where each one lies.

    Args:
        number: of the table on its slide.
        box: where the table lies, None where nothing says.
    """

    def __init__(self, number: int, box: Box | None) -> None:
        self.cell: Text | None = None
        self.fill: str | None = None  # of the cell that is open
        self.row = 0  # number of the row in the document
        self._number = number
        self._box = box
        self._row = self._column = 0
        self._edges = [0.0]  # of the columns, in points from the left of the table
        self._top = self._bottom = 0.0

    def add_column(self, width: int) -> None:
        """Take the width of the next column."""
        if len(self._edges) < _MOST_COLUMNS:
            self._edges.append(self._edges[-1] + width / EMU)

    def start_row(self, running: int, height: int) -> None:
        """Open the next row; `running` is its number in the document."""
        self.row = running
        self._row += 1
        self._column = 0
        self._top = self._bottom
        self._bottom += height / EMU

    def start_cell(self) -> None:
        """Open the next cell of the row."""
        self._column += 1
        self.cell = Text()
        self.fill = None

    def label(self, sheet: str) -> str:
        """Return the name of the open cell."""
        return f"{sheet} T{self._number}!R{self._row}C{self._column}"

    def box(self) -> Box | None:
        """Return where the open cell lies."""
        if self._box is None or not 0 < self._column < len(self._edges):
            return self._box
        return Box(
            self._box.left + self._edges[self._column - 1],
            self._box.top + self._top,
            self._box.left + self._edges[self._column],
            self._box.top + self._bottom,
        )
