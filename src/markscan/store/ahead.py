"""Lists folders ahead, in processes of their own, while this one compares what they found.

To look at a file once takes longer than to see that it is what it was, and on a share most of
that time is waiting. Each process takes its share of the folders; here they come together in the
order of one walk. A process that dies ends the run: what it did not list is not gone.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Container, Iterable, Iterator
from heapq import merge
from itertools import groupby
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from markscan.errors import WorkerError
from markscan.store.lister import One, batch_from, start, unpacked
from markscan.store.paths import folder_path
from markscan.store.sealing import Sealed, opened
from markscan.walk import Listing, Unlisted, listings
from markscan.wording import INTERFACE

if TYPE_CHECKING:
    from subprocess import Popen

_MOST = 4  # processes: beyond these a disk has enough to do
_WAITING = 128  # batches that are kept for each process, then it must wait
_LOOK_SECONDS = 0.5

# Batches of one process; None stands for its end while it had more to say.
_Line = Queue[bytes | None]
_Thing = TypeVar("_Thing")


class Ahead:
    """Lists what `walk.listings` lists, from the moment it is made. To be closed.

    Args:
        low_priority: whether the processes let other programs go first.
    """

    def __init__(
        self, roots: Iterable[Path], exclude: tuple[str, ...] = (), *, low_priority: bool = False
    ) -> None:
        self._roots = [str(root) for root in roots]
        self._exclude = exclude
        self._low_priority = low_priority
        self._lines: list[_Line] = []
        self._started: list[Popen[bytes]] = []
        count = min(_MOST, os.cpu_count() or 1) if self._roots else 0
        try:
            for which in range(count):
                self._start((which, count))
        except OSError:  # no more processes: then here, when asked
            self.close()
            self._lines.clear()

    def listings(
        self, tick: Callable[[], None], wanted: Container[str] = ()
    ) -> Iterator[Listing | Sealed | Unlisted]:
        """Yield the folders in order, once.

        Args:
            tick: called while there is none to yield. What it raises comes through.
            wanted: paths of folders that are wanted as a `Listing`.

        Raises:
            WorkerError: a process that lists died; its argument is a Text.
        """
        if not self._lines:
            yield from listings(map(Path, self._roots), exclude=self._exclude)
            return
        shares = [_received(line, tick) for line in self._lines]
        together = merge(*shares, key=_place)
        for _, same in groupby(together, key=_place):
            # A folder that another share failed to list as well is one that failed.
            one = _chosen([one for _, one in same])
            yield opened(one) if isinstance(one, Sealed) and one.path in wanted else one

    def close(self) -> None:
        """End the processes."""
        for process in self._started:
            process.kill()
        for process in self._started:
            process.wait()
        self._started.clear()
        for line in self._lines:  # whoever waits for room goes on, and sees that it is over
            with contextlib.suppress(Empty):
                while True:
                    line.get_nowait()

    def _start(self, share: tuple[int, int]) -> None:
        process = start(self._roots, self._exclude, share, low_priority=self._low_priority)
        assert process.stdout is not None
        self._started.append(process)
        line: _Line = Queue(_WAITING)
        self._lines.append(line)
        Thread(target=_receive, args=(process.stdout, line), daemon=True).start()


def _receive(pipe: BinaryIO, line: _Line) -> None:
    """Bring what a process sends into its line, as far as there is room."""
    with pipe:
        while batch := batch_from(pipe):
            line.put(batch)
        line.put(batch)


def _received(line: _Line, tick: Callable[[], None]) -> Iterator[tuple[int, One]]:
    while batch := _next(line, tick):
        yield from unpacked(batch)
    if batch is None:
        raise WorkerError(INTERFACE["scan.lister-died"])


def _next(line: Queue[_Thing], tick: Callable[[], None]) -> _Thing:
    while True:
        try:
            return line.get(timeout=_LOOK_SECONDS)
        except Empty:
            tick()


def _place(item: tuple[int, One]) -> tuple[int, bytes]:
    number, one = item
    return number, folder_path(one.path)


def _chosen(same: list[One]) -> One:
    return next((one for one in same if isinstance(one, Unlisted)), same[0])
