"""Opens OLE compound files: the small file system that binary Office files are.

Streams are read one at a time, and every chain is bounded by the size of the file, so that
no header, table or directory can ask for more. What is cut off is made up for as far as it
goes: sectors whose links are lost are taken to follow one another. Source: [MS-CFB].
"""

from __future__ import annotations

import re
import struct
import sys
import uuid
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from copy import copy
from types import TracebackType
from typing import BinaryIO, NamedTuple

from markscan.errors import DamagedFile, LimitExceeded, UnreadError
from markscan.extract.extractor import Budget
from markscan.source import Source

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_MINI = 64
_END, _NO_ENTRY = 0xFFFFFFFE, 0xFFFFFFFF
_MOST_SECTOR = 0xFFFFFFFA  # this and above are no sectors [MS-CFB] 2.1
_LOST = 0xFFFFFFF9  # the link stood in a sector that is not there
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_MOST_DEPTH = 32
_MOST_TOLD = 20
# name, its length, kind, left, right, child, class, first sector, size [MS-CFB] 2.6.1
_ENTRY = struct.Struct("<64sHBx3I16s20xIQ")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


class _Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    clsid: bytes
    start: int
    size: int


_NOTHING = _Entry("", 0, _NO_ENTRY, _NO_ENTRY, _NO_ENTRY, bytes(16), _END, 0)


class Compound:
    """The streams of one compound file, or of one storage in it.

    Paths have forward slashes and are found whatever their case. Problems met while
    reading wait to be drained.

    Raises:
        DamagedFile: it is no compound file, or none of its streams can be found.
        UnreadError: whatever `Source.open` raises.
    """

    def __init__(self, source: Source, budget: Budget) -> None:
        self._prefix = ""
        self._file = source.open()
        try:
            self._disk = _Disk(self._file, budget)
        except UnreadError:
            self._file.close()
            raise

    def __enter__(self) -> Compound:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    @property
    def streams(self) -> tuple[str, ...]:
        """The paths of all streams, as written."""
        return self._below(self._disk.streams)

    def has(self, path: str) -> bool:
        """Tell whether there is such a stream."""
        return (self._prefix + path).lower() in self._disk.streams

    def read(self, path: str) -> bytes | None:
        """Return a stream as far as it goes; None if it is absent or over a limit."""
        return self._disk.read((self._prefix + path).lower())

    def storages(self, prefix: str = "") -> list[str]:
        """Return the paths of the storages that lie directly in `prefix`, "" for the root."""
        start = f"{prefix}/".lower() if prefix else ""
        return [
            path
            for path in self._below(self._disk.storages)
            if path.lower().startswith(start) and "/" not in path[len(start) :]
        ]

    def classid(self, path: str = "") -> str:
        """Return the class of a storage, as "00020906-0000-...", "" if it has none."""
        known = self._disk.storages.get((self._prefix + path).lower().rstrip("/"))
        clsid = known[1].clsid if known else b""
        return str(uuid.UUID(bytes_le=clsid)).upper() if any(clsid) else ""

    def under(self, prefix: str) -> Compound:
        """Return the storage `prefix` as if it were a file of its own."""
        view = copy(self)
        view._prefix = f"{self._prefix}{prefix}/"
        return view

    def drain(self) -> Iterator[UnreadError]:
        """Yield the problems met since this was last asked."""
        problems, self._disk.problems = self._disk.problems, []
        yield from problems

    def _below(self, known: dict[str, tuple[str, _Entry]]) -> tuple[str, ...]:
        start = self._prefix.lower()
        if not start:
            return tuple(path for path, _ in known.values() if path)
        return tuple(path[len(start) :] for path in self._disk.below(start, known))


