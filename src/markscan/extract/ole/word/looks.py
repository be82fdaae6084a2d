"""Finds in the formatting of a Word binary what changes how its text is to be read.

Runs that are hidden, deleted, white or tiny; symbols; pictures and fields with data; cells
and rows of tables. Sources: [MS-DOC] 2.4.6, 2.6, 2.8.5-2.8.6, 2.9.32-2.9.33.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeVar

from markscan.extract.docx.fields import symbol
from markscan.extract.ole.word.fib import Fib, Table
from markscan.extract.ole.word.pieces import Pieces
from markscan.extract.ole.word.strings import read_fonts

HIDDEN, DELETED, _PALE = 1, 2, 3

_SYMBOL = "("  # stands in the text where a symbol is shown
_Said = TypeVar("_Said")

_PAGE = 512
_TINY = 9  # half points
_WHITE, _AUTOMATIC = b"\xff\xff\xff\x00", b"\x00\x00\x00\xff"
_PALE_NUMBER = 8  # of white in the old palette
# Whatever of the properties below may stand in a page of formatting.
_TELLING = re.compile(
    rb"[\x00\x3c]\x08[\x01\x81]|\x42\x2a\x08|\x70\x68\xff\xff\xff\x00|\x43\x4a[\x00-\x09]\x00"
    rb"|[\x03\x09]\x6a"
)
_ROW_END, _IN_TABLE = b"\x17\x24\x01", b"\x16\x24\x01"
_HUGE = re.compile(rb"[\x45\x46]\x66(....)", re.DOTALL)  # properties kept in the stream Data
# Length of an operand, by the upper bits of the operation [MS-DOC] 2.6.1; 0: its first byte.
_LENGTHS = (1, 1, 2, 4, 2, 2, 0, 3)


class Look(NamedTuple):
    """What the properties of a run say."""

    kind: int = 0
    symbol: bytes = b""  # the number of its font, its code
    data: int = -1  # place in the stream Data


@dataclass(slots=True)
class Looks:
    """What the formatting says of the text, in stretches of characters, in order."""

    spans: list[tuple[int, int, int]] = field(default_factory=list)  # HIDDEN or DELETED
    symbols: dict[int, str] = field(default_factory=dict)
    data: list[int] = field(default_factory=list)  # places in the stream Data
    cells: list[tuple[int, int]] = field(default_factory=list)
    row_ends: set[int] = field(default_factory=set)


def read_looks(fib: Fib, pieces: Pieces, stream: bytes, table: bytes, data: bytes) -> Looks:
    """Return what the formatting says; as much as can be read where it is damaged.

    Args:
        fib: of Word 97 or later.
        pieces: the text.
        stream: WordDocument.
        table: the table stream.
        data: the stream Data, b"" if there is none.
    """
    looks = Looks()
    symbols: dict[int, bytes] = {}
    for start, end, properties in _apart(_characters(fib, stream, table)):
        look = _read_look(properties)
        for first, last in pieces.spans(start, end):
            _note(looks, look, pieces.text, first, last, symbols)
    for piece in pieces.pieces:
        if piece.properties and _TELLING.search(piece.properties):
            look = _read_look(piece.properties)
            _note(looks, look, pieces.text, piece.start, piece.start + piece.length, symbols)
    for start, end, is_row_end in _apart(_table_paragraphs(fib, stream, table, data)):
        for first, last in pieces.spans(start, end):
            looks.cells.append((first, last))
            if is_row_end:
                looks.row_ends.add(last - 1)
    if symbols:
        fonts = read_fonts(fib.table(Table.FONTS, table))
        looks.symbols = {at: _sign(packed, fonts) for at, packed in symbols.items()}
    looks.cells.sort()
    looks.spans = _in_order(looks.spans, looks.cells)
    return looks


def _note(
    looks: Looks, look: Look, text: str, first: int, last: int, symbols: dict[int, bytes]
) -> None:
    if look.kind:
        looks.spans.append((first, last, look.kind))
    if look.symbol:
        signed = (at for at in range(first, last) if text[at] == _SYMBOL)
        symbols |= dict.fromkeys(signed, look.symbol)
    if look.data >= 0 and "\x01" in text[first:last]:
        looks.data.append(look.data)


def _sign(packed: bytes, fonts: list[str]) -> str:
    font, code = struct.unpack("<HH", packed)
    return symbol(fonts[font] if font < len(fonts) else "", f"{code:x}")


def _in_order(
    spans: list[tuple[int, int, int]], cells: list[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """Sort the spans and cut what overlaps; pale text in a cell, often a dark one, is shown."""
    found: list[tuple[int, int, int]] = []
    end = 0
    for first, last, kind in sorted(spans):
        first = max(first, end)
        if kind == _PALE:
            before = bisect_right(cells, (first, 1 << 40)) - 1
            if before >= 0 and cells[before][1] > first:
                continue
            kind = HIDDEN
        if first < last:
            end = last
            if found and found[-1][1:] == (first, kind):
                first = found.pop()[0]
            found.append((first, last, kind))
    return found


def _apart(runs: Iterator[tuple[int, int, _Said]]) -> Iterator[tuple[int, int, _Said]]:
    """Yield the runs, which stand in order, without what they share: it would be a trap."""
    reached = 0
    for start, end, said in runs:
        if end > reached:
            yield max(start, reached), end, said
            reached = end


# Pages of formatting: where each run begins, and where on the page its properties are.


def _pages(plc: bytes, stream: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield each page that the table `plc` names, and how many runs it holds."""
    count = (len(plc) - 4) // 8
    seen: set[int] = set()
    for (number,) in struct.iter_unpack("<I", plc[4 * count + 4 :][: 4 * max(count, 0)]):
        number &= 0x3FFFFF
        page = stream[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE and number not in seen:
            seen.add(number)
            yield page, page[-1]


def _characters(fib: Fib, stream: bytes, table: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the runs that may be of note: where they begin and end, their properties."""
    for page, count in _pages(fib.table(Table.CHARACTERS, table), stream):
        if not _TELLING.search(page) or 5 * count + 4 >= _PAGE:
            continue
        places = struct.unpack_from(f"<{count + 1}I", page)
        for n, half in enumerate(page[4 * count + 4 : 5 * count + 4]):
            at = 2 * half
            properties = page[at + 1 : at + 1 + page[at]] if half else b""
            if properties and _TELLING.search(properties):
                yield places[n], places[n + 1], properties


def _table_paragraphs(
    fib: Fib, stream: bytes, table: bytes, data: bytes
) -> Iterator[tuple[int, int, bool]]:
    """Yield the paragraphs in tables: where they begin and end, whether they end a row."""
    for page, count in _pages(fib.table(Table.PARAGRAPHS, table), stream):
        if 17 * count + 4 >= _PAGE or not (
            _IN_TABLE in page or _ROW_END in page or _HUGE.search(page)
        ):
            continue
        places = struct.unpack_from(f"<{count + 1}I", page)
        for n in range(count):
            at = 2 * page[4 * count + 4 + 13 * n]
            if not at:
                continue
            start, length = (at + 1, 2 * page[at] - 1) if page[at] else (at + 2, 2 * page[at + 1])
            properties = page[start + 2 : start + length]
            huge = _HUGE.search(properties)
            if huge and data:
                place = struct.unpack("<I", huge.group(1))[0]
                properties += data[place + 2 : place + 2 + 4096]
            is_row_end = _ROW_END in properties
            if is_row_end or _IN_TABLE in properties:
                yield places[n], places[n + 1], is_row_end


@lru_cache(maxsize=4096)
def _read_look(properties: bytes) -> Look:
    deleted = hidden = pale = shaded = False
    sign, place = b"", -1
    at = 0
    while at + 3 <= len(properties):
        code = properties[at] | properties[at + 1] << 8
        length = _LENGTHS[code >> 13] or properties[at + 2] + 1
        operand = properties[at + 2 : at + 2 + length]
        at += 2 + length
        if code == 0x0800:
            deleted = operand[0] in (1, 0x81)
        elif code == 0x083C:
            hidden = operand[0] in (1, 0x81)
        elif code == 0x2A42:
            pale = operand[0] == _PALE_NUMBER
        elif code == 0x6870:
            pale = operand == _WHITE
        elif code == 0x4A43 and len(operand) == 2:
            hidden = hidden or int.from_bytes(operand, "little") <= _TINY
        elif code in (0x4866, 0xCA71, 0x2A0C):
            shaded = shaded or _is_shade(code, operand)
        elif code == 0x6A09 and len(operand) == 4:
            sign = operand
        elif code == 0x6A03 and len(operand) == 4:
            place = int.from_bytes(operand, "little")
    kind = DELETED if deleted else HIDDEN if hidden else _PALE if pale and not shaded else 0
    return Look(kind, sign, place)


def _is_shade(code: int, operand: bytes) -> bool:
    """Tell whether a highlight or shading is another ground than white [MS-DOC] 2.9.248-249."""
    if code == 0xCA71:
        return operand[5:9] not in (_WHITE, _AUTOMATIC) or any(operand[9:11])
    number = int.from_bytes(operand, "little")
    if code == 0x4866:
        return number >> 5 & 31 not in (0, _PALE_NUMBER) or number >> 10 != 0
    return number not in (0, _PALE_NUMBER)
