"""Reads zip archives by their directory, or by their local headers where it is lost.

Layout: PKWARE APPNOTE 6.3.10. Encrypted members are opened with the passwords given.
"""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from markscan.errors import (
    DamagedFile,
    EncryptedFile,
    LimitExceeded,
    UnreadError,
    UnsupportedFormat,
)
from markscan.extract.archive.members import Members, comment, volume_missing
from markscan.extract.archive.names import decode_name, legacy_encoding, tidy_name
from markscan.extract.archive.zip_crypto import Locked, unlock
from markscan.extract.archive.zip_salvage import Salvaged, salvage
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

_ENCRYPTED = 0x01
_UTF_8 = 0x800
_AES = 99
_METHODS = frozenset(
    {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
)
_HEADER = 30
_BEYOND = 1 << 40
_MOST_NAME = 2 * 0xFFFF  # name and extra field of a local header
_END = b"PK\x05\x06"
_MOST_TAIL = 22 + 0xFFFF
_SPLIT = b"PK\x07\x08"  # first bytes of the first volume of a set
_UNSPLIT = (_SPLIT, b"PK00")  # the same, of a set that became one volume after all

# All that zipfile and the decompressors raise for broken data.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    struct.error,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,  # bz2, and a seek to before the start
    ArithmeticError,
    RuntimeError,  # NotImplementedError among them
    ValueError,  # UnicodeDecodeError among them
    IndexError,
)


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the members of a zip archive as sources, in the order of its directory.

    Raises:
        LimitExceeded: the budget has no entries left.
        DamagedFile: no member can be found at all.
        UnreadError: the file cannot be opened.
    """
    with source.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except _BROKEN:
            yield from _without_directory(source, budget)
            return
        with archive:
            yield from _Reader(source, archive, file, budget).items()


class _Reader:
    """Reads one archive that has a directory."""

    def __init__(
        self, source: Source, archive: zipfile.ZipFile, file: BinaryIO, budget: Budget
    ) -> None:
        self._source = source
        self._archive = archive
        self._file = file
        self._budget = budget
        self._size = source.size()
        self._members = Members(source, budget)
        self._lost: dict[str, str] = {}  # tidy name of a member without data: its unique name
        self._misled = False  # by the directory: a member was not where it points
        self._legacy = legacy_encoding(_raw_name(entry) for entry in archive.infolist())

    def items(self) -> Iterator[Item]:
        """Yield the comment, the members and the problems."""
        yield from comment(self._archive.comment, "comment")
        entries = self._archive.infolist()
        overlapping = _overlapping(entries)
        try:
            for index, entry in enumerate(entries):
                # A folder has no content; an entry that only calls itself one may.
                if entry.filename.endswith("/") and entry.file_size == 0:
                    yield from self._members.folder(self._name(entry))
                    continue
                yield from self._member(entry, index in overlapping)
        except LimitExceeded:
            yield from self._members.rest()
            raise
        if self._misled:
            yield from self._found_again()
        yield from self._members.rest()
        yield from self._surroundings(entries)

    def _name(self, entry: zipfile.ZipInfo) -> str:
        return decode_name(_raw_name(entry), entry.flag_bits, entry.extra, self._legacy)

    def _member(self, entry: zipfile.ZipInfo, overlaps: bool) -> Iterator[Item]:
        raw = self._name(entry)
        name = self._members.name(raw)
        yield from comment(entry.comment, f"{name} comment")
        if overlaps:
            self._lost[tidy_name(raw)] = name
            yield from self._members.unread(name, LimitExceeded("archive.overlap", name=name))
            return
        data, problem = self._read(entry, name)
        if data is None:
            if isinstance(problem, DamagedFile):
                self._lost[tidy_name(raw)] = name
                self._misled = True
            yield from self._members.unread(name, problem or _damaged(name))
            return
        if problem is not None:
            yield from self._members.tell(problem)
        if stat.S_ISLNK(entry.external_attr >> 16):
            yield from self._members.link(name, data.decode("utf-8", "replace"))
        else:
            yield from self._members.read(name, data)

    def _found_again(self) -> Iterator[Item]:
        """Yield lost members that local headers lead to: the directory may point wrongly."""
        for member in _salvage(self._source, self._budget):
            name = self._lost.pop(tidy_name(member.name), None)
            if name is None or not member.data:
                continue
            refused = self._members.afford(name, len(member.data), member.packed)
            if refused is not None:
                yield from self._members.tell(refused)
            else:
                yield from self._members.read(name, member.data)

    def _read(self, entry: zipfile.ZipInfo, name: str) -> tuple[bytes | None, UnreadError | None]:
        method = entry.compress_type
        locked = bool(entry.flag_bits & _ENCRYPTED) or method == _AES
        if locked and not self._budget.passwords:
            return None, EncryptedFile("archive.encrypted-member", name=name)
        if method not in _METHODS and method != _AES:
            return None, UnsupportedFormat("archive.method", name=name, method=method)
        declared = entry.file_size
        packed = min(entry.compress_size, self._size)
        refused = self._members.afford(name, declared, packed)
        if refused is not None:
            return None, refused
        try:
            if locked:
                data = unlock(self._archive, self._file, entry, self._budget.passwords)
            else:
                data = self._unlocked(entry)
        except Locked as problem:
            self._budget.unpacked_bytes -= declared
            return None, problem.told(name)
        except _BROKEN:
            return self._saved(entry, declared), _damaged(name)
        if len(data) > declared:
            return data[:declared], DamagedFile("archive.lying-size", name=name)
        return data, None

    def _unlocked(self, entry: zipfile.ZipInfo) -> bytes:
        # zipfile stops where the directory says, and checks the sum of what it took; it
        # must not stop there, so that one byte more shows who lied.
        declared = entry.file_size
        entry.file_size = declared + _BEYOND
        with self._archive.open(entry) as member:
            return member.read(declared + 1)

    def _saved(self, entry: zipfile.ZipInfo, declared: int) -> bytes | None:
        """Return what can still be read of a damaged member."""
        try:
            self._file.seek(entry.header_offset)
            raw = self._file.read(_HEADER + _MOST_NAME + min(entry.compress_size, self._size))
        except (OSError, ValueError):
            return None
        if not raw.startswith(b"PK\x03\x04"):
            return None
        first = next(salvage(raw, declared, self._budget.limits.unpacked_ratio), None)
        return first.data if first is not None and first.data else None

    def _surroundings(self, entries: list[zipfile.ZipInfo]) -> Iterator[UnreadError]:
        """Tell of bytes that belong to no member, and of volumes that are not here."""
        start = min((entry.header_offset for entry in entries), default=0)
        self._file.seek(0)
        head = self._file.read(min(start, 4))
        stub = head.startswith(b"MZ") or (start == 4 and head in _UNSPLIT)
        self._file.seek(max(0, self._size - _MOST_TAIL))
        tail = self._file.read()
        end = tail.rfind(_END)
        if end < 0 or len(tail) - end < 22:
            return
        disk, size = struct.unpack_from("<4xH14xH", tail, end)
        if 0 < disk < 0xFFFF:
            yield volume_missing()
        elif (start and not stub) or tail[end + 22 + size :].strip(b"\0"):
            yield DamagedFile("archive.junk")


def _damaged(name: str) -> DamagedFile:
    return DamagedFile("archive.damaged-member", name=name)


def _overlapping(entries: list[zipfile.ZipInfo]) -> frozenset[int]:
    """Return the indexes of entries whose bytes belong to an earlier one.

    Only bombs share bytes between members, to unpack them many times over.
    """
    refused: set[int] = set()
    end = 0
    for index in sorted(range(len(entries)), key=lambda index: entries[index].header_offset):
        entry = entries[index]
        if entry.header_offset < end:
            refused.add(index)
        else:
            end = entry.header_offset + _HEADER + entry.compress_size
    return frozenset(refused)


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    encoding = "utf-8" if entry.flag_bits & _UTF_8 else "cp437"
    return entry.orig_filename.encode(encoding, "surrogatepass")


def _salvage(source: Source, budget: Budget) -> Iterator[Salvaged]:
    limits = budget.limits
    room = min(limits.member_bytes, limits.unpacked_bytes - budget.unpacked_bytes)
    return salvage(source.read(limits.member_bytes), room, limits.unpacked_ratio)


def _without_directory(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield what the local headers of a cut or broken archive still lead to."""
    members = Members(source, budget)
    found = False
    for member in _salvage(source, budget):
        found = True
        if member.name.endswith("/") and not member.data:
            yield from members.folder(member.name)
        else:
            yield from _salvaged(member, members)
    yield from members.rest()
    if not found:
        raise DamagedFile("archive.no-members")
    split = source.read(8) == _SPLIT + b"PK\x03\x04"
    yield volume_missing() if split else DamagedFile("archive.truncated")


def _salvaged(member: Salvaged, members: Members) -> Iterator[Item]:
    name = members.name(member.name)
    if member.flags & _ENCRYPTED:
        yield from members.unread(name, EncryptedFile("archive.encrypted-member", name=name))
        return
    if member.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        problem = UnsupportedFormat("archive.method", name=name, method=member.method)
        yield from members.unread(name, problem)
        return
    refused = members.afford(name, len(member.data), member.packed)
    if refused is not None:
        yield from members.unread(name, refused)
        return
    if not member.whole:
        yield from members.tell(_damaged(name))
    yield from members.read(name, member.data)
