"""A run of the matching benchmarks: its processes, its checks, its record and its goals."""

import csv
import json

import pytest

from benchmarks.engines import ENGINES
from benchmarks.matching import measure, plot, record, summary
from benchmarks.matching.definition import Bench, Goal
from benchmarks.matching.measure import Measured, Sample, Verdict
from benchmarks.matching.process import EngineFailed, EngineProcess

TERMS = ["甲乙丙", "乙丙", "ab"]
TEXT = "一甲乙丙二\n甲乙\n丙 ａｂ\n" * 40  # 2 plain and 3 folded occurrences more in a line


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a lexicon and a text of its own, which the benches of this module read."""
    (tmp_path / "terms").write_text("\n".join(TERMS) + "\n", "utf-8")
    (tmp_path / "text").write_text(TEXT, "utf-8")
    monkeypatch.setattr(measure, "corpus_file", lambda *_: tmp_path / "text")
    monkeypatch.setattr(measure, "lexicon_file", lambda *_: tmp_path / "terms")
    return tmp_path


def bench(engines, count, model="throughput", **more):
    return Bench(
        "tiny",
        "tiny",
        model,
        "for tests",
        "official",
        1,
        2_000,
        "rare_1k",
        engines,
        2,
        count,
        **more,
    )


def test_two_engines_take_turns_and_count_right(folder):
    tiny = bench(("markscan", "pyahocorasick"), {"plain": 80, "folded": 200})
    measured = measure.measure(tiny, folder)

    assert [verdict.state for verdict in measured.verdicts] == ["right", "right"]
    assert [(s.round, s.engine) for s in measured.samples] == [
        (turn, engine) for turn in (0, 1) for engine in tiny.engines
    ]
    assert all(sample.ns > 0 and sample.size == len(TEXT.encode()) for sample in measured.samples)
    assert not measured.failed


def test_a_wrong_count_fails_and_what_cannot_be_run_is_named(folder):
    tiny = bench(
        ("pyahocorasick", "markscan-fold"),
        {"plain": 79},
        left_out={"markscan-fold": "of no use here"},
    )
    measured = measure.measure(tiny, folder, rounds=1)

    assert measured.failed
    assert measured.verdicts == (
        Verdict("tiny", "pyahocorasick", "wrong", "counts [80], not 79"),
        Verdict("tiny", "markscan-fold", "missing", "of no use here"),
    )
    folder_of_record = folder / "record"
    record.write(folder_of_record, [measured], [])
    with (folder_of_record / "samples.csv").open(encoding="utf-8", newline="") as file:
        assert [row["engine"] for row in csv.DictReader(file)] == ["pyahocorasick"]
    assert "of no use here" in (folder_of_record / "summary.md").read_text("utf-8")
    assert "pyahocorasick" in json.loads((folder_of_record / "machine.json").read_text())["engines"]


def test_a_process_that_breaks_off_is_told_with_its_last_words(tmp_path):
    request = {"lexicon": str(tmp_path / "absent")}
    with (
        EngineProcess(ENGINES["pyahocorasick"], request, tmp_path, 30) as process,
        pytest.raises(EngineFailed, match="FileNotFoundError"),
    ):
        process.answer()


def measured_with(speeds, count=None, kinds=("pyahocorasick", "hyperscan")):
    """A bench of 1,000 bytes with the nanoseconds of each round and engine as given."""
    samples = [
        Sample("tiny", engine, "1", turn, ns, 5, 1_000, 1)
        for turn, row in enumerate(speeds)
        for engine, ns in zip(kinds, row, strict=True)
    ]
    verdicts = [Verdict("tiny", engine, "right") for engine in kinds]
    return Measured(bench(kinds, count or {}), 3, tuple(samples), tuple(verdicts))


def test_the_ratio_is_the_median_of_the_ratios_of_rounds():
    rows = summary.rows(measured_with([(100, 10), (400, 20), (1_000, 10)]))
    assert [row.ratio for row in rows] == [1, 20]
    assert rows[1].mb_s == 100_000


@pytest.mark.parametrize(
    ("bound", "word"),
    [
        ({"at_least": 20}, "reached"),
        ({"at_least": 20.1}, "missed"),
        ({"at_most": 20}, "reached"),
        ({"at_most": 1}, "missed"),
    ],
)
def test_a_goal_is_reached_or_missed(bound, word):
    goal = Goal("faster", "tiny", "hyperscan", over="pyahocorasick", **bound)
    measured = measured_with([(400, 20)])
    assert [met.word for met in summary.judged([goal], [measured])] == [word]
    assert word in summary.tables([measured], [goal])


def test_a_goal_without_its_bench_is_not_measured():
    goal = Goal("faster", "other", "hyperscan", at_least=1)
    assert summary.judged([goal], [measured_with([(1, 1)])])[0].word == "not measured"


def test_engines_of_one_kind_must_agree_where_no_count_is_known():
    samples = [
        Sample("tiny", engine, "1", 0, 1, count, 9, 1)
        for engine, count in (("pyahocorasick", 4), ("hyperscan", 5), ("ripgrep", 3))
    ]
    found = {v.engine: v.state for v in measure._judged(bench((), {}), samples)}
    assert found == {"pyahocorasick": "right", "hyperscan": "wrong", "ripgrep": "right"}


def test_an_engine_known_to_miss_hits_does_not_fail_the_run():
    samples = [Sample("tiny", "flashtext", "1", 0, 1, 4, 9, 1)]
    (verdict,) = measure._judged(bench((), {"longest": 9}), samples)
    assert verdict.state == "inexact" and verdict.note.endswith("4 of 9")


def test_lines_of_the_plot_are_medians_by_engine():
    samples = [
        {
            "bench": "throughput/rare_1k/20kB",
            "model": "throughput",
            "engine": "markscan",
            "terms": terms,
            "size": "1000",
            "ns": ns,
        }
        for terms, ns in (("1000", "10"), ("1000", "20"), ("1000", "1000"), ("10000", "100"))
    ]
    assert plot.lines(samples, "throughput/rare", "terms") == {
        "markscan": [(1_000, 50_000), (10_000, 10_000)]
    }
