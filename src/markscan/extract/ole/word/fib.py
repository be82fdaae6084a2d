"""Reads the file information block: which version, how long each story, where each table.

Source: [MS-DOC] 2.5; of the versions before Word 97 the same fields, further ahead.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import NamedTuple

from markscan.errors import DamagedFile, UnsupportedFormat

MAGICS = (0xA5EC, 0xA5DC, 0xA5DB)
_OLD_MAGICS = (0xA5DC, 0xA5DB)
_WORD_97 = 193  # versions below it have 8-bit text and no table stream
_WORD_6 = 101
_LENGTHS_97, _LENGTHS_6 = 0x4C, 0x34
_TABLES_97, _TABLES_6 = 0x9A, 0x58

_TEMPLATE, _GLOSSARY, _COMPLEX = 0x0001, 0x0002, 0x0004
_ENCRYPTED, _FIRST_TABLE, _OBFUSCATED = 0x0100, 0x0200, 0x8000


class Table(IntEnum):
    """The tables that are read, by their number in the block [MS-DOC] 2.5.6."""

    FOOTNOTES = 3
    COMMENTS = 5
    SECTIONS = 6
    HEADERS = 11
    CHARACTERS = 12
    PARAGRAPHS = 13
    FONTS = 15
    BOOKMARKS = 21
    ASSOCIATED = 32
    PIECES = 33
    COMMENT_AUTHORS = 36
    ENDNOTES = 47
    DRAWINGS = 50
    REVISION_AUTHORS = 51
    TEXTBOXES = 56
    HEADER_TEXTBOXES = 58
    VARIABLES = 60


class Fib(NamedTuple):
    """What the block says. `lengths`: of the stories, in the order they stand in the text."""

    version: int
    language: int
    flags: int
    key: int
    next_page: int
    text_start: int
    text_end: int
    lengths: tuple[int, ...]
    tables: tuple[int, ...]  # place and length in turn

    @property
    def is_old(self) -> bool:
        """Whether it is of Word 6 or 95."""
        return self.version < _WORD_97

    @property
    def is_encrypted(self) -> bool:
        """Whether the text is encrypted or obfuscated."""
        return bool(self.flags & _ENCRYPTED)

    @property
    def is_obfuscated(self) -> bool:
        """Whether it is only obfuscated."""
        return bool(self.flags & _OBFUSCATED)

    @property
    def table_stream(self) -> str:
        """The name of the stream that holds the tables."""
        return "1Table" if self.flags & _FIRST_TABLE else "0Table"

    @property
    def glossary(self) -> int:
        """Where the block of the building blocks stands, 0 if there are none."""
        has = self.flags & _TEMPLATE and not self.flags & _GLOSSARY
        return 512 * self.next_page if has else 0

    def table(self, which: Table, stream: bytes) -> bytes:
        """Return a table, b"" where there is none or it lies outside `stream`."""
        if 2 * which + 1 >= len(self.tables):
            return b""
        start, length = self.tables[2 * which : 2 * which + 2]
        return stream[start : start + length] if 0 < length < 1 << 31 else b""


def read_fib(stream: bytes, at: int = 0) -> Fib:
    """Return the block at `at` of the stream WordDocument.

    Raises:
        DamagedFile: there is none.
        UnsupportedFormat: it is of a version before Word 6.
    """
    try:
        magic, version, language, next_page, flags = struct.unpack_from("<HH2xHHH", stream, at)
        key, start, end = struct.unpack_from("<I6xII", stream, at + 14)
        if magic not in MAGICS:
            raise DamagedFile("word.no-text")
        if version < _WORD_6:
            raise UnsupportedFormat("unsupported", format="doc-word2")
        if version < _WORD_97:
            lengths = struct.unpack_from("<8i", stream, at + _LENGTHS_6)
            tables = struct.unpack_from("<116i", stream, at + _TABLES_6)
        else:
            lengths = struct.unpack_from("<8i", stream, at + _LENGTHS_97)
            count = struct.unpack_from("<H", stream, at + _TABLES_97 - 2)[0]
            count = min(count, 93, (len(stream) - at - _TABLES_97) // 8)
            tables = struct.unpack_from(f"<{2 * count}I", stream, at + _TABLES_97)
    except struct.error:
        raise DamagedFile("word.no-text") from None
    lengths = tuple(max(length, 0) for length in lengths)
    return Fib(version, language, flags, key, next_page, start, end, lengths, tables)
