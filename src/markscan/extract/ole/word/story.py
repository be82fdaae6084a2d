"""Tells the stories of a Word binary: paragraphs, cells, fields, what is hidden or deleted.

Source: [MS-DOC] 2.3 (stories), 2.4.3 (tables), 2.8.25 (fields), 2.6.1 (special characters).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from markscan.document import Area, Part, Place
from markscan.errors import LimitExceeded
from markscan.extract.docx.fields import spoken
from markscan.extract.ole.word.looks import DELETED, Looks

_PARAGRAPH = re.compile(r"[^\r\x07\x0c]*[\r\x07\x0c]?")
_SPECIAL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")
_FIELD = re.compile(r"([\x13-\x15])")
_MARKS = _BEGIN, _, _END = "\x13", "\x14", "\x15"
_SURROGATE = re.compile("[\ud800-\udfff]")
_CELL, _BREAK = "\x07", "\x0c"
_CLEAN = dict.fromkeys(range(32), "") | {9: "\t", 10: "\n", 11: "\n", 14: "\n", 30: "-"}


class Teller:
    """Turns stretches of one text into parts.

    Args:
        text: one character for each that the tables count.
        looks: what the formatting says of it.
        continuing: where sections end after which no page begins.
        allowed: how many paragraphs there may be.
    """

    def __init__(self, text: str, looks: Looks, continuing: frozenset[int], allowed: int) -> None:
        self.text = text
        self.looks = looks
        self.ends = [end for _, end, _ in looks.spans]
        self.continuing = continuing
        self.allowed = allowed
        self.paragraphs = self.tables = self.rows = 0

    def tell(self, start: int, end: int, area: Area, label: str = "") -> Iterator[Part]:
        """Yield the text of [start, end) as one story, the body if it has no label.

        Raises:
            LimitExceeded: there are more paragraphs than parts are allowed.
        """
        yield from _Story(self, area, label).parts(start, end)


@dataclass(slots=True)
class _Cell:
    """Where in its table a story stands, and the lines of the open cell."""

    table: int
    row: int = 0
    column: int = 1
    running: int = 0
    page: int | None = None
    lines: list[str] = field(default_factory=list)


class _Story:
    """One story while it is told."""

    def __init__(self, teller: Teller, area: Area, label: str) -> None:
        self._teller = teller
        self._area = area
        self._label = label
        self._number = 0
        self._goes_on = False  # the paragraph does, on the next page
        self._page = None if label else 1
        self._cell: _Cell | None = None
        self._fields: list[bool] = []  # those that are open: whether their code is being read
        self._in_code = 0
        self._next_end = 0  # of a field; the end of the story if there is none

    def parts(self, start: int, end: int) -> Iterator[Part]:
        """Yield the parts of [start, end)."""
        text = self._teller.text
        spans, cells = self._teller.looks.spans, self._teller.looks.cells
        span = bisect_right(self._teller.ends, start)
        cell = bisect_right(cells, (start, 1 << 40)) - 1
        special = self._special(start, end)
        for found in _PARAGRAPH.finditer(text, start, end):
            first, last = found.span()
            if first == last:
                break
            mark = text[last - 1]
            while span < len(spans) and spans[span][1] <= first:
                span += 1
            while cell + 1 < len(cells) and cells[cell + 1][0] <= first:
                cell += 1
            if special < first:
                special = self._special(first, end)
            line = found.group().rstrip("\r\x07\x0c")
            plain = special >= last and (span == len(spans) or spans[span][0] >= last)
            in_table = mark == _CELL or (cell >= 0 and cells[cell][1] > first)
            if plain and mark == "\r" and not (in_table or self._cell or self._fields):
                self._count(mark)  # the usual case
                if line and not line.isspace():
                    label = self._label or f"p{self._number}"
                    yield Part(line, Place(self._area, self._page, label))
                continue
            yield from self._enter(in_table)
            if self._ends_row(first, last - 1):
                self._start_row()
                continue
            self._count(mark)
            if not plain or self._fields:
                pieces = self._read(first, first + len(line), span, end)
                line = _clean(pieces[0])
                yield from self._beside(pieces)
            yield from self._take(line, mark)
            if mark == _BREAK and self._page and last not in self._teller.continuing:
                self._page += 1
        yield from self._end_cell()

    def _special(self, start: int, end: int) -> int:
        """Return where the next character stands that is no plain text."""
        found = _SPECIAL.search(self._teller.text, start, end)
        return found.start() if found else end

    # Paragraphs and cells.

    def _count(self, mark: str) -> None:
        going_on, self._goes_on = self._goes_on, mark == _BREAK
        if going_on:
            return
        self._number += 1
        self._teller.paragraphs += 1
        if self._teller.paragraphs > self._teller.allowed:
            raise LimitExceeded("limit.parts", allowed=self._teller.allowed)

    def _here(self, *words: str) -> str:
        cell = self._cell
        place = self._label or (
            f"T{cell.table}!R{cell.row}C{cell.column}" if cell else f"p{self._number}"
        )
        return " ".join((place, *words))

    def _take(self, line: str, mark: str) -> Iterator[Part]:
        cell = self._cell
        if cell is not None:
            if line and not line.isspace():
                cell.lines.append(line)
                cell.page = cell.page or self._page
            if mark == _CELL:
                yield from self._end_cell()
                cell.column += 1
        elif line and not line.isspace():
            yield Part(line, Place(self._area, self._page, self._here()))

    def _enter(self, in_table: bool) -> Iterator[Part]:
        """Open or close a table."""
        if not in_table and self._cell is not None:
            yield from self._end_cell()
            self._cell = None
        elif in_table and self._cell is None:
            self._teller.tables += 1
            self._cell = _Cell(self._teller.tables)
            self._start_row()

    def _ends_row(self, first: int, at: int) -> bool:
        looks = self._teller.looks
        if looks.row_ends or self._cell is None:
            return at in looks.row_ends
        # Where formatting is lost, an empty cell that follows another ends the row.
        return first == at and self._cell.column > 1 and self._teller.text[at] == _CELL

    def _start_row(self) -> None:
        cell = self._cell
        if cell is not None:
            self._teller.rows += 1
            cell.running = self._teller.rows
            cell.row += 1
            cell.column = 1

    def _end_cell(self) -> Iterator[Part]:
        cell = self._cell
        if cell is not None and cell.lines:
            area = self._area if self._label else Area.CELL
            place = Place(area, cell.page, self._here())
            yield Part("\n".join(cell.lines), place, cell.running)
            cell.lines = []
            cell.page = None

    # What is no plain text.

    def _read(self, first: int, last: int, span: int, end: int) -> tuple[str, str, str, str]:
        """Return what is visible, hidden, deleted, and the codes of fields in [first, last)."""
        spans, text = self._teller.looks.spans, self._teller.text
        pieces: tuple[list[str], ...] = ([], [], [], [])
        while first < last:
            kind, stop = 0, last
            if span < len(spans) and spans[span][0] <= first:
                kind, stop = spans[span][2], min(spans[span][1], last)
                span += 1
            elif span < len(spans):
                stop = min(spans[span][0], last)
            at = first
            for token in _FIELD.split(text[first:stop]):
                at += len(token)
                if token in _MARKS:
                    if self._field(token, at, end):
                        pieces[3].append("\n")
                elif token:
                    is_code = self._in_code and kind != DELETED
                    pieces[3 if is_code else kind].append(token)
            first = stop
        visible, hidden, deleted, codes = map("".join, pieces)
        return visible, hidden, deleted, codes

    def _field(self, mark: str, at: int, end: int) -> bool:
        """Follow a field; tell whether its code begins."""
        fields = self._fields
        if mark == _BEGIN:
            if at > self._next_end:
                found = self._teller.text.find(_END, at, end)
                self._next_end = found if found >= 0 else end
            if self._next_end < end:
                fields.append(True)
                self._in_code += 1
            return self._next_end < end
        if fields and fields[-1]:
            fields[-1] = False
            self._in_code -= 1
        if mark == _END and fields:
            fields.pop()
        return False

    def _beside(self, pieces: tuple[str, str, str, str]) -> Iterator[Part]:
        """Yield what does not stand in the visible text of the paragraph."""
        row = self._cell.running if self._cell else None
        _, hidden, deleted, codes = pieces
        for text, area, word in (
            (_clean(hidden), Area.HIDDEN, ""),
            (_clean(deleted), Area.DELETED, ""),
            (spoken(_clean(codes)), Area.HIDDEN, "field"),
        ):
            if text and not text.isspace():
                label = self._here(word) if word else self._here()
                yield Part(text, Place(area, self._page, label), row)


def with_symbols(text: str, symbols: dict[int, str]) -> str:
    """Return `text` with the symbols that it shows, each in one character."""
    if not symbols:
        return text
    chars = list(text)
    for at, sign in symbols.items():
        if len(sign) == 1 and at < len(chars):
            chars[at] = sign
    return "".join(chars)


def _clean(text: str) -> str:
    """Return `text` without the characters that stand for something else."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.translate(_CLEAN)
