"""Opens packages that are zip files full of XML (OOXML, OFD), whatever was done to them.

A reader of our own, because `zipfile` gives up where there is still text to be had: it
refuses a file without its central directory, drops what it inflated before an error, and
hides the first of two entries with one name. Layout: PKWARE APPNOTE 6.3.10.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import NamedTuple

from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, UnreadError
from markscan.extract.extractor import Budget
from markscan.source import Source

_LOCAL = b"PK\x03\x04"
_CENTRAL = b"PK\x01\x02"
_END = b"PK\x05\x06"
_END64_LOCATOR = b"PK\x06\x07"
_END64 = b"PK\x06\x06"

_LOCAL_FIELDS = struct.Struct("<4s5H3I2H")
_CENTRAL_FIELDS = struct.Struct("<4s6H3I5H2I")
_END_FIELDS = struct.Struct("<4s4H2IH")
_END64_FIELDS = struct.Struct("<4sQ2H2I4Q")

_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x0001, 0x0008, 0x0800
_UNKNOWN = -1
_WINDOW = 4 << 20  # how much is searched at a time for lost entries
_LONGEST_NAME = 1024


class Member(NamedTuple):
    """The bytes of one entry; `whole` is False where some of them are lost or wrong."""

    data: bytes
    whole: bool


class _Entry(NamedTuple):
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int  # _UNKNOWN where only the end of the data tells
    offset: int  # of the local header


class _Directory(NamedTuple):
    entries: list[_Entry]
    start: int  # offset of the first byte that belongs to the package
    end: int  # offset behind its last byte


class Package:
    """The entries of one package, read one at a time and charged to a budget.

    Names are compared without regard to case, with forward slashes, and without a leading
    slash. What could not be read in full waits in `drain`; nothing is silently dropped.

    Args:
        source: the file.
        budget: pays for every entry before it is inflated.

    Raises:
        DamagedFile: there is not one entry in it ("package.no-entries").
        LimitExceeded: it has more entries than the budget allows.
        UnreadError: whatever `Source.open` raises.
    """

    def __init__(self, source: Source, budget: Budget) -> None:
        self._budget = budget
        self._problems: list[UnreadError] = []
        self._entries: dict[str, list[_Entry]] = {}
        self._is_locked = False
        self._file = source.open()
        with ExitStack() as undo:
            undo.callback(self._file.close)
            self._length = self._file.seek(0, 2)
            self._collect()
            undo.pop_all()

    def __enter__(self) -> Package:
        """Return the package itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._file.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The name of every entry once, as first written, in the order of the directory."""
        return tuple(copies[0].name for copies in self._entries.values())

    @property
    def unpacked(self) -> int:
        """The bytes of all entries after unpacking, as far as the directory tells."""
        return sum(max(e.size, 0) for copies in self._entries.values() for e in copies)

    def has(self, name: str) -> bool:
        """Tell whether an entry of this name exists."""
        return _key(name) in self._entries

    def copies(self, name: str) -> list[Member]:
        """Return every entry of this name, in file order; none where the name is unknown.

        An entry that cannot be read is left out, one that is damaged is given as far as it
        goes; either way the reason waits in `drain`.
        """
        members = []
        for entry in self._entries.get(_key(name), ()):
            try:
                members.append(self._read(entry))
            except EncryptedFile as error:
                # One key locks them all, and one such report says it.
                if not self._is_locked:
                    self._problems.append(error)
                self._is_locked = True
            except UnreadError as error:
                self._problems.append(error)
        return members

    def drain(self) -> Iterator[UnreadError]:
        """Yield what went wrong since the last call."""
        while self._problems:
            yield self._problems.pop(0)

    def _collect(self) -> None:
        directory = self._directory()
        if directory is None:
            entries = list(self._search())
            if entries:
                self._problems.append(DamagedFile("package.directory"))
        else:
            entries = directory.entries
            if directory.start or directory.end != self._length:
                self._problems.append(DamagedFile("package.junk"))
        if not entries:
            raise DamagedFile("package.no-entries")
        for entry in entries:
            self._budget.entry()
            if not entry.name.endswith("/"):
                self._entries.setdefault(_key(entry.name), []).append(entry)

    def _slice(self, offset: int, size: int) -> bytes:
        if offset < 0 or size <= 0:
            return b""
        self._file.seek(offset)
        return self._file.read(min(size, self._length))

    # The central directory.

    def _directory(self) -> _Directory | None:
        """Return the directory, or None where it is missing or contradicts the file."""
        found = self._find_end()
        if found is None:
            return None
        at, record = found
        _, _, _, _, count, size, offset, comment = _END_FIELDS.unpack_from(record)
        end = at + _END_FIELDS.size + comment
        if count == 0xFFFF or size == 0xFFFFFFFF or offset == 0xFFFFFFFF:
            at, count, size, offset = self._end64(at, count, size, offset)
        # Junk before the package shifts every offset by its length.
        shift = at - size - offset
        if shift < 0:
            return None
        entries = self._listed(self._slice(at - size, size), count, shift)
        if entries is None or not all(self._starts(entry) for entry in entries):
            return None
        return _Directory(entries, shift, min(end, self._length))

    def _find_end(self) -> tuple[int, bytes] | None:
        """Return place and bytes of the last end record, wherever junk has put it."""
        reach = self._length
        while reach > 0:
            start = max(0, reach - _WINDOW)
            window = self._slice(start, reach - start + _END_FIELDS.size)
            at = window.rfind(_END)
            while at >= 0:
                record = window[at : at + _END_FIELDS.size]
                if len(record) == _END_FIELDS.size:
                    return start + at, record
                at = window.rfind(_END, 0, at)
            reach = start
        return None

    def _end64(self, at: int, count: int, size: int, offset: int) -> tuple[int, int, int, int]:
        locator = self._slice(at - 20, 20)
        if not locator.startswith(_END64_LOCATOR):
            return at, count, size, offset
        # The record stands right before its locator; the offset given there is of no use
        # behind junk.
        start = at - 20 - _END64_FIELDS.size
        record = self._slice(start, _END64_FIELDS.size)
        if len(record) < _END64_FIELDS.size or not record.startswith(_END64):
            return at, count, size, offset
        fields = _END64_FIELDS.unpack(record)
        return start, fields[7], fields[8], fields[9]

    def _listed(self, table: bytes, count: int, shift: int) -> list[_Entry] | None:
        entries: list[_Entry] = []
        at = 0
        allowed = self._budget.limits.archive_entries
        while at + _CENTRAL_FIELDS.size <= len(table):
            fields = _CENTRAL_FIELDS.unpack_from(table, at)
            if fields[0] != _CENTRAL:
                return None
            flags, method, crc, packed, size = fields[3], fields[4], fields[7], fields[8], fields[9]
            name_end = at + _CENTRAL_FIELDS.size + fields[10]
            extra_end = name_end + fields[11]
            name = _decode(table[at + _CENTRAL_FIELDS.size : name_end], flags)
            sizes = _wide(table[name_end:extra_end], [size, packed, fields[16]])
            entries.append(_Entry(name, flags, method, crc, sizes[1], sizes[0], sizes[2] + shift))
            at = extra_end + fields[12]
            if len(entries) > allowed:
                raise LimitExceeded("limit.entries", allowed=allowed)
        return entries if entries and len(entries) & 0xFFFF == count & 0xFFFF else None

    def _starts(self, entry: _Entry) -> bool:
        return self._slice(entry.offset, 4) == _LOCAL

    # Entries found by their local headers, where there is no directory to trust.

    def _search(self) -> Iterator[_Entry]:
        start = 0
        free = 0  # what lies before belongs to an entry already found
        while start < self._length:
            window = self._slice(start, _WINDOW + _LOCAL_FIELDS.size + _LONGEST_NAME)
            at = window.find(_LOCAL)
            while 0 <= at < _WINDOW:
                entry = self._lost(window, at, start) if start + at >= free else None
                if entry is not None:
                    yield entry
                    free = entry.offset + 4 + max(entry.packed, 0)
                at = window.find(_LOCAL, at + 4)
            start += _WINDOW

    def _lost(self, window: bytes, at: int, start: int) -> _Entry | None:
        if at + _LOCAL_FIELDS.size > len(window):
            return None
        fields = _LOCAL_FIELDS.unpack_from(window, at)
        version, flags, method, crc, packed, size = (
            fields[1], fields[2], fields[3], fields[6], fields[7], fields[8],
        )  # fmt: skip
        name_at = at + _LOCAL_FIELDS.size
        raw = window[name_at : name_at + fields[9]]
        if version > 63 or method > 99 or not 0 < len(raw) <= _LONGEST_NAME or b"\0" in raw:
            return None
        if flags & _SIZES_FOLLOW and not packed:
            packed = size = _UNKNOWN
        elif packed == 0xFFFFFFFF or size == 0xFFFFFFFF:
            extra = window[name_at + fields[9] : name_at + fields[9] + fields[10]]
            size, packed = _wide(extra, [size, packed])
        return _Entry(_decode(raw, flags), flags, method, crc, packed, size, start + at)

    # One entry.

    def _read(self, entry: _Entry) -> Member:
        if entry.flags & _ENCRYPTED:
            raise EncryptedFile("package.encrypted")
        header = self._slice(entry.offset, _LOCAL_FIELDS.size)
        if len(header) < _LOCAL_FIELDS.size:
            raise DamagedFile("package.part", part=entry.name)
        fields = _LOCAL_FIELDS.unpack(header)
        begin = entry.offset + _LOCAL_FIELDS.size + fields[9] + fields[10]
        room = max(0, self._length - begin)
        packed = room if entry.packed == _UNKNOWN else min(entry.packed, room)
        if entry.method == _STORED:
            return self._read_stored(entry, begin, packed)
        if entry.method != _DEFLATED:
            raise DamagedFile("package.method", part=entry.name)
        return self._read_deflated(entry, begin, packed)

    def _read_stored(self, entry: _Entry, begin: int, packed: int) -> Member:
        if entry.packed == _UNKNOWN:
            raise DamagedFile("package.part", part=entry.name)
        self._budget.unpack(packed, packed)
        return self._check(entry, self._slice(begin, packed))

    def _read_deflated(self, entry: _Entry, begin: int, packed: int) -> Member:
        if entry.size == _UNKNOWN:
            return self._read_unmeasured(entry, begin, packed)
        self._budget.unpack(entry.size, packed)
        data, _ = _inflate(self._slice(begin, packed), entry.size + 1)
        return self._check(entry, data)

    def _read_unmeasured(self, entry: _Entry, begin: int, packed: int) -> Member:
        """Inflate what states no size: as much as the budget could pay for, and no more."""
        limits = self._budget.limits
        packed = min(packed, limits.member_bytes)
        most = min(limits.member_bytes, limits.unpacked_bytes - self._budget.unpacked_bytes)
        data, used = _inflate(self._slice(begin, packed), max(most, 0) + 1)
        self._budget.unpack(len(data), used)
        return Member(data, False)

    def _check(self, entry: _Entry, data: bytes) -> Member:
        """Compare with what the directory promised; keep at most that much."""
        whole = len(data) == entry.size and zlib.crc32(data) == entry.crc
        if not whole:
            self._problems.append(DamagedFile("package.part", part=entry.name))
        return Member(data[: entry.size], whole)


def _inflate(packed: bytes, most: int) -> tuple[bytes, int]:
    """Return what can be inflated, at most `most` bytes, and how much input that took."""
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = engine.decompress(packed, most)
        return data, len(packed) - len(engine.unused_data) - len(engine.unconsumed_tail)
    except zlib.error:
        again = zlib.decompressobj(-zlib.MAX_WBITS)
        return inflate_damaged(again, packed, most), len(packed)


def inflate_damaged(engine: zlib._Decompress, packed: bytes, most: int) -> bytes:
    """Inflate in small steps, so that little is lost before the damaged place."""
    pieces = []
    for start in range(0, len(packed), 64):
        try:
            piece = engine.decompress(packed[start : start + 64], most)
        except zlib.error:
            break
        pieces.append(piece)
        most -= len(piece)
        if most <= 0:
            break
    return b"".join(pieces)


def _wide(extra: bytes, values: list[int]) -> list[int]:
    """Put the 64-bit numbers of the zip64 extra field in place of the full 32-bit ones."""
    if 0xFFFFFFFF not in values:
        return values
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<2H", extra, at)
        if tag == 1:
            numbers = struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8])
            return [
                next(numbers, (value,))[0] if value == 0xFFFFFFFF else value for value in values
            ]
        at += 4 + length
    return values


def _decode(raw: bytes, flags: int) -> str:
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    return name.replace("\\", "/").removeprefix("./").lstrip("/")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
