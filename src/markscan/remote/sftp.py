"""SFTP: folders of SSH servers, through paramiko (LGPL-2.1, so it is installed on demand only).

The key of the server must be known: a server that is not, or that shows another key, gets
neither password nor request. `fsspec` would trust any server it meets.
"""

from __future__ import annotations

import errno
import logging
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import paramiko
from paramiko.sftp import CMD_CLOSE, CMD_HANDLE, CMD_NAME, CMD_OPENDIR, CMD_READDIR, SFTPError

from markscan.errors import AccessDenied, UnreadError, VanishedFile
from markscan.remote.accounts import Account
from markscan.remote.share import Broken, Entry, Kind, Refused, Share
from markscan.shares import Shares

_PORT = 22
_SILENCE = 60.0  # seconds without an answer before a connection is given up
_SECOND = 1_000_000_000


def connect(account: Account, shares: Shares, seconds: float) -> Share:
    """Return a connection to the server of `account`; `Connect` says what is raised."""
    logging.getLogger("paramiko").setLevel(logging.CRITICAL + 1)  # faults are told by outcomes
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(_Unknown())
    with suppress(OSError, paramiko.SSHException):  # a list that cannot be read knows nobody
        known = shares.known_hosts
        client.load_system_host_keys(str(known) if known is not None else None)
    try:
        client.connect(
            account.host.strip("[]"),
            account.port or _PORT,
            account.user or None,
            account.password or None,
            key_filename=str(shares.key_file) if shares.key_file is not None else None,
            timeout=seconds,
            banner_timeout=seconds,
            auth_timeout=seconds,
            channel_timeout=seconds,
        )
        return _Sftp(client)
    except Refused:
        client.close()
        raise
    except paramiko.AuthenticationException:
        client.close()
        raise Refused(AccessDenied("remote.login")) from None
    except paramiko.BadHostKeyException:
        client.close()
        raise Refused(AccessDenied("remote.host-key")) from None
    except (paramiko.SSHException, EOFError, OSError):
        client.close()
        raise Broken from None


class _Unknown(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]  # it has no types
    """Turns away servers whose key is not known."""

    def missing_host_key(
        self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey
    ) -> None:
        """Refuse."""
        raise Refused(AccessDenied("remote.host-key"))


class _Sftp:
    """A connection to one server."""

    def __init__(self, client: paramiko.SSHClient) -> None:
        self._client = client
        self._files = client.open_sftp()
        channel = self._files.get_channel()
        if channel is not None:
            channel.settimeout(_SILENCE)

    def look(self, path: str) -> Entry:
        """Return what lies at `path`."""
        with _faults("permission"):
            return _entry(path.rpartition("/")[2], self._files.stat(_sent(path)))

    def entries(self, path: str) -> list[Entry]:
        """Return what lies in a folder.

        Names are bytes here: paramiko's own listing fails as a whole at a name in GBK.
        """
        found: list[Entry] = []
        with _faults("folder-denied"):
            kind, told = self._files._request(CMD_OPENDIR, _sent(path))
            if kind != CMD_HANDLE:
                raise SFTPError("no handle")
            handle = told.get_binary()
            while True:
                try:
                    kind, told = self._files._request(CMD_READDIR, handle)
                except EOFError:
                    break
                if kind != CMD_NAME:
                    raise SFTPError("no names")
                for _ in range(told.get_int()):
                    name = told.get_string().decode("utf-8", "surrogateescape")
                    told.get_string()  # the line of `ls -l`
                    attributes = paramiko.SFTPAttributes._from_msg(told)
                    if name not in (".", ".."):
                        found.append(_entry(name, attributes))
            self._files._request(CMD_CLOSE, handle)
        return found

    def target(self, path: str) -> str | None:
        """Return where a link leads."""
        with _faults("permission"):
            self._files.stat(_sent(path))  # whether anything is there
            return str(self._files.normalize(_sent(path)))

    def open(self, path: str) -> _SftpHandle:
        """Open a file for reading."""
        with _faults("permission"):
            file = self._files.open(_sent(path), "rb")
            return _SftpHandle(file, file.stat())

    def close(self) -> None:
        """Drop the connection."""
        with suppress(EOFError, OSError, paramiko.SSHException):
            self._client.close()


class _SftpHandle:
    """An open file."""

    def __init__(self, file: paramiko.SFTPFile, told: paramiko.SFTPAttributes) -> None:
        self._file = file
        self.size = told.st_size or 0
        self.mtime = (told.st_mtime or 0) * _SECOND

    def read(self, offset: int, most: int) -> bytes:
        """Return what lies at `offset`: asked for in many small requests at once."""
        with _faults("permission"):
            return b"".join(self._file.readv([(offset, min(most, self.size - offset))]))

    def close(self) -> None:
        """Close the file."""
        with _faults("permission"):
            self._file.close()


def _sent(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")


def _entry(name: str, told: paramiko.SFTPAttributes) -> Entry:
    mode = told.st_mode or 0
    kind: Kind = "special"
    if stat.S_ISLNK(mode):
        kind = "link"
    elif stat.S_ISDIR(mode):
        kind = "folder"
    elif stat.S_ISREG(mode) or not mode:
        kind = "file"
    return Entry(name, kind, told.st_size or 0, (told.st_mtime or 0) * _SECOND, 0)


@contextmanager
def _faults(denied: str) -> Iterator[None]:
    """Say in our words what paramiko raises; `denied` is the reason where access is."""
    try:
        yield
    except SFTPError:
        raise UnreadError("system", error="SFTP") from None
    except (EOFError, paramiko.SSHException, TimeoutError, ConnectionError):
        raise Broken from None
    except PermissionError:
        raise AccessDenied(denied) from None
    except FileNotFoundError:
        raise VanishedFile("vanished") from None
    except OSError as error:
        if error.errno == errno.EACCES:
            raise AccessDenied(denied) from None
        if error.errno == errno.ENOENT:
            raise VanishedFile("vanished") from None
        if str(error) == "Socket is closed":
            raise Broken from None
        raise UnreadError("system", error="SFTP") from None
