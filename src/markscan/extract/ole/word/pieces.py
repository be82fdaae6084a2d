"""Puts the text of a Word binary together from its pieces.

Every number in its tables counts UTF-16 units (bytes before Word 97), so the text is kept
as a string that has one character for each. Source: [MS-DOC] 2.4.1, 2.8.35, 2.9.38.
"""

from __future__ import annotations

import re
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from markscan.extract.ole.codepages import decode

_COMPRESSED = 1 << 30
_CP1252 = {code: bytes((code,)).decode("cp1252", "ignore") or chr(code) for code in range(256)}
_WIDE_CHAR = re.compile(r"[^\x00-\x7f]")
_PROPERTIES, _TABLE = 1, 2

# The code page of text before Word 97, by primary language or by language.
_PAGES = {
    0x0404: 950, 0x0C04: 950, 0x1404: 950, 0x04: 936, 0x11: 932, 0x12: 949, 0x19: 1251, 0x22: 1251,
    0x02: 1251, 0x23: 1251, 0x05: 1250, 0x0E: 1250, 0x15: 1250, 0x1A: 1250, 0x1B: 1250, 0x24: 1250,
    0x18: 1250, 0x08: 1253, 0x1F: 1254, 0x0D: 1255, 0x01: 1256, 0x25: 1257, 0x26: 1257, 0x27: 1257,
    0x1E: 874, 0x2A: 1258,
}  # fmt: skip


class Piece(NamedTuple):
    """A stretch of text: where it begins in the text and the stream, its length and width."""

    start: int
    place: int
    length: int
    width: int
    properties: bytes  # that hold for all of it


class Pieces:
    """The text, and where in the stream each of its characters stands."""

    def __init__(self, text: str, pieces: list[Piece], whole: bool) -> None:
        self.text = text
        self.pieces = pieces
        self.whole = whole
        self._by_place: list[Piece] = []
        end = -1
        for piece in sorted(pieces, key=lambda piece: piece.place):
            if piece.place >= end:  # pieces that overlap are a trap
                self._by_place.append(piece)
                end = piece.place + piece.length * piece.width
        self._places = [piece.place for piece in self._by_place]

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of the text that stand at [start, end) of the stream."""
        for index in range(max(bisect_right(self._places, start) - 1, 0), len(self._places)):
            _, place, length, width, _ = piece = self._by_place[index]
            if place >= end:
                return
            first = max(start - place, 0) // width
            last = min(-(-(end - place) // width), length)
            if first < last:
                yield piece.start + first, piece.start + last


def read_pieces(clx: bytes, stream: bytes, language: int, old: bool) -> Pieces:
    """Return the text that the table `clx` puts together from `stream`.

    Raises:
        ValueError: it is no table of pieces.
    """
    groups, table = _split(clx)
    count = (len(table) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", table)
    found: list[Piece] = []
    texts: list[str] = []
    raw: list[bytes] = []
    left = len(stream)  # no byte is needed twice
    whole = True
    at = 0
    for n, (place, prm) in enumerate(
        struct.iter_unpack("<2xIH", table[4 * count + 4 :][: 8 * count])
    ):
        length = ends[n + 1] - ends[n]
        width = 1 if old or place & _COMPRESSED else 2
        if place & _COMPRESSED:
            place = (place & ~_COMPRESSED) // 2
        available = max(min(length, (len(stream) - place) // width, left), 0)
        whole = whole and available == length
        data = stream[place : place + available * width]
        left -= available
        found.append(Piece(at, place, available, width, _properties(prm, groups)))
        at += available
        if old:
            raw.append(data)
        else:
            texts.append(_wide(data) if width == 2 else _narrow(data))
    text = _by_language(b"".join(raw), language) if old else "".join(texts)
    return Pieces(text, found, whole)


def plain_pieces(stream: bytes, start: int, end: int, length: int, language: int) -> Pieces:
    """Return a text that lies in one piece, for a document without a table of pieces.

    Args:
        stream: WordDocument.
        start, end: of the text.
        length: of all stories together; where the text is twice as long, it is UTF-16.
        language: of the text, where it is not.
    """
    data = stream[start:end]
    wide = 0 < length <= (end - start) // 2
    text = _wide(data[: len(data) // 2 * 2]) if wide else _by_language(data, language)
    return Pieces(text, [Piece(0, start, len(text), 1 + wide, b"")], end <= len(stream))


def _split(clx: bytes) -> tuple[list[bytes], bytes]:
    """Return the properties that pieces point at, and the table of the pieces."""
    groups: list[bytes] = []
    at = 0
    while at + 5 <= len(clx):
        if clx[at] == _PROPERTIES:
            length = struct.unpack_from("<H", clx, at + 1)[0]
            groups.append(clx[at + 3 : at + 3 + length])
            at += 3 + length
        elif clx[at] == _TABLE:
            length = struct.unpack_from("<I", clx, at + 1)[0]
            table = clx[at + 5 : at + 5 + length]
            if len(table) >= 16:
                return groups, table
            break
        else:
            break
    raise ValueError("no table of pieces")


def _properties(prm: int, groups: list[bytes]) -> bytes:
    """Return the properties of a piece in full [MS-DOC] 2.9.213."""
    if prm & 1:
        return groups[prm >> 1] if prm >> 1 < len(groups) else b""
    code, value = prm >> 1 & 0x7F, prm >> 8
    short = {0x41: 0x0800, 0x5C: 0x083C}.get(code)  # deleted, hidden
    return struct.pack("<HB", short, value) if short else b""


def _wide(data: bytes) -> str:
    text = data.decode("utf-16-le", "surrogatepass")
    if 2 * len(text) != len(data):  # pairs must stay two characters
        text = "".join(map(chr, array("H", data)))
    return text


def _narrow(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_CP1252)


def _by_language(data: bytes, language: int) -> str:
    page = _PAGES.get(language) or _PAGES.get(language & 0x3FF, 1252)
    text = decode(data.replace(b"\0", b"\x01"), page)
    if len(text) != len(data):  # a character of two bytes counts as two
        text = _WIDE_CHAR.sub("\\g<0>\0", text)
    return text
