"""Selects pieces of a text by what they hold: closed syncmers (Edgar 2021, PeerJ 9:e10805).

A piece has eight units. It is selected if of its six groups of three the least, in an order
without pattern, is the first or the last. About a third of all pieces is; any twelve units in
a row hold one. Winnowing keeps as many, but looks at the units around a piece: there a change
beside a piece can lose it, here it cannot.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from markscan.pool import Units

PIECE = 8  # units of a piece
REACH = 12  # units in a row that always hold a selected piece

_GROUP = 3
_CHUNK = 1 << 15  # units at a time: fits the cache of a core
# Odd numbers without pattern. Fingerprints of other numbers are others: a new format.
_MIX = tuple(np.uint32(n) for n in (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F))


def select(units: Units) -> NDArray[np.intp]:
    """Return where the selected pieces of `units` begin, ascending."""
    found = []
    for start in range(0, len(units) - PIECE + 1, _CHUNK):
        chosen = _selected(units[start : start + _CHUNK + PIECE - 1])
        chosen += start
        found.append(chosen)
    return np.concatenate(found) if found else np.zeros(0, np.intp)


def pieces(units: Units, starts: NDArray[np.intp] | slice) -> NDArray[np.uint16]:
    """Return the pieces of `units` that begin at `starts`, a row of eight units each.

    A slice of all places is copied twenty times as fast as places one by one.
    """
    count = max(len(units) - PIECE + 1, 0)
    # As items of 16 bytes that overlap: copied whole, which rows of units are not. Of a type
    # that needs no alignment, else each would be copied twice.
    whole = np.ndarray((count,), "V16", np.ascontiguousarray(units).data, strides=(2,))
    return np.ascontiguousarray(whole[starts]).view(np.uint16).reshape(-1, PIECE)


def _selected(units: Units) -> NDArray[np.intp]:
    """Where the selected pieces of at least eight units begin."""
    wide = units.astype(np.uint32)
    order = wide[:-2] * _MIX[0]
    part = wide[1:-1] * _MIX[1]
    order += part
    np.multiply(wide[2:], _MIX[2], out=part)
    order += part
    np.right_shift(order, np.uint32(15), out=part)
    order ^= part
    order *= _MIX[3]
    two = np.minimum(order[:-1], order[1:])
    inner = np.minimum(two[1:-3], two[3:-1])  # groups 1 to 4: neither first nor last
    ends = np.minimum(order[:-5], order[5:])
    return np.flatnonzero(ends <= inner)
