"""Writes sketches: adds what a scan has read, segment by segment."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from markscan.errors import RegisterError
from markscan.register.keys import Key
from markscan.register.sketches import (
    HEAD,
    Columns,
    Segment,
    begin,
    check,
    chosen,
    live,
    packed_names,
    path_digest,
    paths_of,
    put_segment,
    read_segment,
    reported,
    segments_of,
)
from markscan.wording import REGISTER

TAGS = 1 << 20  # of a segment, about: what a scan that is killed may lose
FILES = 1 << 12  # of a segment, at most
_SECONDS = 60.0  # after which a segment is written, however small

_LOCKED = 1 << 60  # a byte far behind the end, which readers leave alone
_BUSY = {errno.EAGAIN, errno.EACCES, errno.EDEADLK, errno.EWOULDBLOCK}


@dataclass(frozen=True, slots=True)
class Read:
    """A file on disk that was read: its rows as (locator, what `kept` has made), itself first."""

    path: str
    rows: tuple[tuple[str, bytes], ...]


class Writer:
    """Adds to a file of sketches. One process writes it; others may read meanwhile."""

    def __init__(self, path: Path, key: Key) -> None:
        """Open the file `path`, or make it; a half segment at its end is cut off.

        Raises:
            RegisterError: it is of another format or key, somebody else writes it, or it cannot
                be written.
        """
        self.path, self._key = path, key
        self.dropped = 0  # bytes of a segment that an earlier scan did not finish
        with reported(path, "register.unwritten"), contextlib.ExitStack() as unless_it_works:
            self._file = unless_it_works.enter_context(_opened(path))
            self._begin()
            unless_it_works.pop_all()
        self._waiting: list[Read] = []
        self._tags = 0
        self._flushed = time.monotonic()

    def _begin(self) -> None:
        _lock(self._file, self.path)
        size = self._file.seek(0, os.SEEK_END)
        if size == 0:
            self._end = begin(self._file, self._key)
            return
        check(self._file, self.path, self._key)
        segments = list(segments_of(self._file))
        if segments and read_segment(self._file, segments[-1]) is None:
            segments.pop()  # the system went down while it was written
        self._end = segments[-1].end if segments else HEAD
        self.dropped = size - self._end
        self._file.truncate(self._end)

    def __enter__(self) -> Writer:
        """Return the writer, to be closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write what waits and close the file."""
        self.close()

    def add(self, read: Read) -> None:
        """Add a file that was read; it replaces what was kept of the same path.

        Raises:
            RegisterError: the file cannot be written; what was complete before stays.
        """
        self._waiting.append(read)
        self._tags += sum(len(prints) for _, prints in read.rows) // 8
        full = self._tags >= TAGS or len(self._waiting) >= FILES
        if full or time.monotonic() - self._flushed > _SECONDS:
            self._flush()

    def close(self) -> None:
        """Write what waits, write the file anew if most of it is replaced, and close it.

        Raises:
            RegisterError: it cannot be written.
        """
        if self._file.closed:
            return
        try:
            self._flush()
            with reported(self.path, "register.unwritten"):
                os.fsync(self._file.fileno())
            anew = self._renewed()
        finally:
            self._file.close()
        if self._end == HEAD:
            with contextlib.suppress(OSError):
                self.path.unlink()  # nothing was read: nothing is left behind
        elif anew is not None:
            try:
                anew.replace(self.path)
            except OSError:  # somebody reads it: next time
                anew.unlink(missing_ok=True)

    def _flush(self) -> None:
        waiting, self._waiting, self._tags = self._waiting, [], 0
        self._flushed = time.monotonic()
        if not waiting:
            return
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with reported(self.path, "register.unwritten"):
            try:
                self._end += put_segment(self._file, self._end, _columns(waiting), now)
            except OSError:
                with contextlib.suppress(OSError):
                    self._file.truncate(self._end)
                raise

    def _renewed(self) -> Path | None:
        """Write to a file beside this one what is not replaced, if that is less than half.

        What is damaged is left for somebody to look at; a disk without room, for next time.
        """
        segments = list(segments_of(self._file))
        alive = live([paths_of(self._file, segment) for segment in segments])
        left = sum(int(mask.sum()) for mask in alive)
        if 2 * left >= sum(segment.files for segment in segments):
            return None
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(os.open(beside, flags, 0o600), "w+b", 0) as file:
                self._copy(file, list(zip(segments, alive, strict=True)))
                os.fsync(file.fileno())
        except (OSError, ValueError):
            with contextlib.suppress(OSError):
                beside.unlink()
            return None
        return beside

    def _copy(self, file: IO[bytes], alive: Sequence[tuple[Segment, NDArray[np.bool_]]]) -> None:
        """Write the files that are alive in each segment to `file`."""
        end = begin(file, self._key)
        for segment, mask in alive:
            if mask.any():
                found = read_segment(self._file, segment)
                if found is None:
                    raise ValueError("digest")
                end += put_segment(file, end, chosen(found, mask), segment.at)


def _columns(read: Sequence[Read]) -> Columns:
    rows = [row for each in read for row in each.rows]
    prints = [np.frombuffer(kept_of_row, "<u8") for _, kept_of_row in rows]
    return Columns(
        tags=np.concatenate(prints),
        paths=np.array([path_digest(each.path) for each in read], np.uint64),
        counts=np.array([len(each) for each in prints], np.uint32),
        rows=np.array([len(each.rows) for each in read], np.uint32),
        packed=packed_names([locator for locator, _ in rows]),
    )


def _opened(path: Path) -> IO[bytes]:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "r+b", 0)


def _lock(file: IO[bytes], path: Path) -> None:
    """Keep other writers out until `file` is closed, where the system knows how."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_LOCKED)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            raise RegisterError(REGISTER["sketch.busy"].fill(name=path)) from None
