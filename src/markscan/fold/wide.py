"""Marks texts in 32-bit units: any character, and pinyin in parentheses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from markscan.fold.changes import pinyin
from markscan.fold.expansion import expand
from markscan.fold.table import CODE, DROPPED, MANY, MARK_HARD, PINYIN, TONE, Table, narrow, table
from markscan.pool import Units, astral_units

Codes = NDArray[np.uint32]
Indexes = NDArray[np.intp]


def mark_wide(text: str, *, coarse: bool = False) -> tuple[Units, Indexes | None, Codes]:
    """Return `units`, `extra` and `astral` of the marked text of `text`, any text at all."""
    known = table()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    units = known.units.take(codes, mode="wrap")  # never out of range; saves the check
    extra = None
    places = (units & MANY != 0).nonzero()[0]
    if len(places):
        which = (units.take(places) & CODE).astype(np.intp)
        units, extra = expand(units, places, which, known.expansions)
    tones = (units & TONE != 0).nonzero()[0]
    if len(tones):
        _drop_pinyin(known, units, tones)
    marked = narrow(units)
    beyond = marked == MARK_HARD
    astral = units[beyond] & CODE
    marked[beyond] = astral_units(astral)
    if coarse:
        marked = known.alike.take(marked)
    return marked, extra, astral


def _drop_pinyin(known: Table, units: Codes, tones: Indexes) -> None:
    """Turn the units of pinyin in parentheses into dropped ones, tones into plain letters."""
    dropped = (units & DROPPED != 0).nonzero()[0]
    units[tones] &= CODE
    opening = (units == ord("(")).nonzero()[0]
    opening = opening[opening < tones[-1]]
    tone = tones[np.searchsorted(tones, opening)]
    hidden = np.searchsorted(dropped, tone) - np.searchsorted(dropped, opening)
    if not (tone - opening - hidden <= PINYIN).any():
        return
    shown = (units & DROPPED == 0).nonzero()[0]
    text = str((units[shown] & CODE).data, "utf-32-le")
    for start, end in pinyin(known.pinyin, text):
        units[shown[start:end]] = DROPPED
