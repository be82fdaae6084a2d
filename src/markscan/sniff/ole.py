"""Tells the formats apart that share the OLE compound file, by the streams at its root."""

from __future__ import annotations

import struct
from typing import BinaryIO

_MOST_SECTORS = 64
_END = 0xFFFFFFFA  # this and above are no sectors

# The first line whose stream lies at the root wins; names in lower case.
_STREAMS: tuple[tuple[str, str], ...] = (
    ("encryptedpackage", "encrypted-ooxml"),
    ("worddocument", "ole-doc"),
    ("workbook", "ole-xls"),
    ("book", "ole-xls"),
    ("powerpoint document", "ole-ppt"),
    ("pp97_dualstorage", "ole-ppt"),
    ("pp40", "ole-ppt"),
    ("__properties_version1.0", "ole-msg"),
    ("__nameid_version1.0", "ole-msg"),
    ("visiodocument", "ole-vsd"),
    ("quill", "ole-pub"),
    ("bodytext", "ole-hwp"),
    ("matost", "ole-works"),
    ("mn0", "ole-works"),
    ("contents", "ole-works"),
)
_FIRST_STREAMS = ((b"\xec\xa5", "ole-doc"), (b"\x09\x08\x10\x00\x00\x06", "ole-xls"))

# name, kind (0 unused, 1 storage, 2 stream, 5 root), left, right, child
_Entry = tuple[str, int, int, int, int]


def kind(head: bytes, file: BinaryIO) -> str:
    """Return the format of a compound file, "ole" if its streams tell none.

    Args:
        head: its first bytes, at least 512 unless the file is shorter.
        file: the file itself, anywhere; it is left anywhere.
    """
    if len(head) < 512:
        return "ole"
    entries = _entries(head, file)
    # Streams of an embedded object lie deeper: they must not name the file. Where
    # the tree is broken, all names are better than none.
    for names in (_root_names(entries), {entry[0] for entry in entries}):
        for name, format in _STREAMS:
            if name in names:
                return format
    # The directory is cut off: the first stream usually follows the header at once.
    for mark, format in _FIRST_STREAMS:
        if not entries and head.startswith(mark, 512):
            return format
    return "ole"


def _entries(head: bytes, file: BinaryIO) -> list[_Entry]:
    shift = struct.unpack_from("<H", head, 30)[0]
    size = 1 << (shift if shift in (9, 12) else 9)
    fat = [sector for sector in struct.unpack_from("<109I", head, 76) if sector < _END]
    sector = struct.unpack_from("<I", head, 48)[0]
    entries: list[_Entry] = []
    seen: set[int] = set()
    while sector < _END and sector not in seen and len(seen) < _MOST_SECTORS:
        seen.add(sector)
        data = _at(head, file, (sector + 1) * size, size)
        entries.extend(_parse(data))
        sector = _next(head, file, fat, size, sector)
    return entries


def _next(head: bytes, file: BinaryIO, fat: list[int], size: int, sector: int) -> int:
    index, place = divmod(sector, size // 4)
    if index >= len(fat):
        return _END
    data = _at(head, file, (fat[index] + 1) * size + 4 * place, 4)
    return int(struct.unpack("<I", data)[0]) if len(data) == 4 else _END


def _at(head: bytes, file: BinaryIO, offset: int, size: int) -> bytes:
    if offset + size <= len(head):
        return head[offset : offset + size]
    file.seek(offset)
    return file.read(size)


def _parse(sector: bytes) -> list[_Entry]:
    entries: list[_Entry] = []
    for at in range(0, len(sector) - 127, 128):
        length, kind = struct.unpack_from("<HB", sector, at + 64)
        left, right, child = struct.unpack_from("<3I", sector, at + 68)
        raw = sector[at : at + min(max(length - 2, 0), 62)]
        name = raw.decode("utf-16-le", "replace").lower() if kind else ""
        entries.append((name, kind, left, right, child))
    return entries


def _root_names(entries: list[_Entry]) -> set[str]:
    if not entries:
        return set()
    names: set[str] = set()
    seen: set[int] = set()
    waiting = [entries[0][4]]
    while waiting:
        index = waiting.pop()
        if index in seen or index >= len(entries):
            continue
        seen.add(index)
        name, _, left, right, _ = entries[index]
        names.add(name)
        waiting += [left, right]
    return names
