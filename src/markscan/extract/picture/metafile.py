"""Metafiles of Windows: drawings that keep their text as text, and pictures within them.

Sources: [MS-EMF] 2.3 and 2.2.5, [MS-EMFPLUS] 2.3.4.14, [MS-WMF] 2.3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, NoTextLayer, UnreadError
from markscan.extract.extractor import Budget, Item

_EMF_HEAD = b"\x01\x00\x00\x00"
_WMF_HEAD = b"\xd7\xcd\xc6\x9a"
_EXT_TEXT = {83: False, 84: True}  # EMR_EXTTEXTOUTA and W: whether the characters are wide
_DIB_AT = {76: 84, 77: 84, 80: 48, 81: 48, 114: 84}  # where a record tells of its bitmap
_COMMENT, _EMF_END = 70, 14
_DRAW_STRING = 0x401C
_WMF_DIB_AT = {0x0F43: 28, 0x0B41: 26, 0x0940: 22}
_MOST = 2_000_000  # records
_SMALLEST = (60, 16)  # pixels: no words fit into less
_FAR = 2**40


class Piece(NamedTuple):
    """Text drawn at one go at (x, y), or a bitmap as a file of its own."""

    text: str = ""
    level: int = _FAR
    bitmap: bytes = b""


def is_metafile(data: bytes) -> bool:
    """Tell whether `data` is an EMF or a placeable WMF."""
    return data[:4] == _WMF_HEAD or (data[:4] == _EMF_HEAD and data[40:44] == b" EMF")


def read(data: bytes, budget: Budget) -> Iterator[Item]:
    """Yield the lines of a metafile, then those of the pictures in it.

    Raises:
        NoTextLayer: it is drawn without any text, or of pictures nobody reads here.
    """
    pieces = _wmf(data) if data.startswith(_WMF_HEAD) else _emf(data)
    line: list[str] = []
    level = _FAR
    read = unread = False
    try:
        for piece in pieces:
            if piece.bitmap:
                if budget.recognise is None:
                    unread = True
                    continue
                yield from _recognised(piece.bitmap, budget)
                read = True
                continue
            if piece.level != level and line:
                yield from _line(line)
                line = []
            level = piece.level
            line.append(piece.text)
            read = read or bool(piece.text.strip())
    except (struct.error, IndexError):
        yield DamagedFile("picture.truncated")
    yield from _line(line)
    if unread or not read:
        raise NoTextLayer("picture")


def _line(pieces: list[str]) -> Iterator[Part]:
    text = "".join(pieces).replace("\x00", "").strip()
    if text:
        yield Part(text, Place(Area.BODY))


def _recognised(bitmap: bytes, budget: Budget) -> Iterator[Item]:
    if budget.recognise is not None:
        try:
            yield from budget.recognise(lambda: bitmap, Place(Area.IMAGE), budget)
        except UnreadError as error:
            yield error


def _emf(data: bytes) -> Iterator[Piece]:
    at = 0
    for _ in range(_MOST):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8:
            raise IndexError
        if kind in _EXT_TEXT:
            wide = _EXT_TEXT[kind]
            level, count, where = struct.unpack_from("<iII", data, at + 40)
            start = at + where
            raw = data[start : min(start + count * (2 if wide else 1), at + size)]
            yield Piece(raw.decode("utf-16-le", "replace") if wide else _narrow(raw), level)
        elif kind == _COMMENT and data[at + 12 : at + 16] == b"EMF+":
            yield from _plus(data[at + 16 : at + size])
        elif kind in _DIB_AT and size > _DIB_AT[kind] + 16:
            head, head_size, bits, bits_size = struct.unpack_from("<4I", data, at + _DIB_AT[kind])
            yield from _bitmap(
                data[at + head : at + head + head_size], data[at + bits : at + bits + bits_size]
            )
        elif kind == _EMF_END:
            return
        at += size


def _plus(data: bytes) -> Iterator[Piece]:
    at = 0
    while at + 12 <= len(data):
        kind, _, size = struct.unpack_from("<HHI", data, at)
        if kind == _DRAW_STRING and at + 40 <= len(data):
            count, _, top = struct.unpack_from("<Iff", data, at + 20)
            text = data[at + 40 : at + 40 + 2 * count].decode("utf-16-le", "replace")
            yield Piece(text, hash(top))
        at += max(size, 12)


def _wmf(data: bytes) -> Iterator[Piece]:
    at = 22 + 18  # behind both headers
    for _ in range(_MOST):
        words, kind = struct.unpack_from("<IH", data, at)
        if words < 3:
            raise IndexError
        if kind == 0:
            return
        body = data[at + 6 : at + 2 * words]
        if kind == 0x0A32:  # META_EXTTEXTOUT
            level, _, count, options = struct.unpack_from("<hhHH", body)
            start = 16 if options & 6 else 8
            yield Piece(_narrow(body[start : start + count]), level)
        elif kind == 0x0521:  # META_TEXTOUT
            (count,) = struct.unpack_from("<H", body)
            (level,) = struct.unpack_from("<h", body, 2 + count + count % 2)
            yield Piece(_narrow(body[2 : 2 + count]), level)
        elif kind in _WMF_DIB_AT:
            dib = body[_WMF_DIB_AT[kind] - 6 :]
            size, _, _, _, depth, _, _, _, _, used = struct.unpack_from("<IiiHHIIiiI", dib)
            colours = 4 * (used or (1 << depth if depth <= 8 else 0))
            yield from _bitmap(dib[: size + colours], dib[size + colours :])
        at += 2 * words


def _narrow(raw: bytes) -> str:
    """Return text in the code page of the machine that drew it: here a Chinese one."""
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _bitmap(head: bytes, bits: bytes) -> Iterator[Piece]:
    """Yield a bitmap of a metafile as a file, if words may stand in it."""
    if len(head) < 40 or not bits:
        return
    width, height = struct.unpack_from("<ii", head, 4)
    if abs(width) >= _SMALLEST[0] and abs(height) >= _SMALLEST[1]:
        start = 14 + len(head)
        file = struct.pack("<2sIHHI", b"BM", start + len(bits), 0, 0, start) + head + bits
        yield Piece(bitmap=file)
