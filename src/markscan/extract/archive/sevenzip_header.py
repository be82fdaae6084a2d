"""The directory of a 7z archive: which members there are, and how they are packed.

Layout: 7zFormat.txt of the LZMA SDK. Nothing is trusted: a count that the bytes cannot
hold is damage, whatever it is the count of.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

_END, _HEADER, _ARCHIVE_PROPERTIES, _ADDITIONAL = 0x00, 0x01, 0x02, 0x03
_MAIN_STREAMS, _FILES, _PACK, _UNPACK, _SUBSTREAMS = 0x04, 0x05, 0x06, 0x07, 0x08
_SIZE, _CRC, _FOLDER, _CODERS_SIZE, _STREAM_COUNT = 0x09, 0x0A, 0x0B, 0x0C, 0x0D
_EMPTY_STREAM, _EMPTY_FILE, _ANTI, _NAMES, _ATTRIBUTES = 0x0E, 0x0F, 0x10, 0x11, 0x15
_ENCODED = 0x17
_MOST_CODERS = 32  # of one folder; 7-Zip writes up to five


class HeaderError(ValueError):
    """The directory breaks the rules of its format."""


class Coder(NamedTuple):
    """One step of unpacking. `method` is its identifier, in upper case hexadecimal."""

    method: str
    inputs: int
    outputs: int
    properties: bytes


class Folder(NamedTuple):
    """A chain of coders that unpacks some packed streams to one stream.

    `bonds` maps an input to the output that feeds it, `packed` an input to the number of a
    packed stream; `sizes` are those of the outputs.
    """

    coders: tuple[Coder, ...]
    bonds: dict[int, int]
    packed: dict[int, int]
    sizes: tuple[int, ...]
    crc: int | None

    @property
    def last(self) -> int:
        """The number of the output that feeds no other coder."""
        fed = set(self.bonds.values())
        free = [index for index in range(len(self.sizes)) if index not in fed]
        if len(free) != 1:
            raise HeaderError
        return free[0]

    @property
    def size(self) -> int:
        """The bytes that it unpacks to."""
        return self.sizes[self.last]


class Streams(NamedTuple):
    """The packed streams (offset, size), and the folders with the pieces they unpack to."""

    packed: tuple[tuple[int, int], ...]
    folders: tuple[Folder, ...]
    pieces: tuple[tuple[tuple[int, int | None], ...], ...]  # size and CRC, a folder


class Entry(NamedTuple):
    """A member. `folder` is None where it has no data; `mode` is 0 where Unix set none."""

    name: str
    folder: int | None
    size: int
    crc: int | None
    is_folder: bool
    mode: int


class Header(NamedTuple):
    """What one header says. `encoded` is set where it only tells how to unpack the real."""

    encoded: Streams | None
    streams: Streams
    entries: tuple[Entry, ...]


_NOTHING = Streams((), (), ())


def read_header(data: bytes) -> Header:
    """Parse a header.

    Raises:
        HeaderError: it is damaged.
    """
    try:
        return _Parser(data).header()
    except (IndexError, struct.error) as error:
        raise HeaderError from error


class _Parser:
    """Walks over the bytes of a header; its methods follow the names of 7zFormat.txt."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def header(self) -> Header:
        kind = self._byte()
        if kind == _ENCODED:
            return Header(self._streams(), _NOTHING, ())
        if kind != _HEADER:
            raise HeaderError
        streams = _NOTHING
        entries: tuple[Entry, ...] = ()
        while (kind := self._byte()) != _END:
            if kind == _ARCHIVE_PROPERTIES:
                while self._byte() != _END:
                    self._take(self._number())
            elif kind == _ADDITIONAL:
                self._streams()
            elif kind == _MAIN_STREAMS:
                streams = self._streams()
            elif kind == _FILES:
                entries = self._files(streams)
            else:
                raise HeaderError
        return Header(None, streams, entries)

    # Numbers and vectors.

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _take(self, size: int) -> bytes:
        if size > len(self._data) - self._at:
            raise HeaderError
        self._at += size
        return self._data[self._at - size : self._at]

    def _number(self) -> int:
        """Read a number whose first byte tells by its leading ones how many follow."""
        first = self._byte()
        more = 8 - (first ^ 0xFF).bit_length()
        low = int.from_bytes(self._take(more), "little")
        return low | (first & (0x7F >> more)) << 8 * more

    def _count(self) -> int:
        """Read a count of things of which each takes a byte at least, here or later."""
        count = self._number()
        if count > len(self._data):
            raise HeaderError
        return count

    def _bits(self, count: int) -> list[bool]:
        raw = int.from_bytes(self._take(-(-count // 8)), "big")
        width = -(-count // 8) * 8
        return [flag == "1" for flag in f"{raw:0{width}b}"[:count]] if count else []

    def _digests(self, count: int) -> list[int | None]:
        known = [True] * count if self._byte() else self._bits(count)
        raw = struct.unpack(f"<{sum(known)}I", self._take(4 * sum(known)))
        values = iter(raw)
        return [next(values) if flag else None for flag in known]

    # Streams.

    def _streams(self) -> Streams:
        packed: tuple[tuple[int, int], ...] = ()
        folders: tuple[Folder, ...] = ()
        pieces: tuple[tuple[tuple[int, int | None], ...], ...] | None = None
        while (kind := self._byte()) != _END:
            if kind == _PACK:
                packed = self._packed()
            elif kind == _UNPACK:
                folders = self._folders()
            elif kind == _SUBSTREAMS:
                pieces = self._pieces(folders)
            else:
                raise HeaderError
        if pieces is None:
            pieces = tuple(((folder.size, folder.crc),) for folder in folders)
        return Streams(packed, folders, pieces)

    def _packed(self) -> tuple[tuple[int, int], ...]:
        offset = self._number()
        count = self._count()
        sizes: list[int] = []
        while (kind := self._byte()) != _END:
            if kind == _SIZE:
                sizes = [self._number() for _ in range(count)]
            elif kind == _CRC:
                self._digests(count)
            else:
                raise HeaderError
        streams = []
        for size in sizes:
            streams.append((offset, size))
            offset += size
        return tuple(streams)

    def _folders(self) -> tuple[Folder, ...]:
        if self._byte() != _FOLDER:
            raise HeaderError
        count = self._count()
        if self._byte():  # kept elsewhere, which no program does
            raise HeaderError
        first = 0
        bare = []
        for _ in range(count):
            bare.append(self._folder(first))
            first += len(bare[-1].packed)
        if self._byte() != _CODERS_SIZE:
            raise HeaderError
        sized = [
            folder._replace(
                sizes=tuple(self._number() for coder in folder.coders for _ in range(coder.outputs))
            )
            for folder in bare
        ]
        while (kind := self._byte()) != _END:
            if kind != _CRC:
                raise HeaderError
            crcs = self._digests(count)
            sized = [folder._replace(crc=crc) for folder, crc in zip(sized, crcs, strict=True)]
        return tuple(sized)

    def _folder(self, first: int) -> Folder:
        coders = []
        count = self._number()
        if not 0 < count <= _MOST_CODERS:
            raise HeaderError
        for _ in range(count):
            flags = self._byte()
            if flags & 0xC0:
                raise HeaderError
            method = self._take(flags & 0x0F).hex().upper()
            inputs = outputs = 1
            if flags & 0x10:
                inputs, outputs = self._number(), self._number()
            properties = self._take(self._number()) if flags & 0x20 else b""
            coders.append(Coder(method, inputs, outputs, properties))
        inputs = sum(coder.inputs for coder in coders)
        outputs = sum(coder.outputs for coder in coders)
        if max(inputs, outputs) > _MOST_CODERS or outputs < 1:
            raise HeaderError
        bonds = {}
        for _ in range(outputs - 1):
            source = self._number()
            bonds[source] = self._number()
        free = [index for index in range(inputs) if index not in bonds]
        if len(free) > 1:
            free = [self._number() for _ in free]
        packed = {index: first + place for place, index in enumerate(free)}
        return Folder(tuple(coders), bonds, packed, (), None)

    def _pieces(
        self, folders: tuple[Folder, ...]
    ) -> tuple[tuple[tuple[int, int | None], ...], ...]:
        counts = [1] * len(folders)
        kind = self._byte()
        if kind == _STREAM_COUNT:
            counts = [self._count() for _ in folders]
            kind = self._byte()
        if sum(counts) > len(self._data):
            raise HeaderError
        # Of every folder the last size is what the others leave.
        sizes: list[list[int]] = []
        for folder, count in zip(folders, counts, strict=True):
            own = [self._number() for _ in range(count - 1)] if kind == _SIZE else []
            if count:
                own.append(folder.size - sum(own))
            if len(own) != count or (own and own[-1] < 0):
                raise HeaderError
            sizes.append(own)
        if kind == _SIZE:
            kind = self._byte()
        crcs: list[list[int | None]] = [
            [folder.crc] if count == 1 else [None] * count
            for folder, count in zip(folders, counts, strict=True)
        ]
        while kind != _END:
            if kind != _CRC:
                raise HeaderError
            unknown = [
                (number, place)
                for number, own in enumerate(crcs)
                for place, crc in enumerate(own)
                if not (len(own) == 1 and crc is not None)
            ]
            for (number, place), crc in zip(unknown, self._digests(len(unknown)), strict=True):
                crcs[number][place] = crc
            kind = self._byte()
        return tuple(
            tuple(zip(own, sums, strict=True)) for own, sums in zip(sizes, crcs, strict=True)
        )

    # Members.

    def _files(self, streams: Streams) -> tuple[Entry, ...]:
        count = self._count()
        names: list[str] = []
        empty = [False] * count
        not_folder: list[bool] = []
        attributes = [0] * count
        while (kind := self._number()) != _END:
            inner = _Parser(self._take(self._number()))
            if kind == _NAMES:
                names = inner._texts(count)
            elif kind == _EMPTY_STREAM:
                empty = inner._bits(count)
            elif kind in (_EMPTY_FILE, _ANTI):
                flags = inner._bits(sum(empty))
                # What deletes a file when unpacked is no folder either.
                not_folder = [a or b for a, b in zip(flags, not_folder or flags, strict=True)]
            elif kind == _ATTRIBUTES:
                attributes = inner._attributes(count)
        names += ["unnamed"] * (count - len(names))
        return tuple(_entries(names, empty, not_folder, attributes, streams))

    def _texts(self, count: int) -> list[str]:
        if self._byte():
            raise HeaderError
        raw = self._data[1:]
        text = raw[: len(raw) & ~1].decode("utf-16-le", "replace")
        return text.split("\0")[:count]

    def _attributes(self, count: int) -> list[int]:
        known = [True] * count if self._byte() else self._bits(count)
        if self._byte():
            raise HeaderError
        values = iter(struct.unpack(f"<{sum(known)}I", self._take(4 * sum(known))))
        return [next(values) if flag else 0 for flag in known]


def _entries(
    names: list[str],
    empty: list[bool],
    not_folder: list[bool],
    attributes: list[int],
    streams: Streams,
) -> list[Entry]:
    """Join members and data: those that are not empty take the pieces in their order."""
    pieces = iter(
        (number, size, crc) for number, own in enumerate(streams.pieces) for size, crc in own
    )
    flags = iter(not_folder)
    entries = []
    for name, is_empty, attribute in zip(names, empty, attributes, strict=True):
        mode = attribute >> 16 if attribute & 0x8000 else 0
        if is_empty:
            is_folder = not next(flags, False)
            entries.append(Entry(name, None, 0, None, is_folder, mode))
            continue
        piece = next(pieces, None)
        if piece is None:
            raise HeaderError
        entries.append(Entry(name, *piece, False, mode))
    return entries
