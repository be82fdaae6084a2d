"""What changed between two runs: findings that are new, still open, moved, gone, or unknown;
and so for what was found of places.

A finding is gone only if its file was looked at and no longer has it, or its folder was listed
and the file was not there. What could not be looked at is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from markscan.finding import Status
from markscan.place_rules import Notice
from markscan.report.run.overview import Change
from markscan.store.codec import decode
from markscan.store.history import Kept, covers, findings, unlisted
from markscan.store.paths import is_inside
from markscan.store.places import stood
from markscan.store.runs import Run
from markscan.store.schema import FILE, FOLDER
from markscan.store.verdicts import Standings

__all__ = ["Change", "Difference", "compare", "compare_places"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One finding and what became of it. `before` is where it was, if it moved."""

    change: Change
    finding: Kept
    before: str = ""


def compare(connection: Connection, old: Run, new: Run) -> Iterator[Difference]:
    """Yield what became of each finding that stood at the end of either run, by path.

    Memory grows with the findings of both, not with files.
    """
    was = {(each.path, each.member, each.key): each for each in findings(connection, old)}
    by_file = {_in_file(each, each.file): identity for identity, each in was.items()}
    origins = _origins(connection)
    faults = unlisted(connection, new)
    for each in findings(connection, new):
        hidden = is_inside(each.path, faults)
        if was.pop((each.path, each.member, each.key), None) is not None:
            yield Difference(Change.UNKNOWN if hidden else Change.OPEN, each)
        elif not hidden:
            before = _before(each, by_file, origins)
            origin = was.pop(before, None) if before is not None else None
            if origin is None:
                yield Difference(Change.NEW, each)
            else:
                yield Difference(Change.MOVED, each, origin.locator)
    for each in was.values():
        gone = not is_inside(each.path, faults) and _looked_at(connection, new, each)
        yield Difference(Change.GONE if gone else Change.UNKNOWN, each)


def compare_places(
    connection: Connection, old: Run | None, new: Run, standings: Standings
) -> Iterator[tuple[Change, Notice]]:
    """Yield what became of what either run told of places, the gravest first, gone ones last.

    Without `old` all is new. Unknown is what still stands and `new` does not tell: it had other
    roots, or the rule disabled.
    """
    earlier = stood(connection, old, standings) if old is not None else []
    was = {each.key: each for each, told in earlier if told}
    for each, told in stood(connection, new, standings):
        before = was.pop(each.key, None)
        if told:
            yield Change.NEW if before is None else Change.OPEN, each
        elif before is not None:
            yield Change.UNKNOWN, each
    for each in was.values():
        yield Change.GONE, each


_Identity = tuple[bytes, bytes, str]
_InFile = tuple[int, bytes, str, int]


def _in_file(finding: Kept, file: int) -> _InFile:
    """What a finding is called in `file`: its key holds the path, which a move changes."""
    return file, finding.member, finding.rule, finding.place


def _origins(connection: Connection) -> dict[int, int]:
    """For each file that was moved, what it was before."""
    query = select(FILE.c.id, FILE.c.origin).where(FILE.c.origin.is_not(None))
    return {row.id: row.origin for row in connection.execute(query)}


def _before(
    finding: Kept, by_file: dict[_InFile, _Identity], origins: dict[int, int]
) -> _Identity | None:
    """The finding that `finding` was before its file moved, once or several times."""
    file: int | None = origins.get(finding.file)
    while file is not None:
        found = by_file.get(_in_file(finding, file))
        if found is not None:
            return found
        file = origins.get(file)
    return None


def _looked_at(connection: Connection, run: Run, finding: Kept) -> bool:
    """Whether `run` could tell that a finding of an earlier run stands no more."""
    if not covers(run, finding.path):
        return False
    folder, slash, name = finding.path.rpartition(b"/")
    query = (
        select(FILE.c.outcome, FILE.c.ended, FILE.c.to_run)
        .join(FOLDER, FOLDER.c.id == FILE.c.folder)
        .where(FOLDER.c.path == folder + slash, FILE.c.name == name, FILE.c.from_run <= run.id)
        .order_by(FILE.c.id.desc())
        .limit(1)
    )
    last = connection.execute(query).one()
    if last.to_run is not None and last.to_run <= run.id:
        return bool(last.ended != "excluded")
    return last.outcome is None or decode(last.outcome, "").status is Status.EXAMINED
