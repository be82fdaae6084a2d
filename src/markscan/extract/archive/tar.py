"""Reads tar archives: v7, ustar, GNU and pax, sparse files among them (POSIX.1-2001, GNU tar)."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, UnsupportedFormat
from markscan.extract.archive.members import Members, comment, volume_missing
from markscan.extract.archive.names import decode_name, legacy_encoding
from markscan.extract.archive.tar_headers import BLOCK, CONTINUED, DUMPED, LABEL, Header, Walk
from markscan.extract.archive.tar_sparse import HolesError, Pieces, pieces
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

_MOST_NAMES = 256 << 10  # bytes of headers read ahead, to tell the encoding of names
_DEVICES = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the members of a tar archive as sources, in their order.

    Raises:
        LimitExceeded: the budget has no entries left.
        DamagedFile: there is no member in it.
        UnreadError: the file cannot be opened.
    """
    with source.open() as file:
        walk = Walk(file)
        members = Members(source, budget)
        reader = _Reader(file, members)
        found = False
        try:
            for header in walk.headers():
                found = True
                yield from reader.member(header)
        except LimitExceeded:
            yield from members.rest()
            raise
        yield from members.rest()
        if walk.damaged:
            if not found:
                raise DamagedFile("archive.no-members")
            yield DamagedFile("archive.truncated")
        elif walk.junk:
            yield DamagedFile("archive.junk")


class _Reader:
    """Reads the members of one archive."""

    def __init__(self, file: BinaryIO, members: Members) -> None:
        self._file = file
        self._members = members
        self._legacy = _legacy(file)

    def member(self, header: Header) -> Iterator[Item]:
        """Yield one member, by its kind."""
        sparse = header.records.get("GNU.sparse.name")
        name = self._text(header, header.name, "path") if sparse is None else decode_name(sparse)
        remark = header.records.get("comment", b"")
        if header.kind == tarfile.DIRTYPE or header.kind == DUMPED:
            yield from self._members.folder(name)
        elif header.kind == LABEL:
            yield Part(name, Place(Area.PROPERTY, label="volume label"))
        elif header.kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
            target = self._text(header, header.target, "linkpath")
            yield from self._members.link(self._members.name(name), target)
        elif header.kind in _DEVICES:
            yield from self._members.named(self._members.name(name))
        else:
            name = self._members.name(name)
            yield from comment(remark, f"{name} comment")
            yield from self._file_member(header, name)

    def _text(self, header: Header, raw: bytes, record: str) -> str:
        # What pax says is UTF-8; decode_name tries that first.
        return decode_name(header.records.get(record, raw), legacy=self._legacy)

    def _file_member(self, header: Header, name: str) -> Iterator[Item]:
        if header.kind == CONTINUED:
            yield from self._members.unread(name, volume_missing())
            return
        try:
            layout = pieces(self._file, header)
        except HolesError:
            problem = UnsupportedFormat("archive.method", name=name, method="sparse")
            yield from self._members.unread(name, problem)
            return
        refused = self._members.afford(name, layout.size, header.size)
        if refused is not None:
            yield from self._members.unread(name, refused)
            return
        data = self._content(layout)
        if not header.whole:
            yield from self._members.tell(DamagedFile("archive.damaged-member", name=name))
        yield from self._members.read(name, data)

    def _content(self, layout: Pieces) -> bytes:
        out: list[bytes] = []
        at = 0
        for offset, start, size in layout.stretches:
            out.append(bytes(offset - at))
            self._file.seek(start)
            data = self._file.read(size)
            out.append(data)
            at = offset + len(data)
            if len(data) < size:
                return b"".join(out)
        out.append(bytes(layout.size - at))
        return b"".join(out)


def _legacy(file: BinaryIO) -> str:
    """Return the encoding of the names, judged by the first of them."""
    names: list[bytes] = []
    size = 0
    for header in Walk(file).headers():
        names.append(header.name)
        size += BLOCK + len(header.name)
        if size > _MOST_NAMES:
            break
    return legacy_encoding(names)
