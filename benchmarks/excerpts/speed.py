"""Benchmark: MB/s of each stage and of the whole look-up, beside two plain ways to do it.

The peers take the same folded ideographs. `set of k-grams` looks every group of twelve up in a
Python set of the same documents; `winnowing, HMAC` is what MOSS does (groups of 16, windows of
10) with HMAC-SHA256 under a key for each fingerprint, which a keyed register needs. Rounds of
all take turns; ratios are medians of the ratios in a round. CPU time, one core; MB are 10**6
bytes of UTF-8. Checked: all three name the same documents for copies of them.
"""

from __future__ import annotations

import hashlib
import hmac
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from benchmarks.excerpts import texts
from markscan.fingerprint import HanText, select
from markscan.match.chain import chain
from markscan.register.register import Register

ROUNDS = 7
_DOCUMENT = 20_000  # characters
_GROUP = 12
_MOSS_GROUP, _MOSS_WINDOW = 16, 10


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Yield a row for each stage, then one for each peer."""
    every = [each.text for kind in texts.others().values() for each in kind]
    joined = "\n".join(every)[: 1_000_000 if quick else 4_000_000]
    documents = [joined[at : at + _DOCUMENT] for at in range(0, len(joined), _DOCUMENT)]
    size = len(joined.encode()) / 1e6
    table = np.zeros(1, np.uint32)
    registered = texts.laws()[: 100 if quick else 600]
    _, register = texts.finder(registered, table)
    rows = len(register.index)
    stages: dict[str, Callable[[str], object]] = {
        "fold": HanText,
        "fold and select": lambda text: select(HanText(text).units),
        "fold, select and key": lambda text: register.take(HanText(text)),
        "fold to passages": lambda text: chain(register.find(HanText(text))),
    }
    rounds = 3 if quick else ROUNDS
    times = _turns(stages, documents, rounds)
    for name, taken in times.items():
        speed = statistics.median(size / one for one in taken)
        yield {"name": f"speed, {name}", "mb_s": round(speed), "rows": rows}
    yield from _peers(register, registered, documents, times["fold to passages"], rounds)


def _peers(
    register: Register,
    registered: list[texts.Text],
    documents: list[str],
    ours: list[float],
    rounds: int,
) -> Iterator[dict[str, object]]:
    few = documents[: max(len(documents) // 20, 1)]
    ours_few = [sum(_one(lambda t: chain(register.find(HanText(t))), few)) for _ in range(rounds)]
    size = sum(len(text.encode()) for text in few) / 1e6
    copies = [each.text for each in registered[:20]]
    peers = {"set of k-grams": _grams, "winnowing, HMAC": _moss}
    for name, marks in peers.items():
        known: dict[object, int] = {}
        for number, each in enumerate(registered, start=1):
            for mark in marks(each.text):
                known.setdefault(mark, number)
        look = partial(_look, known, marks)
        taken = [sum(_one(look, few)) for _ in range(rounds)]
        right = sum(look(text) == _ours(register, text) for text in copies)
        yield {
            "name": f"speed, peer {name}",
            "mb_s": round(statistics.median(size / one for one in taken), 2),
            "ratio": round(
                statistics.median(t / o for t, o in zip(taken, ours_few, strict=True)), 1
            ),
            "check": right >= 0.9 * len(copies),
        }


def _ours(register: Register, text: str) -> int:
    hits = register.find(HanText(text))
    return int(np.bincount(hits.entry).argmax()) if len(hits) else 0


def _look(known: dict[object, int], marks: Callable[[str], list[object]], text: str) -> int:
    """The document that most marks of `text` stand in."""
    counts: dict[int, int] = {}
    for mark in marks(text):
        number = known.get(mark)
        if number is not None:
            counts[number] = counts.get(number, 0) + 1
    return max(counts, key=lambda number: (counts[number], -number), default=0)


def _grams(text: str) -> list[object]:
    """All groups of twelve ideographs."""
    units = HanText(text).units.astype("<u2").tobytes().decode("utf-16-le")
    return [units[at : at + _GROUP] for at in range(len(units) - _GROUP + 1)]


def _moss(text: str) -> list[object]:
    """HMACs of the groups that winnowing keeps: the least of each window, each once."""
    units = HanText(text).units.astype("<u2").tobytes().decode("utf-16-le")
    groups = [units[at : at + _MOSS_GROUP] for at in range(len(units) - _MOSS_GROUP + 1)]
    order = [hash(group) for group in groups]
    kept: list[object] = []
    last = -1
    for at in range(len(order) - _MOSS_WINDOW + 1):
        if last < at or order[at + _MOSS_WINDOW - 1] <= order[last]:
            window = order[at : at + _MOSS_WINDOW]
            least = at + max(n for n, value in enumerate(window) if value == min(window))
            if least != last:
                last = least
                data = groups[last].encode("utf-16-le")
                kept.append(hmac.digest(texts.KEY.prints, data, hashlib.sha256)[:8])
    return kept


def _turns(
    stages: dict[str, Callable[[str], object]], documents: list[str], rounds: int
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in stages}
    for work in stages.values():
        _one(work, documents[:20])
    for _ in range(rounds):
        for name, work in stages.items():
            times[name].append(sum(_one(work, documents)))
    return times


def _one(work: Callable[[str], object], documents: list[str]) -> list[float]:
    """CPU seconds for each document."""
    taken = []
    for text in documents:
        start = time.process_time()
        work(text)
        taken.append(time.process_time() - start)
    return taken
