"""What the command line names: files one by one, or a list of them."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from markscan.errors import UnsupportedFormat, UsageError, VanishedFile
from markscan.source import Source
from markscan.walk import Found, Skipped
from markscan.wording import INTERFACE
from markscan.wording.system import system_cause

if TYPE_CHECKING:
    from markscan.remote.address import Address
    from markscan.remote.reach import Reach

_CHUNK = 1 << 16


def named(paths: Iterable[Path | Address], reach: Reach | None = None) -> Iterator[Found]:
    """Yield each file once, in the order given; one that is not there is told.

    Args:
        reach: how those on shares are reached, which must be given if there are any.
    """
    return _each(paths) if reach is None else _reached(paths, reach)


def _reached(paths: Iterable[Path | Address], reach: Reach) -> Iterator[Found]:
    from markscan.remote.reach import reached

    with reached(reach):
        yield from _each(paths)


def _each(paths: Iterable[Path | Address]) -> Iterator[Found]:
    seen: set[bytes] = set()
    for path in paths:
        identity = hashlib.blake2b(os.fsencode(str(path)), digest_size=16).digest()
        if identity in seen:
            continue
        seen.add(identity)
        if not isinstance(path, Path):
            from markscan.remote.tree import file_at

            yield file_at(path)
        elif os.path.isdir(path):  # noqa: PTH112 -- raises nothing
            yield Skipped(path.as_posix(), UnsupportedFormat("folder"))
        elif os.path.lexists(path):
            yield Source(path)
        else:
            yield Skipped(path.as_posix(), VanishedFile("missing"))


def listed(name: str) -> Iterator[Path]:
    """Yield the paths that stand in the file `name`, "-" for standard input, as they come.

    Each ends with a line feed, or with NUL where the list holds one before its first
    line feed: file names may hold line feeds.

    Raises:
        UsageError: the list cannot be read; raised before the first path is asked for.
    """
    if name == "-":
        return _paths(sys.stdin.buffer)
    try:
        return _paths(Path(name).open("rb"))
    except OSError as error:
        why = system_cause(error)
        raise UsageError(INTERFACE["usage.list"].fill(name=name, why=why)) from error


def _paths(file: BinaryIO) -> Iterator[Path]:
    with file:
        for raw in _cut(file):
            if raw:
                yield Path(os.fsdecode(raw))


def _cut(file: BinaryIO) -> Iterator[bytes]:
    rest, end = b"", b""
    first = True
    while chunk := file.read1(_CHUNK) if hasattr(file, "read1") else file.read(_CHUNK):
        rest += chunk
        if first:
            rest = rest.removeprefix(b"\xef\xbb\xbf")
            first = len(rest) < 3
        if not end:
            end = _separator(rest)
        if end:
            *whole, rest = rest.split(end)
            for line in whole:
                yield line.removesuffix(b"\r") if end == b"\n" else line
    yield rest if end == b"\0" else rest.removesuffix(b"\r")


def _separator(start: bytes) -> bytes:
    """Which of the two stands first; empty while neither has come."""
    found = [(start.index(mark), mark) for mark in (b"\0", b"\n") if mark in start]
    return min(found)[1] if found else b""
