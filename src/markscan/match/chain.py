"""Chains pieces that two texts share into passages, tolerant of what was put in or left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.fingerprint import PIECE
from markscan.register.rows import PieceHits

Column = NDArray[np.int64]

DRIFT = 12  # ideographs by which neighbouring pieces may be shifted against each other
GAP = 120  # ideographs between two pieces of one passage, at most
NEAR = 20  # ideographs between two passages that prove each other, at most


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages that a text shares with registered documents, as columns.

    `start` and `end` are half-open places here, `there` and `there_end` those in the document
    with the number `entry`; all in ideographs. `covered` counts the ideographs here that
    stand in a shared piece. `proven` counts those of the passage and of what stands near it
    of the same document; what is repeated here but stands there once counts once. No passage
    lies in another of its entry. Ordered by entry and start.
    """

    entry: Column
    start: Column
    end: Column
    there: Column
    there_end: Column
    covered: Column
    proven: Column

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.entry)


def chain(
    hits: PieceHits, *, width: int = PIECE, drift: int = DRIFT, gap: int = GAP, near: int = NEAR
) -> Passages:
    """Join `hits` of one document whose shifts and places are near each other.

    Args:
        hits: pieces that stand in registered documents.
        width: ideographs of a piece.
        drift: by how many ideographs neighbouring pieces may be shifted against each other.
        gap: how many ideographs may stand between two pieces of a passage.
        near: how many ideographs may stand between two passages that prove each other, on
            whatever shift: of a piece that a document repeats only one place is known, and
            whoever turns sentences round leaves them beside each other.
    """
    if not len(hits):
        return Passages(*(np.zeros(0, np.int64) for _ in Passages.__slots__))
    entry, here, there, begins = _on_one_shift(hits, drift, gap)
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(here)) - 1
    start, end = here[first], here[last] + width
    order = np.lexsort((-end, start, entry[first]))
    # From here on passages are in this order; `turn` is that of the passage of each hit.
    turn = np.argsort(order)[np.cumsum(begins) - 1]
    first, start, end = first[order], start[order], end[order]
    reached, lead = _reached(entry[first], end, near)
    # A passage that reaches no further than those before it lies in one of them.
    outer = np.diff(reached, prepend=-1) > 0
    host = np.cumsum(outer) - 1
    apart = _breaks(entry[first], 0)
    apart[1:] |= (start + lead)[1:] > reached[:-1] + near
    group = np.cumsum(apart) - 1
    of_group = group[turn]
    proven = np.minimum(_covered(of_group, here, width), _covered(of_group, there, width))
    lowest = np.full(len(first), np.iinfo(np.int64).max)
    np.minimum.at(lowest, turn, there)
    highest = np.zeros(len(first), np.int64)
    np.maximum.at(highest, turn, there)
    return Passages(
        entry=entry[first][outer],
        start=start[outer],
        end=end[outer],
        there=lowest[outer],
        there_end=highest[outer] + width,
        covered=_covered(host[turn], here, width),
        proven=proven[group[outer]],
    )


def _on_one_shift(
    hits: PieceHits, drift: int, gap: int
) -> tuple[Column, Column, Column, NDArray[np.bool_]]:
    """Entry, place here and there of `hits`, passage by passage; and where each begins."""
    shift = hits.there - hits.here
    order = np.lexsort((shift, hits.entry))
    entry, shift = hits.entry[order], shift[order]
    band = np.cumsum(_breaks(entry, 0) | _breaks(shift, drift))
    here, there = hits.here[order], hits.there[order]
    order = np.lexsort((here, band))
    entry, here, there, band = entry[order], here[order], there[order], band[order]
    return entry, here, there, _breaks(band, 0) | _breaks(here, gap)


def _reached(entry: Column, end: Column, near: int) -> tuple[Column, Column]:
    """How far the passages of an entry up to each reach, and what is added for the entry.

    That lifts the places of each entry above all places of the one before it.
    """
    lead = (np.cumsum(_breaks(entry, 0)) - 1) * (int(end.max()) + near + 1)
    return np.maximum.accumulate(end + lead), lead


def _covered(group: Column, places: Column, width: int) -> Column:
    """How many ideographs of each group the pieces at `places` cover together."""
    order = np.lexsort((places, group))
    group, places = group[order], places[order]
    step = np.minimum(np.diff(places, append=0), width)
    first = np.flatnonzero(_breaks(group, 0))
    step[np.append(first[1:], len(group)) - 1] = width
    covered: Column = np.add.reduceat(step, first)
    return covered


def _breaks(column: NDArray[Any], tolerance: int) -> NDArray[np.bool_]:
    """Where a value differs from the one before it by more than `tolerance`, and at the first."""
    breaks = np.ones(len(column), np.bool_)
    np.greater(np.abs(np.diff(column)), tolerance, out=breaks[1:])
    return breaks
