"""Opens the solid blocks of a 7z archive ("folders"): coders, ciphers, passwords."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import accumulate
from typing import BinaryIO, NamedTuple

from markscan.errors import (
    DamagedFile,
    EncryptedFile,
    LimitExceeded,
    UnreadError,
    UnsupportedFormat,
)
from markscan.extract.archive import foreign
from markscan.extract.archive.ciphers import DecryptedCbc, sevenzip_key
from markscan.extract.archive.coders import (
    BROKEN,
    MOST_DICTIONARY,
    DictionaryTooLarge,
    Limited,
    Slice,
    Stream,
    bunzipped,
    filtered,
    inflated,
    lzma1,
    lzma2,
)
from markscan.extract.archive.sevenzip_header import Coder, Folder, HeaderError, Streams

BASE = 32  # bytes of the signature header; all offsets count from behind it
_AES = "06F10701"
_STRONGEST = 24  # 2^24 rounds take seconds; 7-Zip uses 2^19
_TRIED = 16 << 20  # bytes decoded to see whether a password fits
_STEP = 1 << 20

_PLAIN: dict[str, Callable[[Stream, bytes, int], Stream]] = {
    "": lambda source, _, size: Limited(source, size),
    "00": lambda source, _, size: Limited(source, size),
    "21": lzma2,
    "030101": lzma1,
    "040108": lambda source, _, size: Limited(inflated(source), size),
    "040202": lambda source, _, size: Limited(bunzipped(source), size),
    "03": lambda source, options, size: Limited(
        filtered(source, lzma.FILTER_DELTA, dist=options[0] + 1), size
    ),
}
_BRANCHES = {
    "03030103": lzma.FILTER_X86,
    "04": lzma.FILTER_X86,
    "03030205": lzma.FILTER_POWERPC,
    "05": lzma.FILTER_POWERPC,
    "03030401": lzma.FILTER_IA64,
    "06": lzma.FILTER_IA64,
    "03030501": lzma.FILTER_ARM,
    "07": lzma.FILTER_ARM,
    "03030701": lzma.FILTER_ARMTHUMB,
    "08": lzma.FILTER_ARMTHUMB,
    "03030805": lzma.FILTER_SPARC,
    "09": lzma.FILTER_SPARC,
}
_NAMES = {
    "030401": "PPMd",
    "0303011B": "BCJ2",
    "040109": "Deflate64",
    "04F71101": "Zstandard",
    "04F71102": "Brotli",
    "04F71104": "LZ4",
    "04F71105": "LZ5",
    "04F71106": "Lizard",
    "0A": "ARM64",
    "0B": "RISC-V",
}
_FOREIGN = frozenset({"030401", "0303011B"})


class Block(NamedTuple):
    """A block that can be read; `packed` is how many bytes it is stored in."""

    stream: Stream
    packed: int


class BlockProblem(Exception):
    """A block cannot be opened."""

    def __init__(self, kind: type[UnreadError], reason: str, **values: str | int) -> None:
        super().__init__(reason)
        self._problem = kind, reason, values

    @property
    def is_locked(self) -> bool:
        """Whether a password is missing."""
        return self._problem[0] is EncryptedFile

    def told(self, name: str) -> UnreadError:
        """Return what to say of a member that lies in it."""
        kind, reason, values = self._problem
        return kind(reason, name=name, **values)


class Keys:
    """The passwords, the one that fitted last first."""

    def __init__(self, passwords: tuple[str, ...]) -> None:
        self._passwords = list(passwords)

    def __iter__(self) -> Iterator[str]:
        """Yield the passwords to try."""
        yield from tuple(self._passwords)

    def fits(self, password: str) -> None:
        """Note that a password was right."""
        self._passwords.remove(password)
        self._passwords.insert(0, password)


class Library:
    """libarchive at work on the whole archive: it knows PPMd and BCJ2.

    It only goes forward; a block is taken as the data of its members behind one another.
    """

    def __init__(self, file: BinaryIO, streams: Streams) -> None:
        self._file = file
        counts = [sum(size > 0 for size, _ in own) for own in streams.pieces]
        self._ends = list(accumulate(counts))  # members with data up to each block
        self._open = ExitStack()
        self._entries: Iterator[foreign.ForeignEntry] | None = None
        self._entry: foreign.ForeignEntry | None = None
        self._passed = 0  # members with data that were gone past
        self._end = 0

    def block(self, number: int) -> Stream:
        """Return the content of a block; of the ones before it nothing more can be read."""
        before = self._ends[number - 1] if number else 0
        if self._entries is None:
            self._file.seek(0)
            self._entries = self._open.enter_context(foreign.opened(self._file, "7zip"))
        while self._passed < before and self._step():
            pass
        self._entry, self._end = None, self._ends[number]
        return self

    def read(self, most: int) -> bytes:
        """Return up to `most` bytes of the block."""
        while True:
            data = self._entry.read(most) if self._entry is not None else b""
            if data or self._passed >= self._end or not self._step():
                return data

    def _step(self) -> bool:
        """Go to the next member with data."""
        for entry in self._entries or ():
            if entry.size:
                self._entry = entry
                self._passed += 1
                return True
        return False

    def close(self) -> None:
        """Let go of libarchive."""
        self._open.close()


def open_block(
    file: BinaryIO, streams: Streams, number: int, keys: Keys, library: Library
) -> Block:
    """Open a block for reading from its start.

    Raises:
        BlockProblem: it is encrypted, damaged, or packed by a method nobody here knows.
    """
    folder = streams.folders[number]
    try:
        packed = sum(streams.packed[index][1] for index in folder.packed.values())
        if any(coder.method == _AES for coder in folder.coders):
            return Block(_unlocked(file, streams, number, keys), packed)
        unknown = [c.method for c in folder.coders if c.method not in (*_PLAIN, *_BRANCHES)]
        if unknown:
            return Block(_foreign(unknown[0], number, library), packed)
        return Block(_chain(file, streams, folder, ""), packed)
    except DictionaryTooLarge:
        raise BlockProblem(
            LimitExceeded, "archive.dictionary", megabytes=MOST_DICTIONARY >> 20
        ) from None
    except (HeaderError, IndexError, KeyError, *BROKEN):
        raise BlockProblem(DamagedFile, "archive.damaged-member") from None


def read_block(file: BinaryIO, streams: Streams, keys: Keys) -> bytes:
    """Return the whole of the only block. Raises BlockProblem, and what `BROKEN` says."""
    with closing(Library(file, streams)) as library:
        block = open_block(file, streams, 0, keys, library)
        return _first(block.stream, streams.folders[0].size)


def _first(stream: Stream, size: int) -> bytes:
    limited = Limited(stream, size)
    return b"".join(iter(lambda: limited.read(_STEP), b""))


def _unlocked(file: BinaryIO, streams: Streams, number: int, keys: Keys) -> Stream:
    folder = streams.folders[number]
    size, crc = streams.pieces[number][0] if streams.pieces[number] else (0, None)
    for password in keys:
        try:
            start = _first(_chain(file, streams, folder, password), min(size, _TRIED))
        except BROKEN:
            continue
        if size > _TRIED or crc is None or (len(start) == size and zlib.crc32(start) == crc):
            keys.fits(password)
            return _chain(file, streams, folder, password)
    raise BlockProblem(EncryptedFile, "archive.encrypted-member")


def _chain(file: BinaryIO, streams: Streams, folder: Folder, password: str) -> Stream:
    """Return the stream behind the last coder; each pulls from those before it."""
    return _output(file, streams, folder, folder.last, password, 0)


def _output(
    file: BinaryIO, streams: Streams, folder: Folder, number: int, password: str, depth: int
) -> Stream:
    coder = folder.coders[number]
    if depth > len(folder.coders) or coder.inputs != 1 or coder.outputs != 1:
        raise BlockProblem(UnsupportedFormat, "archive.method", method=_named(coder.method))
    # All coders have one input and one output here, so that their numbers are the same.
    if number in folder.bonds:
        before = folder.bonds[number]
        source = _output(file, streams, folder, before, password, depth + 1)
    else:
        offset, size = streams.packed[folder.packed[number]]
        source = Slice(file, BASE + offset, size)
    return _decoded(coder, source, folder.sizes[number], password)


def _decoded(coder: Coder, source: Stream, size: int, password: str) -> Stream:
    if coder.method == _AES:
        return Limited(_decrypted(coder.properties, source, password), size)
    if coder.method in _BRANCHES:
        return Limited(filtered(source, _BRANCHES[coder.method]), size)
    decoder = _PLAIN.get(coder.method)
    if decoder is None:
        raise BlockProblem(UnsupportedFormat, "archive.method", method=_named(coder.method))
    return decoder(source, coder.properties, size)


def _decrypted(properties: bytes, source: Stream, password: str) -> Stream:
    first, second = properties[0], properties[1] if properties[0] & 0xC0 else 0
    salt_size = (first >> 7 & 1) + (second >> 4)
    vector_size = (first >> 6 & 1) + (second & 0x0F)
    power = first & 0x3F
    if power > _STRONGEST and power != 0x3F:
        raise BlockProblem(UnsupportedFormat, "archive.method", method=f"AES 2^{power}")
    salt = properties[2 : 2 + salt_size]
    vector = properties[2 + salt_size : 2 + salt_size + vector_size]
    return DecryptedCbc(source, sevenzip_key(password, salt, power), vector.ljust(16, b"\0"))


def _named(method: str) -> str:
    return _NAMES.get(method, method)


def _foreign(method: str, number: int, library: Library) -> Stream:
    if method not in _FOREIGN:
        raise BlockProblem(UnsupportedFormat, "archive.method", method=_named(method))
    if not foreign.installed():
        raise BlockProblem(UnsupportedFormat, "archive.library", library="libarchive")
    return library.block(number)
