"""Gathers what belongs to the whole workbook: its strings, styles, names and sheets.

Before BIFF5 a workbook is a single sheet, and these records stand among its cells.
Source: [MS-XLS] 2.1.7.20.3.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import lru_cache

from markscan.document import Area, Part, Place
from markscan.extract.ole.carve import carve
from markscan.extract.ole.excel import aside
from markscan.extract.ole.excel.book import Book
from markscan.extract.ole.excel.records import Code, Dialect, continued
from markscan.extract.ole.excel.strings import read_strings

_CODE_PAGES = {0x8000: 10000, 0x8001: 1252}  # as older programs number them


def _code_page(book: Book, data: bytes) -> None:
    page = struct.unpack_from("<H", data)[0]
    book.dialect = book.dialect._replace(page=_CODE_PAGES.get(page, page))


def _lock(book: Book, _data: bytes) -> None:
    book.is_locked = True


def _format(book: Book, data: bytes) -> None:
    number, code = _read_format(data, book.dialect)
    book.styles.add_code(0x8000 + len(book.styles.codes) if number is None else number, code)


@lru_cache(maxsize=1024)
def _read_format(data: bytes, dialect: Dialect) -> tuple[int | None, str]:
    """Return a number format; those of old dialects are numbered as they come."""
    if dialect.version < 5:
        return None, dialect.counted(data, 2 if dialect.version == 4 else 0, 1)[0]
    code = dialect.counted(data, 2, 2 if dialect.version == 8 else 1)[0]
    return struct.unpack_from("<H", data)[0], code


def _sheet_name(book: Book, data: bytes) -> None:
    """Take the name of the sheet that follows, in a workspace of BIFF4."""
    book.next_name = book.dialect.counted(data, 4, 1)[0]


def _user(book: Book, data: bytes) -> Iterator[Part]:
    name = book.dialect.counted(data, 0, 2 if book.dialect.version == 8 else 1)[0].strip(" \0")
    if name.isprintable():  # some writers leave rubbish here
        yield from book.say(name, Area.PROPERTY, "user name")


def _name(book: Book, data: bytes) -> Iterator[Part]:
    return book.say(aside.read_name(data, book.dialect), Area.HIDDEN, "defined name")


def _external_name(book: Book, data: bytes) -> Iterator[Part]:
    text = book.dialect.counted(data, 2 if book.dialect.version < 5 else 6, 1)[0]
    return book.say(text, Area.HIDDEN, "external name")


def _external_sheet(book: Book, data: bytes) -> Iterator[Part]:
    if book.dialect.version < 8 and len(data) > 2:
        # The first character tells what kind of name it is.
        text = book.dialect.characters(data, 1, data[0])[0]
        text = "".join(char for char in text if char >= " ")
        yield from book.say(text, Area.HIDDEN, "external book")


def _external_book(book: Book, data: bytes) -> Iterator[Part]:
    return book.say(aside.read_external_book(data, book.dialect), Area.HIDDEN, "external book")


# What each record is told to; those of the first table say nothing themselves.
QUIET: dict[int, Callable[[Book, bytes], None]] = {
    Code.CODE_PAGE: _code_page,
    Code.FILE_PASS: _lock,
    Code.PALETTE: lambda book, data: book.styles.set_palette(data),
    Code.FORMAT: _format,
    Code.SHEET: Book.add_sheet,
    Code.SHEET_NAME: _sheet_name,
}
SPEAKING: dict[int, Callable[[Book, bytes], Iterator[Part]]] = {
    Code.WRITE_ACCESS: _user,
    Code.NAME: _name,
    Code.EXTERNAL_NAME: _external_name,
    Code.EXTERNAL_SHEET: _external_sheet,
    Code.EXTERNAL_BOOK: _external_book,
}


def take_strings(book: Book, data: bytes, start: int, end: int) -> Iterator[Part]:
    """Take the table of strings; yield what is left of it where it is broken."""
    pieces = [data[start:end], *continued(data, end)]
    book.strings = read_strings(pieces, book.styles.hides_font)
    book.is_broken |= bool(book.strings.rest or book.strings.is_cut)
    if book.strings.rest:
        for text in carve(book.strings.rest):
            yield Part(text, Place(Area.HIDDEN, None, "shared string"))


def take_shapes(book: Book, data: bytes, start: int, end: int) -> Iterator[Part]:
    """Take the drawings of all sheets: the pictures."""
    book.shapes += [data[start:end], *continued(data, end)]
    return iter(())
