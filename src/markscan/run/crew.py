"""One worker as its supervisor sees it: what it was given, what it is doing, how it ends."""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markscan.errors import WorkerError
from markscan.run.worker import BEGUN, ENDED, SINCE, Report, Scan, State, parcel, serve
from markscan.source import Source
from markscan.wording import INTERFACE
from markscan.wording.system import system_cause

# Recycling bounds what leaks. A worker serves so many files, and so many times as long
# as it took to start: short-lived ones would spend their lives importing.
_FILES_EACH = 1000
_STARTS_EACH = 50

# What the system or the pickling of make_scan may raise.
_START_ERRORS = (
    pickle.PicklingError,
    AttributeError,
    ImportError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)

_processes = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Item:
    """A source with its number in the order of sources, and its size in bytes if known."""

    index: int
    source: Source
    size: int


class Worker:
    """One process. Idle, or at work on `given`: the items not yet answered, in order."""

    def __init__(
        self,
        make_scan: Callable[[], Scan],
        seconds: float,
        megabytes: int,
        low_priority: bool = False,
    ) -> None:
        self.pipe, theirs = _processes.Pipe()
        self.state: State = _processes.RawArray("d", 3)
        self.given: deque[Item] = deque()
        self.announced = 0  # so many of `given` were said to be begun
        self.ready_after: float | None = None
        self._received = 0
        self._born = time.monotonic()
        told = (make_scan, theirs, self.state, seconds, megabytes, low_priority)
        self.process = _processes.Process(target=serve, args=told, daemon=True)
        try:
            with _interrupts_held():
                self.process.start()
        except _START_ERRORS as error:
            self.pipe.close()
            why = system_cause(error) if isinstance(error, OSError) else type(error).__name__
            raise WorkerError(INTERFACE["worker.start"].fill(why=why)) from error
        finally:
            theirs.close()

    @property
    def idle(self) -> bool:
        """Ready, and waiting for files."""
        return self.ready_after is not None and not self.given

    @property
    def age(self) -> float:
        """Seconds since the process was started."""
        return time.monotonic() - self._born

    @property
    def served_enough(self) -> bool:
        """Old enough to be replaced."""
        return (
            self.ready_after is not None
            and self._received >= _FILES_EACH
            and self.age > _STARTS_EACH * self.ready_after
        )

    @property
    def since(self) -> float:
        """When the file in hand began; 0 if there is none."""
        return self.state[SINCE]

    def ready(self) -> None:
        """Note that the process has built its scanner."""
        self.ready_after = self.age

    def give(self, batch: list[Item]) -> None:
        """Hand `batch` to the idle process. That it died meanwhile will show later."""
        self.given.extend(batch)
        with contextlib.suppress(OSError):
            self.pipe.send([parcel(item.source) for item in batch])

    def take(self, count: int) -> list[Item]:
        """Return the `count` oldest items not yet answered, which are answered now."""
        self._received += count
        self.announced = max(self.announced - count, 0)
        return [self.given.popleft() for _ in range(count)]

    def newly_begun(self) -> Iterator[Source]:
        """Yield the sources begun since the last call."""
        begun = min(int(self.state[BEGUN]) - self._received, len(self.given))
        while self.announced < begun:
            self.announced += 1
            yield self.given[self.announced - 1].source

    def bury(self) -> tuple[list[Report], int]:
        """Kill the process; return what it had still sent, and its exit code."""
        if self.process.is_alive() and self.since:
            self.process.kill()
        self.process.join(timeout=5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        reports = []
        with contextlib.suppress(EOFError, OSError):
            while self.pipe.poll():
                report = self.pipe.recv()
                if isinstance(report, Report):
                    reports.append(report)
        self.pipe.close()
        return reports, self.process.exitcode or 0

    def in_hand(self) -> int | None:
        """Return which of `given` a dead process was at work on; None if on none."""
        begun, ended = int(self.state[BEGUN]), int(self.state[ENDED])
        position = begun - 1 - self._received
        return position if begun > ended and 0 <= position < len(self.given) else None


def end(workers: list[Worker], *, patience: float = 0.5) -> None:
    """End all processes: idle ones in their own good order, within `patience` seconds."""
    for worker in workers:
        worker.pipe.close()
        if worker.given:
            worker.process.kill()
    deadline = time.monotonic() + patience
    for worker in workers:
        worker.process.join(timeout=max(deadline - time.monotonic(), 0))
    for worker in workers:
        if worker.process.is_alive():
            worker.process.kill()
    for worker in workers:
        worker.process.join()


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while a process starts, which inherits that it does not hear it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
