"""Reads the members of a damaged zip by their local headers, without its directory."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from markscan.extract.archive.names import decode_name

_LOCAL = b"PK\x03\x04"
_DESCRIBED = 0x08  # flag: sizes and checksum follow the data
_ENCRYPTED = 0x01
_STORED, _DEFLATED = 0, 8
_MOST_PASSES = 8  # how often the bytes may be inflated in all, as headers can overlap
_MARKS = (b"PK\x07\x08", _LOCAL, b"PK\x01\x02", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A member as far as it could be read.

    `data` is empty if it is encrypted or packed by a method other than 0 and 8. `whole`
    tells whether its end was reached and length and checksum fit, where they are known.
    `packed` is the count of packed bytes that were used.
    """

    name: str
    flags: int
    method: int
    data: bytes
    whole: bool
    packed: int


def salvage(content: bytes, most: int, ratio: int) -> Iterator[Salvaged]:
    """Yield what follows the local headers of `content`, in the order of the bytes.

    Nothing is yielded twice: a header inside the data of a member read whole is not one.
    Ends early where overlapping headers would cost more than a few passes.

    Args:
        content: the archive, or a piece that begins before a local header.
        most: bytes that all members together may unpack to.
        ratio: unpacked bytes for each packed byte of one member, once 1 MiB is passed.
    """
    at = content.find(_LOCAL)
    work = _MOST_PASSES * len(content) + (1 << 16)
    while 0 <= at <= len(content) - 30 and most > 0 and work > 0:
        member = _read(content, at, min(most, max(1 << 20, ratio * (len(content) - at))))
        end = at + 4
        if member is not None:
            most -= len(member.data)
            work -= member.packed
            if member.name or member.data:
                yield member
            header = 30 + sum(struct.unpack_from("<HH", content, at + 26))
            end = at + header + (member.packed if member.whole else 0)
        at = content.find(_LOCAL, max(end, at + 4))


def _read(content: bytes, at: int, most: int) -> Salvaged | None:
    flags, method, check, packed, size, name_size, extra_size = struct.unpack_from(
        "<6xHH4xIIIHH", content, at
    )
    start = at + 30 + name_size + extra_size
    if start > len(content) or method > 99:
        return None
    raw = content[at + 30 : at + 30 + name_size]
    name = decode_name(raw, flags, content[start - extra_size : start])
    if flags & _DESCRIBED and not check:
        packed = size = -1
    if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED):
        return Salvaged(name, flags, method, b"", False, max(packed, 0))
    if method == _STORED:
        data, whole = _stored(content, start, packed, most)
        used = len(data)
    else:
        data, whole, used = _inflate(content, start, most)
    if size >= 0 and whole:
        whole = len(data) == size and zlib.crc32(data) == check
    return Salvaged(name, flags, method, data, whole, used)


def _stored(content: bytes, start: int, packed: int, most: int) -> tuple[bytes, bool]:
    if 0 <= packed <= len(content) - start:
        return content[start : start + min(packed, most)], packed <= most
    found = (content.find(mark, start) for mark in _MARKS)
    end = min((place for place in found if place >= 0), default=len(content))
    return content[start : min(end, start + most)], end < len(content)


def _inflate(content: bytes, start: int, most: int) -> tuple[bytes, bool, int]:
    """Return the data, whether the stream came to its end, and the bytes it used."""
    stream = zlib.decompressobj(-15)
    pieces: list[bytes] = []
    room = most
    at = start
    while room > 0 and at < len(content) and not stream.eof:
        block = content[at : at + (1 << 14)]
        try:
            piece = stream.decompress(block, room)
        except zlib.error:
            break
        at += len(block)
        pieces.append(piece)
        room -= len(piece)
    used = at - start - len(stream.unused_data) - len(stream.unconsumed_tail)
    return b"".join(pieces), stream.eof, used
