"""Pace, priority and closing time of a long scan."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

import pool_scans
import psutil
import pytest

from markscan.finding import Outcome
from markscan.run import Closing, Manners, look_twice, run
from markscan.run.manners import Allowance, ClosingTime
from markscan.source import Source


@pytest.fixture(autouse=True)
def _workers_do_not_import_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spawned process runs the main module again, and ours is pytest."""
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)


def sources(*names: str) -> list[Source]:
    return [Source(Path(name)) for name in names]


@pytest.mark.parametrize(
    ("now", "until", "day", "hour"),
    [
        ("2026-03-01 22:00", "06:00", 2, 6),
        ("2026-03-01 05:59", "06:00", 1, 6),
        ("2026-03-01 06:00", "06:00", 2, 6),
        ("2026-03-01 00:30", "23:00", 1, 23),
    ],
)
def test_closing_time_is_the_next_time_the_clock_shows_it(now, until, day, hour):
    closing = Closing.when(until, datetime.fromisoformat(now))

    assert datetime.fromtimestamp(closing.at) == datetime(2026, 3, day, hour)
    assert not closing.cut


def test_what_is_walked_over_ends_with_a_sign_at_closing_time():
    closing = Closing(at=time.time() + 1000)
    seen = []

    with pytest.raises(ClosingTime):
        for item in closing.before(range(5)):
            seen.append(item)
            if item == 2:
                closing.at = 0

    assert seen == [0, 1, 2]
    assert not closing.cut  # whoever waits for it says so


@pytest.mark.parametrize(("at", "left", "cut"), [(0, [], True), (float("inf"), [0, 1], False)])
def test_sources_are_cut_short_at_closing_time_only(at, left, cut):
    closing = Closing(at=at)

    assert list(closing.shortened(range(2))) == left
    assert closing.cut is cut


def test_after_closing_time_what_is_in_hand_ends_and_nothing_is_begun():
    closing = Closing(at=float("inf"))
    names = [f"pid-{n}" for n in range(3)] + [f"slow-{n}" for n in range(200)]
    ended = []
    for outcome in run(
        pool_scans.make_by_name,
        sources(*names),
        workers=2,
        seconds=5,
        megabytes=2048,
        closing=closing,
    ):
        ended.append(outcome.locator)
        closing.at = 0

    assert closing.cut
    assert 0 < len(ended) < 100  # two batches
    assert ended == [name for name in names if name in set(ended)]


def test_what_hangs_is_given_up_one_limit_of_time_after_closing():
    closing = Closing(at=time.time() + 0.5)
    names = ["pid", *["hang"] * 20]
    began = time.monotonic()

    ended = list(
        run(
            pool_scans.make_by_name,
            sources(*names),
            workers=1,
            seconds=1.5,
            megabytes=2048,
            closing=closing,
        )
    )

    assert closing.cut
    assert len(ended) < len(names)
    assert time.monotonic() - began < 20


def test_a_run_that_was_done_before_closing_time_is_not_cut():
    closing = Closing(at=time.time() + 1000)

    ended = list(
        run(
            pool_scans.make_good,
            sources("a", "b"),
            workers=1,
            seconds=5,
            megabytes=2048,
            closing=closing,
        )
    )

    assert len(ended) == 2
    assert not closing.cut


def test_pictures_that_closing_time_leaves_out_have_no_outcome(monkeypatch):
    monkeypatch.setattr("markscan.run.recognition.shows_pictures", lambda outcome: True)

    def first(sources):
        yield from map(pool_scans.good, sources)

    def second(sources):
        yield pool_scans.good(next(iter(sources)))

    ended = list(look_twice(first, second, sources("a", "b", "c")))

    assert [outcome.locator for outcome in ended] == ["a"]
    assert isinstance(ended[0], Outcome)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("spent", "passed", "wait"),
    [
        (0, 0, 0),
        (100, 0, 0),
        (300, 0, 2),
        (300, 1, 1),
        (300, 5, 0),
    ],
)
def test_an_allowance_is_a_second_of_bytes_and_what_time_adds(spent, passed, wait):
    clock = Clock()
    allowance = Allowance(100, clock)
    allowance.spend(spent)
    clock.now = passed

    assert allowance.wait() == pytest.approx(wait)


def test_what_is_not_read_for_long_is_saved_up_for_a_second_only():
    clock = Clock()
    allowance = Allowance(100, clock)
    clock.now = 1000
    allowance.spend(150)

    assert allowance.wait() == pytest.approx(0.5)


def test_without_a_bound_nothing_waits():
    allowance = Allowance(0)
    allowance.spend(1 << 60)

    assert allowance.wait() == 0


def test_a_pace_holds_over_all_workers(tmp_path):
    """4 MB at 2 MB a second, one second of it saved up: a second at least."""
    files = []
    for number in range(8):
        file = tmp_path / f"good-{number}"
        file.write_bytes(bytes(500_000))
        files.append(Source(file))
    began = 0.0
    times = []

    def started(source: Source) -> None:
        nonlocal began
        began = began or time.monotonic()
        times.append(time.monotonic() - began)

    manners = Manners(bytes_per_second=2e6)
    ended = list(
        run(
            pool_scans.make_by_name,
            files,
            workers=2,
            seconds=5,
            megabytes=2048,
            started=started,
            manners=manners,
        )
    )

    assert len(ended) == 8
    assert times[-1] >= 0.5


@pytest.mark.parametrize(("low", "nicer"), [(True, 10), (False, 0)])
def test_workers_step_back_when_they_are_told_to(low, nicer):
    me = psutil.Process().nice()

    (ended,) = run(
        pool_scans.make_nice,
        sources("a"),
        workers=1,
        seconds=5,
        megabytes=2048,
        manners=Manners(low_priority=low),
    )
    nice, _, disk = ended.format.partition(" ")

    if sys.platform == "win32":
        assert (int(nice) == psutil.BELOW_NORMAL_PRIORITY_CLASS) is low
    else:
        assert int(nice) == (max(me, 10) if low else me)
    if sys.platform == "linux":
        assert (disk == "IOPRIO_CLASS_IDLE") is low
