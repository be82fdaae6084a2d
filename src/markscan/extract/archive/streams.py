"""Reads files packed by themselves: gzip (RFC 1952), bzip2, xz, lzma; zstd, lz4 by libarchive.

The one member is named by its header or else as the archive without its suffix. Streams
behind one another are one member, as their programs unpack them.
"""

from __future__ import annotations

import bz2
import lzma
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from markscan.errors import DamagedFile, LimitExceeded, UnsupportedFormat
from markscan.extract.archive import foreign
from markscan.extract.archive.coders import BROKEN, MOST_DICTIONARY, Engine, Inflate
from markscan.extract.archive.members import Members, comment, named, take
from markscan.extract.archive.names import decode_name
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

_STEP = 1 << 16
_PACKED_TAR = re.compile(r"\.(?:tgz|taz|tbz2?|txz|tlz|tzst)$", re.I)
_SUFFIX = re.compile(r"\.(?:gz|bz2?|xz|lzma|zst|lz4)$", re.I)
_EXTRA, _NAME, _COMMENT = 0x04, 0x08, 0x10

_GZIP = b"\x1f\x8b"
_FOREIGN = {b"\x28\xb5\x2f\xfd": "zstd", b"\x04\x22\x4d\x18": "lz4"}


def _xz() -> Engine:
    return lzma.LZMADecompressor(lzma.FORMAT_AUTO, memlimit=MOST_DICTIONARY)


_ENGINES: tuple[tuple[bytes, Callable[[], Engine]], ...] = (
    (_GZIP, lambda: Inflate(31)),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\x00", _xz),
    (b"\x5d\x00\x00", _xz),
)


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the one member of a packed file, as far as it can be unpacked.

    Raises:
        DamagedFile: nothing could be unpacked.
        UnsupportedFormat: the library that could unpack it is not installed.
        UnreadError: the file cannot be opened.
    """
    with source.open() as file:
        head = file.read(_STEP)
        name, remark = _stated(head)
        yield from comment(remark, "comment")
        members = Members(source, budget)
        bare = _SUFFIX.sub("", _PACKED_TAR.sub(".tar", source.name))
        name = members.name(name or bare)
        file.seek(0)
        packing = _FOREIGN.get(head[:4])
        if packing is not None:
            yield from _by_library(file, packing, source, members, name)
            return
        for magic, engine in _ENGINES:
            if head.startswith(magic):
                yield from _unpacked(_Packed(file, magic, engine), source, members, name)
                return
        raise DamagedFile("archive.damaged-stream")


def _unpacked(stream: _Packed, source: Source, members: Members, name: str) -> Iterator[Item]:
    try:
        data = take(stream.read, members.budget, source.size())
    except LimitExceeded as refused:
        yield from members.unread(name, named(refused, name))
        return
    if stream.too_large:
        problem = LimitExceeded("archive.dictionary", megabytes=MOST_DICTIONARY >> 20, name=name)
        yield from members.unread(name, problem)
    elif data or not stream.broke:
        yield from members.read(name, data)
    if stream.broke:
        yield DamagedFile("archive.damaged-stream")
    if stream.junk:
        yield DamagedFile("archive.junk")


class _Packed:
    """The content of a packed file. Ends where it breaks, and tells so afterwards."""

    def __init__(self, file: BinaryIO, magic: bytes, begin: Callable[[], Engine]) -> None:
        self._file = file
        self._magic = magic
        self._begin = begin
        self._engine = begin()
        self._rest = b""
        self.broke = False  # cut off or damaged
        self.junk = False  # something stands behind it
        self.too_large = False  # its dictionary

    def read(self, most: int) -> bytes:
        """Return up to `most` bytes."""
        # An engine that fails keeps what it has made in the same call: short calls.
        most = min(most, _STEP)
        while not self.broke:
            if self._engine.eof and not self._next():
                break
            waiting = b""
            if self._engine.needs_input:
                waiting = self._rest or self._file.read(_STEP)
                self._rest = b""
                if not waiting:
                    self.broke = True
                    break
            data = self._decoded(waiting, most)
            if data:
                return data
        return b""

    def _decoded(self, waiting: bytes, most: int) -> bytes:
        try:
            return self._engine.decompress(waiting, most)
        except BROKEN as error:
            self.too_large = isinstance(error, lzma.LZMAError) and "emory" in str(error)
            self.broke = True
            return b""

    def _next(self) -> bool:
        """Go on to the stream behind, past zeros that fill up a block."""
        rest = self._engine.unused_data.lstrip(b"\0")
        while len(rest) < len(self._magic):
            more = self._file.read(_STEP)
            if not more:
                break
            rest = (rest + more).lstrip(b"\0")
        if not rest.startswith(self._magic):
            self.junk = bool(rest)
            return False
        self._engine = self._begin()
        self._rest = rest
        return True


def _by_library(
    file: BinaryIO, packing: str, source: Source, members: Members, name: str
) -> Iterator[Item]:
    if not foreign.installed():
        raise UnsupportedFormat("archive.library", library="libarchive", name=name)
    try:
        with foreign.opened(file, "raw", packing) as entries:
            stream = foreign.Guarded(next(entries))
            data = take(stream.read, members.budget, source.size())
    except LimitExceeded as refused:
        yield from members.unread(name, named(refused, name))
        return
    except (foreign.ForeignError, StopIteration):
        raise DamagedFile("archive.damaged-stream") from None
    yield from members.read(name, data)
    if stream.broke is not None:
        yield DamagedFile("archive.damaged-stream")


def _stated(head: bytes) -> tuple[str, bytes]:
    """Return the name and the comment that the header of gzip states (RFC 1952, 2.3)."""
    if not head.startswith(_GZIP) or len(head) < 10:
        return "", b""
    flags, at = head[3], 10
    if flags & _EXTRA:
        at += 2 + int.from_bytes(head[at : at + 2], "little")
    texts = []
    for flag in (_NAME, _COMMENT):
        end = head.find(b"\0", at) if flags & flag else -1
        texts.append(head[at:end] if end >= 0 else b"")
        at = end + 1 if end >= 0 else at
    return decode_name(texts[0]) if texts[0] else "", texts[1]
