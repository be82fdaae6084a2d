"""Benchmark: the two trained models, in speed, loading and size.

Speed is of everything that a scan does for the content model: fold, both stages, words. The
peer is the first stage's look-ups written with the standard library, a dictionary of pairs
summed up over windows, on the same folded text. CPU time, rounds of both interleaved, median
of 5, ratio per round. MB are 10**6 bytes of UTF-8.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import accumulate, pairwise
from pathlib import Path

from markscan.classify.content import ContentModel
from markscan.classify.model_file import read_model
from markscan.classify.occurrence import OccurrenceModel
from markscan.classify.segmenter import split_words
from markscan.classify.shipped import model_path
from markscan.fold import fold

ROUNDS = 5
SPEED_GOAL = 8.0  # MB/s of one core
LOAD_GOAL = 150.0  # ms
SIZE_GOAL = 2_000_000  # bytes
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "public"
_WINDOW, _STEP = 120, 30
_COMMON = "的一是在有人这中大为上个国和地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
_LOAD = (
    "import time; from markscan.classify import {name}, matters, lexical_features, shipped;"
    "start = time.perf_counter(); shipped.{name}_model().model;"
    "print(1000 * (time.perf_counter() - start))"
)


def run(quick: bool) -> list[dict[str, object]]:
    """Return rows of speed, of loading in a process of its own, and of size."""
    texts = _texts(1_000_000 if quick else 8_000_000)
    return [
        _content_row(texts),
        _occurrence_row(200 if quick else 2000),
        *(_load_row(name, 3 if quick else 7) for name in ("content", "occurrence")),
    ]


def _content_row(texts: list[str]) -> dict[str, object]:
    model = ContentModel.of(read_model(model_path("content")))
    pairs = {a + b: 0.01 for a in _COMMON for b in _COMMON}

    def ours(text: str) -> object:
        return model.assess(fold(text).bare.units, split_words)

    def theirs(text: str) -> object:
        return _peer(text, pairs)

    ours(texts[0])  # reads the dictionary of words, once a process
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for times, work in zip(taken, (ours, theirs), strict=True):
            times.append(_cpu_seconds(work, texts))
    megabytes = sum(len(text.encode("utf-8", "replace")) for text in texts) / 1e6
    speed = megabytes / statistics.median(taken[0])
    return {
        "name": "content model with fold and words",
        "value_mb_s": round(speed, 1),
        "goal_mb_s": SPEED_GOAL,
        "peer": "dictionary of pairs, without fold and second stage",
        "peer_mb_s": round(megabytes / statistics.median(taken[1]), 1),
        "ratio": round(statistics.median(b / a for a, b in zip(*taken, strict=True)), 1),
        "reached": speed >= SPEED_GOAL,
    }


def _occurrence_row(count: int) -> dict[str, object]:
    model = OccurrenceModel.of(read_model(model_path("occurrence")))
    cases = [("000012\n", "机密", "\n关于考察情况的报告"), ("泄露的", "秘密", "事项，应当立即报告")]
    start = time.process_time()
    for number in range(count):
        model.classify(*cases[number % len(cases)])
    each = (time.process_time() - start) / count
    return {"name": "occurrence model", "value_us_each": round(each * 1e6, 1)}


def _load_row(name: str, times: int) -> dict[str, object]:
    command = [sys.executable, "-c", _LOAD.format(name=name)]
    found = [
        float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        for _ in range(times)
    ]
    size = model_path(name).stat().st_size
    return {
        "name": f"{name} model, loading",
        "value_ms": round(statistics.median(found), 1),
        "goal_ms": LOAD_GOAL,
        "reached": statistics.median(found) <= LOAD_GOAL,
        "bytes": size,
        "check": size <= SIZE_GOAL,
    }


def _peer(text: str, pairs: dict[str, float]) -> float:
    sums = [0.0, *accumulate(pairs.get(a + b, 0.0) for a, b in pairwise(text))]
    last = max(len(sums) - _WINDOW, 1)
    ends = (min(start + _WINDOW, len(sums) - 1) for start in range(0, last, _STEP))
    return max(sums[end] - sums[max(end - _WINDOW, 0)] for end in ends)


def _cpu_seconds(work: Callable[[str], object], texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def _texts(least: int) -> list[str]:
    rng = random.Random(11)
    paths = sorted(CORPUS.rglob("*.txt")) if CORPUS.is_dir() else []
    rng.shuffle(paths)
    texts: list[str] = []
    size = 0
    for path in paths:
        texts.append(path.read_text("utf-8", "replace"))
        size += path.stat().st_size
        if size >= least:
            return texts
    while size < least:
        texts.append("".join(rng.choices(_COMMON, k=3000)))
        size += 9000
    return texts
