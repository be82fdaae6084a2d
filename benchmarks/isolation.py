"""What it costs to keep each file in a worker process, away from the supervisor."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from markscan.finding import Outcome, Status
from markscan.run import run as run_scan
from markscan.source import Source

_GOAL = 100.0  # microseconds a file


def scan_nothing(source: Source) -> Outcome:
    """Answer at once: what is measured is the way there and back."""
    return Outcome(source.locator, "text", Status.EXAMINED)


def make_scan() -> Callable[[Source], Outcome]:
    """Return what a worker does."""
    return scan_nothing


def run(quick: bool) -> list[dict[str, object]]:
    """Return one row: microseconds a file, wall time, beside the same in this process."""
    sources = [Source(Path(f"file-{n}")) for n in range(5_000 if quick else 40_000)]
    here = _seconds(sources, 0)
    apart = _seconds(sources, 1)
    cost = (apart - here) / len(sources) * 1e6
    return [
        {
            "name": "a file in a worker of its own",
            "peer": "in this process",
            "files": len(sources),
            "value_us": round(cost, 1),
            "goal_us": _GOAL,
            "check": cost <= _GOAL,
        }
    ]


def _seconds(sources: list[Source], workers: int) -> float:
    outcomes = run_scan(make_scan, sources, workers=workers, seconds=60, megabytes=1024)
    next(outcomes)  # the start of the process is paid once
    start = time.perf_counter()
    count = sum(1 for _ in outcomes)
    spent = time.perf_counter() - start
    assert count == len(sources) - 1
    return spent
