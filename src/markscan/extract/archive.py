"""Archives: no text of their own but a comment, only the files inside.

Every member ends either as a `Source` or as a problem that bears its name, and a damaged
one as both: what can be saved of it is scanned. Nothing is ever written to disk.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from markscan.document import Area, Part, Place
from markscan.errors import (
    DamagedFile,
    EncryptedFile,
    LimitExceeded,
    UnreadError,
    UnsupportedFormat,
)
from markscan.extract.encoding import decide
from markscan.extract.extractor import Budget, Item
from markscan.extract.zip_names import Names, decode_name, tidy_name
from markscan.extract.zip_salvage import Salvaged, salvage
from markscan.source import Source

_MOST_NAMED = 20  # members of one archive whose problem is told one by one
_ENCRYPTED = 0x01
_UTF_8 = 0x800
_AES = 99
_METHODS = frozenset(
    {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
)
_HEADER = 30
_BEYOND = 1 << 40
_MOST_NAME = 2 * 0xFFFF  # name and extra field of a local header

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


class _Problems:
    """Passes on the first problems of an archive and counts the others."""

    def __init__(self) -> None:
        self._told = 0
        self._more: Counter[type[UnreadError]] = Counter()

    def tell(self, problem: UnreadError) -> Iterator[UnreadError]:
        if self._told < _MOST_NAMED:
            self._told += 1
            yield problem
        else:
            self._more[type(problem)] += 1

    def rest(self) -> Iterator[UnreadError]:
        for kind, count in self._more.items():
            yield kind("zip.more-unread", count=count)


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
        self._names = Names()
        self._problems = _Problems()
        self._lost: dict[str, str] = {}  # tidy name of a member without data: its unique name
        self._misled = False  # by the directory: a member was not where it points

    def items(self) -> Iterator[Item]:
        """Yield the comment, the members and the problems."""
        yield from _comment(self._archive.comment, "comment")
        entries = self._archive.infolist()
        overlapping = _overlapping(entries)
        try:
            for index, entry in enumerate(entries):
                self._budget.entry()
                # A folder has no content; an entry that only calls itself one may.
                if not (entry.filename.endswith("/") and entry.file_size == 0):
                    yield from self._member(entry, index in overlapping)
        except LimitExceeded:
            yield from self._problems.rest()
            raise
        if self._misled:
            yield from self._found_again()
        yield from self._problems.rest()

    def _member(self, entry: zipfile.ZipInfo, overlaps: bool) -> Iterator[Item]:
        tidy = tidy_name(_name(entry))
        name = self._names.unique(tidy)
        yield from _comment(entry.comment, f"{name} comment")
        if overlaps:
            self._lost[tidy] = name
            yield from self._problems.tell(LimitExceeded("zip.overlap", name=name))
            return
        data, problem = self._read(entry, name)
        if problem is not None:
            yield from self._problems.tell(problem)
        if data is not None:
            yield self._source.member(name, data)
        elif isinstance(problem, DamagedFile):
            self._lost[tidy] = name
            self._misled = True

    def _found_again(self) -> Iterator[Item]:
        """Yield lost members that local headers lead to: the directory may point wrongly."""
        for member in _salvage(self._source, self._budget):
            name = self._lost.pop(tidy_name(member.name), None)
            if name is None or not member.data:
                continue
            try:
                self._budget.unpack(len(member.data), member.packed)
            except LimitExceeded as refused:
                yield from self._problems.tell(_named(refused, name))
            else:
                yield self._source.member(name, member.data)

    def _read(self, entry: zipfile.ZipInfo, name: str) -> tuple[bytes | None, UnreadError | None]:
        method = entry.compress_type
        if entry.flag_bits & _ENCRYPTED or method == _AES:
            return None, EncryptedFile("zip.encrypted-member", name=name)
        if method not in _METHODS:
            return None, UnsupportedFormat("zip.method", name=name, method=method)
        declared = entry.file_size
        try:
            self._budget.unpack(declared, min(entry.compress_size, self._size))
        except LimitExceeded as refused:
            return None, _named(refused, name)
        # zipfile stops where the directory says, and checks the sum of what it took; it
        # must not stop there, so that one byte more shows who lied.
        entry.file_size = declared + _BEYOND
        try:
            with self._archive.open(entry) as member:
                data = member.read(declared + 1)
        except _BROKEN:
            return self._saved(entry, declared), DamagedFile("zip.damaged-member", name=name)
        if len(data) > declared:
            return data[:declared], DamagedFile("zip.lying-size", name=name)
        return data, None

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


def _name(entry: zipfile.ZipInfo) -> str:
    encoding = "utf-8" if entry.flag_bits & _UTF_8 else "cp437"
    return decode_name(
        entry.orig_filename.encode(encoding, "surrogatepass"), entry.flag_bits, entry.extra
    )


def _comment(raw: bytes, label: str) -> Iterator[Part]:
    text = decide(raw).text if raw.strip() else ""
    if text:
        yield Part(text, Place(Area.PROPERTY, label=label))


def _named(refused: LimitExceeded, name: str) -> LimitExceeded:
    return LimitExceeded(refused.reason, **{**refused.values, "name": name})


def _salvage(source: Source, budget: Budget) -> Iterator[Salvaged]:
    limits = budget.limits
    room = min(limits.member_bytes, limits.unpacked_bytes - budget.unpacked_bytes)
    return salvage(source.read(limits.member_bytes), room, limits.unpacked_ratio)


def _without_directory(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield what the local headers of a cut or broken archive still lead to."""
    names = Names()
    problems = _Problems()
    found = False
    for member in _salvage(source, budget):
        found = True
        budget.entry()
        if member.data or not member.name.endswith("/"):
            name = names.unique(tidy_name(member.name))
            yield from _salvaged(source, member, name, budget, problems)
    yield from problems.rest()
    if not found:
        raise DamagedFile("zip.no-members")
    yield DamagedFile("zip.truncated")


def _salvaged(
    source: Source, member: Salvaged, name: str, budget: Budget, problems: _Problems
) -> Iterator[Item]:
    if member.flags & _ENCRYPTED:
        yield from problems.tell(EncryptedFile("zip.encrypted-member", name=name))
        return
    if member.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        problem = UnsupportedFormat("zip.method", name=name, method=member.method)
        yield from problems.tell(problem)
        return
    try:
        budget.unpack(len(member.data), member.packed)
    except LimitExceeded as refused:
        yield from problems.tell(_named(refused, name))
        return
    if not member.whole:
        yield from problems.tell(DamagedFile("zip.damaged-member", name=name))
    yield source.member(name, member.data)
