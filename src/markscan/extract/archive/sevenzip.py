"""Reads 7z archives: every solid block is decoded once, as a stream.

A reader of our own, as those there are take a system library or are not free enough; with
the decoders of the standard library it knows all that 7-Zip writes by itself but PPMd and
BCJ2, which libarchive unpacks where it is installed. Layout: 7zFormat.txt of the LZMA SDK.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import BinaryIO

from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, UnreadError
from markscan.extract.archive.coders import BROKEN, Slice, Stream, lzma1, lzma2, pieces
from markscan.extract.archive.members import Members, volume_missing
from markscan.extract.archive.sevenzip_blocks import (
    BASE,
    Block,
    BlockProblem,
    Keys,
    Library,
    open_block,
    read_block,
)
from markscan.extract.archive.sevenzip_header import (
    Entry,
    Header,
    HeaderError,
    Streams,
    read_header,
)
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

_MAGIC = b"7z\xbc\xaf\x27\x1c"
_MOST_HEADER = 64 << 20
_MOST_ENCODED = 4  # headers packed in headers; 7-Zip packs once
_STEP = 1 << 20


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the members of a 7z archive as sources, in the order of its directory.

    Raises:
        EncryptedFile: the directory is encrypted.
        DamagedFile: it cannot be found.
        LimitExceeded: the budget has no entries left.
        UnreadError: the file cannot be opened.
    """
    with source.open() as file:
        size = file.seek(0, 2)
        start = _read_start(file)
        if start is None:
            yield from _salvage(source, file, size, budget)
            raise DamagedFile("archive.directory")
        at, length, _ = start
        if at + length > size:
            first = source.name.lower().endswith(".001")
            yield from _salvage(source, file, size, budget)
            raise volume_missing() if first else DamagedFile("archive.directory")
        if length:
            yield from _read(source, file, start, budget)
        file.seek(at + length)
        if file.read(_STEP).strip(b"\0"):
            yield DamagedFile("archive.junk")


def _read_start(file: BinaryIO) -> tuple[int, int, int] | None:
    """Return offset, size and CRC of the directory; None where its whereabouts are lost."""
    file.seek(0)
    head = file.read(BASE)
    if len(head) < BASE or not head.startswith(_MAGIC):
        return None
    crc, offset, length, header_crc = struct.unpack_from("<IQQI", head, 8)
    if zlib.crc32(head[12:]) != crc or offset > 1 << 60 or length > 1 << 60:
        return None
    return BASE + offset, length, header_crc


def _read(
    source: Source, file: BinaryIO, start: tuple[int, int, int], budget: Budget
) -> Iterator[Item]:
    keys = Keys(budget.passwords)
    try:
        header = _directory(file, start, keys)
    except (HeaderError, *BROKEN):
        yield from _salvage(source, file, start[0], budget)
        raise DamagedFile("archive.directory") from None
    with closing(Library(file, header.streams)) as library:
        yield from _Reader(source, file, header, keys, budget, library).items()


def _directory(file: BinaryIO, start: tuple[int, int, int], keys: Keys) -> Header:
    """Return the directory, unpacked as often as it was packed.

    Raises:
        EncryptedFile: no password opens it.
        HeaderError: it is damaged.
    """
    at, length, crc = start
    if length > _MOST_HEADER:
        raise HeaderError
    file.seek(at)
    data = file.read(length)
    for _ in range(_MOST_ENCODED):
        if zlib.crc32(data) != crc:
            raise HeaderError
        header = read_header(data)
        if header.encoded is None:
            return header
        packed = header.encoded
        if len(packed.folders) != 1 or packed.folders[0].size > _MOST_HEADER:
            raise HeaderError
        try:
            data = read_block(file, packed, keys)
        except BlockProblem as problem:
            if problem.is_locked:
                raise EncryptedFile("archive.encrypted") from None
            raise HeaderError from problem
        known = packed.folders[0].crc
        crc = zlib.crc32(data) if known is None else known
    raise HeaderError


