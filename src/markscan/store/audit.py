"""The audit log: who did what with the store, as a chain in which each record seals those before.

Records are only added, in the transaction of what they tell. A record holds the SHA-256 of the
one before and of itself, so that one changed, left out or put in between breaks the chain from
there on. Who may write to the file can make the whole chain anew: only the digest of the last
record, written down elsewhere (`markscan status` shows it), proves that this was not done.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from markscan.errors import StoreError
from markscan.store.schema import AUDIT, RUN, SECRET, VERDICT
from markscan.wording import INTERFACE, Text

Act = Literal[
    "run-begun",
    "run-ended",
    "run-died",  # noted by the run after it
    "confirmed",
    "dismissed",
    "withdrawn",
    "reported",
    "quoted",  # a report that quotes was shown
    "exported",  # a report was written to a file
]
_FIRST = bytes(32)
_ALONE = text("LOCK TABLE audit IN EXCLUSIVE MODE")


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: how many records there are, and the digest of the last, as hex."""

    number: int
    digest: str


def account() -> str:
    """Return the account under which this process runs, as the system knows it."""
    if os.name == "nt":
        try:
            return os.getlogin()
        except OSError:
            return "?"
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def lock(connection: Connection) -> None:
    """Begin a transaction in which nobody else writes to the log."""
    connection.rollback()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(_ALONE)


def append(
    connection: Connection,
    act: Act,
    subject: Mapping[str, object],
    counts: Mapping[str, object] | None = None,
) -> int:
    """Add a record; return its number. Commit it with what it tells.

    On SQLite the transaction must have written something, or come from `lock`.

    Args:
        subject: ids of what it was done to; no text of documents.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(_ALONE)
    last = connection.execute(select(AUDIT).order_by(AUDIT.c.number.desc()).limit(1)).first()
    record: dict[str, Any] = {
        "number": 1 if last is None else last.number + 1,
        "at": datetime.now(UTC).isoformat(),
        "person": account(),
        "host": platform.node(),
        "act": act,
        "subject": _json(subject),
        "counts": _json(counts or {}),
        "previous": _FIRST if last is None else bytes(last.digest),
    }
    connection.execute(insert(AUDIT).values(**record, digest=_digest(record)))
    return int(record["number"])


def note(
    connection: Connection,
    act: Act,
    subject: Mapping[str, object],
    counts: Mapping[str, object] | None = None,
) -> None:
    """Add a record of something that changes nothing else, and commit it.

    Raises:
        StoreError: it cannot be written; then the thing must not be done.
    """
    try:
        lock(connection)
        append(connection, act, subject, counts)
        connection.commit()
    except SQLAlchemyError as error:
        connection.rollback()
        why = (str(getattr(error, "orig", None) or "").splitlines() or ["?"])[0]
        raise StoreError(INTERFACE["audit.busy"].fill(why=why)) from None


def head(connection: Connection) -> Head | None:
    """Return the end of the chain; None while there is no record."""
    query = select(AUDIT.c.number, AUDIT.c.digest).order_by(AUDIT.c.number.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else Head(row.number, bytes(row.digest).hex())


def sealable(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a verdict that its record seals: all but the number of the record.

    `found` only where it is told: rows of before the store had it are sealed without.
    """
    late = ("audit",) if row["found"] is not None else ("audit", "found")
    return {name: value for name, value in row.items() if name not in late}


