"""Turns the cells of one sheet into parts, whoever read them.

Cells: ECMA-376 part 1, 18.3.1.4; types of cells: 18.18.11.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from markscan.document import Area, Part, Place
from markscan.extract.xlsx.strings import PERIOD, Said, Strings
from markscan.extract.xlsx.styles import Styles
from markscan.extract.xlsx.words import literals

_LETTERS = re.compile(r"[A-Za-z]+")
_MOST_REMEMBERED = 1 << 17
NUMBERS = frozenset(("n", "b", "e", "d"))  # types of cells that are no text


@dataclass(slots=True)
class Book:
    """What the sheets of one workbook share."""

    strings: Strings = field(default_factory=Strings)
    styles: Styles = field(default_factory=Styles)
    rows: int = 0  # table rows with text so far
    is_seen: bool = False  # it has cells that show something
    said: set[str] = field(default_factory=set)  # in formulas

    def is_new(self, words: str) -> bool:
        """Tell whether these words of a formula are heard for the first time."""
        if words in self.said:
            return False
        if len(self.said) < _MOST_REMEMBERED:
            self.said.add(words)
        return True


_make: Callable[..., Any] = tuple.__new__  # past the constructors, which take three times as long


def cell_parts(texts: Sequence[str], labels: Sequence[str], rows: Sequence[int]) -> list[Part]:
    """Return the parts of visible cells, all made at once: sheets have millions of them."""
    none = repeat(None)
    place_values = zip(repeat(Area.CELL), none, labels, none, none, strict=False)
    places = map(_make, repeat(Place), place_values)
    return list(map(_make, repeat(Part), zip(texts, places, rows, none, strict=False)))


def sheet_label(number: int) -> str:
    """Return what labels call a sheet, by its place among all from 1. Its name is text."""
    return f"sheet {number}"


class Grid:
    """The cells of one sheet.

    `name` is its place among the sheets, which labels show: "sheet 1". `title` is the name
    that its author gave it, which is text of the document. `hidden` tells that the whole
    sheet is; columns are given to `hide`.
    """

    def __init__(self, book: Book, name: str, hidden: bool, title: str = "") -> None:
        self.book = book
        self.name = name
        self.title = title
        self.hidden = hidden
        self.row_hidden = False
        self._spans: list[tuple[int, int]] = []
        self._columns: dict[str, bool] = {}
        self.expects_period = False

    @property
    def has_hidden_columns(self) -> bool:
        """Whether a column is hidden."""
        return bool(self._spans)

    def hide(self, first: int, last: int) -> None:
        """Note that the columns from `first` to `last` are hidden; they count from 1."""
        self._spans.append((first, last))

    def start_row(self, hidden: bool) -> None:
        """Begin the next row."""
        self.book.rows += 1
        self.row_hidden = hidden
        self.expects_period = False

    def label(self, ref: str) -> str:
        """Return the label of the cell B4: "sheet 1!B4"."""
        return f"{self.name}!{ref}"

    def area(self, ref: str, style: str) -> Area:
        """Return whether a cell is to be seen."""
        hidden = (
            self.hidden
            or self.row_hidden
            or style in self.book.styles.hiding
            or (self.has_hidden_columns and self._in_hidden_column(ref))
        )
        return Area.HIDDEN if hidden else Area.CELL

    def cell(self, ref: str, kind: str, style: str, value: Said, formula: str) -> Iterator[Part]:
        """Yield what a cell says.

        Args:
            ref: "B4".
            kind: its type, as written: "s" for a shared string, "n" for a number.
            style: the number of its format, as written; may be empty.
            value: as written in it.
            formula: that gives the value; may be empty.
        """
        said: Said | None = value
        if kind == "s":
            number = value.shown.strip()
            said = self.book.strings.get(int(number)) if number.isdecimal() else None
        if kind in NUMBERS:
            yield from self._number(ref, kind, style, value.shown.strip())
        elif said is not None:
            yield from self._text(ref, style, said)
        if formula:
            words = literals(formula)
            if words and words not in value.shown and self.book.is_new(words):
                yield Part(words, Place(Area.HIDDEN, None, f"{self.label(ref)} formula"))

    def _text(self, ref: str, style: str, said: Said) -> Iterator[Part]:
        row = self.book.rows
        label = self.label(ref)
        if said.shown.strip():
            self.expects_period = PERIOD in said.shown
            yield Part(said.shown, Place(self.area(ref, style), None, label), row)
        if said.hidden.strip():
            yield Part(said.hidden, Place(Area.HIDDEN, None, label), row)
        if said.phonetic.strip():
            yield Part(said.phonetic, Place(Area.NOTE, None, f"{label} phonetic"))

    def _number(self, ref: str, kind: str, style: str, shown: str) -> Iterator[Part]:
        """Yield a number if it says something: its format has words, or it is a period."""
        affix = self.book.styles.affixes.get(style) if kind == "n" else None
        if shown and (affix or self.expects_period):
            if affix:
                shown = f"{affix.before}{shown}{affix.behind}"
            yield Part(shown, Place(self.area(ref, style), None, self.label(ref)), self.book.rows)
            self.expects_period = False

    def _in_hidden_column(self, ref: str) -> bool:
        found = _LETTERS.match(ref)
        letters = found[0].upper() if found else ""
        known = self._columns.get(letters)
        if known is None:
            number = column_number(letters)
            known = any(first <= number <= last for first, last in self._spans)
            self._columns[letters] = known
        return known


def column_number(letters: str) -> int:
    """Return the number of a column from 1: AA is 27; 0 for what is none."""
    if len(letters) > 3:
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the name of a column that counts from 1."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
