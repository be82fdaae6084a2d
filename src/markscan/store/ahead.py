"""Lists folders ahead, in processes of their own, while this one compares what they found.

To look at a file once takes longer than to see that it is what it was, and on a share most of
that time is waiting. Each process takes its share of the folders; here they come together in the
order of one walk. A process that dies ends the run: what it did not list is not gone.
"""

from __future__ import annotations

import contextlib
import marshal
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from markscan.errors import WorkerError
from markscan.store.paths import folder_path
from markscan.store.sealing import Sealed, error_of, opened, sealed
from markscan.walk import Listing, Unlisted, listings, numbered_listings

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MOST = 4  # processes: beyond these a disk has enough to do
_BATCH = 1 << 16  # bytes that travel together
_SECONDS = 0.1  # how long a folder waits for others to travel with
_WAITING = 128  # batches that are kept for each process, then it must wait
_LOOK_SECONDS = 0.5
_DEAD = b"dead"  # stands in a line for the end of a process that had more to say

_processes = multiprocessing.get_context("spawn")

# A folder as it travels, with the number of its root: a `Sealed`, or an `Unlisted` taken apart.
_Item = tuple[int, tuple[object, ...]]
_One = Sealed | Unlisted
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class _Task:
    """What the processes are told."""

    roots: list[str]
    exclude: tuple[str, ...]
    low_priority: bool


class Ahead:
    """Lists what `walk.listings` lists, from the moment it is made. To be closed.

    Args:
        low_priority: whether the processes let other programs go first.
    """

    def __init__(
        self, roots: Iterable[Path], exclude: tuple[str, ...] = (), *, low_priority: bool = False
    ) -> None:
        self._task = _Task([str(root) for root in roots], exclude, low_priority)
        self._lines: list[Queue[bytes]] = []
        self._started: list[multiprocessing.process.BaseProcess] = []
        count = min(_MOST, os.cpu_count() or 1) if self._task.roots else 0
        try:
            for which in range(count):
                self._start((which, count))
        except OSError:  # no more processes: then here, when asked
            self.close()
            self._lines.clear()

    def listings(
        self, tick: Callable[[], None], unpacked: Container[str] = ()
    ) -> Iterator[Listing | Sealed | Unlisted]:
        """Yield the folders in order, once.

        Args:
            tick: called while there is none to yield. What it raises comes through.
            unpacked: paths of folders that are wanted as a `Listing`.

        Raises:
            WorkerError: a process that lists died.
        """
        if not self._lines:
            yield from listings(map(Path, self._task.roots), exclude=self._task.exclude)
            return
        shares = [_received(line, tick) for line in self._lines]
        together = merge(*shares, key=_place)
        for _, same in groupby(together, key=_place):
            # A folder that another share failed to list as well is one that failed.
            one = _chosen([one for _, one in same])
            yield opened(one) if isinstance(one, Sealed) and one.path in unpacked else one

    def close(self) -> None:
        """End the processes."""
        for process in self._started:
            process.kill()
        for process in self._started:
            process.join()
            process.close()
        self._started.clear()
        for line in self._lines:  # whoever waits for room goes on, and sees that it is over
            with contextlib.suppress(Empty):
                while True:
                    line.get_nowait()

    def _start(self, share: tuple[int, int]) -> None:
        ours, theirs = _processes.Pipe(duplex=False)
        process = _processes.Process(target=_serve, args=(theirs, self._task, share), daemon=True)
        try:
            process.start()
        finally:
            theirs.close()
        self._started.append(process)
        line: Queue[bytes] = Queue(_WAITING)
        self._lines.append(line)
        Thread(target=_receive, args=(ours, line), daemon=True).start()


def _serve(pipe: Connection, task: _Task, share: tuple[int, int]) -> None:
    """List one share of the folders; send them in batches, and an empty one at the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    if task.low_priority:
        from markscan.run.priority import step_back  # and what comes with it

        step_back()
    batch: list[_Item] = []
    size, sent = 0, time.monotonic()
    with contextlib.suppress(OSError):  # nobody listens any more
        for number, one in numbered_listings(map(Path, task.roots), task.exclude, share):
            packed = _packed(one)
            batch.append((number, packed))
            size += len(packed[-1]) if isinstance(packed[-1], bytes) else 0
            if size > _BATCH or time.monotonic() - sent > _SECONDS:
                pipe.send_bytes(marshal.dumps(batch))
                batch.clear()
                size, sent = 0, time.monotonic()
        if batch:
            pipe.send_bytes(marshal.dumps(batch))
        pipe.send_bytes(b"")


def _packed(one: Listing | Unlisted) -> tuple[object, ...]:
    if isinstance(one, Listing):
        return tuple(sealed(one))
    return one.path, type(one.error).__name__, one.error.reason, one.error.values


def _receive(pipe: Connection, line: Queue[bytes]) -> None:
    """Bring what a process sends into its line, as far as there is room."""
    with contextlib.closing(pipe):
        while True:
            try:
                batch = pipe.recv_bytes()
            except (EOFError, OSError):
                batch = _DEAD
            line.put(batch)
            if batch in (b"", _DEAD):
                return


def _received(line: Queue[bytes], tick: Callable[[], None]) -> Iterator[tuple[int, _One]]:
    while batch := _next(line, tick):
        if batch == _DEAD:
            raise WorkerError("a process that lists folders ended before its time")
        items: list[_Item] = marshal.loads(batch)
        for number, plain in items:
            yield number, _made(plain)


def _next(line: Queue[_Thing], tick: Callable[[], None]) -> _Thing:
    while True:
        try:
            return line.get(timeout=_LOOK_SECONDS)
        except Empty:
            tick()


def _made(plain: tuple[object, ...]) -> _One:
    if len(plain) == len(Sealed._fields):
        return Sealed._make(plain)
    path, *fault = plain
    return Unlisted(str(path), error_of(*fault))  # type: ignore[arg-type]


def _place(item: tuple[int, _One]) -> tuple[int, bytes]:
    number, one = item
    return number, folder_path(one.path)


def _chosen(same: list[_One]) -> _One:
    return next((one for one in same if isinstance(one, Unlisted)), same[0])
