"""Scans in local processes, so that no file can stop a scan.

A parser may hang, crash its process or eat all memory. The standard executors lose
every pending file with one dead worker and cannot stop a running call; here each
worker has a pipe of its own, a file's time runs from the moment it is begun, and a
worker that dies costs the one file it had in hand. Files go out in batches, because
handing over small files one by one costs more than scanning them.
"""

from __future__ import annotations

import logging
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait

from markscan.errors import LimitExceeded, TimedOut, UnreadError, WorkerError
from markscan.finding import Outcome
from markscan.run.crew import Item, Worker, end
from markscan.run.here import outcome_of, unread
from markscan.run.manners import PLAIN, Allowance, Closing, Manners
from markscan.run.worker import Report, Scan
from markscan.source import Source
from markscan.wording import INTERFACE

# Outcomes come in the order of sources, so those that end early wait for a slow one
# before them: at most so many, which bounds memory and keeps the other workers busy.
WINDOW = 4096

_BATCH_FILES = 32
_BATCH_BYTES = 2 << 20
_AHEAD_BATCHES = 8  # for each worker: how far large files are seen ahead
_LOOK_SECONDS = 0.5  # how often workers are looked after when none speaks
_START_SECONDS = 300.0  # a scanner that is not built by then never will be
_STUMBLES = 3  # workers that may die in a row without a file to blame

# How a worker ends that was out of time, by the clock or of the processor.
_ALARMS = {-int(getattr(signal, name, 0)) for name in ("SIGALRM", "SIGPROF")} - {0}
_SIGABRT = int(signal.SIGABRT)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """How a pool is to work; `markscan.run.run` says what each field means."""

    workers: int
    seconds: float
    megabytes: int
    started: Callable[[Source], None] | None = None
    tick: Callable[[], None] | None = None
    manners: Manners = PLAIN
    closing: Closing | None = None


def scan_in_pool(
    make_scan: Callable[[], Scan], sources: Iterable[Source], order: Order
) -> Iterator[Outcome]:
    """Yield one outcome for each source; `markscan.run.run` says what is promised."""
    low = order.manners.low_priority

    def hire() -> Worker:
        return Worker(make_scan, order.seconds, order.megabytes, low)

    return _Pool(hire, sources, order).outcomes()


