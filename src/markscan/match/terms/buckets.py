"""Buckets: rows found by a hash of 64 bits, many at a time."""

from __future__ import annotations

import numpy as np

from markscan.match.terms.engine import Column
from markscan.match.terms.sums import Hashes


class Buckets:
    """Rows in the order of their hashes; several may have the same."""

    def __init__(self, hashes: Hashes) -> None:
        """Note where each bucket begins: about as many as rows, by the highest bits."""
        bits = max(len(hashes).bit_length(), 1)
        self.hashes = hashes
        self.shift = np.uint64(64 - bits)  # of a hash, to its bucket
        counts = np.bincount(self._slots(hashes), minlength=1 << bits)
        self.first = np.zeros((1 << bits) + 1, np.int32)  # row of each bucket, then their number
        counts.cumsum(out=self.first[1:])

    def rows(self, hashes: Hashes) -> tuple[Column, Column]:
        """Return, pair by pair, an index into `hashes` and a row with that hash."""
        slots = self._slots(hashes)
        low = self.first.take(slots)
        slots += 1
        counts = self.first.take(slots)
        counts -= low
        which = np.arange(len(hashes)).repeat(counts)
        low -= counts.cumsum()
        low += counts
        rows = np.arange(len(which))
        rows += low.take(which)
        same = (self.hashes.take(rows) == hashes.take(which)).nonzero()[0]
        return which.take(same), rows.take(same)

    def _slots(self, hashes: Hashes) -> Column:
        slots: Column = (hashes >> self.shift).view(np.int64)
        return slots
