"""What the store tells of a run as a whole."""

from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from store_nights import CONFIG, MARKED, TODAY, night, write

from markscan.finding import Conclusion, Severity
from markscan.report import Totals
from markscan.report.run.overview import Change, copies, oldest, tallied
from markscan.store.database import open_database
from markscan.store.history import outcomes
from markscan.store.overview import overview
from markscan.store.runs import one_run
from markscan.store.verdicts import decide, subject_of


@pytest.fixture
def made(connection):
    return overview(connection, one_run(connection, None), TODAY)


def changes_of(made):
    return {
        entry.locator.rpartition("/")[2]: entry.change.value
        for entry in made.entries
        if entry.finding.rule == "MS301"
    }


def test_each_finding_is_told_by_what_became_of_it(made):
    assert changes_of(made) == {
        "留.txt": "open",
        "=cmd()&1.txt": "open",
        "排除.txt": "open",
        "留副本.txt": "new",
        "新.txt": "new",
        "移后.txt": "moved",
        "走.txt": "gone",
        "变.docx": "unknown",
    }


def test_the_first_run_has_only_new_findings(connection):
    made = overview(connection, one_run(connection, 1), TODAY)

    assert made.previous is None
    assert {entry.change for entry in made.entries} == {Change.NEW}


def test_what_moved_says_where_it_was_and_since_when_it_is_known(made):
    moved = next(entry for entry in made.entries if entry.change is Change.MOVED)

    assert moved.before.endswith("乙/移.txt")
    assert moved.first_run == 1


def test_the_sum_is_that_of_the_files_one_by_one(connection, made):
    run = one_run(connection, None)
    totals = Totals()
    for outcome in outcomes(connection, run):
        totals.add(outcome)

    assert made.agrees
    assert made.totals.discovered == totals.ended + totals.inside == 9
    assert (made.totals.examined, made.totals.incomplete) == (7, 2)
    assert made.totals.causes == totals.causes
    assert sum(made.totals.statuses.values()) == made.totals.discovered


def test_a_store_that_tells_of_other_files_than_the_run_does_not_agree(connection):
    from dataclasses import replace

    run = one_run(connection, None)
    other = replace(run, ledger=replace(run.ledger, discovered=12))

    assert not overview(connection, other, TODAY).agrees


def test_a_dismissed_finding_is_there_and_does_not_count(made):
    found = [entry for entry in made.entries if entry.dismissed]

    assert [entry.locator.rpartition("/")[2] for entry in found] == ["排除.txt"] * len(found)
    assert made.dismissed == len(found) > 0
    assert sum(made.changes.values()) == len(made.entries) - len(found)
    assert made.totals.severities[Severity.CRITICAL] == sum(
        entry.counts and entry.finding.severity is Severity.CRITICAL for entry in made.entries
    )


def test_a_dismissal_that_has_run_out_counts_no_more_and_says_so(connection):
    late = overview(connection, one_run(connection, None), date(2027, 1, 1))
    found = [entry for entry in late.entries if entry.expired is not None]

    assert {entry.locator.rpartition("/")[2] for entry in found} == {"排除.txt"}
    assert all(entry.counts for entry in found)
    assert late.dismissed == 0


def test_without_a_policy_locations_are_the_first_folders(made, kept):
    names = {entry.where.name.removeprefix(kept.share.as_posix()) for entry in made.entries}

    assert names == {"/甲", "/乙", "/丙"}
    assert not any(entry.where.owner for entry in made.entries)


def test_with_a_policy_its_locations_have_owners(connection, policy, kept):
    made = overview(connection, one_run(connection, None), TODAY, policy=policy)
    owners = tallied(made.entries, lambda entry: entry.where.owner)

    assert set(owners) == {"办公室 王芳", ""}
    counted = owners["办公室 王芳"]
    assert counted.changes[Change.GONE] == 1
    assert counted.standing == sum(
        entry.counts and "/甲/" in entry.locator for entry in made.entries
    )


