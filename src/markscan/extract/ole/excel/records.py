"""The records that a workbook is made of, and how each dialect of them writes a string.

A record is its number, its length and its data. Sources: [MS-XLS] 2.3 (BIFF8), 2.5.293-296
(strings); for the older dialects the Excel 97 Developer's Kit.
"""

from __future__ import annotations

import struct
from codecs import utf_16_le_decode
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from markscan.extract.ole.codepages import decode

HEAD = struct.Struct("<HH")
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08


class Code(IntEnum):
    """Numbers of records, as Excel 97 writes them."""

    FORMULA = 0x0006
    EOF = 0x000A
    HEADER = 0x0014
    FOOTER = 0x0015
    EXTERNAL_SHEET = 0x0017
    NAME = 0x0018
    NOTE = 0x001C
    EXTERNAL_NAME = 0x0023
    FILE_PASS = 0x002F
    FONT = 0x0031
    CONTINUE = 0x003C
    CODE_PAGE = 0x0042
    WRITE_ACCESS = 0x005C
    OBJECT = 0x005D
    COLUMNS = 0x007D
    SHEET = 0x0085
    SHEET_NAME = 0x008F
    PALETTE = 0x0092
    SHAPES = 0x00EB
    SHAPE = 0x00EC
    STRINGS = 0x00FC
    SHARED_LABEL = 0x00FD
    MANY_NUMBERS = 0x00BD
    FILTER = 0x009E
    SCENARIO = 0x00AF
    RICH_LABEL = 0x00D6
    FORM = 0x00E0
    TEXT = 0x01B6
    EXTERNAL_BOOK = 0x01AE
    LINK = 0x01B8
    VALIDATION = 0x01BE
    NUMBER = 0x0203
    LABEL = 0x0204
    STRING = 0x0207
    ROW = 0x0208
    ARRAY = 0x0221
    PACKED_NUMBER = 0x027E
    FORMAT = 0x041E
    SHARED_FORMULA = 0x04BC
    TOOLTIP = 0x0800
    START = 0x0809
    HEADERS = 0x089C
    CHART_TEXT = 0x100D


# The numbers under which older dialects write the same.
OLDER = {
    0x0002: Code.NUMBER,
    0x0003: Code.NUMBER,
    0x0004: Code.LABEL,
    0x0007: Code.STRING,
    0x0008: Code.ROW,
    0x0009: Code.START,
    0x0206: Code.FORMULA,
    0x0209: Code.START,
    0x0218: Code.NAME,
    0x0223: Code.EXTERNAL_NAME,
    0x0406: Code.FORMULA,
    0x0409: Code.START,
    0x001E: Code.FORMAT,
}
STARTS = frozenset((0x0009, 0x0209, 0x0409, 0x0809))


class Dialect(NamedTuple):
    """The version of the records, 2 to 5 or 8, and the code page of older strings."""

    version: int = 8
    page: int = 1252

    def counted(self, data: bytes, at: int, width: int = 2) -> tuple[str, int]:
        """Return a string behind its length of `width` bytes, and where it ends.

        Raises:
            struct.error: the data end before.
        """
        count = int(struct.unpack_from("<H" if width == 2 else "<B", data, at)[0])
        return self.characters(data, at + width, count)

    def characters(self, data: bytes, at: int, count: int) -> tuple[str, int]:
        """Return a string of `count` characters whose length stands elsewhere, and its end."""
        if self.version < 8:
            return decode(data[at : at + count], self.page), at + count
        if at >= len(data):
            return "", at
        flags = data[at]
        at += 1
        after = 0
        if flags & _RICH and at + 2 <= len(data):
            after += 4 * int(struct.unpack_from("<H", data, at)[0])
            at += 2
        if flags & _EXTENDED and at + 4 <= len(data):
            after += int(struct.unpack_from("<I", data, at)[0])
            at += 4
        end = at + (2 * count if flags & _WIDE else count)
        return as_text(data[at:end], flags), end + after


def as_text(data: bytes, flags: int) -> str:
    """Return the characters of BIFF8: UTF-16, or only the lower byte of each."""
    if flags & _WIDE:
        return utf_16_le_decode(data[: len(data) & ~1], "replace")[0]
    return data.decode("latin-1")


def read_start(code: int, data: bytes) -> tuple[int, int]:
    """Return the version and the kind of what a record of `STARTS` begins."""
    version, kind = struct.unpack_from("<HH", data)
    if code == Code.START:
        return (8 if version >= 0x0600 else 5), kind
    return {0x0009: 2, 0x0209: 3}.get(code, 4), kind


def continued(data: bytes, at: int) -> Iterator[bytes]:
    """Yield the data of the records at `at` that continue the one before."""
    end = len(data)
    while at + 4 <= end:
        code, size = HEAD.unpack_from(data, at)
        if code != Code.CONTINUE:
            return
        at += 4
        yield data[at : at + size]
        at += size
