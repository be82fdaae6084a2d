"""Writes compound files: what lies in a storage becomes a file that others can open."""

from __future__ import annotations

import struct
import uuid

from markscan.extract.ole.compound import MAGIC, Compound

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_PER = _SECTOR // 4
_FREE, _END, _TABLE, _TABLE_OF_TABLES = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
_IN_HEADER = 109  # sectors of the table that the header names


def rebuild(compound: Compound, changed: dict[str, bytes] | None = None) -> bytes:
    """Return a compound file of the streams of `compound`, some of them exchanged.

    Args:
        compound: gives the streams; it keeps the problems of those it cannot give.
        changed: new content by path in lower case.
    """
    changed = changed or {}
    streams: dict[str, bytes] = {}
    for path in compound.streams:
        known = changed.get(path.lower())
        data = compound.read(path) if known is None else known
        streams[path] = data if data is not None else b""
    return write(streams, compound.classid())


def write(streams: dict[str, bytes], classid: str = "") -> bytes:
    """Return a compound file with `streams` by path [MS-CFB]."""
    body = _Body()
    small = _Body(_MINI)
    starts = {
        path: (body if len(data) >= _CUTOFF else small).add(data) for path, data in streams.items()
    }
    contents = b"".join(small.pieces)
    root = body.add(contents)
    minis = body.add(struct.pack(f"<{len(small.links)}I", *small.links))
    lines = _directory(streams, starts)
    lines[0] = _entry("Root Entry", 5, lines[0], root, len(contents), classid)
    directory = body.add(b"".join(lines))
    tables, more = 1, 0
    while tables * _PER < len(body.links) + tables + more:
        tables += 1
        more = -(-max(tables - _IN_HEADER, 0) // (_PER - 1))
    first = len(body.links)
    links = body.links + [_TABLE] * tables + [_TABLE_OF_TABLES] * more
    links += [_FREE] * (tables * _PER - len(links))
    sectors = list(range(first, first + tables))
    head = struct.pack(
        "<8s16x5H10xII4x5I",
        *(MAGIC, 0x3E, 3, 0xFFFE, 9, 6, tables, directory),
        *(_CUTOFF, minis, -(-len(small.links) // _PER), first + tables if more else _END, more),
    )
    head += _pad(sectors[:_IN_HEADER], _IN_HEADER)
    tail = [struct.pack(f"<{len(links)}I", *links)]
    for n in range(more):
        named = sectors[_IN_HEADER + n * (_PER - 1) :][: _PER - 1]
        following = first + tables + n + 1 if n + 1 < more else _END
        tail.append(_pad(named, _PER - 1) + struct.pack("<I", following))
    return b"".join([head, *body.pieces, *tail])


class _Body:
    """Sectors in a row, and what follows each."""

    def __init__(self, size: int = _SECTOR) -> None:
        self.size = size
        self.pieces: list[bytes] = []
        self.links: list[int] = []

    def add(self, data: bytes) -> int:
        """Append `data` as a chain of its own; return its first sector."""
        if not data:
            return _END
        first = len(self.links)
        count = -(-len(data) // self.size)
        self.pieces.append(data + bytes(count * self.size - len(data)))
        self.links += [*range(first + 1, first + count), _END]
        return first


def _pad(numbers: list[int], length: int) -> bytes:
    return struct.pack(f"<{length}I", *numbers, *[_FREE] * (length - len(numbers)))


def _directory(streams: dict[str, bytes], starts: dict[str, int]) -> list[bytes]:
    """Return the entries; of the first, the root's, only its links.

    Every storage holds a balanced tree, ordered by length and name [MS-CFB] 2.6.4.
    """
    children: dict[str, list[str]] = {"": []}
    for path in streams:
        for end in [n for n, char in enumerate(path) if char == "/"]:
            children.setdefault(path[:end], [])
    for path in [*children, *streams]:
        if path:
            children[path.rpartition("/")[0]].append(path)
    index = {path: n for n, path in enumerate([*children, *streams])}
    sides = dict.fromkeys(index, (_FREE, _FREE))

    def plant(row: list[str]) -> int:
        if not row:
            return _FREE
        middle = len(row) // 2
        sides[row[middle]] = plant(row[:middle]), plant(row[middle + 1 :])
        return index[row[middle]]

    tops = {
        folder: plant(sorted(inside, key=lambda path: (len(path), path.upper())))
        for folder, inside in children.items()
    }
    lines = [struct.pack("<3I", *sides[""], tops[""])]
    for path in list(index)[1:]:
        name = path.rpartition("/")[2]
        links = struct.pack("<3I", *sides[path], tops.get(path, _FREE))
        if path in streams:
            lines.append(_entry(name, 2, links, starts[path], len(streams[path])))
        else:
            lines.append(_entry(name, 1, links, 0, 0))
    return lines + [bytes(128)] * (-len(lines) % (_SECTOR // 128))


def _entry(name: str, kind: int, links: bytes, start: int, size: int, classid: str = "") -> bytes:
    raw = name.encode("utf-16-le", "surrogatepass")[:62]
    clsid = uuid.UUID(classid).bytes_le if classid else bytes(16)
    return struct.pack("<64sHBB12s16s20xIQ", raw, len(raw) + 2, kind, 1, links, clsid, start, size)
