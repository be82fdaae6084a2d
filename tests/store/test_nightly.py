"""A scan that is kept examines what is new or changed, and says the same as one that is not."""

import os
import shutil
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from store_nights import CLEAN, CONFIG, MARKED, OLD, TODAY, night, put, write

from markscan import Scanner
from markscan.finding import Status
from markscan.store.comparison import Change, compare
from markscan.store.database import open_database
from markscan.store.history import findings, outcomes
from markscan.store.nightly import Wish
from markscan.store.runs import one_run

posix = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")


@pytest.fixture
def share(tmp_path):
    """Three clean files and a marked one, in three folders."""
    root = tmp_path / "share"
    write(root, a_txt=CLEAN, deep__b_txt=CLEAN + "二", deep__marked_txt=MARKED, z__c_txt=CLEAN)
    return root


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store.sqlite"


def changes(store, old, new):
    with closing(open_database(str(store))) as connection:
        found = compare(connection, one_run(connection, old), one_run(connection, new))
        told = [(each.change, Path(each.finding.locator).name) for each in found]
        return sorted(told, key=lambda each: each[1])


def bare(told):
    """Outcomes by locator without what only a store gives them."""
    outcomes = told.outcomes if hasattr(told, "outcomes") else told
    return {
        name: replace(
            each,
            content=b"",
            twin=b"",
            findings=tuple(replace(found, content_key="") for found in each.findings),
        )
        for name, each in outcomes.items()
    }


def test_nothing_is_examined_twice(share, store):
    first, second = night(store, share), night(store, share)

    assert first.names == ["a.txt", "b.txt", "c.txt", "marked.txt"]
    assert second.names == []
    assert not second.changed


def test_a_rescan_says_what_the_scan_said(share, store):
    first, second = night(store, share), night(store, share)

    scanner = Scanner(CONFIG)
    assert bare(first) == bare(second)
    assert list(bare(second).values()) == [
        scanner.scan_file(Path(locator)) for locator in second.outcomes
    ]


def rewritten(share):
    put(share / "a.txt", MARKED)


def longer(share):
    put(share / "a.txt", CLEAN + "三")


def touched(share):
    os.utime(share / "a.txt", (OLD + 1, OLD + 1))


def replaced(share):
    """Same name, size and time, but another file."""
    other = put(share / "new", CLEAN.replace("科", "处"))
    other.replace(share / "a.txt")


def renamed(share):
    (share / "a.txt").rename(share / "a2.txt")


@pytest.mark.parametrize(
    "change", [rewritten, longer, touched, pytest.param(replaced, marks=posix), renamed]
)
def test_a_changed_file_is_examined_alone(change, share, store):
    night(store, share)
    change(share)

    assert night(store, share).names in (["a.txt"], ["a2.txt"])
    assert night(store, share).names == []


def test_a_file_changed_just_now_is_looked_at_once_more(share, store):
    (share / "a.txt").write_text("now", "utf-8")

    assert "a.txt" in night(store, share).names
    assert night(store, share).names == ["a.txt"]


def on(days):
    """The configuration of so many days after the first."""
    return replace(CONFIG, today=TODAY + timedelta(days=days))


def test_no_file_is_examined_again_on_a_day_that_changes_nothing(share, store):
    night(store, share)

    assert night(store, share, config=on(1)).names == []
    assert night(store, share, config=on(4000)).names == []


def test_a_file_is_judged_anew_on_the_day_after_its_marking_ends(share, store):
    put(share / "ends.txt", f"机密★{TODAY + timedelta(days=1)}\n关于仓储安排的通知\n")
    night(store, share)
    kept, ended = night(store, share, config=on(1)), night(store, share, config=on(2))

    assert kept.names == ["ends.txt"]  # MS502 counts the days
    assert rules_of(kept) == {"MS111", "MS301", "MS502"}
    assert ended.names == ["ends.txt"]
    assert rules_of(ended) == {"MS111", "MS501"}
    assert night(store, share, config=on(3)).names == []


def rules_of(told, name="ends.txt"):
    (outcome,) = (o for locator, o in told.outcomes.items() if locator.endswith(name))
    return {found.rule for found in outcome.findings}


def test_a_file_waits_for_the_day_on_which_its_end_is_near(share, store):
    put(share / "ends.txt", "机密★2026年9月1日\n关于仓储安排的通知\n")
    night(store, share)

    assert night(store, share, config=on(90)).names == []
    near = night(store, share, config=on(94))
    assert near.names == ["ends.txt"] and "MS502" in rules_of(near)


def test_a_folder_wakes_when_the_first_of_its_files_does(share, store):
    put(share / "deep" / "ends.txt", "机密★2026年9月1日\n关于仓储安排的通知\n")
    put(share / "deep" / "later.txt", "机密★2029年9月1日\n关于仓储安排的通知\n")
    night(store, share)
    night(store, share, config=on(1))

    assert night(store, share, config=on(94)).names == ["ends.txt"]


def test_a_clock_that_was_put_back_examines_again_what_has_a_day(share, store):
    night(store, share, config=on(1))

    assert night(store, share).names == ["marked.txt"]


