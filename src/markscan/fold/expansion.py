"""Puts expansions into folded units: ㈱ becomes three of them."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from markscan.fold.table import Expansions

Indexes = NDArray[np.intp]
Number = TypeVar("Number", np.uint16, np.uint32)


def expand(
    units: NDArray[Number], places: Indexes, which: Indexes, expansions: Expansions[Number]
) -> tuple[NDArray[Number], Indexes]:
    """Return `units` with the expansions `which` at `places`, and what repeats an origin.

    The latter are the places, in the result, of all but the first unit of each expansion.
    """
    starts, ends = expansions.starts[which], expansions.starts[which] + expansions.lengths[which]
    pieces: list[NDArray[Number]] = []
    extra: list[int] = []
    at = reached = 0
    for place, start, end in zip(places.tolist(), starts.tolist(), ends.tolist(), strict=True):
        pieces += (units[at:place], expansions.units[start:end])
        reached += place - at
        extra += range(reached + 1, reached + end - start)
        reached += end - start
        at = place + 1
    return np.concatenate([*pieces, units[at:]]), np.array(extra, np.intp)
