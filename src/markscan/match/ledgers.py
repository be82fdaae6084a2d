"""Tells the cells of a ledger, which bear the levels of other documents, from a form's.

A column headed 密级 of a table with three columns or more tells of other documents, and
so does a column in which several cells hold levels: a ledger, a list, a legend.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markscan.document import Area, Document, Part
from markscan.match.zones import is_level_field

_COLUMNS = 3
_LONGEST_HEAD = 8  # characters of 密级 and the like above a column
_CELL_LABEL = re.compile(r"(?:(.*)!)?(?:R\d+C(\d+)|([A-Z]+)\d+)")


class Ledgers:
    """The ledgers of one document. Built once a document that has level cells."""

    def __init__(self, document: Document, cells: Iterable[int]) -> None:
        """Look at the tables of `document`; `cells` are the parts that hold levels."""
        self._document = document
        self._rows: dict[str, set[int | None]] = {}  # by column, the rows with levels
        for cell in cells:
            column = _column(document.parts[cell])
            if column is not None:
                self._rows.setdefault(column, set()).add(document.parts[cell].row)
        self._heads = _first_rows(document) if self._rows else {}

    def hold(self, part: int) -> bool:
        """Return whether the level in the cell `part` is another document's."""
        cell = self._document.parts[part]
        if cell.place.box is not None:
            return self._column_of_page(cell)
        column, table = _column(cell), _table(cell)
        if column is None or table is None:
            return False
        head = [one for one in self._heads[table] if one is not cell]
        over = [one.text for one in head if _column(one) == column]
        if len(head) >= _COLUMNS and any(is_level_field(text) for text in over):
            return True
        return len(self._rows[column]) > 1

    def _column_of_page(self, cell: Part) -> bool:
        """Whether a line of a page stands under the word 密级 and beside other text.

        PDF and OFD have no cells: a table is what stands side by side.
        """
        box = cell.place.box
        if box is None:
            return False
        page, height = cell.place.page or 1, box.bottom - box.top
        beside = over = False
        for other in self._document.parts:
            place, on = other.place.box, other.place.page
            if place is None or on is None or on > page or place == box:
                continue
            level = on == page and abs(place.top - box.top) < height / 2
            beside = beside or (level and place.right <= box.left)
            above = on < page or place.bottom <= box.top
            if above and place.left < box.right and box.left < place.right:
                text = other.text.strip()
                over = over or (len(text) <= _LONGEST_HEAD and is_level_field(text))
        return beside and over


def _first_rows(document: Document) -> dict[str, list[Part]]:
    """The cells of the first row of each table."""
    heads: dict[str, list[Part]] = {}
    for part in document.parts:
        table = _table(part)
        if table is not None:
            head = heads.setdefault(table, [part])
            if head[-1] is not part and head[0].row == part.row:
                head.append(part)
    return heads


def _table(part: Part) -> str | None:
    """`T1!R2C3` → `T1`; None if it is no cell."""
    found = _CELL_LABEL.fullmatch(part.place.label) if part.place.area is Area.CELL else None
    return (found[1] or "") if found else None


def _column(part: Part) -> str | None:
    """`T1!R2C3` → `T1!3`; `Sheet1!B4` → `Sheet1!B`; None if it is no cell."""
    found = _CELL_LABEL.fullmatch(part.place.label) if part.place.area is Area.CELL else None
    return f"{found[1] or ''}!{found[2] or found[3]}" if found else None
