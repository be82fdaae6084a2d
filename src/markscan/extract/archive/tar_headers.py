"""Walks from header to header of a tar archive.

Our own, for `tarfile` ends without a word at a damaged header; here the search for the next
sound one goes on, and whether anything was lost is known at the end. Of `tarfile` only the
parser of one block is used.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

BLOCK = 512
LABEL, CONTINUED, DUMPED = b"V", b"M", b"D"  # GNU: name of a volume, rest of a file, folder
_SCAN = 128 * BLOCK
_MOST_EXTRA = 1 << 20  # bytes of a long name or of pax records
_LONG_NAME, _LONG_LINK, _PAX, _SUN_PAX, _PAX_GLOBAL = b"L", b"K", b"x", b"X", b"g"
_ABOUT_OTHERS = frozenset({_LONG_NAME, _LONG_LINK, _PAX, _SUN_PAX, _PAX_GLOBAL})
# Whatever size these state, no data follows.
_BARE = frozenset(
    {
        tarfile.LNKTYPE,
        tarfile.SYMTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.DIRTYPE,
        tarfile.FIFOTYPE,
        LABEL,
    }
)
_RECORD = re.compile(rb"(\d{1,9}) ([^=\n]{1,200})=")


class Header(NamedTuple):
    """A member as its headers describe it.

    `at` is where its data begins, `size` how long it is in the archive. `whole` tells that
    it ends before the archive does. `records` are those of pax, `block` the header itself,
    `more` the bytes of blocks that continue it.
    """

    name: bytes
    target: bytes
    kind: bytes
    at: int
    size: int
    whole: bool
    records: dict[str, bytes]
    block: bytes
    more: int


class Walk:
    """Goes from header to header.

    Afterwards `damaged` tells that something is lost: a header is broken, the end is
    missing; and `junk` that other bytes stand behind the end.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._end = file.seek(0, 2)
        self._records: dict[str, bytes] = {}  # for all members from here on
        self.damaged = False
        self.junk = False

    def headers(self) -> Iterator[Header]:
        """Yield every member."""
        at = 0
        own: dict[str, bytes] = {}  # for the next member only
        ended = False
        while at < self._end:
            block = self._read(at, BLOCK)
            info = _parsed(block)
            if info is None:
                ended = not block.strip(b"\0")
                # Archives may follow one another, each ended by blocks of zeros.
                at = self._next_sound(at, ended)
                continue
            ended = False
            size = _size(info, self._records | own)
            if info.type in _BARE:
                size = 0
            more = _extended(self._file, info, block, at + BLOCK)
            start = at + BLOCK + more
            at = start + -(-size // BLOCK) * BLOCK
            if info.type in _ABOUT_OTHERS:
                self._about(info.type, self._read(start, min(size, _MOST_EXTRA)), own)
                continue
            whole = start + size <= self._end
            self.damaged |= not whole
            name, target = info.name.encode("latin-1"), info.linkname.encode("latin-1")
            records = self._records | own
            yield Header(name, target, info.type, start, size, whole, records, block, more)
            own = {}
        self.damaged |= not ended or bool(own)

    def _read(self, at: int, size: int) -> bytes:
        self._file.seek(at)
        return self._file.read(size)

    def _about(self, kind: bytes, data: bytes, own: dict[str, bytes]) -> None:
        """Take in what a header says of others: the next member, or all from here on."""
        if kind == _PAX_GLOBAL:
            self._records.update(_pax(data))
        elif kind == _LONG_NAME:
            own["path"] = data.partition(b"\0")[0]
        elif kind == _LONG_LINK:
            own["linkpath"] = data.partition(b"\0")[0]
        else:
            own.update(_pax(data))

    def _next_sound(self, at: int, ended: bool) -> int:
        """Return where the next sound header stands, or the end."""
        while at < self._end:
            piece = self._read(at, _SCAN)
            if piece.strip(b"\0"):
                for start in range(0, len(piece), BLOCK):
                    block = piece[start : start + BLOCK]
                    if not block.strip(b"\0"):
                        continue
                    if _parsed(block) is not None:
                        return at + start
                    self.junk |= ended
                    self.damaged |= not ended
            at += len(piece)
        return at


def _parsed(block: bytes) -> tarfile.TarInfo | None:
    field = block[148:156].strip(b" \0")
    # Fields of numbers may be binary, but not the one of the checksum.
    if len(block) < BLOCK or not field.isdigit():
        return None
    try:
        return tarfile.TarInfo.frombuf(block, "latin-1", "strict")
    except (tarfile.HeaderError, ValueError):
        return None


def _size(info: tarfile.TarInfo, records: dict[str, bytes]) -> int:
    stated = records.get("size", b"")
    if info.type not in _ABOUT_OTHERS and stated.isdigit() and len(stated) < 19:
        return int(stated)
    return max(info.size, 0)


def _extended(file: BinaryIO, info: tarfile.TarInfo, block: bytes, start: int) -> int:
    """Return the bytes that more blocks of the map of an old GNU sparse file take."""
    if info.type != tarfile.GNUTYPE_SPARSE or not block[482]:
        return 0
    at = start
    while True:
        file.seek(at)
        more = file.read(BLOCK)
        at += BLOCK
        if len(more) < BLOCK or not more[504]:
            return at - start


def _pax(data: bytes) -> dict[str, bytes]:
    """Return the records of a pax header: "LENGTH KEY=VALUE\\n", with bytes as values.

    A key that comes again is the map of an old sparse file: its values are joined.
    """
    records: dict[str, list[bytes]] = {}
    at = 0
    while found := _RECORD.match(data, at):
        length = int(found[1])
        if length < found.end() - at:
            break
        key = found[2].decode("utf-8", "replace")
        records.setdefault(key, []).append(data[found.end() : at + length - 1])
        at += length
    sparse = ("GNU.sparse.offset", "GNU.sparse.numbytes")
    return {
        key: b",".join(values) if key in sparse else values[-1] for key, values in records.items()
    }
