"""Bare text: folded text without any white space. Terms are looked for in it.

What of the white space stays is not known here: where a found term has white space in it,
or the place where it stands has, the folded text decides.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from markscan.fold.marked import Marked
from markscan.pool import Units

Indexes = NDArray[np.intp]


class Bare:
    """The units of a folded text that are no white space, and where they come from."""

    def __init__(self, marked: Marked) -> None:
        self._marked = marked
        self.units: Units = marked.units[~marked.is_mark]

    @cached_property
    def _before(self) -> Indexes:
        """For each mark, how many units of the bare text stand before it."""
        marks = self._marked.marks
        return marks - np.arange(len(marks))

    def places(self, numbers: Indexes) -> Indexes:
        """Return the places in the marked text of the units `numbers` of the bare text."""
        return numbers + np.searchsorted(self._before, numbers, side="right")

    def origin_of(self, places: Indexes) -> Indexes:
        """Return which characters of the original text the units at `places` come from."""
        return self._marked.origin(places)

    def origin(self, numbers: Indexes) -> Indexes:
        """Return which characters of the original text the units `numbers` come from."""
        return self.origin_of(self.places(numbers))
