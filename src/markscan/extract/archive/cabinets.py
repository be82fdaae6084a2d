"""Reads archives that only libarchive knows here: cab, and lzh."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.errors import (
    DamagedFile,
    EncryptedFile,
    LimitExceeded,
    UnreadError,
    UnsupportedFormat,
)
from markscan.extract.archive import foreign
from markscan.extract.archive.members import Members, named, take
from markscan.extract.archive.names import decode_name
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

_CAB = b"MSCF"


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the members of an archive as sources, in their order.

    Raises:
        UnsupportedFormat: libarchive is not installed.
        DamagedFile: no member can be found.
        LimitExceeded: the budget has no entries left.
    """
    if not foreign.installed():
        raise UnsupportedFormat("archive.library", library="libarchive", name=source.name)
    members = Members(source, budget)
    size = source.size()
    found = False
    with source.open() as file:
        kind = "cab" if file.read(4) == _CAB else "lha"
        file.seek(0)
        try:
            with foreign.opened(file, kind) as entries:
                for entry in entries:
                    found = True
                    yield from _member(entry, members, size)
        except foreign.ForeignError as error:
            yield from members.rest()
            if error.is_locked:
                raise EncryptedFile("archive.encrypted") from None
            raise DamagedFile("archive.truncated" if found else "archive.no-members") from None
        except LimitExceeded:
            yield from members.rest()
            raise
    yield from members.rest()


def _member(entry: foreign.ForeignEntry, members: Members, packed: int) -> Iterator[Item]:
    raw = entry.name
    text = decode_name(raw) if isinstance(raw, bytes) else raw
    if entry.is_folder:
        yield from members.folder(text)
        return
    name = members.name(text)
    if not entry.is_file:
        yield from members.link(name, entry.target)
        return
    problem: UnreadError | None = None
    stream = foreign.Guarded(entry)
    try:
        data = take(stream.read, members.budget, packed)
    except LimitExceeded as refused:
        yield from members.unread(name, named(refused, name))
        return
    if stream.broke is not None or (entry.size is not None and len(data) < entry.size):
        problem = DamagedFile("archive.damaged-member", name=name)
        if stream.broke is not None and stream.broke.is_locked:
            problem = EncryptedFile("archive.encrypted-member", name=name)
    if problem is not None and not data:
        yield from members.unread(name, problem)
        return
    if problem is not None:
        yield from members.tell(problem)
    yield from members.read(name, data)
