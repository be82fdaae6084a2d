"""The life of one worker process: takes files, scans them one by one, sends the outcomes.

Outcomes of quick files travel together. What a worker is doing right now stands in
three shared numbers, so that its supervisor knows which file is in hand even if the
process hangs or dies without a word.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, MutableSequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from markscan.errors import LimitExceeded, MarkScanError
from markscan.finding import Outcome
from markscan.run.priority import step_back
from markscan.source import Elsewhere, Source

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Scan = Callable[[Source], Outcome]
# New objects after which the collector looks for cycles. A large sheet has millions of
# objects and no cycle; at the default of 700 looking takes a third of the time.
_COLLECT_AFTER = (100_000, 20, 100)

Subject = TypeVar("Subject")
Result = TypeVar("Result")

# The shared numbers: files begun, files ended, and when (time.monotonic, which all
# processes of a machine share) the one in hand began; 0 while there is none.
BEGUN, ENDED, SINCE = 0, 1, 2
State = MutableSequence[float]

# How long quick outcomes may wait for each other, and how many.
_FLUSH_SECONDS = 0.05
_FLUSH_COUNT = 64

# A hung file ends its worker by itself so long after its time, should the supervisor
# have been killed and nobody else be left to do it.
_GRACE_SECONDS = 10.0

# What building a scanner may raise where program, data or machine are not as they must be.
_START_ERRORS = (MarkScanError, ImportError, MemoryError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Fault:
    """A scan that ended in an exception: its type and where, never what it says."""

    memory: bool
    error: str
    frames: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a worker sends: a pickled list of `count` outcomes or faults, in the order of files.

    Pickled apart, so that the supervisor can hand out new files before it unpacks.
    `leaving` is true for its last words: it ends in good order and takes nothing more.
    """

    count: int
    packed: bytes
    leaving: bool = False

    def results(self) -> list[Outcome | Fault]:
        """Unpack the outcomes and faults."""
        results: list[Outcome | Fault] = pickle.loads(self.packed)
        return results


# A source as it travels; to pickle a `Source` takes four times as long.
Parcel = tuple[str | Elsewhere, tuple[str, ...], bytes | None]


def parcel(source: Source) -> Parcel:
    """Return `source` as it travels."""
    path = str(source.path) if isinstance(source.path, Path) else source.path
    return path, source.members, source.content


def spare_collector() -> None:
    """Let the collector pass over what is there for good, and look for cycles less often."""
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


def attempt(work: Callable[[Subject], Result], subject: Subject) -> Result | Fault:
    """Return what `work` makes of `subject`, or how it failed, whatever it raises."""
    try:
        return work(subject)
    except MemoryError as error:
        return _fault(error, memory=True)
    except (Exception, SystemExit) as error:
        # The last net, under that of the scanner: a process that lives on costs one file,
        # and multiprocessing would print what the exception says, document text and all.
        return _fault(error, memory=False)


def serve(
    make_scan: Callable[[], Scan],
    pipe: Connection,
    state: State,
    seconds: float,
    megabytes: int,
    low_priority: bool = False,
) -> None:
    """Build the scanner, then scan what comes through `pipe` until it closes.

    Sends None when ready, or the exception that kept it from being so.
    """
    _settle(megabytes)
    if low_priority:
        step_back()
    with contextlib.suppress(EOFError, OSError):  # the supervisor is gone: so are we
        try:
            scan = make_scan()
        except _START_ERRORS as error:  # any other ends the process, with its traceback
            pipe.send(_portable(error))
            return
        spare_collector()
        pipe.send(None)
        service = _Service(scan, pipe, state, seconds, megabytes)
        while service.take(pipe.recv()):
            pass


