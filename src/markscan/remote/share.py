"""What a protocol must do so that its shares can be scanned, and how it says what went wrong.

What concerns one file or folder is raised as an `UnreadError`; what concerns the connection
as `Broken`, for `link` to try again; a login that was refused as `Refused`, never tried again,
because servers lock accounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from markscan.errors import UnreadError
from markscan.remote.accounts import Account
from markscan.shares import Shares

Kind = Literal["file", "folder", "link", "special"]


class Broken(Exception):
    """The connection is gone, or cannot be made. Says nothing more."""


class Refused(Exception):
    """The server does not let us in, or is not the one we know; `error` says which."""

    def __init__(self, error: UnreadError) -> None:
        super().__init__(error.reason)
        self.error = error


class Entry(NamedTuple):
    """What lies in a folder. `size` in bytes, `mtime` in nanoseconds, `inode` 0 if unknown."""

    name: str
    kind: Kind
    size: int
    mtime: int
    inode: int


class Handle(Protocol):
    """A file that is open for reading on a share."""

    size: int
    mtime: int

    def read(self, offset: int, most: int) -> bytes:
        """Return at most `most` bytes from `offset` on; empty only behind the end."""

    def close(self) -> None:
        """Close the file. May raise what `read` raises."""


class Share(Protocol):
    """A connection to one server. Paths begin with a slash."""

    def look(self, path: str) -> Entry:
        """Return what lies at `path`; a link there is followed."""

    def entries(self, path: str) -> list[Entry]:
        """Return what lies in the folder `path`, in any order; links as such."""

    def target(self, path: str) -> str | None:
        """Return where the link at `path` leads, without links; None where nobody tells."""

    def open(self, path: str) -> Handle:
        """Open the file at `path`, so that others can still read, write and delete it."""

    def close(self) -> None:
        """Drop the connection. Never raises."""


class Connect(Protocol):
    """Connects to a server; the function `connect` of each module of a protocol."""

    def __call__(self, account: Account, shares: Shares, seconds: float) -> Share:
        """Return a connection made within `seconds`. Raises `Broken` and `Refused`."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A protocol: the module that speaks it, the library it needs, the extra that brings it."""

    module: str
    library: str
    extra: str


PROTOCOLS = {
    "smb": Spoken("markscan.remote.smb", "smbclient", "remote"),
    "sftp": Spoken("markscan.remote.sftp", "paramiko", "sftp"),
    "s3": Spoken("markscan.remote.objects", "s3fs", "s3"),
}
