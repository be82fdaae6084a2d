"""Reads RAR archives of all versions: headers, stored members, ciphers of our own.

What is compressed goes to libarchive, as plain archives made of one member each (or of the
members of one solid run), so that no fault of one touches another. Of a set of volumes
each is read for itself; what goes over from one to the next is told.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import closing
from typing import BinaryIO

from markscan.errors import (
    DamagedFile,
    EncryptedFile,
    LimitExceeded,
    UnreadError,
    UnsupportedFormat,
)
from markscan.extract.archive import foreign
from markscan.extract.archive.ciphers import DecryptedCbc, rar4_key, rar5_key
from markscan.extract.archive.coders import Slice, Stream, pieces
from markscan.extract.archive.members import Members, comment, volume_missing
from markscan.extract.archive.rar4 import Walk4
from markscan.extract.archive.rar5 import Walk5
from markscan.extract.archive.rar_headers import SIGNATURE_4, SIGNATURE_5, Member, Walk
from markscan.extract.archive.rar_runs import Packed, Run, unpadded
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

_STEP = 1 << 20
_MOST_COMMENT = 1 << 20
_RAR_3, _RAR_5 = 29, 50  # versions of packed data that libarchive reads
_Key = tuple[bytes, bytes]
_STREAM = "STM"  # service: an alternate data stream of NTFS


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the members of a RAR archive as sources, in their order.

    Raises:
        EncryptedFile: its headers are encrypted.
        DamagedFile: no member can be found.
        LimitExceeded: the budget has no entries left.
        UnreadError: the file cannot be opened.
    """
    with source.open() as file:
        head = file.read(8)
        most = budget.limits.archive_entries
        walk: Walk
        if head.startswith(SIGNATURE_5):
            walk = Walk5(file, 0, budget.passwords, most)
        elif head.startswith(SIGNATURE_4):
            walk = Walk4(file, 0, budget.passwords, most)
        else:
            raise DamagedFile("archive.no-members")
        if walk.is_locked:
            raise EncryptedFile("archive.encrypted")
        with closing(_Reader(source, file, walk, budget)) as reader:
            yield from reader.items()


