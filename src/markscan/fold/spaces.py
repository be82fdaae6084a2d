"""Decides which white space stays: that which has no ideograph on one side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from markscan.fold.marked import Marked
from markscan.fold.table import CR, LF, MARK_DROPPED, MARK_SPACE, table

_LOW = np.uint16(0xFF)


def kept(text: Marked) -> NDArray[np.bool_]:
    """Return which units of `text` are part of the folded text.

    White space goes where a run of marks has an ideograph on both sides; "\\r" goes before
    "\\n", elsewhere it becomes one. What stays is written into `text` for its marks.
    """
    units, marks = text.units, text.marks
    kept = ~text.is_mark
    if not len(marks):
        return kept
    marked = units.take(marks)
    returns = marks[marked == MARK_SPACE | CR]
    if len(returns):
        line_feed = units.take(returns + 1, mode="clip") == MARK_SPACE | LF
        units[returns] = np.where(line_feed, MARK_DROPPED, MARK_SPACE | LF)
        marked = units.take(marks)
    breaks = (marks[1:] - marks[:-1] != 1).nonzero()[0] + 1
    bounds = np.empty(len(breaks) + 2, np.intp)
    bounds[0], bounds[1:-1], bounds[-1] = 0, breaks, len(marks)
    # At the ends of the text this looks at the run itself, which is no ideograph.
    before = units.take(marks.take(bounds[:-1]) - 1, mode="clip")
    after = units.take(marks.take(bounds[1:] - 1) + 1, mode="clip")
    han = table().han
    outside = ~(han.take(before) & han.take(after))
    stay = marks[np.repeat(outside, bounds[1:] - bounds[:-1]) & (marked != MARK_DROPPED)]
    units[stay] &= _LOW
    kept[stay] = True
    return kept
