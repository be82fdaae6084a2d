"""Rare anchors by Hyperscan (Vectorscan), over the 16-bit units of the text.

The fastest engine for up to some ten thousand rare words. An anchor is six units around the
rarest four of a word: short patterns compile fast and to a small database. The package is
guarded by a trial, since one build serves all processors.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from markscan.match.terms.anchors import Links, rarest
from markscan.match.terms.engine import Column, Columns
from markscan.match.terms.sums import SIZE
from markscan.pool import Pool, Units

_LONGEST = 6  # units of an anchor


class Anchored:
    """See the first lines of this module."""

    name = "anchored"
    library = "hyperscan"

    def __init__(self, words: Pool, links: Links, database: Any) -> None:
        self._words = words
        self._links = links
        self._database = database
        # One scan at a time writes to it, so an engine serves one thread.
        self._scratch = _hyperscan().Scratch(database)

    @staticmethod
    def available() -> bool:
        """Return whether the package is here and finds what it must."""
        return _works()

    @staticmethod
    def build(words: Pool) -> Anchored:
        """Return an engine for `words`."""
        starts, ends = _anchors(words)
        numbers: dict[bytes, int] = {}
        raw = words.units.astype("<u2", copy=False).tobytes()
        anchors = [
            numbers.setdefault(raw[2 * start : 2 * end], len(numbers))
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
        every = np.arange(len(words))
        links = Links.of(words, np.array(anchors), every, words.ends - ends, len(numbers))
        return Anchored(words, links, _compile(list(numbers)))

    @staticmethod
    def load(words: Pool, columns: Columns) -> Anchored:
        """Return the engine that gave `columns`, among which there may be others.

        Raises:
            ValueError: another version of the package gave them.
        """
        package = _hyperscan()
        try:
            database = package.loadb(columns["database"].tobytes(), package.HS_MODE_BLOCK)
        except package.error as error:
            raise ValueError("database") from error
        return Anchored(words, Links.load(columns), database)

    def columns(self) -> Columns:
        """Return the links of the anchors, and the database."""
        database = np.frombuffer(_hyperscan().dumpb(self._database), np.uint8)
        return {**self._links.columns(), "database": database}

    def find(self, text: Units) -> tuple[Column, Column]:
        """Return where words end in `text`, and which; by ends, then longest first."""
        anchors: list[int] = []
        ends: list[int] = []

        def seen(anchor: int, _from: int, end: int, _flags: int, _context: object) -> None:
            if not end & 1:  # else it stands between two units
                anchors.append(anchor)
                ends.append(end >> 1)

        if len(text):
            self._database.scan(text, match_event_handler=seen, scratch=self._scratch)
        return self._links.prove(self._words, text, anchors, ends)


def _anchors(words: Pool) -> tuple[Column, Column]:
    """Return where the anchor of each word begins and ends in `words.units`.

    The rarest four units stand at its end, or nearer its beginning at the beginning of a
    word: what the package looks for first is the end of a pattern.
    """
    rare = rarest(words)
    ends = np.where(rare < 0, words.ends, rare + SIZE)
    starts = np.maximum(ends - _LONGEST, words.starts)
    return starts, np.minimum(np.maximum(ends, starts + _LONGEST), words.ends)


def _compile(anchors: list[bytes]) -> Any:
    package = _hyperscan()
    database = package.Database(mode=package.HS_MODE_BLOCK)
    # As an expression: a literal would end at its first zero byte.
    expressions = ["".join(f"\\x{byte:02x}" for byte in anchor).encode() for anchor in anchors]
    database.compile(
        expressions=expressions,
        ids=list(range(len(anchors))),
        elements=len(anchors),
        flags=[package.HS_FLAG_DOTALL] * len(anchors),
    )
    return database


@lru_cache(maxsize=1)
def _works() -> bool:
    try:
        failed = _hyperscan().error
    except (ImportError, OSError):
        return False
    seen: list[tuple[int, int]] = []

    def see(number: int, _from: int, end: int, _flags: int, _context: object) -> None:
        seen.append((number, end))

    text = np.array([0x673A, 0x5BC6, 0x0A, 0x2605], np.uint16)
    try:
        database = _compile([b"\x3a\x67\xc6\x5b", b"\x0a\x00\x05\x26"])
        database.scan(text, match_event_handler=see)
    except failed:  # of the processor, say: another engine does the work
        return False
    return seen == [(0, 4), (1, 8)]


def _hyperscan() -> Any:
    import hyperscan

    return hyperscan
