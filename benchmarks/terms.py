"""The terms that ship, in folded text: our finder beside other engines (group core)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.matching import definition
from benchmarks.matching.group import SHIPPED, results, table_rows
from benchmarks.matching.inputs import FOUND, GENERATED, default_folder, has_corpus


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Yield a row for every engine, on public text where it lies beside the project."""
    corpus = FOUND if has_corpus(FOUND) else GENERATED
    benches = [
        replace(bench, corpus=corpus, megabytes=1 if quick else bench.megabytes)
        for bench in definition.benches()
        if bench.group == SHIPPED
    ]
    for measured in results(benches, default_folder(), 3 if quick else None):
        yield from table_rows(measured)
