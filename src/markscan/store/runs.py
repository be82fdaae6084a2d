"""Runs: how one begins, beats, ends, and what became of those that ended otherwise."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, func, insert, select, text, update

from markscan.errors import StoreError
from markscan.store.audit import append, secret_digest
from markscan.store.process import Process, lives, this_process
from markscan.store.schema import RUN, SCANNER
from markscan.store.secret import kept_or_made
from markscan.wording import INTERFACE

# A run on a machine that cannot be asked is taken for dead so many seconds after it last wrote.
_SILENCE = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked, as far as its report needs it again.

    `roots` are absolute paths with slashes, none with one at the end but `/`. `inspections` is
    how often the office inspects itself: monthly, quarterly, or empty.
    """

    roots: tuple[str, ...]
    version: str
    fail_level: str = "medium"
    disabled: tuple[str, ...] = ()
    inspections: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was counted in a run: the sum that must come out. Files inside files count.

    discovered = examined + partial + unread + pending + excluded. `handed` counts files on
    disk that were found, `changed` those whose outcome is new or differs. `dismissed` findings
    are not among the `severities`. `stopped`: the run ended at its closing time.
    Of `samples` planted under the roots, `missed` were not found. `notices` were told of places.
    """

    discovered: int = 0
    handed: int = 0
    examined: int = 0
    partial: int = 0
    unread: int = 0
    pending: int = 0
    excluded: int = 0
    changed: int = 0
    scanned: int = 0
    causes: dict[str, int] = field(default_factory=dict)
    severities: dict[str, int] = field(default_factory=dict)
    dismissed: int = 0
    stopped: bool = False
    samples: int = 0
    missed: int = 0
    notices: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One run: running, finished, stopped (by the clock), failed or interrupted.

    `ledger` is as last written. A database has stopped runs as interrupted ones.
    """

    id: int
    state: str
    started: datetime
    ended: datetime | None
    process: Process
    scanner: int
    day: int
    asked: Asked
    ledger: Ledger | None


def begin(connection: Connection, digest: bytes, day: int, asked: Asked) -> Run:
    """Begin a run: the only one that writes.

    Args:
        digest: the identity of the scanner.
        day: ordinal of the day on which periods are compared.

    Raises:
        StoreError: another run is writing.
    """
    connection.rollback()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("LOCK TABLE run IN SHARE ROW EXCLUSIVE MODE"))
    other = _clear(connection)
    if other is not None:
        connection.commit()
        told = {"host": other.process.host, "pid": other.process.pid}
        started = f"{other.started.astimezone():%Y-%m-%d %H:%M}"
        raise StoreError(INTERFACE["store.busy"].fill(started=started, **told))
    me, now = this_process(), datetime.now(UTC)
    number = (connection.execute(select(func.max(RUN.c.id))).scalar() or 0) + 1
    scanner = _scanner(connection, digest)
    told = {
        "run": number,
        "roots": list(asked.roots),
        "version": asked.version,
        "started": now.isoformat(),
        "secret": secret_digest(kept_or_made(connection)),
    }
    connection.execute(
        insert(RUN).values(
            id=number,
            state="running",
            started=now.isoformat(),
            beat=int(time.time()),
            host=me.host,
            pid=me.pid,
            born=me.born,
            scanner=scanner,
            day=day,
            asked=json.dumps(asdict(asked), ensure_ascii=True).encode(),
            audit=append(connection, "run-begun", told),
        )
    )
    connection.commit()
    return Run(number, "running", now, None, me, scanner, day, asked, None)


def beat(connection: Connection, run: Run, ledger: Ledger) -> None:
    """Note that the run lives, and what it has counted. To be committed by the caller."""
    connection.execute(
        update(RUN).where(RUN.c.id == run.id).values(beat=int(time.time()), ledger=_written(ledger))
    )


def end(connection: Connection, run: Run, state: str, ledger: Ledger) -> None:
    """End the run: finished, stopped, failed or interrupted."""
    now = datetime.now(UTC).isoformat()
    ledger = replace(ledger, stopped=state == "stopped")
    kept = "interrupted" if ledger.stopped else state
    connection.execute(
        update(RUN)
        .where(RUN.c.id == run.id)
        .values(state=kept, ended=now, beat=int(time.time()), ledger=_written(ledger))
    )
    append(connection, "run-ended", {"run": run.id, "state": state, "ended": now}, asdict(ledger))
    connection.commit()


def runs(connection: Connection) -> list[Run]:
    """Return all runs, the last one first. One that died is told as interrupted."""
    rows = connection.execute(select(RUN).order_by(RUN.c.id.desc())).all()
    return [_run(row) for row in rows]


def one_run(connection: Connection, number: int | None) -> Run:
    """Return the run of that number, or the last one.

    Raises:
        StoreError: there is none.
    """
    query = select(RUN).order_by(RUN.c.id.desc()).limit(1)
    if number is not None:
        query = query.where(RUN.c.id == number)
    row = connection.execute(query).first()
    if row is None:
        key = "store.no-runs" if number is None else "store.no-run"
        raise StoreError(INTERFACE[key].fill(run=number))
    return _run(row)


def finished_before(connection: Connection, run: Run) -> Run:
    """Return the last run before `run` that reached its end.

    Raises:
        StoreError: there is none.
    """
    query = select(RUN).where(RUN.c.id < run.id, RUN.c.state == "finished")
    row = connection.execute(query.order_by(RUN.c.id.desc()).limit(1)).first()
    if row is None:
        raise StoreError(INTERFACE["store.no-earlier"].fill(run=run.id))
    return _run(row)


def _clear(connection: Connection) -> Run | None:
    """Note runs that died as interrupted; return one that is still at work, if any."""
    for row in connection.execute(select(RUN).where(RUN.c.state == "running")).all():
        run = _run(row)
        if run.state == "running":
            return run
        connection.execute(update(RUN).where(RUN.c.id == run.id).values(state="interrupted"))
        append(connection, "run-died", {"run": run.id})
    return None


def _scanner(connection: Connection, digest: bytes) -> int:
    found = connection.execute(select(SCANNER.c.id).where(SCANNER.c.digest == digest)).scalar()
    if found is None:
        found = (connection.execute(select(func.max(SCANNER.c.id))).scalar() or 0) + 1
        connection.execute(insert(SCANNER).values(id=found, digest=digest))
    return int(found)


def _run(row: Row[tuple[object, ...]]) -> Run:
    told = row._mapping
    process = Process(told["host"], told["pid"], told["born"])
    state = told["state"]
    if state == "running" and not _alive(process, told["beat"]):
        state = "interrupted"
    asked = json.loads(told["asked"])
    ledger = Ledger(**json.loads(told["ledger"])) if told["ledger"] else None
    if state == "interrupted" and ledger is not None and ledger.stopped:
        state = "stopped"
    return Run(
        id=told["id"],
        state=state,
        started=datetime.fromisoformat(told["started"]),
        ended=datetime.fromisoformat(told["ended"]) if told["ended"] else None,
        process=process,
        scanner=told["scanner"],
        day=told["day"],
        asked=Asked(
            tuple(asked["roots"]),
            asked["version"],
            asked["fail_level"],
            tuple(asked["disabled"]),
            asked.get("inspections", ""),
        ),
        ledger=ledger,
    )


def _alive(process: Process, beat: int) -> bool:
    known = lives(process)
    return known if known is not None else time.time() - beat < _SILENCE


def _written(ledger: Ledger) -> bytes:
    return json.dumps(asdict(ledger), sort_keys=True).encode()
