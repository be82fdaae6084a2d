"""Collects what a run changes and writes it in batches, one transaction about each second."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from markscan.store.schema import FILE, FINDING, FOLDER

_UNSEALED = ("seal", "scanner", "day", "wake")
_MANY = 2000  # rows that may wait

_SEAL = (
    update(FOLDER)
    .where(FOLDER.c.id == bindparam("at"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("seal", "scanner", "day", "wake", "quiet", "loud")
        }
    )
)
_SETTLE = (
    update(FILE)
    .where(FILE.c.id == bindparam("at"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                *("size", "mtime", "inode", "scanner", "day", "wake", "level", "again"),
                *("content", "twin"),
            )
        }
    )
)
_ADOPT = update(FILE).where(FILE.c.id == bindparam("at")).values(scanner=bindparam("new_scanner"))
_END = (
    update(FILE)
    .where(FILE.c.id == bindparam("at"))
    .values({name: bindparam(f"new_{name}") for name in ("to_run", "ended")})
)


class Writer:
    """What one run writes. Ids are given here: there is no other writer."""

    def __init__(self, connection: Connection, run: int) -> None:
        self._connection = connection
        self._run = run
        self._next = {
            table.name: (connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1
            for table in (FOLDER, FILE, FINDING)
        }
        self._folders: list[dict[str, Any]] = []
        self._files: list[dict[str, Any]] = []
        self._findings: list[dict[str, Any]] = []
        self._settled: list[dict[str, Any]] = []
        self._adopted: list[dict[str, Any]] = []
        self._ended: list[dict[str, Any]] = []
        self._seals: list[dict[str, Any]] = []

    def add_folder(self, path: bytes) -> int:
        """Add a folder without a seal; return its id."""
        number = self._id("folder")
        self._folders.append(
            {"id": number, "path": path, "quiet": 0, "loud": 0, **dict.fromkeys(_UNSEALED)}
        )
        return number

    def seal(self, folder: int, **values: Any) -> None:
        """Set seal, scanner, day, wake, quiet and loud of a folder."""
        self._seals.append({"at": folder, **_new(values)})

    def add_file(self, **values: Any) -> int:
        """Add a file as it is from this run on; return its id."""
        number = self._id("file")
        self._files.append(
            dict(id=number, from_run=self._run, to_run=None, ended=None, origin=None, **values)
        )
        return number

    def settle(self, file: int, **values: Any) -> None:
        """Note that a file, examined again, is what it was: size, mtime and so on."""
        self._settled.append({"at": file, **_new(values)})

    def adopt(self, file: int, scanner: int) -> None:
        """Note that what another scanner said of a file is what this one would say."""
        self._adopted.append({"at": file, "new_scanner": scanner})

    def end_file(self, file: int, why: str) -> None:
        """Note that a file is no more what it was."""
        self._ended.append({"at": file, "new_to_run": self._run, "new_ended": why})

    def add_finding(self, **values: Any) -> None:
        """Add a finding of a file that was added."""
        self._findings.append(dict(id=self._id("finding"), **values))

    @property
    def full(self) -> bool:
        """Whether so much waits that it should be written."""
        waiting = self._files, self._settled, self._adopted, self._ended
        return sum(map(len, waiting)) >= _MANY

    def flush(self) -> None:
        """Hand everything to the database; `commit` of the connection makes it lasting."""
        work = (
            (insert(FOLDER), self._folders),
            (insert(FILE), self._files),
            (_SETTLE, self._settled),
            (_ADOPT, self._adopted),
            (_END, self._ended),
            (insert(FINDING), self._findings),
            # Last: a sealed folder is one whose files are all written.
            (_SEAL, self._seals),
        )
        for statement, rows in work:
            if rows:
                self._connection.execute(statement, rows)
                rows.clear()

    def _id(self, table: str) -> int:
        number = self._next[table]
        self._next[table] += 1
        return number


def _new(values: dict[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in values.items()}