class _Disk:
    """Sectors, tables and directory of one compound file.

    `streams` and `storages` give the path as written and the entry by the path in lower
    case; the root is the storage "".
    """

    def __init__(self, file: BinaryIO, budget: Budget) -> None:
        self.problems: list[UnreadError] = []
        self.streams: dict[str, tuple[str, _Entry]] = {}
        self.storages: dict[str, tuple[str, _Entry]] = {}
        self._sorted: dict[int, list[str]] = {}
        self._told: set[str] = set()
        self._file = file
        self._budget = budget
        self._size = file.seek(0, 2)
        header = self._at(0, _HEADER)
        if len(header) < _HEADER or not header.startswith(MAGIC):
            raise DamagedFile("ole.no-streams")
        version, shift = struct.unpack_from("<H2xH", header, 26)
        self._wide = version == 4  # its sizes have 64 bits
        self._sector = 1 << (shift if shift in (9, 12) else 12 if self._wide else 9)
        self._count = max(-(-self._size // self._sector) - 1, 0)
        directory, cutoff, self._first_mini = struct.unpack_from("<I4xII", header, 48)
        self._cutoff = min(cutoff, 1 << 16)
        self._fat = self._load(self._table_sectors(header), self._count)
        self._mini: tuple[array[int], bytes] | None = None
        entries = self._entries(directory)
        self._root = entries[0] if entries else _NOTHING
        self._lay_out(entries)
        if not self.streams:
            raise DamagedFile("ole.no-streams")

    def below(self, prefix: str, known: dict[str, tuple[str, _Entry]]) -> Iterator[str]:
        """Yield the paths in `known` that begin with `prefix`, without a look at all others."""
        keys = self._sorted.setdefault(id(known), [])
        if not keys:
            keys.extend(sorted(known))
        for index in range(bisect_left(keys, prefix), len(keys)):
            if not keys[index].startswith(prefix):
                return
            yield known[keys[index]][0]

    def read(self, key: str) -> bytes | None:
        """Return the stream of this key; None if there is none or it is too large."""
        if key not in self.streams:
            return None
        path, entry = self.streams[key]
        size = self._size_of(entry)
        try:
            self._budget.unpack(min(size, self._size), self._size)
            if size >= self._cutoff:
                data, sound = self._follow(entry.start, size)
            else:
                data, sound = self._from_mini(entry.start, size)
        except LimitExceeded as error:
            self._tell(error)
            return None
        if not sound or len(data) < size:
            self._tell(DamagedFile("ole.stream", part=_CONTROLS.sub("", path)))
        return data

    # Sectors.

    def _at(self, offset: int, length: int) -> bytes:
        try:
            self._file.seek(offset)
            return self._file.read(length)
        except OSError as error:
            raise UnreadError("system", error=error.strerror or "read") from error

    def _size_of(self, entry: _Entry) -> int:
        # In version 3 the upper half may be rubbish [MS-CFB] 2.6.3.
        return entry.size if self._wide else entry.size & 0xFFFFFFFF

    def _follow(self, start: int, size: int) -> tuple[bytes, bool]:
        """Return up to `size` bytes of a chain, and whether all its links were sound."""
        chain, sound = _chain(self._fat, start, -(-size // self._sector), self._count)
        pieces: list[bytes] = []
        for first, count in _runs(chain):
            if pieces:  # the last sector of the file may be short, and stand anywhere
                pieces[-1] += bytes(-len(pieces[-1]) % self._sector)
            pieces.append(self._at((first + 1) * self._sector, count * self._sector))
        return b"".join(pieces)[:size], sound

    def _from_mini(self, start: int, size: int) -> tuple[bytes, bool]:
        """Return the same of a chain of small sectors, which lie in the root's stream."""
        if self._mini is None:
            self._mini = array("I"), b""
            length = self._size_of(self._root)
            self._budget.unpack(min(length, self._size), self._size)
            content, _ = self._follow(self._root.start, length)
            sectors, _ = _chain(self._fat, self._first_mini, self._count, self._count)
            self._mini = self._load(sectors, -(-len(content) // _MINI)), content
        table, content = self._mini
        chain, sound = _chain(table, start, -(-size // _MINI), -(-len(content) // _MINI))
        pieces = [content[first * _MINI : (first + n) * _MINI] for first, n in _runs(chain)]
        return b"".join(pieces)[:size], sound

    def _table_sectors(self, header: bytes) -> list[int]:
        """Return the sectors of the table of links [MS-CFB] 2.5."""
        sectors = [n for n in struct.unpack_from("<109I", header, 76) if n < _MOST_SECTOR]
        following = struct.unpack_from("<I", header, 68)[0]
        per = self._sector // 4
        seen: set[int] = set()
        while following < self._count and following not in seen:
            seen.add(following)
            more = _integers(self._at((following + 1) * self._sector, self._sector))
            following = more.pop() if len(more) == per else _END
            sectors += [n for n in more if n < _MOST_SECTOR]
            if len(sectors) * per >= self._count:
                break
        return sectors

    def _load(self, sectors: list[int], links: int) -> array[int]:
        """Return the `links` that lie in `sectors`; `_LOST` for those that are not there."""
        table = array("I")
        for first, count in _runs(sectors[: -(-links * 4 // self._sector)]):
            data = self._at((first + 1) * self._sector, count * self._sector)
            table += _integers(data)
            table += array("I", (_LOST,)) * (count * self._sector // 4 - len(data) // 4)
        return table

    # The directory.

    def _entries(self, start: int) -> list[_Entry]:
        most = self._budget.limits.archive_entries
        length = min(self._count * self._sector, (most + 1) * _ENTRY.size)
        data, sound = self._follow(start, length)
        if not sound:
            self._tell(DamagedFile("ole.damaged"))
        entries = []
        whole = len(data) // _ENTRY.size * _ENTRY.size
        for name, size, kind, *rest in _ENTRY.iter_unpack(data[:whole]):
            if kind not in (_STORAGE, _STREAM, _ROOT) or size > 64:
                entries.append(_NOTHING)
                continue
            text = name[: max(size - 2, 0)].decode("utf-16-le", "replace")
            entries.append(_Entry(text, kind, *rest))
        if len(entries) > most:
            self._tell(LimitExceeded("limit.entries", allowed=most))
        return entries[:most]

    def _lay_out(self, entries: list[_Entry]) -> None:
        """Give every stream and storage its path, in the order of the directory's trees."""
        self.storages[""] = "", self._root
        seen = {0}
        sound = True
        waiting = [(self._root.child, "", False)]
        while waiting:
            index, prefix, ready = waiting.pop()
            if ready:
                path = prefix + entries[index].name
                sound &= self._place(path, entries[index])
                if entries[index].kind == _STORAGE and path.count("/") < _MOST_DEPTH:
                    waiting.append((entries[index].child, f"{path}/", False))
            elif index < len(entries) and index not in seen and entries[index].kind:
                seen.add(index)
                waiting.append((entries[index].right, prefix, False))
                waiting.append((index, prefix, True))
                waiting.append((entries[index].left, prefix, False))
            elif index != _NO_ENTRY:
                sound = False
        if not sound or self._root.kind != _ROOT:
            self._tell(DamagedFile("ole.damaged"))
            for index in range(len(entries)):  # those that no tree leads to any more
                if index not in seen and entries[index].kind == _STREAM:
                    self._place(entries[index].name, entries[index])

    def _place(self, path: str, entry: _Entry) -> bool:
        if path.count("/") >= _MOST_DEPTH:
            self._tell(LimitExceeded("limit.depth", allowed=_MOST_DEPTH))
        known = self.streams if entry.kind == _STREAM else self.storages
        return known.setdefault(path.lower(), (path, entry))[1] is entry

    def _tell(self, problem: UnreadError) -> None:
        if str(problem) not in self._told and len(self._told) < _MOST_TOLD:
            self._told.add(str(problem))
            self.problems.append(problem)


def _integers(data: bytes) -> array[int]:
    found = array("I")
    found.frombytes(data[: len(data) // 4 * 4])
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _chain(table: array[int], start: int, need: int, count: int) -> tuple[list[int], bool]:
    """Return up to `need` sectors from `start` on, all below `count`, each at most once.

    The second value tells whether no link was lost, went astray or back.
    """
    chain: list[int] = []
    sound = True
    sector = start
    known = len(table)
    need = min(need, count)
    if start + need <= min(count, known) and table[start : start + need - 1] == array(
        "I", range(start + 1, start + need)
    ):
        return list(range(start, start + need)), True  # as most writers lay it
    while len(chain) < need:
        if sector >= count:
            sound &= sector == _END
            break
        chain.append(sector)
        following = table[sector] if sector < known else _LOST
        if following == _LOST:
            sound = sound and len(chain) == need
            following = sector + 1
        sector = following
    unique = dict.fromkeys(chain)
    return (chain, sound) if len(unique) == len(chain) else (list(unique), False)


def _runs(sectors: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of sectors that follow one another: the first, how many."""
    if not sectors:
        return
    first = before = sectors[0]
    for sector in sectors[1:]:
        if sector != before + 1:
            yield first, before - first + 1
            first = sector
        before = sector
    yield first, before - first + 1
