"""The pool: real processes that hang, crash, leak and raise."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pool_scans
import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markscan.errors import ConfigError, WorkerError
from markscan.finding import Outcome, Status
from markscan.run import pool, run
from markscan.source import Source
from markscan.wording import PROBLEMS, Text

posix = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="address space is bounded on Linux only")


@pytest.fixture(autouse=True)
def _sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROBLEMS, "memory", Text("内存 {megabytes} MB", "{megabytes} MB"))


@pytest.fixture(autouse=True)
def _workers_do_not_import_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spawned process runs the main module again, and ours is pytest."""
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)


@pytest.fixture(autouse=True)
def _leaves_no_child() -> Iterator[None]:
    yield

    def others() -> list[str]:
        children = psutil.Process().children(recursive=True)
        return [
            child.name() for child in children if "resource_tracker" not in str(child.cmdline())
        ]

    assert others() == []


def sources(*names: str) -> list[Source]:
    return [Source(Path(name)) for name in names]


def scan(*names: str, workers: int = 2, seconds: float = 0.7, **more: object) -> list[Outcome]:
    more = {"megabytes": 2048, **more}
    return list(
        run(pool_scans.make_by_name, sources(*names), workers=workers, seconds=seconds, **more)  # type: ignore[arg-type]
    )


def codes(outcomes: list[Outcome]) -> list[str]:
    return [each.problems[0].code if each.problems else "-" for each in outcomes]


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_outcomes_come_in_the_order_of_sources(workers):
    names = [f"slow-{n}" if n % 23 == 0 else f"good-{n}" for n in range(60)]

    outcomes = scan(*names, workers=workers)

    assert [each.locator for each in outcomes] == names


@pytest.mark.parametrize("workers", [0, 2])
def test_no_sources_give_no_outcomes(workers):
    assert scan(workers=workers) == []


HARM = [
    ("hang", "timeout", "0.7"),
    ("spin", "timeout", "0.7"),
    ("exit", "internal", "(7)"),
    ("raise", "internal", "ValueError"),
    ("quit", "internal", "SystemExit"),
    ("recurse", "internal", "RecursionError"),
    ("unpicklable", "internal", ""),
    pytest.param("abort", "limit", "700 MB", marks=posix),
    pytest.param("segfault", "internal", "(-11)", marks=posix),
    pytest.param("eat", "limit", "700", marks=linux),
]


@pytest.mark.parametrize(("harm", "code", "said"), HARM)
def test_harm_costs_one_file_and_is_named(harm, code, said):
    names = [f"good-{n}" for n in range(6)]
    names[3] = harm

    outcomes = scan(*names, workers=1, megabytes=700)

    assert [each.locator for each in outcomes] == names
    assert codes(outcomes) == ["-", "-", "-", code, "-", "-"]
    assert outcomes[3].status is Status.UNREAD and outcomes[3].format == ""
    assert said in outcomes[3].problems[0].message.en
    assert "绝密" not in outcomes[3].problems[0].message.zh


@pytest.mark.parametrize(("harm", "code"), [("raise", "internal"), ("quit", "internal")])
def test_without_workers_a_fault_costs_one_file_too(harm, code):
    assert codes(scan("good", harm, "good", workers=0)) == ["-", code, "-"]


def test_an_exception_is_logged_without_its_words(caplog):
    scan("raise")

    assert "pool_scans.py" in caplog.text and "绝密" not in caplog.text


def test_all_of_a_batch_hanging_costs_each_its_own_time_only():
    began = time.monotonic()

    outcomes = scan(*["hang"] * 4, "good", workers=2, seconds=0.3)

    assert codes(outcomes) == ["timeout"] * 4 + ["-"]
    assert time.monotonic() - began < 10


def test_time_runs_from_the_beginning_of_the_file_not_of_its_batch():
    assert codes(scan(*["slow"] * 12, workers=1, seconds=0.8)) == ["-"] * 12


