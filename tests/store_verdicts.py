"""Scans over a store with its secret, and verdicts on what they found."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select
from store_nights import CONFIG, night

from markscan.finding import Conclusion
from markscan.store.database import open_database
from markscan.store.schema import FILE, FINDING, SECRET
from markscan.store.verdicts import Verdict, decide, subject_of

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
DAY = NOW.date()
UNTIL = DAY + timedelta(days=30)
SECRET_KEY = bytes(range(32))


def scanned(store: Path | str, share: Path, **more: Any) -> Path | str:
    """Scan `share` once more, with the secret of the store; return the store."""
    with_secret(store)
    night(store, share, config=replace(CONFIG, finding_key=SECRET_KEY), **more)
    return store


def with_secret(store: Path | str) -> None:
    """Give the store the same secret that all stores of tests have: one scanner serves all."""
    with closing(open_database(str(store))) as connection:
        if connection.execute(select(SECRET.c.id)).first() is None:
            connection.execute(insert(SECRET).values(id=1, finding_key=SECRET_KEY))
            connection.commit()


def key_of(connection: Connection, name: str) -> str:
    """Return the key of the last MS301 in a file of that name."""
    query = select(FINDING.c.key).join(FILE, FILE.c.id == FINDING.c.file)
    found = query.where(FILE.c.name == name.encode(), FINDING.c.rule == "MS301")
    return str(connection.execute(found.order_by(FINDING.c.id.desc())).scalars().first())


def concluded(kind: Any = "dismissed", **more: Any) -> Conclusion:
    """Return what somebody decided at NOW; a dismissal until UNTIL."""
    told = {"reason": "公开样例", "person": "李四", "at": NOW, **more}
    if kind == "dismissed":
        told.setdefault("until", UNTIL)
    return Conclusion(kind, **told)


def dismissed(store: Path | str, name: str = "a.txt", **more: Any) -> Verdict:
    """Decide about the MS301 of a file."""
    with closing(open_database(str(store))) as connection:
        return decide(
            connection, subject_of(connection, key_of(connection, name)), concluded(**more)
        )
