"""A scan killed a hundred times at random moments, beside one that nobody disturbs.

Both scan the same 5,000 files with `markscan scan --store`, in processes of their own. What both
stores tell in the end must be the same: outcomes, findings with their keys, and coverage. The
moments are even over the first fifteenth of the time that the undisturbed scan takes, so that
most fall while there is still much to do; half of the times the processes that work for it are
killed with it. `begun` counts the scans, `examined` what all together noted, at the latest a
second before they died.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from markscan.finding import Outcome
from markscan.store.database import open_database
from markscan.store.history import outcomes
from markscan.store.runs import one_run, runs

_OLD = 1_577_836_800  # seconds since 1970: settled files
_SEED = 8
_TEXTS = (
    "关于召开例会的通知\n各科室：\n请按时参加第{}次例会。\n",
    "机密★10年\n关于第{}号仓储安排的通知\n各单位：\n请遵照执行。\n",
    "各单位：\n按照中发〔2024〕{}号文件要求，请认真落实。\n",
    "情况汇编第{}期\n内部资料 注意保存\n",
)


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Kill a hundred times in 5,000 files; `quick`: ten times in 500."""
    if not hasattr(signal, "SIGKILL"):
        return
    files, kills = (500, 10) if quick else (5_000, 100)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name, "tree")
        _grow(root, files)
        began = time.monotonic()
        _start(root, Path(name, "whole")).wait()
        undisturbed = time.monotonic() - began
        begun = _disturbed(root, Path(name, "store"), kills, undisturbed)
        examined = _examined(Path(name, "store"))
        whole, told = _told(Path(name, "whole")), _told(Path(name, "store"))
    yield {
        "name": f"scan of {files:,} files killed {kills} times",
        "seconds_undisturbed": undisturbed,
        "begun": begun,
        "examined": examined,
        "outcomes": len(told),
        "findings": sum(len(each.findings) for each in told),
        "check": told == whole and len(told) == files,
    }


def _disturbed(root: Path, store: Path, kills: int, undisturbed: float) -> int:
    """Kill a scan so many times, then let it end; return how many began in all."""
    chance = random.Random(_SEED)
    killed, begun = 0, 0
    while killed < kills:
        process, begun = _start(root, store), begun + 1
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.2, max(2.0, undisturbed / 15)))
        if process.poll() is None:
            killed += 1
            _kill(process, alone=chance.random() < 0.5)
    if _start(root, store).wait() not in (0, 1):
        raise RuntimeError("the last scan did not end in good order")
    return begun + 1


def _kill(process: subprocess.Popen[bytes], *, alone: bool) -> None:
    """Kill a scan, with the processes that work for it or `alone`."""
    if alone:
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _start(root: Path, store: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "markscan", "scan", str(root), "--store", str(store)]
    return subprocess.Popen(
        [*command, "--no-ocr", "--format", "jsonl"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _told(store: Path) -> list[Outcome]:
    """What the last run of a store tells, without keys that are made with its secret."""
    with closing(open_database(str(store))) as connection:
        last = one_run(connection, None)
        if last.state != "finished":
            raise RuntimeError(f"the last run is {last.state}")
        return [_unkeyed(each) for each in outcomes(connection, last)]


def _unkeyed(outcome: Outcome) -> Outcome:
    findings = tuple(replace(each, content_key="") for each in outcome.findings)
    return replace(outcome, findings=findings)


def _examined(store: Path) -> int:
    """How many files all runs together noted as examined; those that died, at their last beat."""
    with closing(open_database(str(store))) as connection:
        return sum(each.ledger.scanned for each in runs(connection) if each.ledger is not None)


def _grow(root: Path, count: int) -> None:
    for number in range(count):
        folder = root / f"科室{number // 500:02}" / f"{number // 50 % 10}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"文件{number % 50:02}.txt"
        path.write_text(_TEXTS[number % 20 if number % 20 < len(_TEXTS) else 0].format(number))
        os.utime(path, (_OLD, _OLD))
