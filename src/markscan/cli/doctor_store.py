"""What markscan doctor looks at of a store: its audit log, its counts, what was left behind."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from markscan.cli.doctor import Check
from markscan.cli.kept import opened
from markscan.errors import UsageError
from markscan.wording import INTERFACE, Text

if TYPE_CHECKING:
    from markscan.store.audit import Head
    from markscan.store.database import Connection

# How this program names files that it has not finished: whole when renamed.
_UNFINISHED = re.compile(r".+\.(?:\d+|[0-9a-f]{16})\.part")
_OLD = 3600  # seconds; a younger one may be at work
_MOST = 5  # that are named
_DIGEST = re.compile(r"[0-9a-f]{16,64}")


def store_checks(store: str | None, roots: tuple[Path, ...], anchor: str | None) -> Iterator[Check]:
    """Verify the audit log of a store, count it again, then look for what was left beside it.

    Args:
        anchor: the head of the log as written down before, NUMBER:DIGEST.

    Raises:
        UsageError: there is no such store, or the anchor is none.
    """
    head = _head(anchor)
    with closing(opened(store, roots)) as connection:
        yield _audit(connection, head)
        yield _recounted(connection)
        place = connection.engine.url.database
        in_file = connection.dialect.name == "sqlite"
    if in_file and place:
        yield residue([Path(place).parent])


def residue(folders: Iterable[Path]) -> Check:
    """Look for files of this program that were never finished."""
    left = sorted({str(path) for folder in folders for path in _unfinished(folder)})
    if not left:
        return Check("residue", "ok", INTERFACE["doctor.no-residue"])
    what = ", ".join(left[:_MOST]) + (" …" if len(left) > _MOST else "")
    return Check("residue", "broken", INTERFACE["doctor.residue"].fill(what=what))


def _audit(connection: Connection, anchor: Head | None) -> Check:
    from markscan.store.audit import faults, head

    found = list(faults(connection, anchor))
    if found:
        what = Text("；".join(each.zh for each in found), "; ".join(each.en for each in found))
        return Check("audit", "broken", what)
    end = head(connection)
    if end is None:
        return Check("audit", "ok", INTERFACE["doctor.no-audit"])
    told = INTERFACE["doctor.audit"]
    return Check("audit", "ok", told.fill(count=end.number, number=end.number, digest=end.digest))


def _recounted(connection: Connection) -> Check:
    from markscan.store.recount import doubts

    found = list(doubts(connection))
    if not found:
        return Check("recount", "ok", INTERFACE["doctor.recount"])
    what = Text("；".join(each.zh for each in found), "; ".join(each.en for each in found))
    return Check("recount", "broken", what)


def _unfinished(folder: Path) -> Iterator[Path]:
    try:
        found = [path for path in folder.iterdir() if _UNFINISHED.fullmatch(path.name)]
    except OSError:
        return
    for path in found:
        try:
            if time.time() - path.stat().st_mtime > _OLD:
                yield path
        except OSError:  # finished meanwhile
            continue


def _head(anchor: str | None) -> Head | None:
    from markscan.store.audit import Head

    if anchor is None:
        return None
    number, _, digest = anchor.partition(":")
    digest = digest.strip().lower()
    if not re.fullmatch(r"\d{1,18}", number.strip()) or not _DIGEST.fullmatch(digest):
        raise UsageError(INTERFACE["usage.anchor"])
    return Head(int(number), digest)
