"""Opens the database of the store: SQLite in one private file, or PostgreSQL.

One connection, used by one thread. What is written becomes lasting with `commit`; a process
that dies leaves everything up to its last commit.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.exc import SQLAlchemyError as StoreFault

from markscan.errors import StoreError
from markscan.store.migrations import steps
from markscan.wording import INTERFACE, Text
from markscan.wording.system import database_cause, system_cause

__all__ = ["Connection", "StoreFault", "is_url", "open_database", "shown", "told"]

_APPLICATION = 0x4D53434E  # "MSCN": tells our files from other SQLite files
_LEVELS = 5  # the step from which on files are kept with their level
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",  # a crash of the machine may cost the last commits, never the file
    "busy_timeout = 10000",
    "temp_store = MEMORY",
    "cache_size = -32768",  # KiB
    "journal_size_limit = 67108864",
)


def open_database(place: str, *, make: bool = True) -> Connection:
    """Return a connection to the database at `place`, brought up to date.

    Args:
        place: a path, or a URL that begins with postgresql://.
        make: whether to make the file if there is none.

    Raises:
        StoreError: it cannot be opened, is no store, or was written by a later version.
    """
    try:
        connection = _postgresql(place) if is_url(place) else _sqlite(Path(place), make)
        try:
            _migrate(connection)
        except (StoreFault, StoreError):
            connection.close()
            raise
    except (StoreFault, sqlite3.Error) as error:
        why = database_cause(told(error))
        raise StoreError(_wrong("store.no-open", place, why)) from None
    return connection


def is_url(place: str) -> bool:
    """Tell whether `place` names a server, not a file."""
    return place.startswith(("postgresql://", "postgresql+psycopg://"))


def shown(place: str) -> str:
    """Return `place` as it may be shown: without the password of a URL."""
    return make_url(place).render_as_string(hide_password=True) if is_url(place) else place


def _wrong(key: str, place: str, why: Text | str = "") -> Any:
    try:
        name = shown(place)
    except ArgumentError:
        name = "postgresql://…"
    return INTERFACE[key].fill(name=name, why=why)


def told(error: BaseException) -> str:
    """Return what the database said, in one line and without the values of a statement."""
    cause = getattr(error, "orig", None) or error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0]


def _postgresql(place: str) -> Connection:
    url = make_url(place).set(drivername="postgresql+psycopg")
    try:
        return create_engine(url, poolclass=NullPool).connect()
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreError(INTERFACE["store.no-driver"]) from None


def _sqlite(path: Path, make: bool) -> Connection:
    if not make and not path.is_file():
        raise StoreError(_wrong("store.missing", str(path)))
    try:
        # Nobody else may read which files lie where; -wal and -shm take the mode from it.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(_wrong("store.no-open", str(path), system_cause(error))) from None
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    event.listen(engine, "connect", _settle)
    return engine.connect()


def _settle(connection: sqlite3.Connection, _: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _migrate(connection: Connection) -> None:
    """Apply the steps that are missing, each in one transaction."""
    place = str(connection.engine.url)
    dialect = connection.dialect.name
    at, stamp = (_in_file if dialect == "sqlite" else _in_table)(connection, place)
    wanted = list(steps(dialect))
    if at > wanted[-1][0]:
        raise StoreError(_wrong("store.newer", connection.engine.url.database or place))
    for number, statements in wanted:
        if number > at:
            if dialect == "sqlite":  # the driver would leave statements of this kind outside
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            for statement in statements:
                connection.exec_driver_sql(statement)
            if number == _LEVELS and at:
                from markscan.store.levels import fill_levels  # seldom needed

                fill_levels(connection)
            stamp(number)
    connection.commit()


def _in_file(connection: Connection, place: str) -> tuple[int, Callable[[int], object]]:
    """How far a SQLite file is, and what notes a further step."""
    at = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    ours = int(connection.exec_driver_sql("PRAGMA application_id").scalar_one()) == _APPLICATION
    if not ours and (at or inspect(connection).get_table_names()):
        raise StoreError(_wrong("store.foreign", connection.engine.url.database or place))
    connection.rollback()

    def stamp(number: int) -> None:
        connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")
        connection.commit()

    return at, stamp


def _in_table(connection: Connection, place: str) -> tuple[int, Callable[[int], object]]:
    """How far a PostgreSQL database is, and what notes a further step."""
    connection.execute(text("CREATE TABLE IF NOT EXISTS store_version (number BIGINT NOT NULL)"))
    connection.execute(text("LOCK TABLE store_version IN ACCESS EXCLUSIVE MODE"))
    at = int(connection.execute(text("SELECT max(number) FROM store_version")).scalar() or 0)

    def stamp(number: int) -> None:
        connection.execute(text("INSERT INTO store_version VALUES (:n)"), {"n": number})

    return at, stamp
