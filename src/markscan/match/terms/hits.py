"""Hits: where terms were found, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hits:
    """All occurrences, overlapping ones too, ordered by their ends, then longest first.

    Three columns of one length: `starts` and `ends` are half-open, in code points of the
    original text, without white space before and after; `terms` are indices into the
    terms the finder was built from.
    """

    starts: Column
    ends: Column
    terms: Column

    def __len__(self) -> int:
        """The number of hits."""
        return len(self.ends)

    def numbered(self, start: int, stop: int | None = None) -> Hits:
        """Return the hits of the terms [start, stop), counted from `start`."""
        mask = self.terms >= start
        if stop is not None:
            mask &= self.terms < stop
        return Hits(self.starts[mask], self.ends[mask], self.terms[mask] - start)

    def where(self, mask: NDArray[np.bool_]) -> Hits:
        """Return the hits for which `mask` is true."""
        return Hits(self.starts[mask], self.ends[mask], self.terms[mask])

    def leftmost_longest(self) -> Hits:
        """Return hits that do not overlap: from left to right, at each place the longest.

        Of equal terms the one with the lowest index is taken. Ordered by starts.
        """
        order = np.lexsort((self.terms, -self.ends, self.starts))
        taken, reached = [], -1
        spans = zip(
            order.tolist(), self.starts[order].tolist(), self.ends[order].tolist(), strict=True
        )
        for number, start, end in spans:
            if start >= reached:
                taken.append(number)
                reached = end
        chosen = np.array(taken, np.intp)
        return Hits(self.starts[chosen], self.ends[chosen], self.terms[chosen])


NOTHING = Hits(*(np.zeros(0, np.int64) for _ in range(3)))
