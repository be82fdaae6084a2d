"""Verdicts go with the content of a finding: through rescans, moves and copies, not changes."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update
from store_nights import MARKED, OLD, put
from store_verdicts import DAY, NOW, UNTIL, concluded, dismissed, key_of, scanned

from markscan.cli.status import lines
from markscan.errors import StoreError
from markscan.finding import Finding, Outcome, Severity, Status
from markscan.store import verdicts
from markscan.store.audit import faults
from markscan.store.clock import running
from markscan.store.database import open_database
from markscan.store.migrations import steps
from markscan.store.nightly import Wish
from markscan.store.schema import FILE, FINDING, FOLDER, RUN
from markscan.store.secret import content_key, finding_key, keyed
from markscan.store.state import Where, state_of
from markscan.store.verdicts import Standings, Verdict, decide, standing, subject_of, withdraw
from markscan.wording import Text

FAR = "\n".join(f"第{n}条各科室应当按时完成本职工作并报告进展情况。" for n in range(60))


@pytest.fixture
def share(tmp_path):
    """A share with one marked file."""
    put(tmp_path / "share" / "a.txt", MARKED + FAR)
    return tmp_path / "share"


@pytest.fixture
def store(tmp_path, share):
    """A store in which the share was scanned once."""
    return scanned(tmp_path / "s", share)


def stands(store, name, day=DAY):
    """Whether a present MS301 of the file called so is dismissed; None if it has none."""
    with closing(open_database(str(store))) as connection:
        query = (
            select(FINDING.c.content, FOLDER.c.path, FILE.c.name)
            .join(FILE, FILE.c.id == FINDING.c.file)
            .join(FOLDER, FOLDER.c.id == FILE.c.folder)
            .where(FILE.c.name == name.encode(), FILE.c.to_run.is_(None))
            .where(FINDING.c.rule == "MS301")
        )
        row = connection.execute(query).first()
        if row is None:
            return None
        found = standing(connection, day).of(row.content, row.path + row.name)
        return found is not None and found.dismissed


def renamed(share):
    (share / "a.txt").rename(share / "b.txt")
    return "b.txt"


def moved(share):
    (share / "deep").mkdir()
    (share / "a.txt").rename(share / "deep" / "a.txt")
    return "a.txt"


def copied(share):
    shutil.copy2(share / "a.txt", share / "copy.txt")
    return "copy.txt"


def changed_far_away(share):
    put(share / "a.txt", MARKED + FAR + "\n附则：由办公室解释。")
    return "a.txt"


def changed_beside(share):
    put(share / "a.txt", MARKED.replace("仓储", "运输") + FAR)
    return "a.txt"


def changed_marking(share):
    put(share / "a.txt", MARKED.replace("10", "20") + FAR)
    return "a.txt"


@pytest.mark.parametrize(
    ("deed", "holds"),
    [
        (lambda share: "a.txt", True),
        (renamed, True),
        (moved, True),
        (copied, True),
        (changed_far_away, True),
        (changed_beside, False),
        (changed_marking, False),
    ],
    ids=["rescan", "rename", "move", "copy", "far", "beside", "marking"],
)
def test_a_verdict_goes_with_the_content(deed, holds, store, share):
    dismissed(store)
    name = deed(share)

    scanned(store, share, wish=Wish(full=True))

    assert stands(store, name) is holds


@pytest.mark.parametrize(
    ("day", "holds"), [(DAY, True), (UNTIL, True), (UNTIL + timedelta(days=1), False)]
)
def test_a_dismissal_counts_up_to_its_last_day(day, holds, store, share):
    made = dismissed(store)
    path = (share.as_posix() + "/a.txt").encode()

    assert stands(store, "a.txt", day) is holds
    with closing(open_database(str(store))) as connection:
        ended = standing(connection, day).expired(made.content, path)
    assert (ended is None) is holds


@pytest.mark.parametrize(
    ("at", "until", "good"),
    [
        (NOW, None, False),
        (NOW, date(2026, 2, 28), False),
        (NOW, date(2026, 3, 1), True),
        (NOW, date(2027, 3, 1), True),
        (NOW, date(2027, 3, 2), False),
        (datetime(2028, 2, 29, tzinfo=UTC), date(2029, 2, 28), True),
        (datetime(2028, 2, 29, tzinfo=UTC), date(2029, 3, 1), False),
    ],
)
def test_a_dismissal_ends_within_a_year(at, until, good, store):
    if good:
        assert dismissed(store, at=at, until=until).until == until
    else:
        with pytest.raises(StoreError):
            dismissed(store, at=at, until=until)


@pytest.mark.parametrize("lacking", ["reason", "person"])
def test_reason_and_person_are_required(lacking, store):
    with pytest.raises(StoreError):
        dismissed(store, **{lacking: "  "})


def test_a_verdict_may_be_limited_to_a_folder(store, share):
    for name in ("in/b.txt", "in/deep/c.txt", "inside/d.txt"):
        put(share / name, MARKED + FAR)
    scanned(store, share)

    dismissed(store, "b.txt", under=share.as_posix() + "/in/")

    told = {name: stands(store, name) for name in ("a.txt", "b.txt", "c.txt", "d.txt")}
    assert told == {"a.txt": False, "b.txt": True, "c.txt": True, "d.txt": False}


def test_a_later_verdict_replaces_an_earlier_one_and_the_history_stays(store):
    dismissed(store)
    dismissed(store, kind="confirmed")

    with closing(open_database(str(store))) as connection:
        kinds = [each.kind for each in verdicts.history(connection)]
        assert [each.kind for each in standing(connection, DAY).all()] == ["confirmed"]
    assert kinds == ["dismissed", "confirmed"]
    assert stands(store, "a.txt") is False


def test_what_stood_before_in_another_folder_stands_again_after_a_withdrawal(store, share):
    dismissed(store)
    dismissed(store, kind="confirmed", under=share.as_posix() + "/")
    between = stands(store, "a.txt")
    with closing(open_database(str(store))) as connection:
        subject = subject_of(connection, key_of(connection, "a.txt"))
        withdraw(connection, subject, "误作", "李四", NOW)
        after_one = standing(connection, DAY).of(subject.content, subject.path)
        withdraw(connection, subject, "误作", "李四", NOW)
        with pytest.raises(StoreError):
            withdraw(connection, subject, "误作", "李四", NOW)

    assert between is False
    assert after_one is not None and after_one.dismissed
    assert stands(store, "a.txt") is False


def test_a_verdict_without_a_finding_is_dead_until_the_content_is_back(store, share):
    dismissed(store)

    def dead():
        with closing(open_database(str(store))) as connection:
            return len(verdicts.unused(connection, DAY))

    told = [dead()]
    shutil.copy2(share / "a.txt", share.parent / "aside")
    (share / "a.txt").unlink()
    scanned(store, share)
    told.append(dead())
    put(share / "new.txt", (share.parent / "aside").read_text("utf-8"))
    scanned(store, share)
    told.append(dead())

    assert told == [0, 1, 0]


def test_a_finding_whose_file_is_gone_can_still_be_confirmed(store, share):
    (share / "a.txt").unlink()
    scanned(store, share)

    with closing(open_database(str(store))) as connection:
        subject = subject_of(connection, key_of(connection, "a.txt"))
        assert not subject.present
        assert decide(connection, subject, concluded("confirmed")).kind == "confirmed"


@pytest.mark.parametrize("form", ["{}", "v1:{}", "#{}", "{:.8}"])
def test_a_finding_is_named_by_the_beginning_of_its_key(form, store):
    with closing(open_database(str(store))) as connection:
        key = key_of(connection, "a.txt")
        assert subject_of(connection, form.format(key.removeprefix("v1:"))).key == key


def test_a_name_that_is_short_unknown_or_ambiguous_is_refused(store):
    with closing(open_database(str(store))) as connection:
        row = dict(connection.execute(select(FINDING)).mappings().first())
        connection.execute(
            insert(FINDING).values(**{**row, "id": 999, "key": row["key"][:-1] + "x"})
        )
        digits = row["key"].removeprefix("v1:")
        for named in (digits[:7], "f" * 32, digits[:31], "%" * 8):
            with pytest.raises(StoreError):
                subject_of(connection, named)


def finding(rule="MS321", content=""):
    said = Text("有", "is")
    return Finding(rule, Severity.LOW, None, said, said, said, None, "v1:0", content_key=content)


@pytest.mark.parametrize(
    ("more", "same"),
    [
        ({}, True),
        ({"found": finding("MS322")}, False),
        ({"content": b"other"}, False),
        ({"member": "!b.txt"}, False),
        ({"key": b"another key"}, False),
    ],
)
def test_what_rests_on_a_whole_file_goes_with_its_bytes(more, same):
    first = {"key": b"key", "found": finding(), "content": b"bytes", "member": ""}

    assert (content_key(**first) == content_key(**{**first, **more})) is same
    assert content_key(**first).startswith("c2:")


def test_what_was_not_read_has_no_content_key_and_a_passage_keeps_its_own():
    assert content_key(b"key", finding(), b"", "") == ""
    assert content_key(b"", finding(), b"bytes", "") == ""
    assert content_key(b"key", finding(content="c1:7"), b"bytes", "") == "c1:7"


def test_files_inside_get_keys_from_the_file_on_disk():
    inner = Outcome("/a.zip!b", "text", Status.EXAMINED, findings=(finding(),))
    outer = Outcome("/a.zip", "zip", Status.EXAMINED, members=(inner,), content=b"bytes")

    moved_to = replace(outer, locator="/x/c.zip", members=(replace(inner, locator="/x/c.zip!b"),))
    told = {keyed(b"key", each).members[0].findings[0].content_key for each in (outer, moved_to)}

    assert len(told) == 1 and told.pop().startswith("c2:")


def test_the_secret_is_made_once_a_store(tmp_path):
    keys = set()
    for name in ("a", "a", "b"):
        with closing(open_database(str(tmp_path / name))) as connection:
            keys.add(finding_key(connection))

    assert len(keys) == 2 and {len(key) for key in keys} == {32}


def row(kind, *, content="c1:a", under=None, severity=Severity.CRITICAL, rule="MS301"):
    return Verdict(0, kind, content, under, "v1:0", rule, severity, "由", "人", NOW, None)


C, D, W, R = "confirmed", "dismissed", "withdrawn", "reported"


@pytest.mark.parametrize(
    ("history", "clocks"),
    [
        ([row(C)], 1),
        ([row(C, rule="MS401")], 1),
        ([row(C, rule="MS101")], 0),
        ([row(C, severity=Severity.HIGH)], 0),
        ([row(D)], 0),
        ([row(C), row(C, content="c1:b")], 2),
        ([row(C), row(C)], 1),
        ([row(C), row(R)], 0),
        ([row(C), row(R), row(C)], 0),
        ([row(C), row(D)], 0),
        ([row(C), row(W)], 0),
        ([row(C), row(R), row(W), row(C)], 1),
        ([row(R), row(C)], 1),
        ([row(C), row(C, under=b"/a/"), row(W)], 1),
        ([row(C), row(C, under=b"/a/"), row(W), row(W, under=b"/a/")], 0),
    ],
)
def test_a_clock_runs_from_a_confirmed_leak_to_its_report(history, clocks):
    found = running(history)

    assert len(found) == clocks
    assert {clock.due for clock in found} <= {NOW + timedelta(hours=24)}


def at(kind, hours, found=None):
    when = NOW + timedelta(hours=found) if found is not None else None
    return replace(row(kind), at=NOW + timedelta(hours=hours), found=when)


@pytest.mark.parametrize(
    ("history", "hours"),
    [
        ([at(C, 0), at(C, 5)], 24),
        ([at(C, 5, found=2)], 26),
        ([at(C, 0), at(C, 5, found=-3)], 21),
        ([at(C, 0), at(C, 5, found=3)], 24),
        ([at(C, 0), at(W, 4), at(C, 5)], 24),
        ([at(C, 0), at(D, 4), at(C, 5)], 24),
        ([at(C, 0), at(W, 4), at(C, 5), at(W, 6), at(C, 7)], 24),
        ([at(C, 0), at(R, 3), at(W, 4), at(C, 5)], 29),
        ([at(D, 0), at(W, 4), at(C, 5)], 29),
    ],
)
def test_a_clock_has_the_time_since_it_was_first_found_and_no_more(history, hours):
    assert [clock.due for clock in running(history)] == [NOW + timedelta(hours=hours)]


def test_an_outcome_takes_in_what_was_concluded_and_counts_without_it():
    stands_for = replace(row(D), until=UNTIL)
    found = replace(finding("MS301", "c1:a"), severity=Severity.CRITICAL)
    outcome = Outcome("/x/a", "text", Status.EXAMINED, findings=(found, finding("MS302", "c1:b")))

    told = Standings([stands_for], DAY).applied(outcome)

    assert [each.dismissed for each in told.findings] == [True, False]
    assert Standings([stands_for], UNTIL + timedelta(days=1)).applied(outcome) == outcome


def first_version(path):
    """Make a store as the first migration left it, with a run and a finding."""
    (_, statements), *_ = steps("sqlite")
    with closing(sqlite3.connect(path)) as old:
        for statement in statements:
            old.execute(statement)
        old.execute("INSERT INTO scanner VALUES (1, x'00')")
        asked = '{"roots": ["/share"], "version": "1", "fail_level": "medium", "disabled": []}'
        old.execute(
            "INSERT INTO run VALUES (1, 'finished', '2026-01-01T00:00:00+00:00', "
            "'2026-01-01T00:01:00+00:00', 0, 'h', 1, '', 1, 1, ?, NULL)",
            (asked.encode(),),
        )
        old.execute("INSERT INTO folder VALUES (1, ?, NULL, NULL, NULL, 0, 1)", (b"/share/",))
        old.execute(
            "INSERT INTO file VALUES (1, 1, ?, 1, 1, 1, 1, NULL, 0, 'text', x'01', NULL, NULL, 1, "
            "NULL, NULL)",
            (b"old.txt",),
        )
        old.execute("INSERT INTO finding VALUES (1, 1, x'', 0, 'MS301', 4, 'v1:00112233445566', 1)")
        old.execute(f"PRAGMA application_id = {0x4D53434E}")
        old.execute("PRAGMA user_version = 1")
        old.commit()


def test_a_store_of_the_first_version_is_opened_and_brought_up_to_date(tmp_path, share):
    first_version(tmp_path / "old")

    with closing(open_database(str(tmp_path / "old"))) as connection:
        assert connection.execute(select(RUN.c.audit)).scalars().all() == [None]
        assert list(faults(connection)) == []
        with pytest.raises(StoreError) as refused:
            subject_of(connection, "0011223344")
        assert "scan once more" in refused.value.args[0].en
    scanned(tmp_path / "old", share)
    dismissed(tmp_path / "old")

    assert stands(tmp_path / "old", "a.txt") is True
    with closing(open_database(str(tmp_path / "old"))) as connection:
        assert list(faults(connection)) == []


def test_no_text_of_a_document_is_kept_with_a_verdict(tmp_path):
    canary = "青禾渡口三号仓的口令是青石板"
    put(tmp_path / "share" / "a.txt", f"机密★10年\n{canary}\n关于{canary}的通知\n")
    store = scanned(tmp_path / "s", tmp_path / "share")
    made = dismissed(store)

    kept = b"".join(path.read_bytes() for path in tmp_path.glob("s*") if path.is_file())
    assert made.content.encode() in kept
    assert not [code for code in ("utf-8", "utf-16-le", "gb18030") if canary.encode(code) in kept]


def test_a_store_says_what_is_open_due_and_about_to_end(store, share):
    put(share / "b.txt", MARKED.replace("仓储", "车辆") + FAR)
    put(share / "c.txt", MARKED.replace("仓储", "值班") + FAR)
    scanned(store, share)
    dismissed(store, "a.txt", until=DAY + timedelta(days=5))
    dismissed(store, "b.txt", kind="confirmed")

    def told(now):
        with closing(open_database(str(store))) as connection:
            return state_of(connection, now)

    now, later = told(NOW + timedelta(hours=1)), told(NOW + timedelta(days=6))

    assert (now.dismissed, now.expired, len(now.ending), len(now.dead)) == (1, 0, 1, 0)
    assert (later.dismissed, later.expired, len(later.ending)) == (0, 1, 0)
    assert later.severities[Severity.CRITICAL] == now.severities[Severity.CRITICAL] + 1
    assert [clock.due for clock in now.clocks] == [NOW + timedelta(hours=24)]
    assert list(now.places.values()) == [Where((share / "b.txt").as_posix())]
    (share / "b.txt").unlink()
    scanned(store, share)
    assert list(told(NOW).places.values()) == [Where((share / "b.txt").as_posix(), gone=True)]
    assert now.silence is None and now.last.state == "finished"


def test_of_copies_the_one_that_was_confirmed_is_named_with_their_number(store, share):
    for name in ("0.txt", "z.txt"):
        shutil.copy2(share / "a.txt", share / name)
    scanned(store, share)
    made = dismissed(store, "z.txt", kind="confirmed")

    def told():
        with closing(open_database(str(store))) as connection:
            state = state_of(connection, NOW)
        assert f"等 {state.places[made.content].count} 处" in next(lines(state, NOW)).zh
        return state.places[made.content]

    assert told() == Where((share / "z.txt").as_posix(), count=3)
    (share / "z.txt").unlink()
    scanned(store, share)
    assert told() == Where((share / "0.txt").as_posix(), count=2)


def test_postgresql_keeps_verdicts_and_their_records(server, share):
    scanned(server, share)
    made = dismissed(server)
    (share / "a.txt").rename(share / "moved.txt")
    os.utime(share / "moved.txt", (OLD, OLD))
    scanned(server, share)

    assert stands(server, "moved.txt") is True
    with closing(open_database(server)) as connection:
        assert list(faults(connection)) == []
        assert state_of(connection, NOW).dismissed == 1
        row = verdicts.VERDICT
        connection.execute(update(row).where(row.c.id == made.id).values(reason="改过"))
        assert [each.en for each in faults(connection)]
        connection.rollback()
