"""The database: made and brought up to date, private, on SQLite and PostgreSQL alike."""

import os
import sqlite3
import stat
from contextlib import closing

import pytest
from sqlalchemy import inspect
from store_nights import CLEAN, MARKED, OLD, night, put, write
from store_verdicts import with_secret

from markscan.cli.sample_share import write_share
from markscan.errors import StoreError
from markscan.store.comparison import Change, compare
from markscan.store.database import open_database, shown
from markscan.store.history import outcomes
from markscan.store.migrations import steps
from markscan.store.runs import one_run, runs
from markscan.store.schema import TABLES

posix = pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")


def columns(connection):
    found = inspect(connection)
    return {
        table.name: [each["name"] for each in found.get_columns(table.name)] for table in TABLES
    }


def test_the_migrations_make_what_queries_name(tmp_path):
    with closing(open_database(str(tmp_path / "s"))) as connection:
        assert columns(connection) == {t.name: [c.name for c in t.columns] for t in TABLES}


def test_migrations_are_numbered_without_a_gap():
    for dialect in ("sqlite", "postgresql"):
        numbers = [number for number, _ in steps(dialect)]
        assert numbers == list(range(1, len(numbers) + 1))


@posix
def test_nobody_else_may_read_the_store(tmp_path):
    write(tmp_path / "share", a_txt=CLEAN)
    with closing(open_database(str(tmp_path / "s"))) as connection:
        night(tmp_path / "s", tmp_path / "share")
        modes = {each.name: each.stat().st_mode for each in tmp_path.glob("s*") if each.is_file()}
        del connection

    assert set(modes) == {"s", "s-wal", "s-shm"}
    assert {stat.S_IMODE(mode) for mode in modes.values()} == {0o600}


def test_the_store_of_another_program_is_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "s")) as other:
        other.execute("CREATE TABLE run (id INTEGER)")

    with pytest.raises(StoreError) as refused:
        open_database(str(tmp_path / "s"))

    assert "no store" in refused.value.args[0].en


def test_what_is_no_database_is_refused(tmp_path):
    (tmp_path / "s").write_text("text" * 100, "utf-8")

    with pytest.raises(StoreError):
        open_database(str(tmp_path / "s"))


def test_the_store_of_a_later_version_is_refused(tmp_path):
    open_database(str(tmp_path / "s")).close()
    with closing(sqlite3.connect(tmp_path / "s")) as later:
        later.execute("PRAGMA user_version = 99")

    with pytest.raises(StoreError) as refused:
        open_database(str(tmp_path / "s"))

    assert "later version" in refused.value.args[0].en


def test_a_store_that_must_be_there_is_not_made(tmp_path):
    with pytest.raises(StoreError):
        open_database(str(tmp_path / "none"), make=False)

    assert not list(tmp_path.iterdir())


def test_the_password_of_a_url_is_not_shown():
    assert "hidden" not in shown("postgresql://me:hidden@host/db")


def test_postgresql_keeps_what_sqlite_keeps(server, tmp_path):
    share = tmp_path / "share"
    write_share(share)
    put(share / "deep" / "a.txt", MARKED)
    put(share / "deep" / "b.txt", CLEAN)
    for path in share.rglob("*"):
        os.utime(path, (OLD, OLD))
    for store in (server, tmp_path / "s"):
        with_secret(store)
        night(store, share)
    (share / "deep" / "a.txt").rename(share / "deep" / "moved.txt")
    (share / "deep" / "b.txt").unlink()
    told = []
    for store in (server, tmp_path / "s"):
        assert night(store, share).names == ["moved.txt"]
        with closing(open_database(str(store))) as connection:
            one, two = one_run(connection, 1), one_run(connection, 2)
            differences = list(compare(connection, one, two))
            told.append(
                (
                    [run.state for run in runs(connection)],
                    list(outcomes(connection, one)),
                    list(outcomes(connection, two)),
                    differences,
                    columns(connection),
                )
            )

    assert told[0] == told[1]
    assert Change.MOVED in {each.change for each in told[0][3]}