class _Pool:
    """The supervisor: hands out, listens, buries, and yields in order."""

    def __init__(self, hire: Callable[[], Worker], sources: Iterable[Source], order: Order) -> None:
        self.hire = hire
        self.waiting = iter(sources)
        self.size = order.workers
        self.seconds = order.seconds
        self.megabytes = order.megabytes
        self.started = order.started
        self.tick = order.tick
        self.closing = order.closing
        self.allowance = Allowance(order.manners.bytes_per_second)
        self.crew: list[Worker] = []
        self.retired: list[Worker] = []
        self.pending: deque[Item] = deque()
        self.done: dict[int, Outcome] = {}
        self.taken = 0  # sources read so far
        self.next = 0  # index of the outcome to yield next
        self.more = True  # there may be further sources
        self.stumbles = 0

    def outcomes(self) -> Iterator[Outcome]:
        """Yield all outcomes. The processes end with the iterator."""
        try:
            while True:
                if self.tick is not None:
                    self.tick()
                if self.closing is not None and self.closing.passed():
                    self._close(self.closing)
                self._hand_out()
                if self.next in self.done:
                    yield from self._in_order(_BATCH_FILES)
                elif not self.pending and not any(worker.given for worker in self.crew):
                    # After closing time, some between them are missing.
                    yield from (self.done[index] for index in sorted(self.done))
                    return
                self._listen()
        finally:
            end(self.crew + self.retired)

    def _in_order(self, most: int) -> Iterator[Outcome]:
        """Yield outcomes whose turn it is, few at a time so that workers are not forgotten."""
        while most and self.next in self.done:
            outcome = self.done.pop(self.next)
            self.next += 1
            most -= 1
            yield outcome

    def _hand_out(self) -> None:
        """Give every idle worker a batch, and hire as many as there is work for."""
        self._read_ahead()
        for worker in list(self.crew):
            if worker.idle and worker.served_enough:
                self._retire(worker)
            elif worker.idle:
                self._give(worker)
        busy = sum(1 for worker in self.crew if worker.given)
        while len(self.crew) < min(self.size, busy + len(self.pending)):
            self.crew.append(self.hire())

    def _give(self, worker: Worker) -> None:
        """Give an idle worker a batch, if there are files and the pace allows it."""
        if self.pending and not self.allowance.wait():
            batch = self._batch()
            self.allowance.spend(sum(item.size for item in batch))
            worker.give(batch)

    def _close(self, closing: Closing) -> None:
        """Begin no further file; give up what is in hand still, one limit of time later."""
        closing.cut |= self.more or bool(self.pending)
        self.more = False
        self.pending.clear()
        if closing.passed(self.seconds) and any(worker.given for worker in self.crew):
            closing.cut = True
            end(self.crew)
            self.crew.clear()

    def _read_ahead(self) -> None:
        target = _AHEAD_BATCHES * self.size * _BATCH_FILES
        while self.more and len(self.pending) < target and self.taken - self.next < WINDOW:
            source = next(self.waiting, None)
            if source is None:
                self.more = False
            else:
                self.pending.append(Item(self.taken, source, source.told_size()))
                self.taken += 1

    def _batch(self) -> list[Item]:
        """Take the largest file, if it is large, or else the next small ones; fewer at the end.

        So a large file is begun as soon as it is seen, and small ones fill the time behind it.
        """
        largest = max(self.pending, key=_item_size)
        if largest.size > _BATCH_BYTES:
            self.pending.remove(largest)
            return [largest]
        most = min(_BATCH_FILES, max(1, len(self.pending) // (2 * self.size)))
        batch = [self.pending.popleft()]
        room = _BATCH_BYTES - batch[0].size
        while self.pending and len(batch) < most and self.pending[0].size <= room:
            item = self.pending.popleft()
            room -= item.size
            batch.append(item)
        return batch

    def _listen(self) -> None:
        """Wait until a worker speaks or is overdue, and see to it."""
        spoken = set(wait([worker.pipe for worker in self.crew], timeout=self._patience()))
        for worker in list(self.crew):
            if worker.pipe in spoken:
                self._hear(worker)
            elif worker.since and time.monotonic() - worker.since >= self.seconds:
                self._bury(worker, judged=worker.since)
            elif worker.ready_after is None and worker.age > _START_SECONDS:
                seconds = f"{_START_SECONDS:g}"
                raise WorkerError(INTERFACE["worker.late"].fill(seconds=seconds))
            else:
                self._announce(worker)

    def _patience(self) -> float:
        """Return how long to wait: until the next deadline, or not if there is an outcome."""
        if self.next in self.done:
            return 0.0
        now = time.monotonic()
        left = [w.since + self.seconds - now for w in self.crew if w.since]
        if self.pending and any(worker.idle for worker in self.crew):
            left.append(self.allowance.wait())
        return max(min([_LOOK_SECONDS, *left]), 0.0)

    def _hear(self, worker: Worker) -> None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker, judged=None)
            return
        if isinstance(message, Report):
            self._accept(worker, message)
            if message.leaving:
                self._put_back(worker)
                self._retire(worker)
        elif message is None:
            worker.ready()
        else:
            why = message.args[0] if message.args else type(message).__name__
            raise WorkerError(INTERFACE["worker.build"].fill(why=why)) from message

    def _accept(self, worker: Worker, report: Report) -> None:
        self._announce(worker)
        self.stumbles = 0
        items = worker.take(report.count)
        usable = worker in self.crew and not report.leaving and not worker.served_enough
        if usable and worker.idle:
            self._give(worker)  # before unpacking, so that it need not wait for us
        for item, result in zip(items, report.results(), strict=True):
            self.done[item.index] = outcome_of(item.source, result, self.megabytes)

    def _announce(self, worker: Worker) -> None:
        for source in worker.newly_begun():
            if self.started is not None:
                self.started(source)

    def _bury(self, worker: Worker, judged: float | None) -> None:
        """Bury a worker that died, or that is overdue with the file begun at `judged`.

        Only the file in hand ends as unread. What it had ended but not yet sent, and
        what it had not begun, goes to another worker.
        """
        self.crew.remove(worker)
        if judged is not None:
            worker.process.kill()
        reports, status = worker.bury()
        for report in reports:
            self._accept(worker, report)
        self._announce(worker)
        position = worker.in_hand()
        if position is not None:
            # It may have ended the overdue file in time after all, and be at the next.
            if judged is None or judged == worker.since:
                item = worker.given[position]
                del worker.given[position]
                self.done[item.index] = unread(item.source.locator, self._end(judged, status))
        elif judged is None and (worker.given or worker.ready_after is None):
            self.stumbles += 1
            if worker.ready_after is None or self.stumbles > _STUMBLES:
                raise WorkerError(INTERFACE["worker.ended"].fill(status=status))
        self._put_back(worker)

    def _end(self, judged: float | None, status: int) -> UnreadError:
        if judged is not None or status in _ALARMS:
            return TimedOut("timeout", seconds=f"{self.seconds:g}")
        if status == -_SIGABRT:
            # How parsers written in C++ end when memory is refused to them.
            return LimitExceeded("aborted", megabytes=self.megabytes)
        return UnreadError("crashed", status=status)

    def _put_back(self, worker: Worker) -> None:
        self.pending.extendleft(reversed(worker.given))
        worker.given.clear()

    def _retire(self, worker: Worker) -> None:
        """Let an idle worker end by itself: it does when its pipe is closed."""
        self.crew.remove(worker)
        worker.pipe.close()
        self.retired = [each for each in self.retired if each.process.is_alive()]
        self.retired.append(worker)


def _item_size(item: Item) -> int:
    return item.size
