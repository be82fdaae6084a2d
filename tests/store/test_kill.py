"""A scan that is killed at any moment loses the files in hand and nothing else."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace

import pytest
from store_nights import CLEAN, MARKED, put

from markscan.store.database import open_database
from markscan.store.history import outcomes
from markscan.store.runs import one_run, runs

_KILLS = 20
_FILES = 300

# Scans a share in one process, a little slowly, and commits each 10 ms. What it finds is what the
# first word of a file says: to build a real scanner would take longer than the scan.
_SCAN = """
import hashlib, sys, time
from pathlib import Path
from markscan.finding import Finding, Outcome, Severity, Status
from markscan.store.database import open_database
from markscan.store.nightly import Nightly, Wish
from markscan.store.runs import Asked, Ledger, begin, end
from markscan.walk import listings
from markscan.wording import Text

class Silent:
    handed = excluded = quiet = lambda self, count: None
    outcome = lambda self, outcome, changed: None

def scan(source):
    time.sleep(float(pause))
    data = source.read()
    word = Text("句", "sentence")
    found = Finding("MS301", Severity.HIGH, None, word, word, word, None, "v1:" + source.name)
    digest = hashlib.blake2b(data, digest_size=32).digest()
    marked = data.startswith("机密".encode())
    findings = (found,) * marked
    return Outcome(source.locator, "text", Status.EXAMINED, findings=findings, content=digest)

share, store, pause = sys.argv[1:]
connection = open_database(store)
print("ready", flush=True)
run = begin(connection, b"1" * 32, 1, Asked((share,), "test"))
night = Nightly(connection, run, Wish(), Silent(), lambda: None)
last, count = time.monotonic(), 0
for source in night.sources(listings([Path(share)]), night.tick):
    night.ended(scan(source))
    count += 1
    if time.monotonic() - last > 0.01:
        night.commit()
        last = time.monotonic()
night.finish()
end(connection, run, "finished", Ledger())
print(count, flush=True)
"""


def start(share, store, pause=0.001):
    command = [sys.executable, "-c", _SCAN, share.as_posix(), str(store), str(pause)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def told(store, number=None):
    with closing(open_database(str(store))) as connection:
        return [unkeyed(each) for each in outcomes(connection, one_run(connection, number))]


def unkeyed(outcome):
    """An outcome without what differs from store to store: keys made with its secret."""
    found = tuple(replace(each, content_key="") for each in outcome.findings)
    return replace(outcome, findings=found)


def states(store):
    with closing(open_database(str(store))) as connection:
        return [run.state for run in reversed(runs(connection))]


@pytest.fixture(scope="module")
def share(tmp_path_factory):
    root = tmp_path_factory.mktemp("share")
    for number in range(_FILES):
        text = MARKED if number % 7 == 0 else CLEAN
        put(root / f"{number % 13:02}" / f"{number:03}.txt", f"{text}{number}\n")
    return root


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_scan_killed_again_and_again_ends_as_one_that_was_not(share, tmp_path):
    whole, store = tmp_path / "whole", tmp_path / "store"
    quiet = start(share, whole)
    assert int(quiet.communicate()[0].split()[1]) == _FILES
    chance = random.Random(8)
    for _ in range(_KILLS):
        process = start(share, store)
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert set(states(store)) <= {"interrupted", "finished"}
    last = start(share, store)
    examined = int(last.communicate()[0].split()[1])

    assert examined < _FILES
    assert states(store)[-1] == "finished"
    assert told(store) == told(whole)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_no_second_scan_writes_while_one_lives_and_a_dead_one_is_told_as_such(share, tmp_path):
    store = tmp_path / "store"
    process = start(share, store, pause=1)
    process.stdout.readline()
    for _ in range(500):
        if states(store):
            break
        time.sleep(0.01)
    alive = states(store)
    second = subprocess.run(
        [sys.executable, "-m", "markscan", "scan", str(share), "--store", str(store)],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    process.kill()
    process.communicate()

    assert alive == ["running"]
    assert second.returncode == 2
    assert str(process.pid) in second.stderr
    assert states(store) == ["interrupted"]