class _Reader:
    """Reads the members of one archive."""

    def __init__(self, source: Source, file: BinaryIO, walk: Walk, budget: Budget) -> None:
        self._file = file
        self._walk = walk
        self._budget = budget
        self._members = Members(source, budget)
        self._run: Run | None = None  # members of RAR 5, solid or one by one
        self._alone: Run | None = None  # a service block, or a member of RAR 4
        self._skipped = 0

    def items(self) -> Iterator[Item]:
        """Yield comments, members and problems."""
        walk = self._walk
        for raw in walk.comments:
            yield from comment(raw, "comment")
        if walk.lost_comment:
            yield UnsupportedFormat("archive.comment")
        if not walk.members and walk.damaged:
            raise DamagedFile("archive.no-members")
        last = ""
        try:
            for index, member in enumerate(walk.members):
                if member.service and member.service not in ("CMT", _STREAM):
                    continue
                if member.service == "CMT":
                    yield from self._comment(index, member)
                    continue
                name = last + (member.name[3:] or ":") if member.service else member.name
                last = member.name if not member.service else last
                yield from self._member(index, member, name)
        except LimitExceeded:
            yield from self._members.rest()
            raise
        yield from self._members.rest()
        yield from self._ending()

    def _ending(self) -> Iterator[UnreadError]:
        walk = self._walk
        split = any(member.before or member.after for member in walk.members)
        if walk.is_volume or walk.more or split:
            yield volume_missing()
        elif walk.damaged:
            yield DamagedFile("archive.truncated")
        elif walk.ended:
            self._file.seek(walk.end)
            if self._file.read(_STEP).strip(b"\0"):
                yield DamagedFile("archive.junk")

    def _comment(self, index: int, member: Member) -> Iterator[Item]:
        if (member.size or 0) > _MOST_COMMENT:
            yield UnsupportedFormat("archive.comment")
            return
        data, problem = self._content(index, member, "comment")
        yield from comment(data.partition(b"\0")[0], "comment")
        if problem is not None:
            yield UnsupportedFormat("archive.comment")

    def _member(self, index: int, member: Member, raw: str) -> Iterator[Item]:
        if member.is_folder:
            yield from self._members.folder(raw)
            return
        name = self._members.name(raw)
        if member.target:
            yield from self._members.link(name, member.target)
            return
        size = member.packed if member.size is None else member.size
        refused = self._members.afford(name, size, member.packed)
        if refused is not None:
            yield from self._members.unread(name, refused)
            return
        data, problem = self._content(index, member, name)
        if not data and problem is not None:
            self._budget.unpacked_bytes -= size
            yield from self._members.unread(name, problem)
            return
        if problem is not None:
            yield from self._members.tell(problem)
        if member.target is not None:
            yield from self._members.link(name, data.decode("utf-8", "replace"))
        else:
            yield from self._members.read(name, data)

    def _content(self, index: int, member: Member, name: str) -> tuple[bytes, UnreadError | None]:
        """Return what can be read of a member, and what is wrong with it."""
        if not member.size and not member.packed:
            return b"", None
        if member.before and (member.method or member.cipher):
            return b"", DamagedFile("archive.cut-member", name=name)
        keys = list(self._keys(member))
        if not keys:
            return b"", EncryptedFile("archive.encrypted-member", name=name)
        for key in keys:
            try:
                data, problem = self._checked(self._stream(index, member, name, key), member, name)
            except UnreadError as unread:
                return b"", unread
            except foreign.ForeignError:
                data, problem = b"", _damaged(name)
            if problem is None:
                return data, None
        if member.cipher is not None and not member.cipher.check:
            # Only the checksum tells whether a password was right.
            return b"", EncryptedFile("archive.encrypted-member", name=name)
        return data, problem

    def _checked(
        self, stream: Stream, member: Member, name: str
    ) -> tuple[bytes, UnreadError | None]:
        data = b"".join(pieces(stream, member.packed if member.size is None else member.size))
        if member.before or member.after:
            return data, DamagedFile("archive.cut-member", name=name)
        whole = member.size is None or len(data) == member.size
        sealed = member.cipher is not None and member.cipher.sealed
        right = member.crc is None or sealed or zlib.crc32(data) == member.crc
        return data, None if whole and right else _damaged(name)

    def _keys(self, member: Member) -> Iterator[_Key | None]:
        """Yield keys that may open a member; None where it is not encrypted."""
        cipher = member.cipher
        if cipher is None:
            yield None
            return
        for password in self._budget.passwords:
            if not cipher.vector:
                yield rar4_key(password, cipher.salt)
                continue
            key, check = rar5_key(password, cipher.salt, cipher.power)
            if not cipher.check or cipher.check == check:
                yield key, cipher.vector

    def _data(self, member: Member, key: _Key | None) -> Stream:
        data = Slice(self._file, member.at, member.packed)
        return data if key is None else DecryptedCbc(data, *key)

    def _stream(self, index: int, member: Member, name: str, key: _Key | None) -> Stream:
        """Return the content of a member, unpacked.

        Raises:
            UnreadError: nobody here can unpack it.
            foreign.ForeignError: libarchive cannot.
        """
        if not member.method:
            return self._data(member, key)
        if not foreign.installed():
            raise UnsupportedFormat("archive.library", library="libarchive", name=name)
        old = member.version < _RAR_3 or (member.version < _RAR_5 and member.solid)
        if old or member.version > _RAR_5 or member.size is None:
            method = f"RAR {member.version / 10}{' solid' if member.solid else ''}"
            raise UnsupportedFormat("archive.method", method=method, name=name)
        if member.service or member.version < _RAR_5:
            self._alone = self._begun(self._alone, [self._packed(index, member, key)])
            return self._alone.until(index)
        if self._run is None or index not in self._run:
            self._run = self._begun(self._run, list(self._built_on(index)))
        owed = self._run.owed(index)
        left = self._budget.limits.unpacked_bytes - self._budget.unpacked_bytes
        if self._skipped + owed > left:
            raise LimitExceeded("archive.behind-refused", name=name)
        self._skipped += owed
        return self._run.until(index)

    def _built_on(self, index: int) -> Iterator[Packed]:
        """Yield the members of the solid run that one belongs to."""
        members = self._walk.members
        first = index
        while first > 0 and (members[first].solid or members[first].service):
            first -= 1
        for number in range(first, len(members)):
            member = members[number]
            if member.service or not member.packed:
                continue
            if number > index and not member.solid:
                return
            yield self._packed(number, member, next(self._keys(member), None))

    def _packed(self, index: int, member: Member, key: _Key | None) -> Packed:
        data = self._data(member, key)
        if key is None or member.version < _RAR_5 or not member.method:
            return Packed(index, member, data)
        plain = unpadded(b"".join(pieces(data, self._budget.limits.member_bytes)))
        return Packed(index, member._replace(packed=len(plain)), io.BytesIO(plain))

    def _begun(self, last: Run | None, packed: list[Packed]) -> Run:
        if last is not None:
            last.close()
        return Run(self._walk, packed)

    def close(self) -> None:
        """Let go of libarchive."""
        for run in (self._run, self._alone):
            if run is not None:
                run.close()


def _damaged(name: str) -> DamagedFile:
    return DamagedFile("archive.damaged-member", name=name)
