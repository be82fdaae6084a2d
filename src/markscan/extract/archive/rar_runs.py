"""Hands the packed data of RAR members to libarchive, in archives made for the purpose.

A run is one member, or those members of a solid archive that build on one another. The
archive made of it has plain headers with made-up names, no volumes and no encryption.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

from markscan.extract.archive import foreign
from markscan.extract.archive.coders import Stream
from markscan.extract.archive.rar5 import narrowed
from markscan.extract.archive.rar_headers import Member, Walk

_RAR_5 = 50


class Packed(NamedTuple):
    """A member of a run: its number in the archive, and its packed data in the plain."""

    number: int
    member: Member
    data: Stream


def unpadded(data: bytes) -> bytes:
    """Cut what a cipher has filled up behind the last block of RAR 5 data.

    libarchive takes it for another block.
    """
    at = 0
    while at + 2 < len(data):
        flags = data[at]
        width = (flags >> 3 & 3) + 1
        at += 2 + width + int.from_bytes(data[at + 2 : at + 2 + width], "little")
        if flags & 0x40:  # the last one
            return data[:at]
    return data


class Run:
    """The members of one run, unpacked one after the other."""

    def __init__(self, walk: Walk, packed: list[Packed]) -> None:
        self._packed = packed
        self._places = {item.number: place for place, item in enumerate(packed)}
        self._next = 0  # place of the entry that is unpacked next
        self._open = ExitStack()
        is_5 = packed[0].member.version == _RAR_5
        feed = _Feed(_archive(walk, packed))
        self._entries = self._open.enter_context(foreign.opened(feed, "rar5" if is_5 else "rar"))

    def __contains__(self, index: int) -> bool:
        """Tell whether a member can still be asked for."""
        return self._places.get(index, -1) >= self._next

    def owed(self, index: int) -> int:
        """Return the bytes that must be unpacked before a member."""
        skipped = self._packed[self._next : self._places[index]]
        return sum(item.member.size or 0 for item in skipped)

    def until(self, index: int) -> Stream:
        """Return the content of a member. Those before it cannot be asked for any more.

        Raises:
            foreign.ForeignError: libarchive cannot read on.
        """
        entry = None
        while self._next <= self._places[index]:
            self._next += 1
            entry = next(self._entries, None)
        return io.BytesIO() if entry is None else entry

    def close(self) -> None:
        """Let go of libarchive; no member can be asked for any more."""
        self._places.clear()
        self._open.close()


class _Feed:
    """Pieces of bytes as one stream."""

    def __init__(self, pieces: Iterator[Stream]) -> None:
        self._pieces = pieces
        self._piece: Stream = io.BytesIO()

    def read(self, most: int) -> bytes:
        while True:
            data = self._piece.read(most)
            if data:
                return data
            following = next(self._pieces, None)
            if following is None:
                return b""
            self._piece = following


def _archive(walk: Walk, packed: list[Packed]) -> Iterator[Stream]:
    solid = len(packed) > 1
    most = sum(item.member.size or 0 for item in packed)
    yield io.BytesIO(walk.prologue(solid=solid))
    for place, (_, member, data) in enumerate(packed):
        if member.version == _RAR_5:
            # A window larger than all there is to unpack only costs memory.
            member = member._replace(settings=narrowed(member.settings, most))
        if not place and member.solid:
            member = member._replace(solid=False, settings=member.settings & ~0x40)
        # The checksum is checked by us: libarchive would give nothing of a damaged one.
        yield io.BytesIO(walk.packed_as(member, member.packed))
        yield data
    yield io.BytesIO(walk.epilogue())
