"""Runs a scan over many files, in this process or in a pool of others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from markscan.finding import Outcome
from markscan.run.copies import CopyLedger
from markscan.run.here import scan_here, unread
from markscan.run.manners import PLAIN, Closing, Manners
from markscan.run.recognition import look_twice, shows_pictures
from markscan.run.worker import Scan
from markscan.source import Source

__all__ = [
    "PLAIN",
    "Closing",
    "CopyLedger",
    "Manners",
    "Scan",
    "look_twice",
    "run",
    "shows_pictures",
    "unread",
]


def run(
    make_scan: Callable[[], Scan],
    sources: Iterable[Source],
    *,
    workers: int,
    seconds: float,
    megabytes: int,
    started: Callable[[Source], None] | None = None,
    tick: Callable[[], None] | None = None,
    manners: Manners = PLAIN,
    closing: Closing | None = None,
) -> Iterator[Outcome]:
    """Yield one outcome for each source, in the order of sources, whatever a file does.

    A file that takes too long ends as `timeout`, one whose process dies as `internal`,
    one that asks for too much memory as `limit`. Closing the iterator ends all processes.

    Args:
        make_scan: called once in each process; must be picklable if `workers` > 0.
        sources: read only as far ahead as is needed to keep the workers busy.
        workers: processes at once. 0: scan in this process, without start-up and
            without limits of time and memory; for one small file.
        seconds: how long one file on disk may take, with everything inside it.
        megabytes: how much address space one process may use, where the system can
            bound it (not on Windows and macOS).
        started: called for every source before its outcome is yielded, and for one that
            takes long within a second of its beginning; again if it must be begun again.
        tick: called again and again, at least twice a second where there are processes. What
            it raises ends the run.
        manners: pace and priority of the processes; without processes they are not looked at.
        closing: when its time has come, no file is begun any more: the outcomes of those in
            hand come yet, at the latest after `seconds`, and then the iterator ends early.

    Raises:
        WorkerError: processes cannot be started here, or cannot build their scanner;
            the cause is its `__cause__` if there is one.
        ValueError: a number that makes no sense.
    """
    if workers < 0 or seconds <= 0 or megabytes <= 0:
        raise ValueError("workers must not be negative, seconds and megabytes must be positive")
    if workers == 0:
        return scan_here(make_scan, sources, megabytes, started, tick, closing)
    # A single small file starts without processes.
    from markscan.run.pool import Order, scan_in_pool

    order = Order(workers, seconds, megabytes, started, tick, manners, closing)
    return scan_in_pool(make_scan, sources, order)
