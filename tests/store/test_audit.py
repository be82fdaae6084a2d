"""The audit log: a chain that shows what was changed, left out, or cut off."""

import hashlib
from contextlib import closing

import pytest
from sqlalchemy import delete, select, update
from store_nights import MARKED, night, put
from store_verdicts import concluded, key_of, scanned

from markscan.errors import StoreError
from markscan.store.audit import AUDIT, Head, _digest, append, faults, head, lock, note
from markscan.store.database import open_database
from markscan.store.schema import RUN, SECRET, VERDICT
from markscan.store.verdicts import decide, subject_of


@pytest.fixture
def connection(tmp_path):
    """A store with two runs, a verdict between them: 5 records."""
    put(tmp_path / "share" / "a.txt", MARKED)
    store = scanned(tmp_path / "s", tmp_path / "share")
    with closing(open_database(str(store))) as opened:
        decide(opened, subject_of(opened, key_of(opened, "a.txt")), concluded())
    scanned(store, tmp_path / "share")
    with closing(open_database(str(store))) as opened:
        yield opened


def told(connection, anchor=None):
    return [each.en for each in faults(connection, anchor)]


def made_anew(connection, first=1):
    """Chain the records from `first` on anew, as somebody with the program might."""
    rows = [
        dict(row) for row in connection.execute(select(AUDIT).order_by(AUDIT.c.number)).mappings()
    ]
    previous = bytes(32)
    for row in rows:
        if row["number"] >= first:
            row["previous"] = previous
            row["digest"] = _digest(row)
            connection.execute(update(AUDIT).where(AUDIT.c.number == row["number"]).values(**row))
        previous = row["digest"]


def test_every_act_has_its_record(connection):
    rows = connection.execute(select(AUDIT).order_by(AUDIT.c.number)).all()

    assert [row.act for row in rows] == [
        *("run-begun", "run-ended", "dismissed", "run-begun", "run-ended")
    ]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert all(row.person and row.host and row.at for row in rows)
    assert told(connection) == []


def test_a_record_is_the_digest_of_the_one_before_and_itself(connection):
    one, two = connection.execute(select(AUDIT).order_by(AUDIT.c.number).limit(2)).all()

    assert bytes(one.previous) == bytes(32)
    assert two.previous == one.digest
    assert len(one.digest) == hashlib.sha256().digest_size


CHANGES = {
    "person": (
        update(AUDIT).where(AUDIT.c.number == 3).values(person="x"),
        "record 3 does not fit",
    ),
    "time": (update(AUDIT).where(AUDIT.c.number == 2).values(at="x"), "record 2 does not fit"),
    "counts": (update(AUDIT).where(AUDIT.c.number == 5).values(counts="{}"), "record 5 does not"),
    "left out": (delete(AUDIT).where(AUDIT.c.number == 2), "record 2 is missing"),
    "first": (delete(AUDIT).where(AUDIT.c.number == 1), "record 1 is missing"),
    "cut": (delete(AUDIT).where(AUDIT.c.number >= 4), "run 2 is without the record"),
    "end cut": (delete(AUDIT).where(AUDIT.c.number >= 5), "run 2 has ended without"),
    "all cut": (delete(AUDIT), "run 1 is without the record"),
    "reason": (update(VERDICT).values(reason="x"), "verdict 1 is not the one recorded"),
    "end of verdict": (update(VERDICT).values(until="2099-01-01"), "verdict 1 is not the one"),
    "no verdict": (delete(VERDICT), "verdict 1, of record 3, is not there"),
    "ledger": (
        update(RUN).where(RUN.c.id == 1).values(ledger=b'{"handed": 7}'),
        "the ledger of run 1 is not",
    ),
    "started": (
        update(RUN).where(RUN.c.id == 1).values(started="2026-01-01T00:00:00+00:00"),
        "the times, roots or version of run 1 are not",
    ),
    "ended": (update(RUN).where(RUN.c.id == 2).values(ended=None), "the times, roots or version"),
    "secret": (update(SECRET).values(finding_key=bytes(32)), "the secret of the store is not"),
    "no run": (delete(RUN).where(RUN.c.id == 1), "run 1, of record 1, is not there"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_done_to_the_log_or_beside_it_is_told(name, connection):
    change, said = CHANGES[name]
    connection.execute(change)

    assert told(connection)[0].startswith(said)


def test_a_verdict_whose_record_was_cut_is_told(connection):
    connection.execute(delete(AUDIT).where(AUDIT.c.number >= 3))
    connection.execute(delete(RUN).where(RUN.c.id == 2))

    assert told(connection) == ["verdict 1 is without its record (number 3): the log was cut"]


def test_a_chain_made_anew_shows_only_against_a_head_written_down(connection):
    before = head(connection)
    connection.execute(update(AUDIT).where(AUDIT.c.number == 1).values(person="x"))
    made_anew(connection)

    assert told(connection) == []
    assert told(connection, before)[0].startswith("the digest of record 5 is not the one written")
    assert told(connection, Head(9, "0" * 16))[0].startswith("record 9, written down before,")


@pytest.mark.parametrize("digits", [16, 64])
def test_a_head_written_down_holds_while_the_log_grows(digits, connection):
    written = head(connection)
    note(connection, "quoted", {"run": 2}, {"findings": 1})

    assert told(connection, Head(written.number, written.digest[:digits])) == []
    assert head(connection).number == written.number + 1


def test_what_is_not_committed_leaves_no_record(connection):
    before = head(connection)
    lock(connection)
    append(connection, "exported", {"run": 1})
    connection.rollback()

    assert head(connection) == before
    assert told(connection) == []


def test_a_run_that_died_is_recorded_by_the_next(tmp_path):
    put(tmp_path / "share" / "a.txt", MARKED)
    night(tmp_path / "s", tmp_path / "share")
    with closing(open_database(str(tmp_path / "s"))) as connection:
        connection.execute(update(RUN).values(state="running", pid=1, born="long ago", ledger=None))
        connection.execute(delete(AUDIT).where(AUDIT.c.act == "run-ended"))
        connection.commit()
        assert told(connection) == []
    night(tmp_path / "s", tmp_path / "share")

    with closing(open_database(str(tmp_path / "s"))) as connection:
        acts = connection.execute(select(AUDIT.c.act).order_by(AUDIT.c.number)).scalars().all()
        assert acts == ["run-begun", "run-died", "run-begun", "run-ended"]
        assert told(connection) == []


def test_what_cannot_be_recorded_is_refused(connection, tmp_path):
    connection.rollback()
    connection.exec_driver_sql("PRAGMA busy_timeout = 20")
    with closing(open_database(str(tmp_path / "s"))) as other:
        lock(other)
        with pytest.raises(StoreError):
            note(connection, "quoted", {"run": 1})
        other.rollback()
    note(connection, "quoted", {"run": 1})

    assert head(connection).number == 6
