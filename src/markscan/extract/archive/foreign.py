"""What only libarchive can unpack, where that system library is installed.

It is handed to us through `libarchive` (libarchive-c, which binds it by ctypes), reads from
memory or through callbacks and writes nothing. Its directory is not used where we read our
own: we say what to unpack and how long it may become.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, BinaryIO

from markscan.extract.archive.coders import BROKEN, Stream

try:
    import libarchive
    from libarchive.exception import ArchiveError
except (ImportError, OSError, AttributeError, TypeError):  # the last three: no such library
    _library: ModuleType | None = None
else:
    _library = libarchive
    # It logs what libarchive says, and that may name what is inside.
    logging.getLogger("libarchive").setLevel(logging.CRITICAL + 1)

_BLOCK = 1 << 16
_FATAL = -30
Feed = BinaryIO | Stream
_PASSWORD = re.compile("passphrase|encrypt|password", re.I)


class ForeignError(ValueError):
    """libarchive cannot read on. `is_locked` where it asks for a password."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.is_locked = bool(_PASSWORD.search(str(error)))


def installed() -> bool:
    """Tell whether libarchive can be used."""
    return _library is not None


class Guarded:
    """A stream that ends where it breaks; `broke` tells why."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.broke: ForeignError | None = None

    def read(self, most: int) -> bytes:
        """Return up to `most` bytes."""
        try:
            return self._stream.read(most)
        except ForeignError as error:
            self.broke = error
            return b""


class ForeignEntry:
    """An entry of an archive; its data can be read until the next is asked for."""

    def __init__(self, entry: Any) -> None:
        self._entry = entry
        self._blocks: Iterator[bytes] = entry.get_blocks(_BLOCK)
        self._rest = b""

    @property
    def name(self) -> str | bytes:
        """The name; bytes where its encoding is not known."""
        return self._entry.pathname or ""

    @property
    def size(self) -> int | None:
        """The bytes that it declares."""
        size = self._entry.size
        return size if isinstance(size, int) else None

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return bool(self._entry.isdir)

    @property
    def is_file(self) -> bool:
        """Whether it has content; links and devices have none."""
        return bool(self._entry.isreg) and not self._entry.islnk

    @property
    def target(self) -> str:
        """Where a link leads."""
        target = self._entry.linkpath if self._entry.issym or self._entry.islnk else ""
        return target.decode("utf-8", "replace") if isinstance(target, bytes) else target or ""

    def read(self, most: int) -> bytes:
        """Return up to `most` bytes of its data. Raises ForeignError."""
        if not self._rest:
            try:
                self._rest = next(self._blocks, b"")
            except ArchiveError as error:
                raise ForeignError(error) from error
        data, self._rest = self._rest[:most], self._rest[most:]
        return data


@contextmanager
def opened(file: Feed, kind: str, packing: str = "none") -> Iterator[Iterator[ForeignEntry]]:
    """Open an archive; gives its entries.

    Args:
        file: it, at its start; a stream where the format needs no seeking.
        kind: a format of libarchive: "rar", "cab" …; "raw" for a stream that is none.
        packing: a filter of libarchive.

    Raises:
        ForeignError: it cannot be opened. Iterating raises it too.
    """
    if _library is None:
        raise ForeignError(OSError())
    try:
        with _library.stream_reader(_Feed(file), kind, packing, _BLOCK) as reader:
            yield _entries(iter(reader))
    except (ArchiveError, ValueError) as error:
        # ValueError: the library was built without this format.
        raise error if isinstance(error, ForeignError) else ForeignError(error) from error


def _entries(entries: Iterator[Any]) -> Iterator[ForeignEntry]:
    while True:
        try:
            entry = next(entries, None)
        except ArchiveError as error:
            raise ForeignError(error) from error
        if entry is None:
            return
        yield ForeignEntry(entry)


class _Feed:
    """A file as the callbacks need it: what goes wrong is a number, never an exception."""

    def __init__(self, file: Feed) -> None:
        self._file = file
        self._at = 0

    def seekable(self) -> bool:
        return isinstance(self._file, io.IOBase)

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._file.read(len(buffer))
        except BROKEN:
            return _FATAL
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int) -> None:
        try:
            self._at = self._file.seek(offset, whence) if isinstance(self._file, io.IOBase) else -1
        except BROKEN:
            self._at = _FATAL

    def tell(self) -> int:
        return self._at
