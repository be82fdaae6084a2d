"""S3: buckets of object stores, through s3fs, an implementation of fsspec.

Who logs in and where, s3fs finds out itself: in the AWS_ variables of the environment, and the
files that they name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from markscan.errors import AccessDenied, UnreadError, VanishedFile
from markscan.remote.accounts import Account
from markscan.remote.share import Broken, Entry, Refused, Share
from markscan.shares import Shares


def connect(account: Account, shares: Shares, seconds: float) -> Share:
    """Return a connection to the bucket that is the host of `account`."""
    import fsspec

    return Objects(fsspec.filesystem("s3", skip_instance_cache=True), account.host)


class Objects:
    """A bucket as a file system of fsspec tells of it. Paths begin with the bucket there."""

    def __init__(self, files: Any, bucket: str) -> None:
        self._files = files
        self._bucket = bucket

    def look(self, path: str) -> Entry:
        """Return what lies at `path`."""
        with _faults("permission"):
            return _entry(self._files.info(self._bucket + path.rstrip("/")))

    def entries(self, path: str) -> list[Entry]:
        """Return what lies right under a prefix."""
        place = self._bucket + path.rstrip("/")
        with _faults("folder-denied"):
            self._files.invalidate_cache(place)
            told = self._files.ls(place, detail=True)
        # An empty object may stand for the folder itself.
        return [_entry(each) for each in told if each["name"].strip("/") != place.strip("/")]

    def target(self, path: str) -> str | None:
        """Return None: there are no links."""
        return None

    def open(self, path: str) -> _ObjectHandle:
        """Look the object up; each read is a request of its own."""
        place = self._bucket + path
        with _faults("permission"):
            told = _entry(self._files.info(place))
        return _ObjectHandle(self._files, place, told)

    def close(self) -> None:
        """Nothing is held open."""


class _ObjectHandle:
    """An object."""

    def __init__(self, files: Any, place: str, told: Entry) -> None:
        self._files = files
        self._place = place
        self.size = told.size
        self.mtime = told.mtime

    def read(self, offset: int, most: int) -> bytes:
        """Return what lies at `offset`."""
        end = min(offset + most, self.size)
        with _faults("permission"):
            return bytes(self._files.cat_file(self._place, start=offset, end=end))

    def close(self) -> None:
        """Nothing is held open."""


def _entry(told: dict[str, Any]) -> Entry:
    time = told.get("LastModified") or told.get("mtime") or told.get("created")
    return Entry(
        told["name"].rstrip("/").rpartition("/")[2],
        "folder" if told["type"] == "directory" else "file",
        told.get("size") or 0,
        _nanoseconds(time),
        0,
    )


def _nanoseconds(time: datetime | float | None) -> int:
    """Return nanoseconds since 1970, to the microsecond; 0 for no time."""
    if isinstance(time, datetime):
        told = time if time.tzinfo is not None else time.replace(tzinfo=UTC)
        time = told.timestamp()
    return round((time or 0) * 1_000_000) * 1000


@contextmanager
def _faults(denied: str) -> Iterator[None]:
    """Say in our words what fsspec raises; `denied` is the reason where access is."""
    try:
        yield
    except PermissionError:
        raise AccessDenied(denied) from None
    except FileNotFoundError:
        raise VanishedFile("vanished") from None
    except OSError as error:
        if error.errno is None:
            raise Broken from None
        raise UnreadError("system", error=error.strerror or type(error).__name__) from None
    except _of_client("ConnectionError", "HTTPClientError"):
        raise Broken from None
    except _of_client("BotoCoreError"):
        raise Refused(AccessDenied("remote.login")) from None


def _of_client(*names: str) -> tuple[type[Exception], ...]:
    """Return errors of the S3 client itself, which are no OSError; none before it is in use."""
    client = sys.modules.get("botocore.exceptions")
    return tuple(getattr(client, name) for name in names) if client is not None else ()
