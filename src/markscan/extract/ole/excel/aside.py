"""Reads the records that stand beside the cells: links, notes, names, scenarios, pivots.

Each function takes the data of one record and says what is written in it; all raise
struct.error where the data end too early. Source: [MS-XLS] 2.4, [MS-OSHARED] 2.3.7 (links).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress

from markscan.extract.ole.codepages import decode
from markscan.extract.ole.excel.formulas import literals
from markscan.extract.ole.excel.records import HEAD, Dialect, as_text
from markscan.extract.xlsx.grid import column_letters

_WIDE = 0x01
_URL_MONIKER = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_FILE_MONIKER = bytes.fromhex("0303000000000000c000000000000046")
_MONIKER, _LOCATION, _SAID, _FRAME, _AS_TEXT = 0x01, 0x08, 0x10, 0x80, 0x100
_BUILT_IN = 0x20
_NOTHING = 0xFFFF  # for the length of a name: there is none


def cell(row: int, column: int) -> str:
    """Return the name of a cell that counts from 0: "B4"."""
    return f"{column_letters(column + 1)}{row + 1}"


def area(data: bytes, at: int) -> str:
    """Return the name of a stretch of cells: "B4:C6", or "B4" for a single one."""
    first_row, last_row, first, last = struct.unpack_from("<4H", data, at)
    start, end = cell(first_row, first), cell(last_row, last)
    return start if start == end else f"{start}:{end}"


def read_link(data: bytes) -> tuple[str, str]:
    """Return the cells of a hyperlink and what it says: text, address, place in the target."""
    where = area(data, 0)
    flags = struct.unpack_from("<I", data, 28)[0]
    at = 32
    said: list[str] = []

    def take() -> None:
        nonlocal at
        size = 2 * struct.unpack_from("<I", data, at)[0]
        said.append(as_text(data[at + 4 : at + 4 + size], _WIDE).partition("\0")[0])
        at += 4 + size

    for flag in (_SAID, _FRAME):
        if flags & flag:
            take()
    if flags & _MONIKER and flags & _AS_TEXT:
        take()
    elif flags & _MONIKER:
        text, at = _read_moniker(data, at)
        said.append(text)
    if flags & _LOCATION:
        take()
    return where, "\n".join(dict.fromkeys(filter(None, said)))


def _read_moniker(data: bytes, at: int) -> tuple[str, int]:
    kind = data[at : at + 16]
    at += 16
    if kind == _URL_MONIKER:
        size = struct.unpack_from("<I", data, at)[0]
        return as_text(data[at + 4 : at + 4 + size], _WIDE).partition("\0")[0], at + 4 + size
    if kind != _FILE_MONIKER:
        raise struct.error("unknown moniker")
    size = struct.unpack_from("<2xI", data, at)[0]
    text = decode(data[at + 6 : at + 6 + size], 936)
    at += 6 + size + 24
    rest = struct.unpack_from("<I", data, at)[0]
    if rest > 6:
        text = as_text(data[at + 10 : at + 4 + rest], _WIDE)
    return text.partition("\0")[0], at + 4 + rest


def read_tooltip(data: bytes) -> tuple[str, str]:
    """Return the cells of a hyperlink and what is shown when a mouse rests on it."""
    return area(data, 2), as_text(data[10:], _WIDE).partition("\0")[0]


def read_validation(data: bytes, dialect: Dialect) -> tuple[str, str, str]:
    """Return the cells that a rule watches, its prompts, and the strings in its formulas."""
    at = 4
    prompts = []
    for _ in range(4):
        text, at = dialect.counted(data, at)
        prompts.append(text.strip("\0"))
    words = []
    for _ in range(2):
        size = struct.unpack_from("<H", data, at)[0]
        words.append(literals(data[at + 4 : at + 4 + size], b"", dialect))
        at += 4 + size
    count = struct.unpack_from("<H", data, at)[0]
    where = area(data, at + 2) if count else ""
    return where, _lines(prompts), _lines(words)


def read_name(data: bytes, dialect: Dialect) -> str:
    """Return a defined name, what is said of it, and the strings it stands for."""
    words = []
    if dialect.version < 5:
        at = 6 if dialect.version > 2 else 5
        count = data[3]
        size = struct.unpack_from("<H" if at == 6 else "<B", data, 4)[0]
        more: tuple[int, ...] = ()
    else:
        flags, count, size = struct.unpack_from("<HxBH", data)
        more = struct.unpack_from("<4B", data, 10)
        at = 14
    text, at = dialect.characters(data, at, count)
    if dialect.version < 5 or not flags & _BUILT_IN:
        words.append(text)
    tokens, at = data[at : at + size], at + size
    for length in more if sum(more) < len(data) - at else ():
        if length:
            text, at = dialect.characters(data, at, length)
            words.append(text)
    return _lines([*words, literals(tokens, data[at:], dialect)])


def read_external_book(data: bytes, dialect: Dialect) -> str:
    """Return the address of another workbook and the names of its sheets; "" for add-ins."""
    if len(data) < 5:
        return ""
    count = struct.unpack_from("<H", data)[0]
    lines = []
    text, at = dialect.counted(data, 2)
    lines.append(text)
    for _ in range(min(count, len(data))):
        if at >= len(data):
            break
        text, at = dialect.counted(data, at)
        lines.append(text)
    return _lines("".join(c for c in line if c >= " ") for line in lines)


def read_headers(data: bytes, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Yield name and code of the headers of even and of first pages [MS-XLS] 2.4.137."""
    counts = struct.unpack_from("<4H", data, 30)
    at = 38
    names = ("evenHeader", "evenFooter", "firstHeader", "firstFooter")
    for name, count in zip(names, counts, strict=True):
        if count:
            text, at = dialect.counted(data, at)
            yield name, text


