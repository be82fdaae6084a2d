"""A file to scan, on disk or inside another file. Reads, never writes."""

from __future__ import annotations

import io
import os
import stat
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol

from markscan.errors import AccessDenied, UnreadError, UnsupportedFormat, VanishedFile

# Reading leaves the time of last access as it was, where the system knows how.
_QUIET = getattr(os, "O_NOATIME", 0)
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


class Elsewhere(Protocol):
    """Where a file lies that is on no disk of this machine: on a share, over the network.

    `size` in bytes and `mtime` in nanoseconds are what its folder told; 0 if it told nothing.
    """

    @property
    def name(self) -> str:
        """The name of the file, without folder."""

    @property
    def size(self) -> int:
        """Its size."""

    @property
    def mtime(self) -> int:
        """When it was last written."""

    def as_posix(self) -> str:
        """Return the URL, without anything secret."""

    def open(self) -> BinaryIO:
        """Open the file for reading. Raises `UnreadError`; so does reading."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to scan.

    A file on disk has no `content`; a file found inside another one (an archive
    member, an attachment) carries its bytes with it.
    """

    path: Path | Elsewhere
    members: tuple[str, ...] = ()
    content: bytes | None = None

    @property
    def locator(self) -> str:
        """The path with forward slashes, then each member: `a.zip!b/c.docx`."""
        return "!".join([self.path.as_posix(), *self.members])

    @property
    def name(self) -> str:
        """The file's own name, without folder or archive."""
        return self.members[-1].rsplit("/", 1)[-1] if self.members else self.path.name

    def member(self, name: str, content: bytes) -> Source:
        """Return the file called `name` inside this one."""
        return Source(self.path, (*self.members, name), content)

    def open(self) -> BinaryIO:
        """Open the file for reading.

        Raises:
            AccessDenied, VanishedFile: the system says so.
            UnsupportedFormat: it is no regular file (a pipe, a device, a folder).
            UnreadError: any other fault of the system.
        """
        if self.content is not None:
            return io.BytesIO(self.content)
        if not isinstance(self.path, Path):
            return self.path.open()
        try:
            return _open_quietly(self.path)
        except PermissionError:
            raise AccessDenied("permission") from None
        except FileNotFoundError:
            raise VanishedFile("vanished") from None
        except OSError as error:
            raise UnreadError("system", error=error.strerror or type(error).__name__) from error

    def read(self, most: int = -1) -> bytes:
        """Return the first `most` bytes, or all. Raises what `open` raises."""
        if self.content is not None:
            return self.content if most < 0 else self.content[:most]
        with self.open() as file:
            try:
                return file.read(most)
            except OSError as error:
                raise UnreadError("system", error=error.strerror or "read") from error

    def size(self) -> int:
        """Return the size in bytes. Raises what `open` raises."""
        if self.content is not None:
            return len(self.content)
        with self.open() as file:
            if not isinstance(self.path, Path):
                return file.seek(0, os.SEEK_END)
            return os.fstat(file.fileno()).st_size

    def told_size(self) -> int:
        """Return the size in bytes as system or share tells it unopened; 0 if it does not."""
        if self.content is not None:
            return len(self.content)
        if not isinstance(self.path, Path):
            return self.path.size
        try:
            return os.stat(self.path).st_size  # noqa: PTH116 -- twice as fast as Path.stat
        except (OSError, ValueError):
            return 0

    def changed(self) -> date | None:
        """Return the day on which the file on disk was last written or put where it lies.

        The later of the time of change and that of creation or of the entry (st_ctime): a copy
        keeps the first, not the second. None where the system does not tell, and for a file
        inside another one.
        """
        if self.members:
            return None
        try:
            if not isinstance(self.path, Path):
                told_at = self.path.mtime // 1_000_000_000
                return date.fromtimestamp(told_at) if told_at else None
            told = self.path.stat()
            return date.fromtimestamp(max(told.st_mtime, told.st_ctime))
        except (OSError, OverflowError, ValueError):
            return None


def _open_quietly(path: Path) -> BinaryIO:
    try:
        handle = os.open(path, _FLAGS | _QUIET)
    except PermissionError:
        # O_NOATIME is for the owner of the file only; the second try is without it.
        handle = os.open(path, _FLAGS)
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise UnsupportedFormat("folder" if stat.S_ISDIR(mode) else "special-file")
    return os.fdopen(handle, "rb")
