"""Bare text: folded text without any white space, and with one sign for those alike.

Terms are looked for in it. Whether white space sets words apart is not known here.
"""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from markscan.fold.fused import Fused
from markscan.fold.marked import Marked, origin
from markscan.pool import Units

Indexes = NDArray[np.intp]


class Bare:
    """The units of a folded text that are no white space, and where they come from."""

    def __init__(self, way: Marked | Fused) -> None:
        """Take the units of `way`, and what else it knows of them."""
        self._way = way
        self.units: Units = way.bare

    def places(self, numbers: Indexes) -> Indexes:
        """Return the places in the marked text of the units `numbers` of the bare text."""
        return numbers + np.searchsorted(self._way.before, numbers, side="right")

    def place(self, number: int) -> int:
        """Do as `places` for one unit, for which a call of numpy is too dear."""
        return number + bisect_right(self._way.before.data, number)

    def origin_of(self, places: Indexes) -> Indexes:
        """Return which characters of the original text the units at `places` come from."""
        return origin(self._way.extra, places)

    def origin(self, numbers: Indexes) -> Indexes:
        """Return which characters of the original text the units `numbers` come from."""
        return self.origin_of(self.places(numbers))
