"""Reads a file on disk once: its digest and its outcome come from the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from markscan.errors import UnreadError
from markscan.finding import Outcome
from markscan.source import Source

# Larger files are read twice, piece by piece: the second time mostly from the system's memory.
_WHOLE = 64 << 20
_PIECE = 1 << 20


class ReadOnce:
    """Scans files; their outcomes bear the BLAKE2b-256 of the bytes that were judged."""

    def __init__(self, scan: Callable[[Source], Outcome]) -> None:
        self._scan = scan

    def __call__(self, source: Source) -> Outcome:
        """Return the outcome of a file on disk, with its digest; without, if it is unreadable."""
        try:
            data, digest = _read(source)
        except (UnreadError, OSError):
            return self._scan(source)  # which says why
        held = Source(source.path, content=data) if data is not None else source
        return replace(self._scan(held), content=digest)


def _read(source: Source) -> tuple[bytes | None, bytes]:
    """Return the bytes of a file, None if they are many, and their digest."""
    digest = hashlib.blake2b(digest_size=32)
    with source.open() as file:
        data = file.read(_WHOLE + 1)
        digest.update(data)
        if len(data) <= _WHOLE:
            return data, digest.digest()
        while piece := file.read(_PIECE):
            digest.update(piece)
    return None, digest.digest()
