"""Walks the records of one part of a workbook: its globals, a sheet, a chart.

Cells are what sheets have millions of: they are gathered and handed on in bulk. All other
records have a function each. Source: [MS-XLS] 2.1.7.20, 2.4.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Generator, Iterable, Iterator
from enum import Enum
from typing import Literal

from markscan.document import Area, Part
from markscan.extract.extractor import Item
from markscan.extract.ole.carve import carve
from markscan.extract.ole.excel.beside import BESIDE
from markscan.extract.ole.excel.book import UNSEEN, Book
from markscan.extract.ole.excel.cells import Cells
from markscan.extract.ole.excel.formulas import literals
from markscan.extract.ole.excel.globals import QUIET, SPEAKING, take_shapes, take_strings
from markscan.extract.ole.excel.objects import Objects
from markscan.extract.ole.excel.records import HEAD, OLDER, Code, continued, read_start
from markscan.extract.ole.excel.strings import read_string

_CELL = struct.Struct("<HHHI")
# Plain records of a fixed size: shared strings, blanks, rows in sight; then numbers.
_TEXT = rb"\xfd\x00\x0a\x00(.{10})|\x01\x02\x06\x00.{6}"
_TEXT += rb"|\x08\x02\x10\x00.{6}(?!\x00[\x00\x80]).{6}[\x00-\x1f\x40-\x5f\x80-\x9f\xc0-\xdf].{3}"
_NUMBER = rb"|\x03\x02\x0e\x00.{14}|\x7e\x02\x0a\x00.{10}"
_SOME_ONE, _ALL_ONE = re.compile(_TEXT, re.S), re.compile(_TEXT + _NUMBER, re.S)
_ONE_FORM = re.compile(rb"\xe0\x00\x14\x00(.{20})", re.S)
_FORMS = re.compile(rb"(?:\xe0\x00\x14\x00.{20}){1,4096}+", re.S)
_SOME = re.compile(b"(?:%b){1,4096}+" % _TEXT.replace(b"(.", b"(?:."), re.S)
_ALL = re.compile(b"(?:%b){1,4096}+" % (_TEXT + _NUMBER).replace(b"(.", b"(?:."), re.S)
_PLACE = struct.Struct("<HHH")
_FORMULA, _ROW = int(Code.FORMULA), int(Code.ROW)
_BATCH = 2048
_MOST_COLUMNS = 256
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_CHART = 0x20
_NO_NUMBER = b"\xff\xff"  # at the end of what a formula gives
_LEAST_UNKNOWN = 12  # bytes of a record that may hold words

# Records without words: numbers, borders, settings of printers, styles, themes.
_MUTE = frozenset(
    (
        *(0x003C, 0x00BE, 0x0201, 0x0001, 0x00D7, 0x020B, 0x000B, 0x00FF, 0x0293, 0x0002, 0x0003),
        *(0x004D, 0x007F, 0x087D, 0x0892, 0x0896, 0x088E, 0x088D, 0x0200, 0x0000, 0x00E5, 0x00ED),
        *(0x0225, 0x001D, 0x023E, 0x003D, 0x00A1, 0x005F, 0x013D, 0x01C1, 0x0863, 0x0867, 0x01C0),
        *(0x088B, 0x087C, 0x089A, 0x088C, 0x08A3, 0x089B, 0x0897, 0x00EF, 0x0043, 0x0243, 0x0443),
        *range(0x1001, 0x100D),
        *range(0x100E, 0x1070),
    )
)


class Walker:
    """The records from one start to its end.

    Args:
        book: what all sheets share.
        data: the whole stream.
        name: what labels call the sheet; "" for what belongs to the whole workbook.
        hidden: the whole sheet is.
    """

    def __init__(self, book: Book, data: bytes, name: str, hidden: bool) -> None:
        self.name = name
        self.at = 0  # the last record that was not a plain cell
        self._book = book
        self._data = data
        self._hidden = hidden
        self._kinds: list[int] = []  # of the parts that have begun and not ended
        self._cells = Cells(book, name, hidden)
        self._objects = Objects(book, data, name)
        self._formula: tuple[int, int, int, str] | None = None

    def walk(self, at: int, stop: int) -> Generator[Item, None, int | None]:
        """Yield what the records from `at` on say; return where they end.

        None where they do not end in order before `stop`.
        """
        data, book, cells = self._data, self._book, self._cells
        unpack, get = HEAD.unpack_from, _ACTIONS.get
        text, number, form, font, end = _Plain
        waiting, styles = cells.waiting, book.styles
        cells.listens = bool(styles.affixes or book.strings.has_periods)
        while at + 4 <= stop:
            code, size = unpack(data, at)
            start = at + 4
            at = start + size
            if at > stop:
                self.at = start - 4
                break
            action = get(code)
            if not action and (action is not None or size < _LEAST_UNKNOWN):
                continue
            if action is text:
                at = self._gather(start - 4, at, stop)
                if len(waiting) >= _BATCH:
                    yield from cells.take()
            elif action is number:
                book.has_numbers = True
                if cells.listens:
                    yield from cells.numbers(code, data[start:at])
            elif action is form:
                run = _FORMS.match(data, start - 4, stop)
                styles.forms += _ONE_FORM.findall(run[0]) if run else (data[start:at],)
                at = run.end() if run else at
            elif action is font:
                styles.fonts.append(data[start:at])
            elif action is end:
                self._kinds.pop()
                if not self._kinds:
                    yield from self._finish()
                    return at
            elif size and not self._is_plain(code, start, at):
                yield from self._other(code, start, at)
                if book.is_locked:
                    return None
        yield from self._finish()
        return None

    def _is_plain(self, code: int, start: int, end: int) -> bool:
        """Tell whether a row or formula, of which there are many, says nothing."""
        if code == _ROW:
            data = self._data
            return (
                end - start >= 16
                and not data[start + 12] & _HIDDEN_ROW
                and (data[start + 6] or data[start + 7] & 0x7F) > 0
            )
        if code != _FORMULA or self._cells.listens or self._book.dialect.version < 5:
            return False
        size = int.from_bytes(self._data[start + 20 : start + 22], "little")
        # Strings may stand among the tokens, or behind them in arrays.
        if end - start != 22 + size or self._data.find(b"\x17", start + 22, end) >= 0:
            return False
        if self._data[start + 12 : start + 14] == _NO_NUMBER and not self._data[start + 6]:
            self._formula = *_PLACE.unpack_from(self._data, start), ""  # its text follows
        return True

    def _gather(self, start: int, end: int, stop: int) -> int:
        """Take all cells of shared strings in the run of plain records that begins here."""
        runs, record = (_SOME, _SOME_ONE) if self._cells.listens else (_ALL, _ALL_ONE)
        run = runs.match(self._data, start, stop)
        if run is None:  # this record has an odd size
            if end - start >= 14:
                self._cells.waiting.append(_CELL.unpack_from(self._data, start + 4))
            return end
        found = b"".join(record.findall(self._data, start, run.end()))
        self._cells.waiting.extend(_CELL.iter_unpack(found))
        return run.end()

    def _other(self, code: int, start: int, end: int) -> Iterable[Part]:
        """Return what a record says that is no plain cell."""
        self.at = start - 4
        try:
            found = tuple(_HANDLERS.get(code, Walker._unknown)(self, start, end))
        except (struct.error, IndexError):
            self._book.is_broken = True
            return ()
        return self._shown(found) if found else ()

    def _shown(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Yield what waits and then `parts`, as far as there is something in them."""
        yield from self._cells.take()
        for part in parts:
            if part.text and not part.text.isspace():
                part = self._as_seen(part)
                self._book.is_seen |= part.place.area not in UNSEEN
                yield part

    def _as_seen(self, part: Part) -> Part:
        area = part.place.area
        if not self._hidden or area in (Area.HIDDEN, Area.PROPERTY):
            return part
        return part._replace(place=part.place._replace(area=Area.HIDDEN))

    def _finish(self) -> Iterator[Part]:
        yield from self._cells.take()
        yield from map(self._as_seen, self._objects.finish())

    # One function for each record: it takes where its data begin and end.

    def _start(self, start: int, end: int) -> Iterable[Part]:
        code = int.from_bytes(self._data[start - 4 : start - 2], "little")
        self._kinds.append(read_start(code, self._data[start:end].ljust(4, b"\0"))[1])
        return ()

    def _unknown(self, start: int, end: int) -> Iterator[Part]:
        found = (text for text in carve(self._data[start:end]) if not text.isascii())
        text = "\n".join(dict.fromkeys(found))
        return self._book.say(text, Area.HIDDEN, f"{self.name} record".strip())

    def _quiet(self, start: int, end: int) -> Iterable[Part]:
        code = int.from_bytes(self._data[start - 4 : start - 2], "little")
        _QUIET[code](self._book, self._data[start:end])
        return ()

    def _global(self, start: int, end: int) -> Iterator[Part]:
        code = int.from_bytes(self._data[start - 4 : start - 2], "little")
        return SPEAKING[OLDER.get(code, code)](self._book, self._data[start:end])

    def _aside(self, start: int, end: int) -> Iterator[Part]:
        code = int.from_bytes(self._data[start - 4 : start - 2], "little")
        return BESIDE[code](self._book, self.name, self._data[start:end])

    def _strings(self, start: int, end: int) -> Iterator[Part]:
        return take_strings(self._book, self._data, start, end)

    def _shapes(self, start: int, end: int) -> Iterator[Part]:
        return take_shapes(self._book, self._data, start, end)

    def _object(self, start: int, end: int) -> Iterator[Part]:
        return self._objects.add_object(self._data[start:end])

    def _note(self, start: int, end: int) -> Iterator[Part]:
        return self._objects.add_note(self._data[start:end])

    def _shape(self, start: int, end: int) -> Iterable[Part]:
        self._objects.add_shape(start, end)
        return ()

    def _text(self, start: int, end: int) -> Iterator[Part]:
        return self._objects.add_text(start, end, self._box)

    @property
    def _box(self) -> str:
        return f"{self.name} {'chart' if self._kinds[-1] == _CHART else 'textbox'}"

    def _row(self, start: int, end: int) -> Iterable[Part]:
        data = self._data[start:end].ljust(14, b"\0")
        row, height, flags = struct.unpack_from("<H4xH4xH", data)
        if flags & _HIDDEN_ROW or not height & 0x7FFF:
            self._cells.hidden_rows.add(row)
        return ()

    def _columns(self, start: int, end: int) -> Iterable[Part]:
        first, last, width, _, flags = struct.unpack_from("<5H", self._data[start:end])
        if flags & _HIDDEN_COLUMN or not width:
            self._cells.hidden_columns.update(range(first, min(last, _MOST_COLUMNS) + 1))
        return ()

    def _label(self, start: int, end: int) -> Iterable[Part]:
        """Take a cell that holds its text itself; in a chart it is a word of its axes."""
        dialect = self._book.dialect
        data = self._data[start:end]
        row, column, form = _PLACE.unpack_from(data)
        if dialect.version == 2:
            text, form = dialect.counted(data, 7, 1)[0], data[4] & 0x3F
        elif dialect.version == 8:
            text = read_string([data[6:], *continued(self._data, end)])
        else:
            text = dialect.counted(data, 6)[0]
        if self._kinds[-1] == _CHART:
            return self._book.say(text, Area.TEXTBOX, self._box)
        self._cells.add(row, column, form, text)
        return ()

    def _formula_of(self, start: int, end: int) -> Iterator[Part]:
        """Note a formula whose text follows; yield the strings in it otherwise."""
        data, dialect = self._data[start:end], self._book.dialect
        row, column, form = _PLACE.unpack_from(data)
        result = 6
        if dialect.version == 2:
            form, result, at, size = data[4] & 0x3F, 7, 17, data[16]
        else:
            at = 18 if dialect.version < 5 else 22
            size = struct.unpack_from("<H", data, at - 2)[0]
        words = literals(data[at : at + size], data[at + size :], dialect)
        is_number = data[result + 6 : result + 8] != _NO_NUMBER
        self._formula = None
        if not is_number and data[result] == 0:
            self._formula = row, column, form, words
            return
        if is_number:
            value = struct.unpack_from("<d", data, result)[0]
            yield from self._cells.number(row, column, form, value)
        yield from self._words(row, column, words)

    def _result(self, start: int, end: int) -> Iterator[Part]:
        """Yield the text that a formula gives."""
        dialect = self._book.dialect
        data = self._data[start:end]
        if dialect.version == 8:
            text = read_string([data, *continued(self._data, end)])
        else:
            text = dialect.counted(data, 0, 1 if dialect.version == 2 else 2)[0]
        if self._formula is None:
            yield from self._book.say(text, Area.HIDDEN, self.name)
            return
        row, column, form, words = self._formula
        self._formula = None
        self._cells.add(row, column, form, text)
        if words not in text:
            yield from self._words(row, column, words)

    def _shared_formula(self, start: int, end: int) -> Iterator[Part]:
        data, dialect = self._data[start:end], self._book.dialect
        row, column = struct.unpack_from("<H2xB", data)
        is_array = self._data[start - 4] == Code.ARRAY & 0xFF
        at = 14 if is_array and dialect.version >= 5 else 10
        size = struct.unpack_from("<H", data, at - 2)[0]
        words = literals(data[at : at + size], data[at + size :], dialect)
        yield from self._words(row, column, words)

    def _words(self, row: int, column: int, words: str) -> Iterator[Part]:
        if words and self._book.is_new(words, "formula"):
            label = f"{self._cells.label(row, column)} formula"
            yield from self._book.say(words, Area.HIDDEN, label)


