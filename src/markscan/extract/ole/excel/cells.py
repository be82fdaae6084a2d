"""Turns the cells of one sheet into parts, many at a time."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from markscan.document import Area, Part, Place
from markscan.extract.ole.excel.book import Book
from markscan.extract.ole.excel.records import Code
from markscan.extract.ole.excel.strings import Said
from markscan.extract.xlsx.grid import cell_parts, column_letters
from markscan.extract.xlsx.strings import PERIOD

_MOST_ROWS = 1 << 16
_LETTERS = tuple(column_letters(number) for number in range(1, 257))


class Cells:
    """The cells of one sheet that have text.

    `waiting` has those not yet handed on: row, column, format, and the number of the text
    among the strings of the workbook. `listens`: there may be numbers that say something.
    """

    def __init__(self, book: Book, name: str, hidden: bool) -> None:
        self.waiting: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.listens = False
        self._book = book
        self._name = name
        self._hidden = hidden
        self._expects_period = False
        self._first_row = book.rows + 1  # the number of the sheet's first row in the document
        if name:
            book.rows += _MOST_ROWS

    def label(self, row: int, column: int) -> str:
        """Return the label of a cell: "sheet 1!B4"."""
        return f"{self._name}!{_letters(column)}{row + 1}"

    def add(self, row: int, column: int, form: int, text: str) -> None:
        """Take a cell with a text of its own."""
        strings = self._book.strings
        number = len(strings.shown)
        strings.shown.append(text)
        strings.used.append(1)
        if PERIOD in text:
            strings.special[number] = Said(text)
            self.listens = True
        self.waiting.append((row, column, form, number))

    def take(self) -> Iterable[Part]:
        """Return what waits; it does not wait any more."""
        if not self.waiting:
            return ()
        cells = self.waiting.copy()
        self.waiting.clear()
        rows, columns, forms, numbers = zip(*cells, strict=True)
        strings = self._book.strings
        if max(numbers) >= len(strings.shown):
            self._book.is_broken = True
            return self._one_by_one(cell for cell in cells if cell[3] < len(strings.shown))
        texts = [strings.shown[number] for number in numbers]
        if (
            self._hidden
            or "" in texts
            or any(map(self._book.styles.hides, set(forms)))
            or not self.hidden_rows.isdisjoint(rows)
            or not self.hidden_columns.isdisjoint(columns)
            or not strings.special.keys().isdisjoint(numbers)
        ):
            return self._one_by_one(cells)
        self._book.is_seen = True
        self._expects_period = False
        for number in numbers:
            strings.used[number] = 1
        name, first, letters = self._name, self._first_row, _LETTERS
        if max(columns) < 256:
            labels = [f"{name}!{letters[cell[1]]}{cell[0] + 1}" for cell in cells]
        else:
            labels = [self.label(cell[0], cell[1]) for cell in cells]
        return cell_parts(texts, labels, [first + row for row in rows])

    def _one_by_one(self, cells: Iterable[tuple[int, int, int, int]]) -> Iterator[Part]:
        strings = self._book.strings
        for row, column, form, number in cells:
            strings.used[number] = 1
            said = strings.special.get(number)
            yield from self._one(row, column, form, said or Said(strings.shown[number]))

    def _one(self, row: int, column: int, form: int, said: Said) -> Iterator[Part]:
        label = self.label(row, column)
        number = self._first_row + row
        hidden = (
            self._hidden
            or row in self.hidden_rows
            or column in self.hidden_columns
            or self._book.styles.hides(form)
        )
        # A number beside such a word says something too.
        self._expects_period = PERIOD in said.shown
        if said.shown:
            self._book.is_seen |= not hidden
            yield Part(said.shown, Place(Area.HIDDEN if hidden else Area.CELL, None, label), number)
        if said.hidden:
            yield Part(said.hidden, Place(Area.HIDDEN, None, label), number)
        if said.phonetic:
            yield Part(said.phonetic, Place(Area.NOTE, None, f"{label} phonetic"))

    def numbers(self, code: int, data: bytes) -> Iterator[Part]:
        """Yield the cells of a record of numbers that say something."""
        yield from self.take()
        if len(data) < 10 or not (self._expects_period or self._book.styles.affixes):
            return
        row, first, form = struct.unpack_from("<HHH", data)
        if code == Code.MANY_NUMBERS:
            packed = struct.iter_unpack("<HI", data[4 : 4 + (len(data) - 6) // 6 * 6])
            for column, (form, value) in enumerate(packed, first):
                yield from self.number(row, column, form, _unpacked(value))
        elif code == Code.PACKED_NUMBER:
            value = struct.unpack_from("<I", data, 6)[0]
            yield from self.number(row, first, form, _unpacked(value))
        else:
            value = struct.unpack_from("<d", data.ljust(14, b"\0"), 6)[0]
            yield from self.number(row, first, form, value)

    def number(self, row: int, column: int, form: int, value: float) -> Iterator[Part]:
        """Yield a number if its format has words, or if a period is to follow."""
        affix = self._book.styles.affixes.get(form)
        if affix or self._expects_period:
            before, behind = affix or ("", "")
            yield from self.take()
            said = Said(f"{before}{value:.15g}{behind}")
            yield from self._one(row, column, form, said)


def _letters(column: int) -> str:
    return _LETTERS[column] if column < len(_LETTERS) else column_letters(column + 1)


def _unpacked(packed: int) -> float:
    """Return a number stored in four bytes [MS-XLS] 2.5.220."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 1 << 31 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return value / 100 if packed & 1 else value
