"""What the store knows of the folders under a root, handed out in the order of a walk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from markscan.store.paths import end_of
from markscan.store.schema import FILE, FOLDER

_BATCH = 1000
GONE = b""  # the seal of a folder that is there no more

_FOLDERS = FOLDER.c.id, FOLDER.c.path, FOLDER.c.seal, FOLDER.c.scanner, FOLDER.c.day
_PLACE = select(*_FOLDERS, FOLDER.c.quiet, FOLDER.c.loud, FOLDER.c.wake)
_FILES = (FILE.c.id, FILE.c.name, FILE.c.size, FILE.c.mtime, FILE.c.inode, FILE.c.scanner)
_KNOWN = select(*_FILES, FILE.c.day, FILE.c.wake, FILE.c.again, FILE.c.format, FILE.c.outcome)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder as it was known when the run began."""

    id: int
    path: bytes
    seal: bytes | None
    scanner: int | None
    day: int | None
    quiet: int
    loud: int
    wake: int | None


def holds_on(day: int, judged: int | None, wake: int | None) -> bool:
    """Tell whether what was judged on one day is what would be judged on `day`, by ordinals.

    Args:
        judged: when that was; None where no day changes it.
        wake: the first day after it on which it may not hold; None: the next one.
    """
    if judged is None:
        return True
    return judged <= day < (wake if wake is not None else judged + 1)


class Known:
    """The folders stored under one root, read in batches: memory does not grow with them."""

    def __init__(self, connection: Connection, root: bytes) -> None:
        self.root = root
        self._connection = connection
        self._end = end_of(root)
        self._rows = self._read()
        self._next = next(self._rows, None)

    def before(self, path: bytes) -> Iterator[Place]:
        """Yield the folders that come before `path` and were not asked for."""
        while self._next is not None and self._next.path < path:
            passed, self._next = self._next, next(self._rows, None)
            yield passed

    def take(self, path: bytes) -> Place | None:
        """Return the folder `path`, if it is known; all before it must have been passed."""
        if self._next is None or self._next.path != path:
            return None
        found, self._next = self._next, next(self._rows, None)
        return found

    def rest(self) -> Iterator[Place]:
        """Yield the folders that are left."""
        return self.before(self._end)

    def _read(self) -> Iterator[Place]:
        least = FOLDER.c.path >= self.root
        while True:
            query = _PLACE.where(least, FOLDER.c.path < self._end)
            rows = self._connection.execute(query.order_by(FOLDER.c.path).limit(_BATCH)).all()
            for row in rows:
                yield Place(*row)
            if len(rows) < _BATCH:
                return
            least = FOLDER.c.path > rows[-1][1]


def place_of(connection: Connection, path: bytes) -> Place | None:
    """Return the folder `path` as it is known."""
    row = connection.execute(_PLACE.where(FOLDER.c.path == path)).first()
    return Place(*row) if row is not None else None


def files_of(connection: Connection, folder: int) -> dict[bytes, Row[Any]]:
    """Return the files of a folder as they are known to be now, by name."""
    query = _KNOWN.where(FILE.c.folder == folder, FILE.c.to_run.is_(None))
    rows: list[Row[Any]] = list(connection.execute(query))
    return {row.name: row for row in rows}
