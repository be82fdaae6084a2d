"""Marked text: folded character by character, with marks where something may be dropped.

A mark is a unit in the range of the surrogates, which folded text does not have: white
space of which its neighbours decide, or a character that is dropped wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from markscan.fold.blocks import blocks
from markscan.fold.expansion import expand
from markscan.fold.table import CODE, MANY, MARK_MANY, MARKS, TONE, table
from markscan.fold.wide import mark_wide
from markscan.pool import ASTRAL_HAN, Units, astral_units

Codes = NDArray[np.uint32]
Indexes = NDArray[np.intp]
Places = NDArray[np.intp] | NDArray[np.int32]
Flags = NDArray[np.bool_]

_TOP = np.uint16(0xF800)


@dataclass(frozen=True, eq=False)
class Marked:
    """A text with its marks; a character that became several is several units.

    `extra` holds the places in `units` that repeat the origin of the unit before them,
    `astral` the characters beyond U+FFFF, in order, whose units only tell of which kind.
    """

    units: Units
    extra: Indexes | None
    astral: Codes | None

    @cached_property
    def is_mark(self) -> Flags:
        """Which units are marks."""
        found: Flags = np.equal(self.units & _TOP, MARKS)
        return found

    @cached_property
    def marks(self) -> Indexes:
        """The places of the marks."""
        return self.is_mark.nonzero()[0]

    @cached_property
    def bare(self) -> Units:
        """The units that are no marks."""
        return self.units[~self.is_mark]

    @cached_property
    def before(self) -> Indexes:
        """For each mark, how many units that are none stand before it."""
        return self.marks - np.arange(len(self.marks))

    def origin(self, places: Indexes) -> Indexes:
        """Return which characters of the original text the units at `places` come from."""
        return origin(self.extra, places)

    def text(self, kept: Flags) -> str:
        """Return the text of the units that are `kept`."""
        units = self.units[kept]
        if self.astral is None:
            return str(units.data, "utf-16-le")
        codes = units.astype("<u4")
        codes[units >= ASTRAL_HAN] = self.astral
        return str(codes.data, "utf-32-le")


def origin(extra: Places | None, places: Indexes) -> Indexes:
    """Return which characters the units at `places` come from, where `extra` repeat an origin."""
    return places if extra is None else places - np.searchsorted(extra, places, side="right")


def mark(text: str, *, coarse: bool = False) -> Marked:
    """Return `text` folded character by character; `coarse` as `markscan.fold.alike` says."""
    pieces = [_mark_block(block, coarse) for block in blocks(text)]
    if len(pieces) == 1:
        return pieces[0]
    starts = np.cumsum([0, *(len(piece.units) for piece in pieces[:-1])])
    extras = [
        piece.extra + start
        for piece, start in zip(pieces, starts, strict=True)
        if piece.extra is not None
    ]
    astral = [piece.astral for piece in pieces if piece.astral is not None]
    return Marked(
        np.concatenate([piece.units for piece in pieces]),
        np.concatenate(extras) if extras else None,
        np.concatenate(astral) if astral else None,
    )


def _mark_block(text: str, coarse: bool) -> Marked:
    """Mark in 16-bit units what they can hold, the rest by `mark_wide`."""
    raw = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if len(raw) != len(text):
        return Marked(*mark_wide(text, coarse=coarse))
    known = table()
    narrow = known.coarse if coarse else known.exact
    units = narrow.units.take(raw, mode="wrap")  # never out of range; saves the check
    if units.max(initial=0) < MARK_MANY:
        return Marked(units, None, None)
    places = (units >= MARK_MANY).nonzero()[0]
    entries = known.units.take(raw.take(places))
    many = entries & MANY != 0
    which = (entries[many] & CODE).astype(np.intp)
    if (entries & TONE).any() or known.expands_hard[which].any():
        return Marked(*mark_wide(text, coarse=coarse))
    astral = None
    if not many.all():
        astral = entries[~many] & CODE
        units[places[~many]] = astral_units(astral)
    if not len(which):
        return Marked(units, None, astral)
    return Marked(*expand(units, places[many], which, narrow.expansions), astral)