def test_a_slow_file_does_not_stop_the_others():
    begun: list[str] = []
    names = ["slow-first", *(f"good-{n}" for n in range(200))]
    iterator = run(
        pool_scans.make_by_name,
        sources(*["hang"], *names),
        workers=2,
        seconds=1.5,
        megabytes=2048,
        started=lambda source: begun.append(source.path.name),
    )

    first = next(iterator)

    assert first.problems[0].code == "timeout"
    assert len(set(begun)) > 100
    assert len(list(iterator)) == len(names)


def test_outcomes_that_wait_for_a_slow_one_are_bounded(monkeypatch):
    monkeypatch.setattr(pool, "WINDOW", 50)
    read = []

    def many() -> Iterator[Source]:
        for n in range(400):
            read.append(n)
            yield Source(Path("hang" if n == 0 else f"good-{n}"))

    iterator = run(pool_scans.make_by_name, many(), workers=2, seconds=1.5, megabytes=2048)
    next(iterator)

    assert len(read) <= 51
    assert len(list(iterator)) == 399


def test_every_source_is_announced_before_its_outcome():
    begun: set[str] = set()
    names = [f"good-{n}" for n in range(100)] + ["exit", "hang", "slow"]

    for outcome in run(
        pool_scans.make_by_name,
        sources(*names),
        workers=2,
        seconds=1,
        megabytes=2048,
        started=lambda source: begun.add(source.locator),
    ):
        assert outcome.locator in begun


def test_a_large_file_is_begun_before_small_ones_that_come_first(tmp_path):
    large = tmp_path / "slow-large"
    with large.open("wb") as file:
        file.truncate(5 << 20)
    begun: list[str] = []
    names = [f"slow-{n}" for n in range(30)]

    outcomes = list(
        run(
            pool_scans.make_by_name,
            [*sources(*names), Source(large)],
            workers=2,
            seconds=5,
            megabytes=2048,
            started=lambda source: begun.append(source.path.name),
        )
    )

    assert [Path(each.locator).name for each in outcomes] == [*names, "slow-large"]
    assert begun.index("slow-large") < 12


def test_large_outcomes_and_large_contents_pass():
    content = os.urandom(5 << 20)
    inner = [Source(Path("a.zip"), (f"long-{n}",), content) for n in range(4)]

    outcomes = list(run(pool_scans.make_good, inner, workers=2, seconds=5, megabytes=2048)) + scan(
        "long-1", "long-2", "long-3"
    )

    assert codes(outcomes) == ["-"] * 7
    assert len(outcomes[-1].format) == 3_000_000


@linux
def test_a_worker_that_has_grown_is_replaced():
    outcomes = scan("pid", "grow", *["pid"] * 30, workers=1, seconds=10, megabytes=600)

    assert codes(outcomes) == ["-"] * 32
    assert len({each.format for each in outcomes if each.format.isdigit()}) > 1


def test_a_worker_is_replaced_after_many_files(monkeypatch):
    monkeypatch.setattr("markscan.run.crew._FILES_EACH", 20)
    monkeypatch.setattr("markscan.run.crew._STARTS_EACH", 0)

    outcomes = scan(*[f"pid-{n}" for n in range(60)], workers=2, seconds=5)

    assert len({each.format for each in outcomes}) > 2


def test_what_a_library_prints_does_not_reach_stdout(capfd):
    scan("print")

    assert capfd.readouterr().out == ""


