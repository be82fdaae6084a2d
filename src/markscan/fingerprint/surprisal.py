"""How improbable passages are in public text: the surprisal of their ideographs, in bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from markscan import background

_SEEN = 0.05  # hits per megabyte from which on what stands before a character foretells it
LEAST = background.LONGEST  # ideographs that a passage must have


def surprisals(
    units: NDArray[np.uint16], start: NDArray[np.int64], end: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return how improbable a character of each passage is in public text, in bits.

    Each character is foretold by up to three before it, as many as public text has, by the
    rates of lexicons/background. `units` are folded ideographs, no passage has fewer than
    `LEAST`.
    """
    marks = np.zeros(len(units) + 1, np.int64)
    np.add.at(marks, start, 1)
    np.add.at(marks, end, -1)
    inside = np.flatnonzero(np.cumsum(marks[:-1]) > 0)
    chosen = units[inside]
    rates = background.per_megabyte(chosen, 1)
    bits = np.log2(background.shipped().units / rates)
    for size in range(2, background.LONGEST + 1):
        longer = background.per_megabyte(chosen, size)
        before = rates[: len(longer)]
        np.copyto(bits[size - 1 :], np.log2(before / longer), where=before >= _SEEN)
        rates = longer
    sums = np.zeros(len(units) + 1)
    sums[inside + 1] = np.maximum(bits, 0.0)
    np.cumsum(sums, out=sums)
    # What stands before the first characters of a passage is not looked at.
    first = start + background.LONGEST - 1
    found: NDArray[np.float64] = (sums[end] - sums[first]) / (end - first)
    return found
