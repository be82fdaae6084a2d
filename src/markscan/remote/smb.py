"""SMB: shares of Windows and Samba, through smbprotocol (MS-SMB2).

`fsspec` speaks SMB through the same library, but asks the server three times for each file of
a folder, and opens files so that nobody else may use them meanwhile; so it is not used here.
"""

from __future__ import annotations

import logging
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

# A server that says nothing for so many seconds is asked for a sign of life, and after as
# many again is given up. The library reads this once a connection; its own value is 600.
os.environ.setdefault("SMB_EXPERIMENTAL_TRANSPORT_RECEIVE_TIMEOUT", "30")

import smbclient
from smbprotocol.exceptions import (
    SMBAuthenticationError,
    SMBException,
    SMBOSError,
    SMBResponseException,
)

from markscan.errors import AccessDenied, UnreadError, VanishedFile
from markscan.remote.accounts import Account
from markscan.remote.share import Broken, Entry, Refused, Share
from markscan.remote.smb_folder import entries_of
from markscan.shares import Shares

_PORT = 445
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FOLDER = 0x10  # attribute, MS-FSCC 2.6

# Statuses of MS-ERREF 2.3.1, by what they mean here.
_DENIED = frozenset({0xC0000022, 0xC00000CA, 0xC0000061})
_IN_USE = frozenset({0xC0000043, 0xC0000054})
_GONE = frozenset(
    {0xC000000F, 0xC0000033, 0xC0000034, 0xC000003A, 0xC0000056, 0xC00000CC, 0xC0000225}
)
_LOGIN = frozenset(
    {
        *(0xC000006A, 0xC000006D, 0xC000006E, 0xC000006F, 0xC0000070, 0xC0000071, 0xC0000072),
        *(0xC000015B, 0xC0000224, 0xC0000234, 0xC0000064, 0xC0000193),
    }
)
_BROKEN = frozenset(
    {0xC00000B5, 0xC00000C9, 0xC00000D0, 0xC0000128, 0xC0000203, 0xC0000205}
    | {0xC000020C, 0xC000020D, 0xC000035C}
)


def connect(account: Account, shares: Shares, seconds: float) -> Share:
    """Return a connection to the server of `account`; `Connect` says what is raised."""
    return _Smb(account, seconds)


class _Smb:
    """A connection to one server, with a pool of its own."""

    def __init__(self, account: Account, seconds: float) -> None:
        domain, _, name = account.user.rpartition(";")
        user = f"{domain}\\{name}" if domain else name
        self._host = account.host
        self._pool: dict[str, Any] = {}
        self._how: dict[str, Any] = {
            "username": user or None,
            "password": account.password or None,
            "port": account.port or _PORT,
            "connection_timeout": seconds,
            "connection_cache": self._pool,
        }
        for name in ("smbprotocol", "smbclient", "spnego"):  # faults are told by outcomes
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        with _faults("permission"):
            smbclient.register_session(self._host, **self._how)

    def look(self, path: str) -> Entry:
        """Return what lies at `path`."""
        with _faults("permission"):
            told = smbclient.stat(self._unc(path), **self._how)
        folder = told.st_file_attributes & _FOLDER
        return Entry(
            path.rpartition("/")[2],
            "folder" if folder else "file",
            told.st_size,
            told.st_mtime_ns // 1000 * 1000,  # as listings tell it
            told.st_ino,
        )

    def entries(self, path: str) -> list[Entry]:
        """Return what lies in a folder: one question for some hundred files."""
        with _faults("folder-denied"):
            return entries_of(self._unc(path), self._how)

    def target(self, path: str) -> str | None:
        """Return None: where a link leads on a server is the server's to know."""
        return None

    def open(self, path: str) -> _SmbHandle:
        """Open a file for reading; others may read, write and delete it meanwhile."""
        with _faults("permission"):
            raw = smbclient.open_file(
                self._unc(path), "rb", buffering=0, share_access="rwd", **self._how
            )
        return _SmbHandle(raw)

    def close(self) -> None:
        """Drop the connection without a word to the server, which may be gone."""
        for connection in self._pool.values():
            with suppress(OSError, SMBException):
                connection.disconnect(close=False)
        self._pool.clear()

    def _unc(self, path: str) -> str:
        return f"\\\\{self._host}" + path.replace("/", "\\")


class _SmbHandle:
    """An open file."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.size = int(raw.fd.end_of_file)
        self.mtime = _nanoseconds(raw.fd.last_write_time)

    def read(self, offset: int, most: int) -> bytes:
        """Return what lies at `offset`, as much as the server gives at once."""
        buffer = bytearray(most)
        with _faults("permission", self._raw):
            self._raw.seek(offset)
            count = self._raw.readinto(buffer)
        del buffer[count:]
        return bytes(buffer)

    def close(self) -> None:
        """Close the file."""
        with _faults("permission", self._raw):
            self._raw.close()


def _nanoseconds(time: datetime) -> int:
    """Return nanoseconds since 1970; to the microsecond, which is what the library tells."""
    told = time if time.tzinfo is not None else time.replace(tzinfo=UTC)
    return (told - _EPOCH) // _MICROSECOND * 1000


@contextmanager
def _faults(denied: str, raw: Any = None) -> Iterator[None]:
    """Say in our words what the library raises; `denied` is the reason where access is.

    `raw` is a file that goes with a broken connection: nobody can close it any more.
    """
    try:
        yield
    except SMBOSError as error:
        raise _meaning(error.ntstatus, denied) from None
    except SMBResponseException as error:
        raise _meaning(error.status, denied) from None
    except SMBAuthenticationError:
        raise Refused(AccessDenied("remote.login")) from None
    except (UnicodeError, struct.error):
        raise UnreadError("remote.names") from None
    except (SMBException, OSError, ValueError):  # ValueError: it cannot connect
        if raw is not None:
            raw.fd._connected = False  # or it warns, when it is forgotten, of being open
        raise Broken from None


def _meaning(status: int, denied: str) -> Exception:
    if status in _DENIED:
        return AccessDenied(denied)
    if status in _IN_USE:
        return AccessDenied("remote.in-use")
    if status in _GONE:
        return VanishedFile("vanished")
    if status in _LOGIN:
        return Refused(AccessDenied("remote.login"))
    if status in _BROKEN:
        return Broken()
    return UnreadError("system", error=f"SMB {status:#010x}")
