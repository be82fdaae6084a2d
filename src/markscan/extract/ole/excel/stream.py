"""Reads one stream of workbook records: globals, sheets and charts, one behind the other.

A part that does not end in order is searched for text, and reading goes on at the next one
that can be found. Source: [MS-XLS] 2.1.7.20.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile
from markscan.extract.extractor import Item
from markscan.extract.ole.carve import carve
from markscan.extract.ole.drawing import read_shapes
from markscan.extract.ole.excel.book import Book, Entry
from markscan.extract.ole.excel.records import HEAD, STARTS, read_start
from markscan.extract.ole.excel.sheet import Walker
from markscan.extract.xlsx.grid import sheet_label

_GLOBALS, _WORKSPACE = 0x0005, 0x0100
_START = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06][\x05\x06\x10\x20\x40]\x00")


def read_stream(data: bytes, book: Book) -> Iterator[Item]:
    """Yield all that a stream says; `book` takes what is learnt about it.

    Little is yielded where `book.is_locked` then.
    """
    return _Stream(data, book).items()


class _Stream:
    def __init__(self, data: bytes, book: Book) -> None:
        self.book = book
        self._data = data
        self._places: list[int] = []  # of the sheets that begin where the workbook says
        self._count = 0

    def items(self) -> Iterator[Item]:
        data, book = self._data, self.book
        at = 0
        while (start := self._next(at)) < len(data):
            yield from self._stray(at, start)
            stop = self._stop(start)
            walker = self._walker(start)
            end = yield from walker.walk(start, stop)
            if book.is_locked:
                return
            if end is None:
                book.is_broken = True
                end = min(stop, self._next(walker.at + 1))
                # Behind a wrong length everything was read in the wrong places.
                lost = walker.at if stop == len(data) == end else start
                yield from _carved(data[lost:end])
            if not walker.name:
                yield from self._settle()
            at = end
        yield from self._stray(at, len(data))
        yield from self._finish()

    def _next(self, at: int) -> int:
        """Return where the next part begins from `at` on, the end of all if none does."""
        data = self._data
        if at + 8 <= len(data) and int.from_bytes(data[at : at + 2], "little") in STARTS:
            return at
        found = _START.search(data, at)
        return found.start() if found else len(data)

    def _stray(self, start: int, end: int) -> Iterator[Item]:
        """Yield what looks like text between two parts, where nothing should be."""
        if start < end and any(self._data[start:end]):
            self.book.is_broken = True
            yield from _carved(self._data[start:end])

    def _stop(self, start: int) -> int:
        number = bisect_right(self._places, start)
        return self._places[number] if number < len(self._places) else len(self._data)

    def _walker(self, start: int) -> Walker:
        book = self.book
        code = HEAD.unpack_from(self._data, start)[0]
        version, kind = read_start(code, self._data[start + 4 : start + 8])
        book.dialect = book.dialect._replace(version=version)
        if kind in (_GLOBALS, _WORKSPACE):
            return Walker(book, self._data, "", False)
        self._count += 1
        number = self._count
        entry = book.sheets.get(start)
        if entry is None:
            entry = Entry(book.next_name or f"Sheet{number}", False, False)
            book.next_name = ""
        else:
            number = list(book.sheets).index(start) + 1
        book.title = entry.name
        return Walker(book, self._data, sheet_label(number), entry.hidden)

    def _settle(self) -> Iterator[Part]:
        """Yield the names of the sheets, once all of them are known."""
        book, data = self.book, self._data
        book.styles.settle()
        places = sorted(book.sheets)
        self._places = [at for at in places if data[at : at + 2] in (b"\x09\x08", b"\x09\x04")]
        for entry in book.sheets.values():
            if entry.name.strip() and book.is_new(entry.name, "sheet name"):
                area = Area.HIDDEN if entry.hidden else Area.PROPERTY
                yield Part(entry.name, Place(area, None, "sheet name"))

    def _finish(self) -> Iterator[Item]:
        book = self.book
        number = book.strings.used.find(0)
        while number >= 0:
            text = book.strings.shown[number]
            if text and not text.isspace():
                yield Part(text, Place(Area.HIDDEN, None, "shared string"))
            number = book.strings.used.find(0, number + 1)
        for words in book.styles.words():
            yield Part(words, Place(Area.HIDDEN, None, "number format"))
        yield from read_shapes(b"".join(book.shapes))
        if self._count < sum(not entry.is_code for entry in book.sheets.values()):
            book.is_broken = True
        if book.is_broken or not (self._count or book.sheets):
            yield DamagedFile("excel.records")


def _carved(data: bytes) -> Iterator[Part]:
    for text in carve(data):
        if text and not text.isspace():
            yield Part(text, Place(Area.HIDDEN, None, "lost records"))