class _Service:
    """Scans batches and reports on them."""

    def __init__(
        self, scan: Scan, pipe: Connection, state: State, seconds: float, megabytes: int
    ) -> None:
        self.scan = scan
        self.pipe = pipe
        self.state = state
        self.seconds = seconds
        self.megabytes = megabytes
        self.results: list[Outcome | Fault] = []

    def take(self, batch: list[Parcel]) -> bool:
        """Scan `batch`; return whether this process is still good for another one."""
        flushed = time.monotonic()
        for position, (path, members, content) in enumerate(batch, 1):
            place = Path(path) if isinstance(path, str) else path
            result = self._timed(Source(place, members, content))
            self.results.append(result)
            if _ran_short(result, self.megabytes):
                self._flush(leaving=True)
                return False
            now = time.monotonic()
            full = len(self.results) >= _FLUSH_COUNT or now - flushed > _FLUSH_SECONDS
            if full and position < len(batch):
                self._flush(leaving=False)
                flushed = now
        leaving = _resident_megabytes() > self.megabytes / 2
        self._flush(leaving=leaving)
        return not leaving

    def _timed(self, source: Source) -> Outcome | Fault:
        state = self.state
        state[SINCE] = time.monotonic()
        state[BEGUN] += 1
        _set_alarm(self.seconds + _GRACE_SECONDS, self.seconds)
        result = attempt(self.scan, source)
        state[ENDED] += 1
        state[SINCE] = 0.0
        return result

    def _flush(self, *, leaving: bool) -> None:
        _set_alarm(0)  # a supervisor that takes its time is no hung file
        packed = attempt(_pack, self.results)
        if isinstance(packed, Fault):  # one of them holds what cannot travel: find it
            checked = [(result, attempt(_pack, result)) for result in self.results]
            packed = _pack([p if isinstance(p, Fault) else result for result, p in checked])
        self.pipe.send(Report(len(self.results), packed, leaving))
        self.results.clear()


def _pack(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _settle(megabytes: int) -> None:
    """Make this process one that cannot harm its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    with contextlib.suppress(OSError):
        os.dup2(2, 1)  # stdout carries results only; what a library prints is talk
    if sys.platform == "win32":
        return
    import resource

    def lower(kind: int, amount: int) -> None:
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            amount = min(amount, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS does not bound addresses
            resource.setrlimit(kind, (amount, hard))

    lower(resource.RLIMIT_AS, megabytes << 20)
    lower(resource.RLIMIT_CORE, 0)  # a core dump would hold the text of documents


def _set_alarm(seconds: float, of_processor: float = 0) -> None:
    """End this process after so many seconds, and so many of processor time in all threads."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
        signal.setitimer(signal.ITIMER_PROF, of_processor)


def _ran_short(result: Outcome | Fault, megabytes: int) -> bool:
    """Tell whether a file has left this process short of memory: what leaked does not come back.

    Where the scanner dealt with it, so that only some limit is told of, it is tried
    whether an eighth of the memory can be had still.
    """
    if isinstance(result, Fault):
        return result.memory
    if any(p.code == LimitExceeded.code for one in result.flat() for p in one.problems):
        try:
            bytearray(megabytes << 17)  # asked for and not touched: costs no more than the question
        except MemoryError:
            return True
    return False


def _resident_megabytes() -> float:
    """Return the memory of this process that is in use; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 -- once a batch, so fast
            pages = int(file.read().split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def _fault(error: BaseException, *, memory: bool) -> Fault:
    """Return type and place of `error`. Its words are left out: they may quote a document."""
    try:
        frames = "\n".join(
            f"{frame.f_code.co_filename}:{line} in {frame.f_code.co_name}"
            for frame, line in deque(traceback.walk_tb(error.__traceback__), maxlen=12)
        )
    except MemoryError:  # the type must do
        frames = ""
    return Fault(memory, type(error).__name__, frames)


def _portable(error: Exception) -> Exception:
    """Return `error` if it can cross to another process, or else one that says its type."""
    try:
        copy: object = pickle.loads(pickle.dumps(error))
    except (pickle.PicklingError, AttributeError, TypeError):
        copy = None
    return error if isinstance(copy, Exception) else RuntimeError(type(error).__name__)
