"""A process that lists one share of the folders (ahead.py), and how it is started.

It is a program of its own rather than one of `multiprocessing`, whose processes import the
program that started them and a good deal more: here folders are listed within a few hundredths
of a second. It is told on its standard input what to list, and answers on its standard output
with batches: four bytes that tell the length of a batch, then the batch. One of length 0 is the
end.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from markscan.store.sealing import Sealed, error_of, sealed
from markscan.walk import Listing, Unlisted, numbered_listings

if TYPE_CHECKING:
    from subprocess import Popen

_BATCH = 1 << 16  # bytes that travel together
_SECONDS = 0.1  # how long a folder waits for others to travel with
_QUICK = 2.0  # seconds: who lists for longer lets others have the disk first
_NICE = 10
_COLLECT_AFTER = 100_000  # objects: nothing here refers to itself
_LENGTH = 4

# The modules are found where the process that starts it finds them.
_PROGRAM = (
    "import marshal, sys; told = marshal.load(sys.stdin.buffer); sys.path[:] = told.pop(); "
    "from markscan.store.lister import serve; serve(*told)"
)

# A folder as it travels, with the number of its root: a `Sealed`, or an `Unlisted` taken apart.
_Item = tuple[int, tuple[object, ...]]
One = Sealed | Unlisted


def start(
    roots: list[str], exclude: tuple[str, ...], share: tuple[int, int], *, low_priority: bool
) -> Popen[bytes]:
    """Start a process that lists `share` of the folders under `roots`, as
    `walk.numbered_listings` has it. Its `stdout` is for `batches`.

    Raises:
        OSError: the system starts no more processes.
    """
    import subprocess

    # Without `site`: its paths are told.
    process = subprocess.Popen(
        [sys.executable, "-S", "-c", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert process.stdin is not None
    told = marshal.dumps([roots, exclude, share, low_priority, [*map(str, sys.path)]])
    with contextlib.suppress(BrokenPipeError), process.stdin as pipe:  # it died: so says its answer
        pipe.write(told)
    return process


def batch_from(pipe: BinaryIO) -> bytes | None:
    """Return the next batch, b"" at the end; None where the process ended before its time."""
    size = pipe.read(_LENGTH)
    length = int.from_bytes(size, "big")
    batch = pipe.read(length)
    return batch if len(size) == _LENGTH and len(batch) == length else None


def unpacked(batch: bytes) -> Iterator[tuple[int, One]]:
    """Yield the folders of a batch, each with the number of its root."""
    items: list[_Item] = marshal.loads(batch)
    for number, plain in items:
        if len(plain) == len(Sealed._fields):
            yield number, Sealed._make(plain)
        else:
            path, *fault = plain
            yield number, Unlisted(str(path), error_of(*fault))  # type: ignore[arg-type]


def serve(
    roots: list[str], exclude: tuple[str, ...], share: tuple[int, int], low_priority: bool
) -> None:
    """List one share of the folders; send them in batches, and an empty one at the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    gc.set_threshold(_COLLECT_AFTER)
    pipe = os.fdopen(os.dup(1), "wb", buffering=0)
    with contextlib.suppress(OSError):  # nobody listens any more
        for batch in _batches(roots, exclude, share, low_priority):
            _send(pipe, batch)
        _send(pipe, b"")
    os._exit(0)  # nothing to tidy up


def _batches(
    roots: list[str], exclude: tuple[str, ...], share: tuple[int, int], low_priority: bool
) -> Iterator[bytes]:
    batch: list[_Item] = []
    size, sent = 0, time.monotonic()
    manners = _manners(low_priority)
    next(manners, None)
    for number, one in numbered_listings(map(Path, roots), exclude, share):
        packed = _packed(one)
        batch.append((number, packed))
        size += len(packed[-1]) if isinstance(packed[-1], bytes) else 0
        now = time.monotonic()
        if size > _BATCH or now - sent > _SECONDS:
            yield marshal.dumps(batch)
            batch.clear()
            size, sent = 0, now
            next(manners, None)
    if batch:
        yield marshal.dumps(batch)


def _manners(low_priority: bool) -> Iterator[None]:
    """Step back, at each step as far as is due: from the processor now, from the disk soon.

    To learn how a system is told the latter takes as long as to list some ten thousand files.
    """
    if not low_priority:
        return
    began = time.monotonic()
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, max(_NICE, os.nice(0)))
    while time.monotonic() - began < _QUICK:
        yield
    from markscan.run.priority import step_back  # and what comes with it

    step_back()


def _send(pipe: BinaryIO, batch: bytes) -> None:
    whole = memoryview(len(batch).to_bytes(_LENGTH, "big") + batch)
    while whole:
        whole = whole[pipe.write(whole) :]


def _packed(one: Listing | Unlisted) -> tuple[object, ...]:
    if isinstance(one, Listing):
        return tuple(sealed(one))
    return one.path, type(one.error).__name__, one.error.reason, one.error.values
