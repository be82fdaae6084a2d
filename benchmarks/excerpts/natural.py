"""Benchmark: natural reuse in Chinese, with the places of every shared run (corpus/reuse/zh).

Pairs of documents: versions of a law, rules that implement it, interpretations, and pairs that
share nothing but boilerplate. Each `a` is registered, each `b` scanned. Runs that stand in at
most five documents are rare; the others anybody may have from elsewhere. The table of public
text is made of the laws without all documents of the pairs that are measured with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from benchmarks.excerpts import texts
from benchmarks.excerpts.texts import Text
from markscan.finding import Tier

RARE = 5  # documents
LEAST = 30  # ideographs of a rare run that a pair must have to count as reuse


FOLDER = texts.SHARED / "corpus" / "reuse" / "zh"


@dataclass(slots=True)
class _Sums:
    """What adds up over pairs; characters are those of `b`."""

    pairs: int = 0
    reused: int = 0
    alerts: int = 0
    found: int = 0
    rare: int = 0
    rare_found: int = 0
    told: int = 0
    told_right: int = 0
    rows: list[int] = field(default_factory=list)


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Yield a row for each kind of pair; none where the corpus is absent."""
    if not FOLDER.is_dir():
        return
    lines = (FOLDER / "pairs.jsonl").read_text("utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    for pair in pairs:
        pair["name"] = pair["a_source"].rpartition("/")[2]
    pairs.sort(key=lambda pair: (Text(pair["name"], "").fold, pair["a"]))
    sums: dict[str, _Sums] = {}
    for fold, group in groupby(pairs, key=lambda pair: Text(pair["name"], "").fold):
        if not quick or fold == 0:
            _measure(list(group), sums)
    for kind, total in sorted(sums.items()):
        yield _row(kind, total)


def _measure(pairs: list[dict[str, object]], sums: dict[str, _Sums]) -> None:
    out = {str(pair[f"{side}_source"]).rpartition("/")[2] for pair in pairs for side in "ab"}
    known = [each for each in texts.laws() if each.name not in out]
    table, said = texts.public_table(known), texts.statistics_of(known)
    originals = sorted({str(pair["a"]) for pair in pairs})
    finder, register = texts.finder([Text(name, _read(name)) for name in originals], table)
    number = {name: n for n, name in enumerate(originals, start=1)}
    for name, same in groupby(sorted(pairs, key=lambda p: str(p["b"])), key=lambda p: str(p["b"])):
        text = _read(name)
        with texts.told_by(said):
            reuse = {each.entry.number: each for each in texts.reuses(finder, text)}
        for pair in same:
            total = sums.setdefault(str(pair["kind"]), _Sums())
            total.rows.append(len(register.index))
            sure = reuse.get(number[str(pair["a"])])
            seen = [
                (each.span.start, each.span.end)
                for each in (sure.passages if sure else ())
                if each.tier is Tier.ALERT
            ]
            _add(total, pair, _mask(seen, len(text)), len(text))


def _add(total: _Sums, pair: dict[str, object], told: NDArray[np.bool_], size: int) -> None:
    spans: list[list[int]] = pair["spans"]  # type: ignore[assignment]
    every = _mask([(s[2], s[3]) for s in spans], size)
    rare = _mask([(s[2], s[3]) for s in spans if 0 <= s[5] <= RARE and s[4] >= LEAST], size)
    reused = int(pair["max_rare_span"]) >= LEAST  # type: ignore[call-overload]
    total.pairs += 1
    total.reused += reused
    total.alerts += bool(told.any())
    total.found += reused and bool((told & rare).any())
    total.rare += int(rare.sum())
    total.rare_found += int((rare & told).sum())
    total.told += int(told.sum())
    total.told_right += int((told & every).sum())


def _row(kind: str, total: _Sums) -> dict[str, object]:
    return {
        "name": f"natural reuse, {kind}",
        "pairs": total.pairs,
        "with_rare_runs": total.reused,
        "found": total.found,
        "alerts": total.alerts,
        "recall_of_rare_runs": round(total.rare_found / total.rare, 3) if total.rare else None,
        "precision": round(total.told_right / total.told, 3) if total.told else None,
        "rows": max(total.rows),
    }


def _mask(spans: list[tuple[int, int]], size: int) -> NDArray[np.bool_]:
    mask = np.zeros(size, np.bool_)
    for start, end in spans:
        mask[start:end] = True
    return mask


def _read(name: str) -> str:
    return (FOLDER / "docs" / name).read_text("utf-8")
