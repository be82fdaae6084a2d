"""A whole kept scan over files that hang, crash and eat memory, and one that is interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

TESTS = Path(__file__).parents[1]
OLD = 1_577_836_800
CONFIG = "[scan]\nseconds-per-file = 5\nmegabytes-per-worker = 700\nlow-priority = false\n"


def start(folder: Path, *more: str) -> subprocess.Popen[str]:
    """Start a scan of `folder`/share with the harmful reader."""
    (folder / "c.toml").write_text(CONFIG, "utf-8")
    command = [sys.executable, str(TESTS / "harmful_extractor.py"), "scan", "share"]
    told = ["--store", "s", "--config", "c.toml", "--no-ocr", "--format", "jsonl", *more]
    return subprocess.Popen(
        [*command, *told],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        start_new_session=True,
    )


def fill(folder: Path, *names: str) -> None:
    share = folder / "share"
    share.mkdir()
    for name in names:
        path = share / name
        path.write_text(f"机密★10年\n关于仓储安排的通知\n{name}\n", "utf-8")
        os.utime(path, (OLD, OLD))


def runs(folder: Path) -> list[dict[str, object]]:
    told = subprocess.run(
        [sys.executable, "-m", "markscan", "runs", "--store", "s", "--format", "jsonl"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    return [json.loads(line) for line in told.stdout.decode("utf-8").splitlines()]


@pytest.mark.skipif(sys.platform != "linux", reason="address space is bounded on Linux only")
def test_files_that_hang_crash_and_eat_memory_are_named_and_the_scan_ends(tmp_path):
    harm = {"hang.txt": "timeout", "spin.txt": "timeout", "crash.txt": "internal"}
    harm |= {"eat.txt": "limit"}
    good = [f"good-{n}.txt" for n in range(20)]
    fill(tmp_path, *harm, *good)

    out, err = start(tmp_path, "--jobs", "2").communicate(timeout=100)
    told = {Path(each["locator"]).name: each for each in map(json.loads, out.splitlines())}

    assert sorted(told) == sorted([*harm, *good])
    for name, cause in harm.items():
        assert told[name]["status"] == "unread"
        assert [problem["code"] for problem in told[name]["problems"]] == [cause]
    assert [told[name]["problems"] for name in good] == [[]] * len(good)
    assert "4 个文件未能完整检查" in err
    (run,) = runs(tmp_path)
    assert run["state"] == "finished"
    assert run["ledger"]["causes"] == {"timeout": 2, "internal": 1, "limit": 1}


def sent_to_all(process: subprocess.Popen[str], number: str) -> None:
    os.killpg(process.pid, getattr(signal, number))


def sent_to_it(process: subprocess.Popen[str], number: str) -> None:
    process.send_signal(getattr(signal, number))


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("send", "number"),
    [(sent_to_all, "SIGINT"), (sent_to_all, "SIGTERM"), (sent_to_it, "SIGTERM")],
    ids=["Ctrl-C", "SIGTERM to all its processes", "SIGTERM"],
)
def test_a_stopped_scan_ends_within_two_seconds_and_keeps_what_was_found(send, number, tmp_path):
    fill(tmp_path, *(f"good-{n}.txt" for n in range(5)), *(f"slow-{n}.txt" for n in range(400)))
    process = start(tmp_path, "--jobs", "2")
    assert process.stdout is not None
    for _ in range(20):
        process.stdout.readline()
    children = psutil.Process(process.pid).children(recursive=True)
    began = time.monotonic()

    send(process, number)
    out, err = process.communicate(timeout=20)
    took = time.monotonic() - began

    assert took < 2
    assert process.returncode == 130
    assert "中断" in err
    assert psutil.wait_procs(children, timeout=2)[1] == []
    (run,) = runs(tmp_path)
    ledger = run["ledger"]
    assert run["state"] == "interrupted"
    assert ledger["examined"] == 20 + out.count("\n")
    assert ledger["pending"] == ledger["handed"] - ledger["examined"] > 0
    again = subprocess.run(
        [sys.executable, "-m", "markscan", "report", "--store", "s", "--format", "jsonl"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert again.stdout.count(b"\n") == ledger["examined"]
