"""What the samples say: medians, ratios round by round, goals reached or missed, in Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.matching.definition import Goal
from benchmarks.matching.measure import Measured, Sample, Verdict

BASE = "pyahocorasick"  # what the ratios are to


@dataclass(frozen=True, slots=True)
class Row:
    """One engine in one bench: medians over the rounds; None where it does not apply.

    `mb_s` are 10**6 bytes of UTF-8 a second of CPU time, `latency_us` and `p99_us`
    microseconds for one document, `ratio` the median over rounds to that of `BASE`.
    """

    bench: str
    model: str
    engine: str
    version: str
    state: str
    note: str
    count: int | None = None
    mb_s: float | None = None
    ratio: float | None = None
    latency_us: float | None = None
    p99_us: float | None = None
    build_s: float | None = None
    load_s: float | None = None
    rss_mb: float | None = None
    peak_mb: float | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """A goal with what was measured for it; `value` is None where something was missing."""

    goal: Goal
    value: float | None

    @property
    def word(self) -> str:
        """Return "reached", "missed" or "not measured"."""
        if self.value is None:
            return "not measured"
        low, high = self.goal.at_least, self.goal.at_most
        good = (low is None or self.value >= low) and (high is None or self.value <= high)
        return "reached" if good else "missed"

    @property
    def bound(self) -> str:
        """Return the bound, such as "≥ 5"."""
        return (
            f"≥ {self.goal.at_least:g}" if self.goal.at_most is None else f"≤ {self.goal.at_most:g}"
        )


def rows(measured: Measured) -> list[Row]:
    """Return a row for every engine that the bench names."""
    return [_row(measured, verdict) for verdict in measured.verdicts]


def judged(goals: Iterable[Goal], everything: Sequence[Measured]) -> list[Met]:
    """Return what came of each goal."""
    return [Met(goal, _value(goal, everything)) for goal in goals]


def tables(everything: Sequence[Measured], goals: Sequence[Goal]) -> str:
    """Return the summary: a table for each bench and one of the goals."""
    parts = []
    for measured in everything:
        bench = measured.bench
        told = f"{bench.corpus}, {bench.megabytes:g} MB in documents of {bench.document:,} bytes; "
        told += f"{bench.lexicon}, {measured.terms:,} terms; medians of {_rounds(measured)}."
        head, lines = _table(rows(measured), bench.model)
        parts += [f"### {bench.name}", bench.analysis.strip(), told, "\n".join([head, *lines])]
    if goals:
        parts += ["### Goals", "\n".join(_goal_lines(judged(goals, everything)))]
    return "\n\n".join(parts) + "\n"


def _row(measured: Measured, verdict: Verdict) -> Row:
    bench, samples = measured.bench, _of(measured, verdict.engine)
    if not samples or verdict.state == "missing":
        return Row(bench.name, bench.model, verdict.engine, "", verdict.state, verdict.note)
    spent = statistics.median(sample.ns for sample in samples)
    first = samples[0]
    values: dict[str, float | None] = {}
    if bench.model == "throughput":
        values = {"mb_s": first.size * 1e3 / spent}
    elif bench.model == "latency":
        tails = [sample.p99_ns for sample in samples if sample.p99_ns is not None]
        values = {"latency_us": spent / 1e3, "p99_us": statistics.median(tails) / 1e3}
    else:
        values = {
            "build_s": spent / 1e9,
            "load_s": _median(None if s.load_ns is None else s.load_ns / 1e9 for s in samples),
            "rss_mb": _median(sample.rss_mb for sample in samples),
            "peak_mb": _median(sample.peak_mb for sample in samples),
        }
    return Row(
        bench.name,
        bench.model,
        verdict.engine,
        first.version,
        verdict.state,
        verdict.note,
        first.count,
        ratio=None if bench.model == "build" else _ratio(samples, _of(measured, BASE)),
        **values,
    )


def _of(measured: Measured, engine: str) -> list[Sample]:
    return [sample for sample in measured.samples if sample.engine == engine]


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def _ratio(samples: Sequence[Sample], others: Sequence[Sample]) -> float | None:
    """How many times as fast as the others, in the same round; speeds are by the byte."""
    by_round = {sample.round: sample for sample in others}
    pairs = [(sample, by_round[sample.round]) for sample in samples if sample.round in by_round]
    if not pairs:
        return None
    return statistics.median(
        (other.ns / other.size) / (sample.ns / sample.size) for sample, other in pairs
    )


def _value(goal: Goal, everything: Sequence[Measured]) -> float | None:
    by_name = {measured.bench.name: measured for measured in everything}
    measured = by_name.get(goal.bench)
    if measured is None:
        return None
    if goal.over:
        other = by_name.get(goal.over_bench or goal.bench)
        return None if other is None else _ratio(_of(measured, goal.engine), _of(other, goal.over))
    row = next((row for row in rows(measured) if row.engine == goal.engine), None)
    value = None if row is None else getattr(row, goal.value)
    return None if value is None else float(value)


def _rounds(measured: Measured) -> str:
    number = len({sample.round for sample in measured.samples})
    return f"{number} round{'' if number == 1 else 's'}"


_COLUMNS = {
    "throughput": (("MB/s", "mb_s"), ("× pyahocorasick", "ratio")),
    "latency": (("µs", "latency_us"), ("99 of 100, µs", "p99_us"), ("× pyahocorasick", "ratio")),
    "build": (
        ("build, s", "build_s"),
        ("load, s", "load_s"),
        ("memory added, MB", "rss_mb"),
        ("at peak, MB", "peak_mb"),
    ),
}


def _table(found: Sequence[Row], model: str) -> tuple[str, list[str]]:
    columns = _COLUMNS[model]
    names = [name for name, _ in columns]
    head = (
        f"| engine | {' | '.join(names)} | count | |\n| --- |{' ---: |' * (len(names) + 1)} --- |"
    )
    lines = []
    key = "build_s" if model == "build" else columns[0][1]
    sign = 1 if model != "throughput" else -1
    for row in sorted(found, key=lambda r: sign * (getattr(r, key) or float("inf") * sign)):
        cells = [_number(getattr(row, field)) for _, field in columns]
        said = "" if row.state == "right" else f"{row.state}: {row.note}"
        count = "" if row.count is None else f"{row.count:,}"
        lines.append(f"| {row.engine} {row.version} | {' | '.join(cells)} | {count} | {said} |")
    return head, lines


def _goal_lines(met: Sequence[Met]) -> list[str]:
    lines = ["| goal | bound | measured | |", "| --- | ---: | ---: | --- |"]
    for one in met:
        lines.append(f"| {one.goal.text} | {one.bound} | {_number(one.value)} | {one.word} |")
    return lines


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