def test_a_copy_wakes_on_the_day_of_its_twin(share, store):
    text = "绝密★启用前\n2027年普通高等学校招生全国统一考试\n数学试题\n"
    config = replace(CONFIG, policy=None)
    for name in ("a", "b"):
        put(share / name / "paper.txt", text)
        last = night(store, share, config=config, scanner=Scanner(config))
    after = replace(config, today=date(2028, 1, 1))

    assert last.names == ["paper.txt"]
    assert night(store, share, config=after, scanner=Scanner(after)).names == ["paper.txt"] * 2


@pytest.mark.parametrize(
    "config",
    [
        replace(CONFIG, passwords=("1",)),
        replace(CONFIG, profile="company"),
        replace(CONFIG, limits=replace(CONFIG.limits, pages=7)),
    ],
)
def test_another_scanner_examines_everything(config, share, store):
    night(store, share)

    assert len(night(store, share, config=config).names) == 4


@pytest.mark.parametrize(
    "config",
    [
        replace(CONFIG, quote=True),
        replace(CONFIG, language="en"),
        replace(CONFIG, jobs=7, fail_level="high"),
        replace(CONFIG, seconds_per_file=1.0),
    ],
)
def test_what_judges_nothing_is_no_other_scanner(config, share, store):
    night(store, share)

    assert night(store, share, config=config).names == []


def test_full_examines_everything(share, store):
    night(store, share)
    again = night(store, share, wish=Wish(full=True, every=True))

    assert len(again.names) == 4
    assert not again.changed


def test_what_is_wanted_and_not_kept_is_read_again_where_something_was_found(share, store):
    night(store, share)

    assert night(store, share, wish=Wish(again=True, every=True)).names == ["marked.txt"]


def test_clean_files_are_counted_without_being_shown(share, store):
    night(store, share)
    second = night(store, share, wish=Wish())

    assert (second.files, second.clean, len(second.outcomes)) == (4, 3, 1)


def test_an_interrupted_run_goes_on(share, store):
    first = night(store, share, stop_after=2)
    second = night(store, share)

    assert len(first.names) == 2
    assert sorted(first.names + second.names) == ["a.txt", "b.txt", "c.txt", "marked.txt"]
    assert len(second.outcomes) == 4


@pytest.mark.parametrize("name", ["marked.txt", "a.txt"])
def test_a_file_whose_second_look_did_not_come_is_kept_and_looked_at_again(name, share, store):
    died = night(store, share, stop_after=3, pictures=name)
    kept = state(store)
    second = night(store, share, pictures=name)

    assert name in died.names and not any(each.endswith(name) for each in died.outcomes)
    assert any(each.endswith(name) for each in kept)
    assert second.names == sorted([name, "c.txt"])
    assert len(second.outcomes) == 4
    assert night(store, share).names == []


def test_a_root_may_be_a_file_and_roots_may_lie_in_each_other(share, store):
    alone = night(store, share / "a.txt")
    both = night(store, share, share / "deep", share / "a.txt")

    assert alone.names == ["a.txt"]
    assert len(both.outcomes) == 4
    assert night(store, share / "a.txt").names == []


def test_excluded_files_are_counted_and_not_gone(share, store):
    night(store, share)
    second = night(store, share, config=replace(CONFIG, exclude=("deep",)))

    assert (second.files, second.left_out) == (2, 1)
    assert changes(store, 1, 2) == [(Change.UNKNOWN, "marked.txt")]


def test_the_store_does_not_scan_itself(share):
    from markscan.store.paths import folder_path

    own = {folder_path(str(share)): frozenset({"s.sqlite", "s.sqlite-wal", "s.sqlite-shm"})}
    seen = night(share / "s.sqlite", share, wish=Wish(every=True, own=own))

    assert len(seen.names) == 4


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="no such names there")
def test_a_name_that_is_no_text_is_kept(share, store):
    path = os.fsencode(share) + b"/\xd6\xd0.txt"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(MARKED.encode())
    os.utime(path, (OLD, OLD))
    first, second = night(store, share), night(store, share)

    assert set(first.outcomes) == set(second.outcomes)
    assert second.names == []


def state(store, run=None):
    with closing(open_database(str(store))) as connection:
        return {each.locator: each for each in outcomes(connection, one_run(connection, run))}


def test_a_run_is_told_again_as_it_was(share, store):
    first = night(store, share)
    put(share / "deep" / "marked.txt", CLEAN)
    (share / "z" / "c.txt").unlink()
    put(share / "n.txt", MARKED)
    second = night(store, share)

    assert bare(state(store, 1)) == bare(first)
    assert bare(state(store, 2)) == bare(second)


def test_a_folder_that_is_gone_takes_its_files_along_and_brings_them_back(share, store, tmp_path):
    night(store, share)
    (share / "deep").rename(tmp_path / "away")
    second = night(store, share)
    (tmp_path / "away").rename(share / "deep")
    third = night(store, share)

    assert len(second.outcomes) == 2
    assert changes(store, 1, 2) == [(Change.GONE, "marked.txt")]
    assert third.names == ["b.txt", "marked.txt"]


