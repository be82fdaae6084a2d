"""What a run saw, told again from the store: outcomes as they were when it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from markscan.finding import Outcome, Status
from markscan.report import Totals
from markscan.store.codec import decode
from markscan.store.known import Known
from markscan.store.paths import as_text, folder_path, is_inside
from markscan.store.runs import Run
from markscan.store.schema import FILE, FINDING, FOLDER

_BATCH = 200  # folders read at once


def as_of(run: int) -> ColumnElement[bool]:
    """Return the condition of files as they were when that run ended."""
    return (FILE.c.from_run <= run) & or_(FILE.c.to_run.is_(None), FILE.c.to_run > run)


def outcomes(connection: Connection, run: Run) -> Iterator[Outcome]:
    """Yield the outcome of every file under the roots of `run`, in order, as that run left them.

    What lies in a folder that could not be listed is left out: of it nothing is known but
    that. Of a run that did not reach its end, what it had not come to is told as it was
    known before.
    """
    faults = unlisted(connection, run)
    for root in _roots(run):
        batch: dict[int, bytes] = {}
        for place in Known(connection, root).rest():
            batch[place.id] = place.path
            if len(batch) == _BATCH:
                yield from _of(connection, run, batch, faults)
                batch = {}
        yield from _of(connection, run, batch, faults)
        yield from _root_file(connection, run, root)


def outcome_of(path: bytes, name: bytes, format: str, written: bytes | None) -> Outcome:
    """Return the outcome of a stored file; without a name, of the folder that failed to list."""
    locator = as_text(path + name)
    if not name and len(path) > 1:
        locator = locator[:-1]
    if written is None:
        return Outcome(locator, format, Status.EXAMINED)
    return decode(written, locator)


def add_counted(totals: Totals, run: Run) -> None:
    """Add to `totals` of all outcomes of `run` what it only counted: left out, not come to."""
    ledger = run.ledger
    totals.excluded = ledger.excluded if ledger is not None else 0
    whole = run.state == "finished" or ledger is None
    totals.handed = totals.ended if whole or ledger is None else max(totals.ended, ledger.handed)


def unlisted(connection: Connection, run: Run) -> set[bytes]:
    """Return the folders that could not be listed when `run` ended."""
    query = select(FOLDER.c.path).join(FILE, FILE.c.folder == FOLDER.c.id)
    return set(connection.execute(query.where(FILE.c.name == b"", as_of(run.id))).scalars())


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding of a file as it was when a run ended. Two are one by path, member and key."""

    path: bytes
    member: bytes
    key: str
    rule: str
    severity: int
    place: int
    file: int
    first_run: int
    content: str

    @property
    def locator(self) -> str:
        """Where it stands."""
        return as_text(self.path + self.member)


def findings(connection: Connection, run: Run) -> Iterator[Kept]:
    """Yield the findings that stood when `run` ended, under its roots, as they are stored."""
    columns = (FINDING.c.member, FINDING.c.key, FINDING.c.rule, FINDING.c.severity)
    query = (
        select(FOLDER.c.path, FILE.c.name, *columns, FINDING.c.place, FILE.c.id)
        .add_columns(FINDING.c.first_run, func.coalesce(FINDING.c.content, ""))
        .join(FILE, FILE.c.id == FINDING.c.file)
        .join(FOLDER, FOLDER.c.id == FILE.c.folder)
        .where(as_of(run.id))
        .order_by(FOLDER.c.path, FILE.c.name, FINDING.c.id)
    )
    for folder, name, *rest in connection.execute(query):
        kept = Kept(folder + name, *rest)
        if covers(run, kept.path):
            yield kept


def covers(run: Run, path: bytes) -> bool:
    """Tell whether the file `path` lies under a root of `run`."""
    return is_inside(path + b"/", {folder_path(root) for root in run.asked.roots})


def _roots(run: Run) -> list[bytes]:
    """Return the roots of `run`, each once; one that lies in another is told of with that."""
    roots = dict.fromkeys(map(folder_path, run.asked.roots))
    return [root for root in roots if not is_inside(root, set(roots) - {root})]


def _of(
    connection: Connection, run: Run, folders: dict[int, bytes], faults: set[bytes]
) -> Iterator[Outcome]:
    if not folders:
        return
    query = select(FILE.c.folder, FILE.c.name, FILE.c.format, FILE.c.outcome)
    rows: list[Any] = list(
        connection.execute(query.where(FILE.c.folder.in_(folders), as_of(run.id)))
    )
    for row in sorted(rows, key=lambda row: (folders[row.folder], row.name)):
        path = folders[row.folder]
        if not row.name or not is_inside(path, faults):
            yield outcome_of(path, row.name, row.format, row.outcome)


def _root_file(connection: Connection, run: Run, root: bytes) -> Iterator[Outcome]:
    """Yield the outcome of a root that is a file."""
    folder, _, name = root[:-1].rpartition(b"/")
    query = (
        select(FOLDER.c.path, FILE.c.name, FILE.c.format, FILE.c.outcome)
        .join(FILE, FILE.c.folder == FOLDER.c.id)
        .where(FOLDER.c.path == folder + b"/", FILE.c.name == name, as_of(run.id))
    )
    for row in connection.execute(query.where(FILE.c.name != b"")):
        yield outcome_of(*row)
