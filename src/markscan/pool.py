"""Pool: many folded texts as one array, so that a million terms are a few columns.

A unit is a character as 16 bits. A character beyond U+FFFF is one of two units that only
tell whether it is an ideograph; the texts that hold one are kept whole beside the array.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

# Noncharacters, of which the fold makes U+FFFD: they stand in no folded text for themselves.
ASTRAL_HAN = 0xFFFE
ASTRAL = 0xFFFF

Units = NDArray[np.uint16]
Column = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pool:
    """Texts one after the other in `units`; the n-th ends before `ends[n]`.

    `exotic` holds, by number, the texts with characters beyond U+FFFF.
    """

    units: Units
    ends: Column
    exotic: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Pool:
        """Pack `texts`, in order."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        units = units_of("".join(texts))
        ends = np.cumsum(lengths)
        beyond = np.flatnonzero(units >= ASTRAL_HAN)
        holders = np.searchsorted(ends, beyond, side="right")
        return cls(units, ends, {n: texts[n] for n in holders.tolist()})

    @classmethod
    def joined(cls, pools: Sequence[Pool]) -> Pool:
        """Put the texts of `pools` into one, in order; there must be one pool at least."""
        exotic: dict[int, str] = {}
        count = size = 0
        ends = []
        for pool in pools:
            exotic |= {number + count: text for number, text in pool.exotic.items()}
            ends.append(pool.ends + size)
            count, size = count + len(pool), size + len(pool.units)
        return cls(np.concatenate([pool.units for pool in pools]), np.concatenate(ends), exotic)

    def __len__(self) -> int:
        """The number of texts."""
        return len(self.ends)

    @cached_property
    def starts(self) -> Column:
        """Where each text begins in `units`."""
        return np.concatenate((np.zeros(1, np.int64), self.ends[:-1]))[: len(self)]

    @cached_property
    def lengths(self) -> Column:
        """The number of units of each text."""
        return self.ends - self.starts

    @cached_property
    def raw(self) -> memoryview:
        """The units as bytes, two each."""
        return self.units.view(np.uint8).data

    def text(self, number: int) -> str:
        """Return the text `number`."""
        if number in self.exotic:
            return self.exotic[number]
        return str(self.units[self.starts[number] : self.ends[number]].data, "utf-16-le")


def units_of(text: str) -> Units:
    """Return the units of `text`, one a character."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if len(units) == len(text):
        return units
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    return np.where(codes > 0xFFFF, astral_units(codes), codes).astype(np.uint16)


def astral_units(codes: NDArray[np.uint32]) -> Units:
    """Return the units of characters beyond U+FFFF."""
    return np.where((codes >= 0x20000) & (codes < 0x323B0), ASTRAL_HAN, ASTRAL).astype(np.uint16)
