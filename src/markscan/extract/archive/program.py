"""Reads programs that unpack themselves: the archive behind the stub of a zip, 7z or RAR."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from markscan.errors import UnsupportedFormat
from markscan.extract.archive.members import Members
from markscan.extract.archive.rar_headers import SIGNATURE_4, SIGNATURE_5
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

_SEVENZIP = b"7z\xbc\xaf\x27\x1c"
_MOST_STUB = 8 << 20
_ZIP_END = struct.Struct("<4s4H2IH")
_MOST_TAIL = _ZIP_END.size + 0xFFFF


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the archive that a program carries as a file of its own.

    Raises:
        UnsupportedFormat: it carries none that is known here.
        UnreadError: the file cannot be opened.
    """
    with source.open() as file:
        size = file.seek(0, 2)
        file.seek(0)
        found = _carried(file.read(_MOST_STUB))
        if found is None:
            found = _zip(file, size)
        if found is None:
            raise UnsupportedFormat("unsupported", format="exe")
        start, suffix = found
        members = Members(source, budget)
        name = members.name(f"{source.name.rpartition('.')[0] or source.name}.{suffix}")
        refused = members.afford(name, size - start, size - start)
        if refused is not None:
            yield from members.unread(name, refused)
            return
        file.seek(start)
        yield from members.read(name, file.read())


def _carried(head: bytes) -> tuple[int, str] | None:
    """Return where a 7z or RAR archive begins; a stub holds their signatures as well."""
    for magic, suffix in ((SIGNATURE_5, "rar"), (SIGNATURE_4, "rar"), (_SEVENZIP, "7z")):
        at = head.find(magic)
        while at >= 0:
            if _is_sound(head, at, magic):
                return at, suffix
            at = head.find(magic, at + 1)
    return None


def _is_sound(head: bytes, at: int, magic: bytes) -> bool:
    """Tell whether the first header behind a signature keeps its checksum."""
    if magic == _SEVENZIP:
        crc = int.from_bytes(head[at + 8 : at + 12], "little")
        return len(head) >= at + 32 and zlib.crc32(head[at + 12 : at + 32]) == crc
    start = at + len(magic)
    if magic == SIGNATURE_4:
        crc, size = struct.unpack("<H3xH", head[start : start + 7].ljust(7, b"\0"))
        return bool(size >= 7 and zlib.crc32(head[start + 2 : start + size]) & 0xFFFF == crc)
    # Both headers that may come first are shorter than 128 bytes.
    size = head[start + 4] if start + 4 < len(head) else 0
    crc = int.from_bytes(head[start : start + 4], "little")
    return 0 < size < 0x80 and zlib.crc32(head[start + 4 : start + 5 + size]) == crc


def _zip(file: BinaryIO, size: int) -> tuple[int, str] | None:
    """Return where a zip archive begins, by its end."""
    file.seek(max(0, size - _MOST_TAIL))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _ZIP_END.size:
        return None
    _, _, _, _, _, length, offset, _ = _ZIP_END.unpack_from(tail, at)
    start: int = size - len(tail) + at - length - offset
    if start == 0:
        # Offsets count from the first byte of the program: that of the first member tells.
        file.seek(offset)
        entry = file.read(46)
        start = int.from_bytes(entry[42:46], "little") if entry.startswith(b"PK\x01\x02") else 0
    return (start, "zip") if 0 < start < size else None
