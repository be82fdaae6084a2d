"""Writes OLE compound files ([MS-CFB]) from their streams, byte by byte."""

import struct
import uuid

FREE, END, FAT, DIFAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
CUTOFF, MINI = 4096, 64


def compound(
    streams: dict[str, bytes], *, classids: dict[str, str] | None = None, version: int = 3
) -> bytes:
    """Return a compound file with `streams` by path ("ObjectPool/_1/Contents").

    Streams below 4096 bytes lie in the mini stream. `classids` gives storages (and with "" the
    root) their class. Version 4 has sectors of 4096 bytes.
    """
    return _Writer(version).write(streams, classids or {})


class _Writer:
    def __init__(self, version: int) -> None:
        self.version = version
        self.size = 512 if version == 3 else 4096
        self.sectors: list[bytes] = []
        self.links: list[int] = []

    def put(self, data: bytes) -> int:
        """Lay `data` into sectors of its own; return the first."""
        first = len(self.sectors)
        pieces = [data[at : at + self.size] for at in range(0, len(data), self.size)]
        self.sectors += [piece.ljust(self.size, b"\0") for piece in pieces]
        self.links += [*range(first + 1, first + len(pieces)), END] if pieces else []
        return first if pieces else END

    def write(self, streams: dict[str, bytes], classids: dict[str, str]) -> bytes:
        starts, mini, mini_links = {}, b"", []
        for path, data in streams.items():
            if len(data) >= CUTOFF:
                starts[path] = self.put(data)
                continue
            count = -(-len(data) // MINI)
            first = len(mini_links)
            starts[path] = first if count else END
            mini_links += [*range(first + 1, first + count), END] if count else []
            mini += data.ljust(count * MINI, b"\0")
        root_start = self.put(mini)
        mini_table = self.put(b"".join(struct.pack("<I", n) for n in mini_links))
        mini_sectors = -(-len(mini_links) * 4 // self.size)
        sizes = {path: len(data) for path, data in streams.items()}
        entries = _directory(starts, sizes, classids, root_start, len(mini))
        entries += [_entry("", 0)] * (-len(entries) % (self.size // 128))
        directory = self.put(b"".join(entries))
        return self.finish(directory, mini_table, mini_sectors)

    def finish(self, directory: int, mini_table: int, mini_sectors: int) -> bytes:
        per, used = self.size // 4, len(self.sectors)
        fat_count = difat_count = 0
        while fat_count * per < used + fat_count + difat_count:
            fat_count += 1
            difat_count = -(-max(fat_count - 109, 0) // (per - 1))
        fat_at = [used + n for n in range(fat_count)]
        self.links += [FAT] * fat_count + [DIFAT] * difat_count
        self.links += [FREE] * (fat_count * per - len(self.links))
        tables = struct.pack(f"<{len(self.links)}I", *self.links)
        for n in range(difat_count):
            more = fat_at[109 + n * (per - 1) :][: per - 1]
            following = used + fat_count + n + 1 if n + 1 < difat_count else END
            tables += struct.pack(f"<{per}I", *more, *[FREE] * (per - 1 - len(more)), following)
        header = struct.pack(
            "<8s16sHHHHHHIIIIIIIIII",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            bytes(16),
            0x3E,
            self.version,
            0xFFFE,
            9 if self.version == 3 else 12,
            6,
            0,
            0,
            0,
            fat_count,
            directory,
            0,
            CUTOFF,
            mini_table,
            mini_sectors,
            used + fat_count if difat_count else END,
            difat_count,
        )
        first = fat_at[:109]
        header += struct.pack("<109I", *first, *[FREE] * (109 - len(first)))
        return header.ljust(self.size, b"\0") + b"".join(self.sectors) + tables


def _directory(
    starts: dict[str, int],
    sizes: dict[str, int],
    classids: dict[str, str],
    root_start: int,
    root_size: int,
) -> list[bytes]:
    paths = [*starts, *classids]
    folders = {path.rsplit("/", n)[0] for path in paths for n in range(1, path.count("/") + 1)}
    folders |= {path for path in classids if path}
    names = ["", *sorted(folders - set(starts)), *starts]  # index 0 is the root
    index = {path: at for at, path in enumerate(names)}
    links = {path: [FREE, FREE, FREE] for path in names}

    def balance(children: list[str]) -> int:
        if not children:
            return FREE
        middle = len(children) // 2
        path = children[middle]
        links[path][0] = balance(children[:middle])
        links[path][1] = balance(children[middle + 1 :])
        return index[path]

    def order(path: str) -> tuple[int, str]:  # [MS-CFB] 2.6.4
        name = path.rsplit("/", 1)[-1]
        return len(name), name.upper()

    for folder in ["", *folders]:
        inside = [p for p in names if p and p.rpartition("/")[0] == folder]
        links[folder][2] = balance(sorted(inside, key=order))
    found = []
    for path in names:
        kind = 5 if not path else 2 if path in starts else 1
        name = path.rsplit("/", 1)[-1] or "Root Entry"
        start = root_start if not path else starts.get(path, 0)
        size = root_size if not path else sizes.get(path, 0)
        found.append(_entry(name, kind, links[path], classids.get(path, ""), start, size))
    return found


def _entry(
    name: str,
    kind: int,
    links: list[int] | None = None,
    classid: str = "",
    start: int = 0,
    size: int = 0,
) -> bytes:
    raw = name.encode("utf-16-le")
    assert len(raw) <= 62, name
    return struct.pack(
        "<64sHBB3I16sI16xIQ",
        raw,
        len(raw) + 2 if kind else 0,
        kind,
        1,
        *(links or [FREE, FREE, FREE]),
        uuid.UUID(classid).bytes_le if classid else bytes(16),
        0,
        start,
        size,
    )
