"""What an engine's process says and is told: JSON, one object a line, on its standard streams.

First line in: lexicon, corpus, size, document, model, variant. First line out: version,
build_ns, load_ns, rss_mb and peak_mb (added by building), or {"cannot": reason}. Then for
each line "sample" in, a line {ns, passes, count} out, until the input ends. Times are CPU
time of this process, or of its children where the engine is a program.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from benchmarks.matching.inputs import documents_of, terms_of

_LONG_ENOUGH = 100_000_000  # ns; shorter samples are several passes over the text
_PASSES = 200


class Unable(Exception):
    """The engine cannot do this; the message says why."""


class Engine(Protocol):
    """A compiled lexicon that counts."""

    version: str

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of hits in UTF-8 `documents`."""


Build = Callable[[list[str], str], Engine]
Clock = Callable[[], int]


def serve(
    build: Build,
    prepare: Callable[[list[str], str], list[str]] | None = None,
    clock: Clock = time.process_time_ns,
) -> None:
    """Do what the lines of standard input ask for.

    `prepare` changes the terms before the time of building begins. An engine may have
    `overhead_ns`, its time of building, taken off every pass; `repeats`, how often it reads
    the text in a pass; and `stored()`, which serialises the compiled lexicon and returns
    the function that loads it, which is timed.
    """
    request = json.loads(sys.stdin.readline())
    terms = terms_of(Path(request["lexicon"]))
    try:
        if prepare is not None:
            terms = prepare(terms, request["variant"])
        engine, told = _built(build, terms, request, clock)
    except (Unable, ImportError, MemoryError) as problem:
        _tell({"cannot": str(problem) or type(problem).__name__})
        return
    documents = documents_of(Path(request["corpus"]), request["size"], request["document"])
    _tell(told | {"bytes": sum(map(len, documents)), "documents": len(documents)})
    take = _latency if request["model"] == "latency" else _throughput
    for _ in sys.stdin:
        _tell(take(engine, documents, clock))


def memory(field: str) -> float | None:
    """Return VmRSS or VmHWM of this process in MB; None where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith(field)), None)


def _built(
    build: Build, terms: list[str], request: dict[str, str], clock: Clock
) -> tuple[Engine, dict[str, object]]:
    gc.collect()
    before, began = memory("VmRSS"), clock()
    engine = build(terms, request["variant"])
    spent = getattr(engine, "overhead_ns", clock() - began)
    peak = memory("VmHWM")
    gc.collect()
    after = memory("VmRSS")
    told: dict[str, object] = {"version": engine.version, "build_ns": spent, "load_ns": None}
    told["rss_mb"] = told["peak_mb"] = None
    is_program = hasattr(engine, "overhead_ns")  # whose memory is not that of this process
    if not is_program and before is not None and after is not None and peak is not None:
        told |= {"rss_mb": after - before, "peak_mb": peak - before}
    if hasattr(engine, "stored") and request["model"] == "build":
        load = engine.stored()
        began = clock()
        load()
        told["load_ns"] = clock() - began
    return engine, told


def _throughput(engine: Engine, documents: list[bytes], clock: Clock) -> dict[str, object]:
    off = getattr(engine, "overhead_ns", 0)
    passes, count, began = 0, 0, clock()
    while passes < _PASSES:
        count = engine.count(documents)
        passes += 1
        spent = clock() - began
        if spent >= _LONG_ENOUGH:
            break
    alone = max(1, spent // passes - off) // getattr(engine, "repeats", 1)
    return {"ns": max(1, alone), "passes": passes, "count": count}


def _latency(engine: Engine, documents: list[bytes], clock: Clock) -> dict[str, object]:
    """The median and the 99th of 100 over the documents, each alone."""
    taken, count = [], 0
    for document in documents:
        began = clock()
        count += engine.count([document])
        taken.append(clock() - began)
    ranked = sorted(taken)
    ninety_ninth = ranked[min(len(ranked) - 1, len(ranked) * 99 // 100)]
    return {"ns": int(statistics.median(ranked)), "p99_ns": ninety_ninth, "count": count}


def _tell(row: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()