def first_seen(store, name):
    with closing(open_database(str(store))) as connection:
        found = findings(connection, one_run(connection, None))
        return [each.first_run for each in found if each.locator.endswith(name)]


def test_what_moved_keeps_when_it_was_first_seen(share, store):
    night(store, share)
    (share / "deep" / "marked.txt").rename(share / "z" / "other.txt")
    night(store, share)

    assert changes(store, 1, 2) == [(Change.MOVED, "other.txt")]
    assert first_seen(store, "other.txt") == [1]


def test_a_renamed_folder_is_a_move_even_if_a_run_died_between(share, store):
    night(store, share)
    (share / "deep").rename(share / "a-new")
    night(store, share, stop_after=1)
    night(store, share)

    assert changes(store, 1, 3) == [(Change.MOVED, "marked.txt")]
    assert first_seen(store, "marked.txt") == [1]


def test_a_copy_is_new(share, store):
    night(store, share)
    put(share / "copy.txt", MARKED)
    night(store, share)

    assert changes(store, 1, 2) == [(Change.NEW, "copy.txt"), (Change.OPEN, "marked.txt")]
    assert first_seen(store, "copy.txt") == [2]


def test_an_edit_beside_the_marking_leaves_the_finding_as_old_as_it_is(share, store):
    night(store, share)
    put(share / "deep" / "marked.txt", "\n\n" + MARKED + "续")
    second = night(store, share)

    assert second.changed
    assert changes(store, 1, 2) == [(Change.OPEN, "marked.txt")]
    assert first_seen(store, "marked.txt") == [1]


def test_what_was_corrected_is_gone(share, store):
    night(store, share)
    put(share / "deep" / "marked.txt", CLEAN)
    night(store, share)

    assert changes(store, 1, 2) == [(Change.GONE, "marked.txt")]


@pytest.fixture
def unlisted(monkeypatch):
    """Makes folders of a name fail to list; root may list anything, so the system is played."""
    names = set()
    real = os.scandir

    def scandir(path):
        if Path(path).name in names:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    return names


@pytest.mark.parametrize("name", ["deep", "share"])
def test_nothing_is_gone_where_listing_failed(name, share, store, unlisted):
    night(store, share)
    unlisted.add(name)
    second = night(store, share)
    unlisted.clear()
    third = night(store, share)

    faults = [each for each in second.outcomes.values() if each.status is Status.UNREAD]
    assert [Path(each.locator).name for each in faults] == [name]
    assert changes(store, 1, 2) == [(Change.UNKNOWN, "marked.txt")]
    assert state(store, 2).keys() == second.outcomes.keys()
    assert changes(store, 1, 3) == [(Change.OPEN, "marked.txt")]
    assert third.names == []


class Listed:
    """What os.scandir returns, over other entries."""

    def __init__(self, entries):
        self.entries = entries

    def __enter__(self):
        return self.entries

    def __exit__(self, *_):
        self.entries.close()


def midway(real, path):
    """Lists the first of what lies there, then fails."""
    with real(path) as entries:
        yield next(entries)
    raise OSError(5, "Input/output error")


def at_once(real, path):
    """Is there no more when it is to be listed."""
    shutil.rmtree(path)
    yield from real(path)


@pytest.mark.parametrize("fault", [midway, at_once])
def test_nothing_is_gone_where_a_folder_fails_or_goes_while_it_is_listed(
    fault, share, store, monkeypatch
):
    night(store, share)
    real = os.scandir

    def scandir(path):
        return Listed(fault(real, path)) if str(path).endswith("deep") else real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    second = night(store, share)
    monkeypatch.undo()
    night(store, share)

    assert changes(store, 1, 2) == [(Change.UNKNOWN, "marked.txt")]
    assert sum(each.status is Status.UNREAD for each in second.outcomes.values()) == 1
    after = Change.GONE if fault is at_once else Change.OPEN
    assert changes(store, 1, 3) == [(after, "marked.txt")]


def test_a_root_that_is_missing_takes_nothing_along(share, store, tmp_path):
    night(store, share)
    share.rename(tmp_path / "away")
    second = night(store, share)
    (tmp_path / "away").rename(share)

    assert [each.status for each in second.outcomes.values()] == [Status.UNREAD]
    assert changes(store, 1, 2) == [(Change.UNKNOWN, "marked.txt")]
    assert night(store, share).names == []


def test_a_file_that_could_not_be_read_is_tried_again_and_its_findings_are_unknown(
    share, store, monkeypatch
):
    from markscan import source

    night(store, share)
    os.utime(share / "deep" / "marked.txt", (OLD + 9, OLD + 9))
    real = source._open_quietly

    def denied(path):
        if path.name == "marked.txt":
            raise PermissionError
        return real(path)

    monkeypatch.setattr(source, "_open_quietly", denied)
    night(store, share)
    monkeypatch.undo()
    third = night(store, share)

    assert changes(store, 1, 2) == [(Change.UNKNOWN, "marked.txt")]
    assert third.names == ["marked.txt"]
    assert changes(store, 1, 3) == [(Change.OPEN, "marked.txt")]
