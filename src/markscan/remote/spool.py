"""A large file of a share, kept on disk while it is examined, so that the network carries it once.

What lies on disk is encrypted (AES-256 in counter mode, NIST SP 800-38A) with a key that only the
memory of this process holds, in a file that has no name, or on Windows goes with its handle:
however the process ends, nothing is left that anybody could read.
"""

from __future__ import annotations

import errno
import io
import os
import tempfile
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from markscan.remote.seekable import Seekable
from markscan.source import Elsewhere

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLOCK = 16  # bytes that the cipher counts by
_PIECE = 1 << 18  # bytes read at once


class Spool:
    """What has been read of a file elsewhere; an `Elsewhere` itself, which is read from disk.

    Args:
        origin: the file, which gives name and times.

    Raises:
        OSError: there is no room for temporary files; so does `add`.
    """

    def __init__(self, origin: Elsewhere) -> None:
        self._origin = origin
        self._key = os.urandom(32)  # of this file alone, so that counting may begin at 0
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 -- `close` closes it
        self._written = self._cipher(0)
        self.size = 0

    @property
    def name(self) -> str:
        """The name of the file, without folder."""
        return self._origin.name

    @property
    def mtime(self) -> int:
        """When it was last written, in nanoseconds."""
        return self._origin.mtime

    def as_posix(self) -> str:
        """Return the URL of the file."""
        return self._origin.as_posix()

    def __str__(self) -> str:
        """Return the URL."""
        return self.as_posix()

    def add(self, data: bytes) -> None:
        """Put `data` behind what is there. After a failure it is of no use any more."""
        if self._file.write(self._written.update(data)) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.size += len(data)

    def open(self) -> BinaryIO:
        """Open what is there for reading; several readers do not disturb each other."""
        return cast(BinaryIO, io.BufferedReader(_Raw(self), _PIECE))

    def read_at(self, offset: int, most: int) -> bytes:
        """Return at most `most` bytes from `offset` on."""
        beside = offset % _BLOCK
        self._file.seek(offset - beside)
        return bytes(self._cipher(offset).update(self._file.read(beside + most))[beside:])

    def close(self) -> None:
        """Remove what is there."""
        self._file.close()

    def _cipher(self, offset: int) -> Any:
        """Return what ciphers from the block on in which `offset` lies; it deciphers, too."""
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        count = modes.CTR((offset // _BLOCK).to_bytes(_BLOCK, "big"))
        return Cipher(algorithms.AES(self._key), count).encryptor()


class _Raw(Seekable):
    """The bytes of a spool, from front to back or wherever."""

    def __init__(self, spool: Spool) -> None:
        super().__init__()
        self._spool = spool

    def length(self) -> int:
        """Return the number of bytes."""
        return self._spool.size

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read the next bytes into `buffer`; return how many, 0 at the end."""
        room = memoryview(buffer).cast("B")
        data = self._spool.read_at(self._at, len(room))
        room[: len(data)] = data
        self._at += len(data)
        return len(data)