_Handler = Callable[[Walker, int, int], Iterable[Part]]


def _with_older(table: dict[int, _Handler]) -> dict[int, _Handler]:
    return table | {old: table[code] for old, code in OLDER.items() if code in table}


_QUIET = QUIET | {old: QUIET[code] for old, code in OLDER.items() if code in QUIET}
_HANDLERS: dict[int, _Handler] = _with_older(
    {
        **dict.fromkeys(QUIET, Walker._quiet),
        **dict.fromkeys(SPEAKING, Walker._global),
        **dict.fromkeys(BESIDE, Walker._aside),
        Code.START: Walker._start,
        Code.STRINGS: Walker._strings,
        Code.SHAPES: Walker._shapes,
        Code.SHAPE: Walker._shape,
        Code.OBJECT: Walker._object,
        Code.TEXT: Walker._text,
        Code.NOTE: Walker._note,
        Code.ROW: Walker._row,
        Code.COLUMNS: Walker._columns,
        Code.LABEL: Walker._label,
        Code.RICH_LABEL: Walker._label,
        Code.FORMULA: Walker._formula_of,
        Code.STRING: Walker._result,
        Code.ARRAY: Walker._shared_formula,
        Code.SHARED_FORMULA: Walker._shared_formula,
    }
)


class _Plain(Enum):
    """What is done with the records that there are most of."""

    TEXT = Code.SHARED_LABEL
    NUMBER = Code.NUMBER
    FORM = Code.FORM
    FONT = Code.FONT
    END = Code.EOF


# What is done with each record: nothing with those that hold no words.
_ACTIONS: dict[int, _Handler | _Plain | Literal[0]] = {
    **dict.fromkeys(_MUTE, 0),
    **_HANDLERS,
    **{plain.value: plain for plain in _Plain},
    Code.PACKED_NUMBER: _Plain.NUMBER,
    Code.MANY_NUMBERS: _Plain.NUMBER,
    0x0231: _Plain.FONT,
}
