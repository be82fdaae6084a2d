"""Chains pieces that two texts share into passages, tolerant of what was put in or left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.fingerprint import PIECE
from markscan.register.register import PieceHits

Column = NDArray[np.int64]

DRIFT = 12  # ideographs by which neighbouring pieces may be shifted against each other
GAP = 120  # ideographs between two pieces of one passage, at most


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages that a text shares with registered documents, as columns.

    `start` and `end` are half-open places here, `there` and `there_end` those in the document
    with the number `entry`; all in ideographs. `covered` counts the ideographs here that
    stand in a shared piece. Ordered by entry and start.
    """

    entry: Column
    start: Column
    end: Column
    there: Column
    there_end: Column
    covered: Column

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.entry)


def chain(hits: PieceHits) -> Passages:
    """Join `hits` of one document whose shifts and places are near each other."""
    shift = hits.there - hits.here
    order = np.lexsort((shift, hits.entry))
    entry, shift = hits.entry[order], shift[order]
    band = np.cumsum(_breaks(entry, 0) | _breaks(shift, DRIFT))
    here, there = hits.here[order], hits.there[order]
    order = np.lexsort((here, band))
    entry, here, there, band = entry[order], here[order], there[order], band[order]
    first = np.flatnonzero(_breaks(band, 0) | _breaks(here, GAP))
    if not len(first):
        return Passages(*(np.zeros(0, np.int64) for _ in range(6)))
    last = np.append(first[1:], len(here)) - 1
    step = np.minimum(np.diff(here, append=0), PIECE)
    step[last] = PIECE
    passages = Passages(
        entry=entry[first],
        start=here[first],
        end=here[last] + PIECE,
        there=np.minimum.reduceat(there, first),
        there_end=np.maximum.reduceat(there, first) + PIECE,
        covered=np.add.reduceat(step, first),
    )
    order = np.lexsort((passages.start, passages.entry))
    return Passages(*(getattr(passages, name)[order] for name in Passages.__slots__))


def _breaks(column: NDArray[Any], tolerance: int) -> NDArray[np.bool_]:
    """Where a value differs from the one before it by more than `tolerance`, and at the first."""
    breaks = np.ones(len(column), np.bool_)
    np.greater(np.abs(np.diff(column)), tolerance, out=breaks[1:])
    return breaks
