"""A first scan of a mixed office tree: files and megabytes a second, with one worker and two.

The tree is made of real office files (docx, ofd, pdf, xlsx and others) and texts, copied with a
content of its own each, so that no file is spared for being known: packages get a comment, PDF a
comment behind their end, texts a line. Scans run as a user runs them, each into a new
store, with one worker and with two in turn; the best of each counts. Wall time is start-up and
all; CPU time is that of all processes together.

On a machine with other work wall time says more of that work. So there is also `alone_s`, where
the system (Linux) keeps account of how long each process ran and how long it waited for a
processor: the time without such waits, which is that before the first worker, and then the
longest of the workers or, if that is more, what all processes ran divided by the processors.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import PUBLIC

OFFICE = PUBLIC.parent / "office"
_PACKAGES = frozenset({".docx", ".dotx", ".xlsx", ".pptx", ".ofd"})
_TEXTS = 120  # beside 163 office files
_COPIES = 6
_ROUNDS = 3
_GOAL = 1.8
_LOOK_SECONDS = 0.05
_HARDLY = 0.2  # of what the busiest process ran


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Measure; `quick`: one copy of each file, once. Nothing where the files are not there."""
    if not OFFICE.is_dir() or not hasattr(os, "wait4"):
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name, "tree")
        count, size = grow(root, 1 if quick else _COPIES)
        best: dict[int, _Spent] = {}
        loads = []
        for _ in range(1 if quick else _ROUNDS):
            for workers in (1, 2):
                spent = _scan(root, Path(name), workers)
                loads.append(os.getloadavg()[0])
                best[workers] = min(best.get(workers, spent), spent, key=lambda each: each.alone)
        yield from _rows(count, size, best, max(loads))


@dataclass(frozen=True, slots=True)
class _Spent:
    """Seconds of one scan: by the clock, of the processors, and without waiting for those."""

    wall: float
    processors: float
    alone: float


def _rows(
    count: int, size: int, best: dict[int, _Spent], load: float
) -> Iterator[dict[str, object]]:
    for workers, spent in best.items():
        yield {
            "name": f"first scan of {count:,} office files, {size / 1e6:.0f} MB, {workers} workers",
            "seconds": spent.wall,
            "alone_s": spent.alone,
            "cpu_s": spent.processors,
            "files_cpu_s": count / spent.processors,
            "mb_cpu_s": size / 1e6 / spent.processors,
            "load": load,
        }
    yield {
        "name": "first scan: from 1 to 2 workers",
        "ratio": best[1].alone / best[2].alone,
        "wall_ratio": best[1].wall / best[2].wall,
        "goal": _GOAL,
        "cpu_ratio": best[2].processors / best[1].processors,
        "load": load,
    }


def _scan(root: Path, folder: Path, workers: int) -> _Spent:
    """Scan into a new store, and say what it took."""
    store = folder / f"{time.monotonic_ns()}.sqlite"
    told = ("scan", str(root), "--store", str(store), "--no-ocr", "--no-low-priority", "-q")
    command = [sys.executable, "-m", "markscan", *told, "--jobs", str(workers)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = _Watch(process.pid)
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        watch.look()
        time.sleep(_LOOK_SECONDS)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 3):
        raise RuntimeError(f"the scan ended with {process.returncode}")
    return _Spent(seconds, used.ru_utime + used.ru_stime, watch.alone() or seconds)


class _Watch:
    """Looks at the processes of a scan while it runs; what is in no file of theirs is lost."""

    def __init__(self, scan: int) -> None:
        self._scan = scan
        # Of each process: first and last look, seconds run and seconds waited for a processor.
        self._seen: dict[int, tuple[float, float, float, float]] = {}

    def look(self) -> None:
        """Note how far each process has come."""
        now = time.perf_counter()
        for pid in (self._scan, *_children(self._scan)):
            told = _account(pid)
            if told is not None:
                self._seen[pid] = (self._seen.get(pid, (now,))[0], now, *told)

    def alone(self) -> float:
        """Return the seconds without waiting for processors; 0 where nobody keeps account."""
        rows = dict(self._seen)
        main = rows.pop(self._scan, None)
        most = max((row[2] for row in rows.values()), default=0.0)
        # Those that list folders hardly run.
        workers = [row for row in rows.values() if row[2] > _HARDLY * most]
        if main is None or not workers:
            return 0.0
        first = min(row[0] for row in workers)
        before = (first - main[0]) * (1 - main[3] / (main[1] - main[0]))
        longest = max(b - a - waited for a, b, _, waited in workers)
        shared = sum(row[2] for row in (main, *rows.values())) - before
        return before + max(longest, shared / (os.cpu_count() or 1))


def _account(pid: int) -> tuple[float, float] | None:
    try:
        ran, waited, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
    except (OSError, ValueError):
        return None
    return int(ran) / 1e9, int(waited) / 1e9


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def grow(root: Path, copies: int) -> tuple[int, int]:
    """Write the tree; return how many files it has, and their bytes."""
    office = [p for p in sorted(OFFICE.rglob("*")) if p.is_file() and p.suffix != ".tsv"]
    texts = sorted(PUBLIC.rglob("*.txt"))
    random.Random(8).shuffle(texts)
    count = size = 0
    for copy in range(copies):
        for number, path in enumerate([*office, *texts[:_TEXTS]]):
            to = root / f"科室{number % 7}" / f"{copy:02}" / f"{number:04}{path.suffix}"
            to.parent.mkdir(parents=True, exist_ok=True)
            _copy(path, to, f"{copy}-{number}")
            count += 1
            size += to.stat().st_size
    return count, size


def _copy(path: Path, to: Path, mark: str) -> None:
    """Copy a file, and make its bytes unlike those of any other copy."""
    data = path.read_bytes()
    if path.suffix == ".txt":
        data += f"\n第{mark}份\n".encode()
    elif path.suffix == ".pdf":
        data += f"\n%{mark}\n".encode()
    to.write_bytes(data)
    if path.suffix in _PACKAGES:
        with zipfile.ZipFile(to, "a") as package:
            package.comment = mark.encode()
