"""A file on a share: read from front to back in large pieces, on over a broken connection."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from markscan import walk
from markscan.errors import Disconnected, UnreadError
from markscan.remote.link import Link
from markscan.remote.reach import link_to
from markscan.remote.seekable import Seekable
from markscan.remote.share import Broken, Handle, Share
from markscan.source import Source
from markscan.walk import Stat

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BASE = re.compile(r"[a-z0-9]+://[^/]*")
_PIECE = 1 << 20  # bytes asked for at once: large, and done in time on a slow line


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """Where a file lies on a share. `folder` is a URL without a slash at its end.

    `size` in bytes and `mtime` in nanoseconds are those of its listing.
    """

    folder: str
    name: str
    size: int = 0
    mtime: int = 0

    def as_posix(self) -> str:
        """Return the URL, without user and password."""
        return f"{self.folder}/{self.name}"

    def __str__(self) -> str:
        """Return the URL."""
        return self.as_posix()

    def open(self) -> BinaryIO:
        """Open the file over the connection of this process.

        Raises:
            UnreadError: the server says no, or is silent. So does reading.
        """
        base = _BASE.match(self.folder)
        assert base is not None, "a listing of a share has a URL"
        raw = _Raw(link_to(base[0]), self.as_posix()[base.end() :])
        return cast(BinaryIO, io.BufferedReader(raw, _PIECE))


class _Raw(Seekable):
    """The bytes of one file. A new connection opens it anew, if it is still the same."""

    def __init__(self, link: Link, path: str) -> None:
        super().__init__()
        self._link = link
        self._path = path
        self._share: Share | None = None
        self._handle: Handle | None = None
        self._size = self._mtime = 0
        link.call(self._opened)

    def length(self) -> int:
        """Return the number of bytes."""
        return self._size

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read the next bytes into `buffer`; return how many, 0 at the end."""
        room = memoryview(buffer).cast("B")
        most = min(len(room), _PIECE, self._size - self._at)
        if most <= 0:
            return 0
        data = self._link.call(lambda share: self._opened(share).read(self._at, most))
        room[: len(data)] = data
        self._at += len(data)
        return len(data)

    def readall(self) -> bytes:
        """Return all that is left; without this, it would be asked for in pieces of 8 KiB."""
        pieces = []
        while piece := self.read(_PIECE):
            pieces.append(piece)
        return b"".join(pieces)

    def close(self) -> None:
        """Close the file; a connection that is gone has closed it already."""
        if not self.closed:
            handle, self._handle = self._handle, None
            if handle is not None:
                with suppress(Broken, UnreadError):
                    handle.close()
        super().close()

    def _opened(self, share: Share) -> Handle:
        """Return the file as it is open on `share`."""
        if self._handle is not None and self._share is share:
            return self._handle
        again = self._share is not None
        handle = share.open(self._path)
        if again and (handle.size, handle.mtime) != (self._size, self._mtime):
            handle.close()
            raise Disconnected("remote.changed")
        self._share, self._handle = share, handle
        self._size, self._mtime = handle.size, handle.mtime
        return handle


def source_in(folder: str, stat: Stat) -> Source:
    """Return the file of `stat`, in the folder of a listing: on disk, or a URL."""
    if _BASE.match(folder) is None:
        return walk.source_in(folder, stat.name)
    return Source(RemoteFile(folder.rstrip("/"), stat.name, stat.size, stat.mtime))