def test_a_few_files_do_not_hire_all_workers():
    outcomes = scan("pid", "pid", workers=2)

    assert len({each.format for each in outcomes}) <= 2


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (pool_scans.make_refused, ConfigError),
        (pool_scans.make_unportable, RuntimeError),
        (pool_scans.make_dead, type(None)),
        (pool_scans.make_none, type(None)),
        ((lambda: None), AttributeError),
    ],
    ids=["refused", "unportable", "dead", "unexpected", "unpicklable"],
)
def test_a_scanner_that_cannot_be_built_is_a_worker_error(make, cause):
    with pytest.raises(WorkerError) as caught:
        list(run(make, sources("a", "b"), workers=2, seconds=5, megabytes=2048))

    # Before 3.12 some refusals to pickle are PicklingError, later AttributeError.
    assert isinstance(
        caught.value.__cause__, (cause, Exception) if cause is AttributeError else cause
    )


def test_without_workers_the_error_is_the_scanners_own():
    with pytest.raises(ConfigError):
        list(run(pool_scans.make_refused, sources("a"), workers=0, seconds=5, megabytes=2048))


@pytest.mark.parametrize("wrong", [{"workers": -1}, {"seconds": 0}, {"megabytes": 0}])
def test_numbers_that_make_no_sense_are_refused_at_once(wrong):
    with pytest.raises(ValueError, match="must"):
        run(pool_scans.make_good, [], **{"workers": 1, "seconds": 1, "megabytes": 64, **wrong})


def test_closing_the_iterator_ends_all_processes():
    iterator = run(
        pool_scans.make_by_name,
        sources("good", *["hang"] * 5),
        workers=2,
        seconds=60,
        megabytes=2048,
    )
    next(iterator)
    began = time.monotonic()

    iterator.close()  # type: ignore[attr-defined]

    assert time.monotonic() - began < 2


def test_an_error_of_the_sources_ends_all_processes():
    def broken() -> Iterator[Source]:
        yield from sources("good")
        raise OSError("the share is gone")

    with pytest.raises(OSError, match="share"):
        list(run(pool_scans.make_good, broken(), workers=2, seconds=5, megabytes=2048))


_INTERRUPTED = """
    import signal
    import sys
    sys.path.insert(0, {tests!r})
    from pathlib import Path
    import pool_scans
    from markscan.run import run
    from markscan.source import Source

    if __name__ == "__main__":
        # A shell that runs the tests in the background has them ignore it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        names = ["pid-1", "pid-2"] + ["hang"] * 8
        for outcome in run(pool_scans.make_by_name, [Source(Path(n)) for n in names],
                           workers=2, seconds=60, megabytes=2048):
            print(outcome.format, flush=True)
"""


@posix
def test_ctrl_c_ends_everything_within_two_seconds(tmp_path):
    script = tmp_path / "scan.py"
    script.write_text(textwrap.dedent(_INTERRUPTED.format(tests=str(Path(__file__).parents[1]))))
    process = subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.readline()
    time.sleep(0.3)
    children = psutil.Process(process.pid).children(recursive=True)
    began = time.monotonic()

    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=10)

    assert time.monotonic() - began < 2
    assert errors.count("KeyboardInterrupt") == 1
    assert len(children) >= 2
    _, alive = psutil.wait_procs(children, timeout=2)
    assert alive == []


@posix
def test_workers_end_when_their_parent_is_killed(tmp_path):
    script = tmp_path / "scan.py"
    text = _INTERRUPTED.replace('["hang"] * 8', '["slow"] * 100')
    script.write_text(textwrap.dedent(text.format(tests=str(Path(__file__).parents[1]))))
    process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    children = psutil.Process(process.pid).children(recursive=True)

    process.kill()
    process.communicate()

    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(["good"] * 12 + ["raise", "exit", "hang", "unpicklable", "quit"]),
        max_size=16,
    ),
    st.integers(1, 3),
)
def test_every_source_ends_in_exactly_one_outcome(names, workers):
    numbered = [f"{name}-{n}" for n, name in enumerate(names)]

    outcomes = scan(*numbered, workers=workers, seconds=0.5)

    assert [each.locator for each in outcomes] == numbered
    for name, outcome in zip(names, outcomes, strict=True):
        assert (outcome.status is Status.EXAMINED) == (name == "good")