def test_what_could_not_be_looked_at_is_counted_by_place_and_cause(made):
    gaps = {(where.name[-2:], cause): count for (where, cause), count in made.gaps.items()}

    assert gaps == {("/丙", "unsupported"): 2}
    assert [file.locator.rpartition("/")[2] for file in made.unexamined()] == ["变.docx", "坏.docx"]


def test_files_are_read_anew_each_time_they_are_asked_for(made):
    assert list(made.unexamined()) == list(made.unexamined()) != []


def test_copies_of_one_file_are_told_together(made):
    assert [[path.rpartition("/")[2] for path in group] for group in copies(made.entries)] == [
        ["留副本.txt", "留.txt"]
    ]


def test_the_oldest_open_ones_come_first_and_no_new_ones(made):
    found = oldest(made.entries, 2)

    assert [entry.first_run for entry in found] == [1, 1]
    assert not {entry.change for entry in oldest(made.entries, 99)} - {Change.OPEN, Change.MOVED}


def test_the_trend_is_that_of_the_ledgers(made):
    assert [(point.number, point.discovered) for point in made.trend] == [(1, 8), (2, 9)]
    assert all(sum(point.severities.values()) for point in made.trend)


def test_a_confirmed_leak_has_24_hours(tmp_path):
    from dataclasses import replace

    share, store = tmp_path / "share", tmp_path / "s"
    write(share, a_txt=MARKED)
    night(store, share, config=replace(CONFIG, finding_key=b"k" * 32))
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    with closing(open_database(str(store))) as connection:
        run = one_run(connection, None)
        entry = overview(connection, run, TODAY).entries[0]
        said = Conclusion("confirmed", "核实", "李明", at)
        decide(connection, subject_of(connection, entry.finding.key), said)
        (told,) = overview(connection, run, TODAY).deadlines

    assert (told.due, told.reports) == (at + timedelta(hours=24), ())
    assert told.entry.locator.endswith("a.txt")


def test_an_interrupted_run_tells_what_it_had_not_come_to(tmp_path):
    share, store = tmp_path / "share", tmp_path / "s"
    write(share, **{f"{name}_txt": MARKED + name for name in "abc"})
    night(store, share, stop_after=1)
    with closing(open_database(str(store))) as connection:
        made = overview(connection, one_run(connection, None), TODAY)

    assert made.run.state == "interrupted"
    assert made.trend == ()
    assert Counter(entry.change for entry in made.entries) == {Change.NEW: made.totals.examined}


def too_many_copies(store, share, *present):
    """One night that sees copies of one registered document, of which one is allowed."""
    from dataclasses import replace

    from store_nights import Night

    from markscan.finding import Copy, Outcome, Status
    from markscan.store.nightly import Nightly, Wish
    from markscan.store.runs import Asked, Ledger, begin, end
    from markscan.walk import listings

    with closing(open_database(str(store))) as connection:
        asked = Asked((share.as_posix(),), "test")
        run = begin(connection, b"scanner", TODAY.toordinal(), asked)
        work = Nightly(connection, run, Wish(every=True, full=True), Night(run), lambda: None)
        for source in work.sources(listings([share]), work.tick):
            outcome = Outcome(source.locator, "text", Status.EXAMINED)
            copy = Copy("d-1", allowed=1) if source.name in present else None
            work.ended(replace(outcome, copies=(copy,)) if copy is not None else outcome)
        work.finish()
        end(connection, run, "finished", Ledger())
        return overview(connection, one_run(connection, None), TODAY)


def test_copies_beyond_what_is_allowed_are_compared_too(tmp_path):
    share, store = tmp_path / "share", tmp_path / "s"
    write(share, a_txt="一", b_txt="二")
    told = [
        [(entry.finding.rule, entry.change.value) for entry in made.entries]
        for made in (
            too_many_copies(store, share, "a.txt", "b.txt"),
            too_many_copies(store, share, "a.txt", "b.txt"),
            too_many_copies(store, share, "a.txt"),
        )
    ]

    assert told == [[("MS416", "new")], [("MS416", "open")], [("MS416", "gone")]]
