"""The group `matching` of the command line, and the pinning of its counts."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.matching import definition, reference, summary
from benchmarks.matching.definition import FOLDER, Bench
from benchmarks.matching.inputs import (
    GENERATED,
    corpus_file,
    default_folder,
    documents_of,
    lexicon_file,
    terms_of,
)
from benchmarks.matching.measure import Measured, measure

QUICK = "quick"
SHIPPED = "shipped"


def chosen(quick: bool, only: str = "") -> list[Bench]:
    """Return the benches of a run; `only` is a regular expression on their names."""
    return [
        bench
        for bench in definition.benches()
        if (bench.group == QUICK) == quick
        and bench.group != SHIPPED
        and re.search(only, bench.name)
    ]


def results(benches: list[Bench], folder: Path, rounds: int | None = None) -> Iterator[Measured]:
    """Measure each, saying on standard error where the run is."""
    for number, bench in enumerate(benches, 1):
        _say(f"[{number}/{len(benches)}] {bench.name}")
        yield measure(bench, folder, rounds, _say)


def run(
    quick: bool, only: str = "", folder: Path | None = None, rounds: int | None = None
) -> Iterator[dict[str, object]]:
    """Yield a row for every engine of every bench, then one for every goal that was measured."""
    everything = []
    for measured in results(chosen(quick, only), folder or default_folder(), rounds):
        everything.append(measured)
        yield from table_rows(measured)
    for met in summary.judged(definition.goals(), everything):
        if met.value is not None:
            name = f"goal: {met.goal.text}"
            yield {"name": name, "bound": met.bound, "value": met.value, "goal": met.word}


def table_rows(measured: Measured) -> Iterator[dict[str, object]]:
    """Yield a row of the command line for every engine of a bench."""
    for row in summary.rows(measured):
        shown: dict[str, object] = {
            "name": row.bench,
            "engine": f"{row.engine} {row.version}".strip(),
        }
        for field in ("mb_s", "latency_us", "p99_us", "build_s", "load_s", "rss_mb", "peak_mb"):
            shown[field] = getattr(row, field)
        shown |= {"ratio": row.ratio, "count": row.count}
        shown["note"] = f"{row.state}: {row.note}" if row.note else None
        yield shown | ({} if row.state == "missing" else {"check": row.state != "wrong"})


def pin(only: str, folder: Path) -> Iterator[str]:
    """Write the counts of the reference into the definitions; yield a line for each bench.

    Benches on text that is not made up have no counts to pin.
    """
    for bench in definition.benches():
        if bench.corpus != GENERATED or bench.group == SHIPPED or not re.search(only, bench.name):
            continue
        size = int(bench.megabytes * 1e6)
        terms = terms_of(lexicon_file(bench.lexicon, bench.corpus, folder))
        text = corpus_file(bench.corpus, size, folder)
        counted = reference.counts(documents_of(text, size, bench.document), terms)
        path = FOLDER / f"{bench.group}.toml"
        changed = definition.with_counts(path.read_text("utf-8"), bench.name, counted)
        path.write_text(changed, "utf-8", newline="\n")
        yield f"{bench.name}: {counted}"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
