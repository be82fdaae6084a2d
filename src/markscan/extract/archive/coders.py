"""Decoders that archives share, as streams to pull from: bounded memory, any chain.

Every stream returns at most as many bytes as asked for, and b"" at its end. What breaks
raises one of `BROKEN`; nothing else.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from markscan.extract.package import inflate_damaged

_STEP = 1 << 16
_PIECE = 1 << 20
MOST_DICTIONARY = 256 << 20

# All that the decompressors of the standard library raise for broken data.
BROKEN = (lzma.LZMAError, zlib.error, OSError, EOFError, ValueError, struct.error)


class DictionaryTooLarge(ValueError):
    """Decoding would take more memory than allowed."""


class Stream(Protocol):
    """Bytes that come one after the other."""

    def read(self, most: int, /) -> bytes:
        """Return up to `most` bytes; b"" at the end."""
        ...


class Engine(Protocol):
    """A decompressor as `lzma` and `bz2` have it."""

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was reached."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether more output takes more input."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What stands behind the end of the stream."""
        ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Return up to `max_length` bytes."""
        ...


class Inflate:
    """zlib with the interface of `lzma` and `bz2`. `bits` as for `zlib.decompressobj`.

    Of broken data it gives what stands before the break, and raises with the next call.
    """

    def __init__(self, bits: int = -15) -> None:
        self._engine = zlib.decompressobj(bits)
        self._rest = b""
        self._broke: zlib.error | None = None
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was reached."""
        return self._engine.eof

    @property
    def unused_data(self) -> bytes:
        """What stands behind the end of the stream."""
        return self._engine.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return up to `max_length` bytes."""
        if self._broke is not None:
            raise self._broke
        data = self._rest + data
        before = self._engine.copy()
        try:
            out = self._engine.decompress(data, max_length)
        except zlib.error as error:
            self._broke = error
            self.needs_input = False
            return inflate_damaged(before, data, max_length)
        self._rest = self._engine.unconsumed_tail
        self.needs_input = len(out) < max_length and not self._rest
        return out


class Slice:
    """A stretch of a file; ends early where the file does."""

    def __init__(self, file: BinaryIO, offset: int, size: int) -> None:
        self._file = file
        self._at = offset
        self._left = size

    def read(self, most: int) -> bytes:
        """Return up to `most` bytes."""
        most = min(most, self._left)
        if most <= 0:
            return b""
        self._file.seek(self._at)
        data = self._file.read(most)
        self._at += len(data)
        self._left -= len(data)
        return data


class Limited:
    """The first `size` bytes of a stream: where a decoder's own end mark is missing."""

    def __init__(self, source: Stream, size: int) -> None:
        self._source = source
        self._left = size

    def read(self, most: int) -> bytes:
        """Return up to `most` bytes."""
        data = self._source.read(min(most, self._left)) if self._left > 0 else b""
        self._left -= len(data)
        return data


class Decoded:
    """What an engine makes of a stream."""

    def __init__(self, source: Stream, engine: Engine) -> None:
        self._source = source
        self._engine = engine

    def read(self, most: int) -> bytes:
        """Return up to `most` bytes.

        Raises:
            EOFError: the stream ends before its end mark.
        """
        engine = self._engine
        while not engine.eof and most > 0:
            waiting = b""
            if engine.needs_input:
                waiting = self._source.read(_STEP)
                if not waiting:
                    raise EOFError
            data = engine.decompress(waiting, most)
            if data:
                return data
        return b""


class _Chunks:
    """Dresses plain bytes up as LZMA2 chunks that are not compressed.

    So the filters of liblzma can stand behind any decoder, and see where the data ends;
    they hold back the last bytes until they do.
    """

    def __init__(self, source: Stream) -> None:
        self._source = source
        self._control = b"\x01"  # resets the dictionary; the chunks behind it keep it

    def read(self, _most: int) -> bytes:
        data = self._source.read(_STEP)
        if not data:
            return b"\x00"
        control, self._control = self._control, b"\x02"
        return control + struct.pack(">H", len(data) - 1) + data


def filtered(source: Stream, kind: int, **options: int) -> Stream:
    """Undo a filter of liblzma (`lzma.FILTER_X86`, `lzma.FILTER_DELTA` …)."""
    filters: list[dict[str, int]] = [
        {"id": kind, **options},
        {"id": lzma.FILTER_LZMA2, "dict_size": _STEP},
    ]
    return Decoded(_Chunks(source), lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters))


def lzma1(source: Stream, properties: bytes, size: int) -> Stream:
    """Return the first `size` bytes of raw LZMA with the five bytes of its properties."""
    code, dictionary = struct.unpack("<BI", properties[:5])
    filters = {
        "id": lzma.FILTER_LZMA1,
        "dict_size": _dictionary(dictionary, size),
        "lc": code % 9,
        "lp": code // 9 % 5,
        "pb": code // 45,
    }
    engine = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[filters])
    return Limited(Decoded(source, engine), size)


def lzma2(source: Stream, properties: bytes, size: int) -> Stream:
    """Return the first `size` bytes of LZMA2 with the one byte of its properties."""
    bits = properties[0]
    dictionary = (2 | bits & 1) << (bits // 2 + 11) if bits < 40 else 0xFFFFFFFF
    filters = {"id": lzma.FILTER_LZMA2, "dict_size": _dictionary(dictionary, size)}
    engine = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[filters])
    return Limited(Decoded(source, engine), size)


def inflated(source: Stream) -> Stream:
    """Undo Deflate."""
    return Decoded(source, Inflate())


def bunzipped(source: Stream) -> Stream:
    """Undo bzip2."""
    return Decoded(source, bz2.BZ2Decompressor())


def _dictionary(stated: int, size: int) -> int:
    """Return how much dictionary is needed: never more than there is to unpack."""
    needed = max(min(stated, size), 1 << 12)
    if needed > MOST_DICTIONARY:
        raise DictionaryTooLarge
    return needed


def pieces(stream: Stream, size: int) -> Iterator[bytes]:
    """Yield the next `size` bytes of a stream, or what there is before it breaks."""
    while size > 0:
        try:
            piece = stream.read(min(size, _PIECE))
        except BROKEN:
            return
        if not piece:
            return
        size -= len(piece)
        yield piece