def sealed(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the values of a row, as hex, by which its record knows it again."""
    plain = {
        name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()
    }
    return hashlib.sha256(_json(plain).encode()).hexdigest()


def faults(connection: Connection, anchor: Head | None = None) -> Iterator[Text]:
    """Yield what is wrong with the log, the first broken record first; nothing if it is sound.

    Args:
        anchor: the head at some earlier time, written down elsewhere; the digest may be cut short.
    """
    told = _Told()
    at, previous = 0, _FIRST
    for each in connection.execute(select(AUDIT).order_by(AUDIT.c.number)).mappings():
        row = dict(each)
        at += 1
        if row["number"] != at:
            yield INTERFACE["audit.gap"].fill(number=at)
            return
        if bytes(row["previous"]) != previous or _digest(row) != bytes(row["digest"]):
            yield INTERFACE["audit.broken"].fill(number=at)
            return
        previous = bytes(row["digest"])
        told.take(row)
        written = anchor.digest if anchor is not None and at == anchor.number else ""
        if not previous.hex().startswith(written):
            yield INTERFACE["audit.other"].fill(number=at)
            return
    if anchor is not None and at < anchor.number:
        yield INTERFACE["audit.short"].fill(number=anchor.number, last=at)
    yield from _runs(connection, told)
    yield from _secret(connection, told)
    yield from _verdicts(connection, told)


class _Told:
    """What the records say of runs and verdicts, by id."""

    def __init__(self) -> None:
        self.begun: dict[int, int] = {}
        self.asked: dict[int, dict[str, Any]] = {}
        self.ended: dict[int, Any] = {}
        self.ends: dict[int, str | None] = {}
        self.secret: str | None = None
        self.verdicts: dict[int, tuple[int, str]] = {}

    def take(self, record: Mapping[str, Any]) -> None:
        """Take in one record."""
        subject, act = json.loads(record["subject"]), record["act"]
        if act == "run-begun":
            self.begun[subject["run"]] = record["number"]
            self.asked[subject["run"]] = subject
            self.secret = subject.get("secret", self.secret)
        elif act in ("run-ended", "run-died"):
            counts = json.loads(record["counts"]) if act == "run-ended" else None
            self.ended[subject["run"]] = counts
            self.ends[subject["run"]] = subject.get("ended")
        elif "verdict" in subject:
            self.verdicts[subject["verdict"]] = (record["number"], subject["seal"])


def _runs(connection: Connection, told: _Told) -> Iterator[Text]:
    query = select(RUN).order_by(RUN.c.id)
    left = set(told.begun)
    for run in connection.execute(query):
        left.discard(run.id)
        if run.audit is None:
            continue  # older than the log
        if told.begun.get(run.id) != run.audit:
            yield INTERFACE["audit.cut-run"].fill(run=run.id, number=run.audit)
        elif run.state != "running" and run.id not in told.ended:
            yield INTERFACE["audit.cut-end"].fill(run=run.id)
        elif told.ended.get(run.id) not in (None, json.loads(run.ledger or "null")):
            yield INTERFACE["audit.changed-run"].fill(run=run.id)
        elif not _as_told(run, told):
            yield INTERFACE["audit.changed-times"].fill(run=run.id)
    for number in sorted(left):
        yield INTERFACE["audit.no-run"].fill(run=number, number=told.begun[number])


def _as_told(run: Any, told: _Told) -> bool:
    """Whether a run began when, ended when, and was asked what its records say, if they do."""
    begun, ended = told.asked[run.id], told.ends.get(run.id)
    asked = json.loads(run.asked)
    return bool(
        begun.get("started", run.started) == run.started
        and (ended is None or ended == run.ended)
        and begun["roots"] == asked["roots"]
        and begun["version"] == asked["version"]
    )


def _secret(connection: Connection, told: _Told) -> Iterator[Text]:
    """Yield a fault where the secret is not the one with which the last run began."""
    kept = connection.execute(select(SECRET.c.finding_key)).scalar()
    if told.secret is not None and (kept is None or told.secret != secret_digest(bytes(kept))):
        yield INTERFACE["audit.changed-secret"]


def secret_digest(key: bytes) -> str:
    """Return by what the record of a run knows the secret of the store again."""
    return hashlib.sha256(b"markscan store secret\0" + key).hexdigest()


def _verdicts(connection: Connection, told: _Told) -> Iterator[Text]:
    left = set(told.verdicts)
    for row in connection.execute(select(VERDICT).order_by(VERDICT.c.id)).mappings():
        left.discard(row["id"])
        number, seal = told.verdicts.get(row["id"], (None, ""))
        if number is None or number != row["audit"]:
            yield INTERFACE["audit.cut-verdict"].fill(id=row["id"], number=row["audit"])
        elif seal != sealed(sealable(dict(row))):
            yield INTERFACE["audit.changed-verdict"].fill(id=row["id"])
    for gone in sorted(left):
        yield INTERFACE["audit.no-verdict"].fill(id=gone, number=told.verdicts[gone][0])


def _digest(record: Mapping[str, Any]) -> bytes:
    """Return the SHA-256 of the digest before and of the record, as a JSON list in ASCII."""
    names = ("number", "at", "person", "host", "act", "subject", "counts")
    own = json.dumps([record[name] for name in names], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(bytes(record["previous"]) + own.encode("ascii")).digest()


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
