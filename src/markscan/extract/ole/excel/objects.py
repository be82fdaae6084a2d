"""Reads what floats over the cells of a sheet: comments, text boxes, controls, shapes.

The record of an object, that of its text and that of its comment stand apart; the object's
number ties them together. Source: [MS-XLS] 2.4.181 (Obj), 2.4.329 (TxO), 2.4.179 (Note).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.extract.ole.carve import carve
from markscan.extract.ole.drawing import read_shapes
from markscan.extract.ole.excel.aside import cell
from markscan.extract.ole.excel.book import Book
from markscan.extract.ole.excel.records import as_text, continued

_COMMENT = 0x19  # the kind of object that shows one
_LEAST = 60  # bytes of an object that may hold words of its own
_NO_ROW = 0xFFFF


class Objects:
    """The objects of one sheet."""

    def __init__(self, book: Book, data: bytes, name: str) -> None:
        self._book = book
        self._data = data
        self._name = name
        self._kind = self._number = 0  # of the object whose text may follow
        self._comments: dict[int, str] = {}
        self._shapes: list[bytes] = []
        self._noted = ""  # the cell of an old comment, which may go on

    def add_object(self, data: bytes) -> Iterator[Part]:
        """Take an object; yield the words on it that are no text of its own."""
        is_old = self._book.dialect.version < 8
        if not is_old:
            self._kind, self._number = struct.unpack_from("<4xHH", data)
        if len(data) > _LEAST:
            found = (text for text in carve(data) if is_old or not text.isascii())
            text = "\n".join(dict.fromkeys(found))
            if text:
                area = Area.TEXTBOX if is_old else Area.HIDDEN
                yield Part(text, Place(area, None, f"{self._name} object"))

    def add_text(self, start: int, end: int, label: str) -> Iterator[Part]:
        """Take the text of the object before it."""
        data = self._data
        left, runs = struct.unpack_from("<10xHH", data[start:end])
        texts = []
        for piece in continued(data, end):
            if left and piece:
                wide = piece[0] & 1
                take = min(left, (len(piece) - 1) >> wide)
                texts.append(as_text(piece[1 : 1 + (take << wide)], wide))
                left -= take
            elif runs > 0:
                runs -= len(piece)
            else:
                self._shapes.append(piece)  # what belongs to the drawing goes on here
        text = "".join(texts)
        if left:
            self._book.is_broken = True
        if self._kind == _COMMENT:
            self._comments[self._number] = text
        elif text.strip():
            yield Part(text, Place(Area.TEXTBOX, None, label))
        self._kind = 0

    def add_note(self, data: bytes) -> Iterator[Part]:
        """Take the place and the author of a comment, in old files its text."""
        row, column, number = struct.unpack_from("<HH2xH", data.ljust(8, b"\0"))
        dialect = self._book.dialect
        if dialect.version < 8:
            if row != _NO_ROW:
                self._noted = cell(row, column)
            text = dialect.characters(data, 6, len(data) - 6)[0]
            yield from self._comment(text, self._noted)
            return
        text = self._comments.pop(number, "")
        yield from self._comment(text, cell(row, column))
        author = dialect.counted(data, 8)[0].strip("\0")
        yield from self._book.say(author, Area.PROPERTY, "comment author")

    def add_shape(self, start: int, end: int) -> None:
        """Take a piece of the sheet's drawing."""
        self._shapes += [self._data[start:end], *continued(self._data, end)]

    def finish(self) -> Iterator[Part]:
        """Yield comments of no cell and the words on shapes."""
        for text in self._comments.values():
            yield from self._comment(text, "")
        if self._shapes:
            yield from read_shapes(b"".join(self._shapes), self._name)

    def _comment(self, text: str, where: str) -> Iterator[Part]:
        if text.strip():
            label = f"{self._name}!{where}" if where else f"{self._name} comment"
            yield Part(text, Place(Area.COMMENT, None, label))
