"""A rescan of a tree in which nothing changed, beside `find -printf '%p %s %T@'`.

Both look at each file once. The tree has tiny text files, a hundred a folder. What the store
knows of them is put there without examining them, because a first scan of 200,000 files takes
minutes and is not what is measured here; the rescan then runs as a user runs it. Wall time and
time of all its processes on the processors, medians of seven each, in turn, after one round that
does not count; memory is the largest resident set of one process.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple

from markscan import Config
from markscan.finding import Outcome, Status
from markscan.policy import Policy
from markscan.source import Source
from markscan.store.database import open_database
from markscan.store.layers import Layers
from markscan.store.nightly import Nightly, Wish
from markscan.store.runs import Asked, Ledger, begin, end
from markscan.walk import listings

_OLD = 1_577_836_800  # seconds since 1970: settled files
_A_FOLDER = 100
_ROUNDS = 7
_GOAL = 2.0


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Measure trees of 10,000, 50,000 and 200,000 files; `quick`: the first."""
    if shutil.which("find") is None or not hasattr(os, "wait4"):
        return
    for count in (10_000,) if quick else (10_000, 50_000, 200_000):
        with tempfile.TemporaryDirectory() as name:
            root, store = Path(name, "tree"), Path(name, "store.sqlite")
            # What a process is said to have taken at most counts in the one that started it.
            made = get_context("spawn").Process(target=_make, args=(root, store, count))
            made.start()
            made.join()
            yield _measured(root, store, count)


def _measured(root: Path, store: Path, count: int) -> dict[str, object]:
    ours = [sys.executable, "-m", "markscan", "scan", str(root), "--store", str(store), "--no-ocr"]
    peer = ["find", str(root), "-printf", "%p %s %T@\\n"]
    theirs: list[_Taken] = []
    mine: list[_Taken] = []
    for _ in range(1 + _ROUNDS):
        theirs.append(_timed(peer))
        mine.append(_timed([*ours, "--lang", "en"]))
    seconds, found = (median(each.seconds for each in taken[1:]) for taken in (mine, theirs))
    examined = subprocess.run(
        [sys.executable, "-m", "markscan", "runs", "--store", str(store), "--lang", "en"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()[0]
    return {
        "name": f"rescan of {count:,} unchanged files",
        "seconds": seconds,
        "cpu_seconds": median(each.cpu for each in mine[1:]),
        "files_s": count / seconds,
        "megabytes": max(each.kilobytes for each in mine) / 1024,
        "peer": "find -printf",
        "peer_seconds": found,
        "peer_cpu_seconds": median(each.cpu for each in theirs[1:]),
        "ratio": seconds / found,
        "goal": _GOAL,
        "check": f"on disk {count:,}," in examined and "examined 0," in examined,
    }


class _Taken(NamedTuple):
    """What a command took: seconds by the clock and on the processors, its children's too."""

    seconds: float
    cpu: float
    kilobytes: int  # largest resident set of one process


def _timed(command: list[str]) -> _Taken:
    # As an installed program starts: what was compiled once stays.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    nowhere = subprocess.DEVNULL
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return _Taken(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss)


def _make(root: Path, store: Path, count: int) -> None:
    _grow(root, count)
    _seed(root, store, count)


def _grow(root: Path, count: int) -> None:
    for number in range(count):
        folder = root / f"科室{number // (50 * _A_FOLDER):03}" / f"{number // _A_FOLDER % 50:02}"
        if number % _A_FOLDER == 0:
            folder.mkdir(parents=True)
        path = folder / f"文件{number % _A_FOLDER:03}.txt"
        path.write_text(f"普通内容 {number}\n", "utf-8")
        os.utime(path, (_OLD, _OLD))


class _Silent:
    """Watches nothing."""

    def handed(self, count: int) -> None:
        pass

    def excluded(self, count: int) -> None:
        pass

    def quiet(self, count: int) -> None:
        pass

    def outcome(self, outcome: Outcome, changed: bool) -> None:
        pass


def _seed(root: Path, store: Path, count: int) -> None:
    """Fill the store as a first scan of clean files does."""
    config = Config(task="scan", policy=Policy(), ocr=False)
    connection = open_database(str(store))
    task = Asked((root.as_posix(),), "benchmark")
    layers = Layers.of(config)
    run = begin(connection, layers.digest(), config.today.toordinal(), task)
    night = Nightly(connection, run, Wish(), _Silent(), lambda: None, layers)
    seen = 0
    for source in night.sources(listings([root]), night.tick):
        night.ended(_clean(source))
        seen += 1
    night.finish()
    end(connection, run, "finished", Ledger())
    connection.close()
    if seen != count:
        raise RuntimeError(f"{seen} files instead of {count}")


def _clean(source: Source) -> Outcome:
    digest = hashlib.blake2b(str(source.path).encode(), digest_size=32).digest()
    return Outcome(source.locator, "text", Status.EXAMINED, content=digest)