class _Reader:
    """Reads the members of one archive in order, every block from its start."""

    def __init__(
        self,
        source: Source,
        file: BinaryIO,
        header: Header,
        keys: Keys,
        budget: Budget,
        library: Library,
    ) -> None:
        self._file = file
        self._header = header
        self._keys = keys
        self._budget = budget
        self._library = library
        self._members = Members(source, budget)
        self._number: int | None = None
        self._block: Block | None = None
        self._why: Callable[[str], UnreadError] = _damaged
        self._owed = 0  # bytes of refused members that lie before the next one
        self._skipped = 0

    def items(self) -> Iterator[Item]:
        """Yield the members and the problems."""
        try:
            for entry in self._header.entries:
                if entry.is_folder:
                    yield from self._members.folder(entry.name)
                else:
                    yield from self._entry(entry, self._members.name(entry.name))
        except LimitExceeded:
            yield from self._members.rest()
            raise
        yield from self._members.rest()

    def _entry(self, entry: Entry, name: str) -> Iterator[Item]:
        if entry.folder is None:
            yield from self._members.read(name, b"")
            return
        if entry.folder != self._number:
            self._number = entry.folder
            self._begin(self._header.streams, entry.folder)
        if self._block is None:
            yield from self._members.unread(name, self._why(name))
            return
        refused = self._members.afford(name, entry.size, self._block.packed)
        if refused is not None:
            self._owed += entry.size
            yield from self._members.unread(name, refused)
            return
        if not self._skip():
            self._budget.unpacked_bytes -= entry.size
            yield from self._members.unread(name, self._why(name))
            return
        yield from self._content(entry, name, self._block.stream)

    def _begin(self, streams: Streams, number: int) -> None:
        """Open a block, or note why it cannot be read."""
        self._owed = 0
        try:
            self._block = open_block(self._file, streams, number, self._keys, self._library)
        except BlockProblem as problem:
            self._block, self._why = None, problem.told

    def _skip(self) -> bool:
        """Decode what refused members take of the block, without keeping it."""
        assert self._block is not None
        left = self._budget.limits.unpacked_bytes - self._budget.unpacked_bytes
        if self._skipped + self._owed > left:
            self._block, self._why = None, _behind
            return False
        self._skipped += self._owed
        for piece in pieces(self._block.stream, self._owed):
            self._owed -= len(piece)
        if self._owed:
            self._block, self._why = None, _damaged
            return False
        return True

    def _content(self, entry: Entry, name: str, stream: Stream) -> Iterator[Item]:
        data = b"".join(pieces(stream, entry.size))
        whole = len(data) == entry.size
        if not whole:
            self._block, self._why = None, _damaged
        if not data and entry.size:
            yield from self._members.unread(name, _damaged(name))
            return
        if not whole or (entry.crc is not None and zlib.crc32(data) != entry.crc):
            yield from self._members.tell(_damaged(name))
        if stat.S_ISLNK(entry.mode):
            yield from self._members.link(name, data.decode("utf-8", "replace"))
        else:
            yield from self._members.read(name, data)


def _salvage(source: Source, file: BinaryIO, end: int, budget: Budget) -> Iterator[Item]:
    """Yield what the first block holds by the settings of old; its members run together."""
    members = Members(source, budget)
    most = min(budget.limits.member_bytes, budget.limits.unpacked_ratio * end)
    for decoder, properties in ((lzma2, b"\x18"), (lzma1, b"\x5d\x00\x00\x00\x04")):
        stream = decoder(Slice(file, BASE, end - BASE), properties, most)
        data = b"".join(pieces(stream, most))
        if data and members.afford("unnamed", len(data), end) is None:
            yield from members.read(members.name("unnamed"), data)
            return


def _damaged(name: str) -> UnreadError:
    return DamagedFile("archive.damaged-member", name=name)


def _behind(name: str) -> UnreadError:
    return LimitExceeded("archive.behind-refused", name=name)
