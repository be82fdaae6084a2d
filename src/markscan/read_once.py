"""Reads a file on disk once: its digest and its outcome come from the same bytes.

And examines identical content once: where bytes and circumstances are those of a file that was
examined before, what was said of that one holds for this one, too.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from markscan.errors import UnreadError
from markscan.finding import Outcome
from markscan.source import Elsewhere, Source

if TYPE_CHECKING:
    from markscan.remote.spool import Spool

# Larger files are read twice, piece by piece: the second time mostly from the system's memory,
# or, where they lie on a share, from what was kept of the first time.
_WHOLE = 64 << 20
_PIECE = 1 << 20
_REMEMBERED = 500  # outcomes of this process; those of others are in the store within a second
_MANY = 20  # files inside one: an outcome that holds more is not remembered

# Causes of unread files that may have passed when they are looked at again.
_PASSING = frozenset({"timeout", "permission", "vanished", "disconnected", "internal"})

# Asks for the outcome, kept by others, of a file with that digest; it is to bear this locator.
Known = Callable[[bytes, str], Outcome | None]


class Scan(Protocol):
    """What scans, and tells what its judgement sees of the place of a file (scan.py)."""

    def scan_file(self, file: Source) -> Outcome:
        """Scan one file."""

    def circumstances(self, source: Source) -> bytes:
        """Return a digest of what is seen of its place."""


class ReadOnce:
    """Scans files; their outcomes bear the BLAKE2b-256 of the bytes that were judged."""

    def __init__(self, scan: Scan, known: Known | None = None) -> None:
        """Scan with `scan`; without `known` every file is examined, copies too."""
        self._scan = scan
        self._known = known
        self._seen: OrderedDict[bytes, Outcome] = OrderedDict()

    def __call__(self, source: Source) -> Outcome:
        """Return the outcome of a file on disk, with its digest; without, if it is unreadable."""
        with ExitStack() as kept:
            try:
                held, content = _read(source, kept)
            except (UnreadError, OSError):
                return self._scan.scan_file(source)  # which says why
            here = self._scan.circumstances(source)
            twin = hashlib.blake2b(content + here, digest_size=16).digest()
            outcome = self._told(twin, source.locator)
            if outcome is None:
                outcome = self._scan.scan_file(held)
                self._remember(twin, outcome)
            return replace(outcome, content=content, twin=twin)

    def _told(self, twin: bytes, locator: str) -> Outcome | None:
        """Return what is known of a file with these bytes in these circumstances."""
        if self._known is None:
            return None
        seen = self._seen.get(twin)
        if seen is None:
            return self._known(twin, locator)
        self._seen.move_to_end(twin)
        return _moved(seen, len(seen.locator), locator)

    def _remember(self, twin: bytes, outcome: Outcome) -> None:
        if self._known is None or not can_be_told_again(outcome) or len(outcome.members) > _MANY:
            return
        self._seen[twin] = outcome
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)


def may_pass(outcome: Outcome) -> bool:
    """Tell whether something was not read for a cause that may have passed by the next time."""
    return any(problem.code in _PASSING for one in outcome.flat() for problem in one.problems)


def can_be_told_again(outcome: Outcome) -> bool:
    """Tell whether what is said of a file holds for its twins.

    What was found holds the path in its key; such files are few.
    """
    return not may_pass(outcome) and not any(one.findings for one in outcome.flat())


def _moved(outcome: Outcome, start: int, locator: str) -> Outcome:
    members = tuple(_moved(each, start, locator) for each in outcome.members)
    return replace(outcome, locator=locator + outcome.locator[start:], members=members)


def _read(source: Source, kept: ExitStack) -> tuple[Source, bytes]:
    """Return the file as it is best read from now on, and the digest of its bytes.

    Args:
        kept: ends what is kept of the file.
    """
    digest = hashlib.blake2b(digest_size=32)
    with source.open() as file:
        piece = file.read(_WHOLE + 1)
        digest.update(piece)
        if len(piece) <= _WHOLE:
            return Source(source.path, content=piece), digest.digest()
        spool = None if isinstance(source.path, Path) else _spool(source.path, piece)
        if spool is not None:
            kept.callback(spool.close)
        while piece := file.read(_PIECE):
            digest.update(piece)
            if spool is not None and not _added(spool, piece):
                spool = None
    return Source(spool) if spool is not None else source, digest.digest()


def _spool(file: Elsewhere, begin: bytes) -> Spool | None:
    """Return a spool with the beginning of a file; None where there is no room for one."""
    from markscan.remote.spool import Spool  # few scans meet a share

    try:
        spool = Spool(file)
    except OSError:
        return None
    return spool if _added(spool, begin) else None


def _added(spool: Spool, piece: bytes) -> bool:
    """Add to a spool; where there is no room, end it and tell so: the file is read again then."""
    try:
        spool.add(piece)
    except OSError:
        with suppress(OSError):
            spool.close()
        return False
    return True
