"""Sums: numbers of 64 bits that stand for groups of units, and for a word around a group.

Four units are one number of 64 bits as they lie in memory, so the group at every place of a
text costs a copy, and its hash one multiplication by an odd number, the high bits of which
depend on all four (multiply-shift, Dietzfelbinger et al., 1997). Equal groups have equal
hashes; that unequal ones differ is likely, not certain.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from markscan.match.terms.engine import Column
from markscan.pool import Units

SIZE = 4  # units of a group
LONG = 2 * SIZE  # units of a long group, two groups side by side
LENGTH_BITS = 32  # of a shape, that tell the length of the word

Hashes = NDArray[np.uint64]

FACTORS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))  # odd, no pattern
_KEPT = np.array([(1 << 16 * count) - 1 for count in range(SIZE + 1)], np.uint64)


def fours(units: Units) -> Hashes:
    """Return the group of four that begins at each place of `units`, which zeros follow."""
    padded = np.zeros(len(units) + SIZE - 1, np.uint16)
    padded[: len(units)] = units
    return np.ndarray(len(units), np.uint64, padded, strides=(2,)).copy()


def hashed(
    groups: Hashes, size: int, beyond: Hashes | None = None, out: Hashes | None = None
) -> Hashes:
    """Return hashes of the first `size` units of each of `groups`, 1 to 4 or LONG.

    `beyond` are, for long groups, the groups that stand behind these, one each. Written to
    `out`, if given, which is as long.
    """
    if size < SIZE:
        groups = groups & _KEPT[size]
    hashes = np.multiply(groups, FACTORS[0], out=out)
    if beyond is not None:
        hashes += beyond * FACTORS[1]
    return hashes


def around(groups: Hashes, hashes: Hashes, starts: Column, lengths: Column) -> Hashes:
    """Return the sums of words that stand at `starts` in the text of `groups` of four.

    `hashes` are those of a group in each. The sum is made of the first and the last four
    units and that group: of all units for up to eight, mostly for up to sixteen. Of words
    that reach beyond the text it tells nothing.
    """
    kept = _KEPT.take(lengths, mode="clip")
    first = groups.take(starts, mode="clip")
    last = groups.take(starts + np.maximum(lengths - SIZE, 0), mode="clip")
    first &= kept
    last &= kept
    first *= FACTORS[0]
    last *= FACTORS[1]
    first += last
    first ^= hashes
    return first