def read_scenario(data: bytes, dialect: Dialect) -> str:
    """Return name, comment, author and values of a scenario."""
    count, _, _, length = struct.unpack_from("<HBBB", data)
    text, at = dialect.characters(data, 7, length)
    lines = [text]
    for _ in range(2 if data[5] else 1):  # a comment only where it has a length
        text, at = dialect.counted(data, at)
        lines.append(text)
    at += 4 * count
    for _ in range(count):
        if at + 2 > len(data):
            break
        text, at = dialect.counted(data, at)
        lines.append(text)
    return _lines(lines)


def read_filter(data: bytes, dialect: Dialect) -> str:
    """Return the texts that an automatic filter looks for [MS-XLS] 2.4.6."""
    at = 24
    lines = []
    for start in (4, 14):
        if data[start] == 6:  # a string, whose length stands here
            text, at = dialect.characters(data, at, data[start + 6])
            lines.append(text)
    return _lines(lines)


# Where each of the records of a pivot table has the length of its name, and where the name is.
_PIVOT = {0x00B1: (8, 10), 0x00B2: (6, 8), 0x00C5: (12, 14), 0x00CD: (0, 2), 0x00C7: (14, 16)}


def read_pivot(code: int, data: bytes, dialect: Dialect) -> str:
    """Return the name or value in a record of a pivot table; "" where there is none."""
    length_at, at = _PIVOT[code]
    count = struct.unpack_from("<H", data, length_at)[0]
    return "" if count == _NOTHING else dialect.characters(data, at, count)[0]


PIVOT_CODES = frozenset(_PIVOT)


def read_cache(data: bytes, dialect: Dialect) -> Iterator[str]:
    """Yield the names and values in the cache of a pivot table [MS-XLS] 2.1.7.12."""
    at = 0
    while at + 4 <= len(data):
        code, size = HEAD.unpack_from(data, at)
        at += 4
        if code in PIVOT_CODES:
            with suppress(struct.error):
                yield read_pivot(code, data[at : at + size], dialect)
        at += size


def _lines(texts: Iterator[str] | list[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text.strip()))
