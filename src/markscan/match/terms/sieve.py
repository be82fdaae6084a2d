"""Sieve: where in a text groups of units of words may stand, all places at once.

A bit for each slot of hashes, thirty-two or more for each group, so that all but a few
places in a hundred fall through.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markscan.match.terms.engine import Column
from markscan.match.terms.sums import LONG, SIZE, Hashes, hashed

_SPARSE = 32  # bits for each group, or more
_LEAST_BITS, _MOST_BITS = 20, 30
_SEVEN, _ONE, _THREE = np.uint8(7), np.uint8(1), np.uint64(3)


@dataclass(frozen=True, slots=True)
class _Part:
    """The slots for groups of one size, looked for at every `stride`-th place."""

    size: int
    stride: int
    shift: np.uint64  # of a hash, to its slot
    offset: np.uint64  # of the first slot

    def fill(self, groups: Hashes, hashes: Hashes, slots: Hashes) -> int:
        """Write the hashes in a text of `groups` of four and their slots; return how many."""
        own, beyond = groups[:: self.stride], None
        if self.size == LONG:
            beyond = groups[SIZE :: self.stride]
            own = own[: len(beyond)]
        count = len(own)
        hashed(own, self.size, beyond, out=hashes[:count])
        np.right_shift(hashes[:count], self.shift, out=slots[:count])
        if self.offset:
            slots[:count] += self.offset
        return count


class Sieve:
    """Lets through the places of certain groups, and a few others."""

    def __init__(self, parts: list[tuple[int, int, Hashes]]) -> None:
        """Make a sieve of sizes of groups, strides and the hashes that go through."""
        self._parts: list[_Part] = []
        bits: list[NDArray[np.uint8]] = []
        offset = 0
        for size, stride, hashes in parts:
            wanted = (len(hashes) * _SPARSE).bit_length()
            room = min(max(wanted, _LEAST_BITS), _MOST_BITS)
            part = _Part(size, stride, np.uint64(64 - room), np.uint64(offset))
            own = np.zeros(1 << (room - 3), np.uint8)
            slots = hashes >> part.shift
            marks = _ONE << (slots.astype(np.uint8) & _SEVEN)
            np.bitwise_or.at(own, (slots >> _THREE).view(np.int64), marks)
            bits.append(own)
            offset += 1 << room
            self._parts.append(part)
        self._bits = np.concatenate(bits)

    def table(self) -> tuple[Column, NDArray[np.uint8]]:
        """Return a row (size, stride, shift, offset) for each part, and the bits."""
        rows = [(part.size, part.stride, part.shift, part.offset) for part in self._parts]
        return np.array(rows, np.int64), self._bits

    def seen(self, groups: Hashes) -> tuple[Column, Hashes]:
        """Return where groups may begin in the text of `groups` of four, and their hashes."""
        room = len(groups) * len(self._parts)
        hashes, slots = np.empty(room, np.uint64), np.empty(room, np.uint64)
        bounds = [0]
        for part in self._parts:
            at = bounds[-1]
            bounds.append(at + part.fill(groups, hashes[at:], slots[at:]))
        slots = slots[: bounds[-1]]
        bits = slots.astype(np.uint8)
        bits &= _SEVEN
        slots >>= _THREE
        found: NDArray[np.uint8] = self._bits.take(slots.view(np.int64), mode="wrap")
        found >>= bits
        found &= _ONE
        places = found.view(np.bool_).nonzero()[0]
        hashes = hashes.take(places)
        cuts = places.searchsorted(bounds).tolist()
        for part, at, low, high in zip(self._parts, bounds, cuts, cuts[1:], strict=False):
            if at or part.stride > 1:
                own = places[low:high]
                own -= at
                own *= part.stride
        return places, hashes
