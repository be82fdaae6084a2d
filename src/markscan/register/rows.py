"""Rows: pieces of registered texts as a keyed index, each with its text and its place there.

Whoever has the index alone sees random numbers: what a row tells is hidden under a pad that
only the key gives for its piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.fingerprint import Prints
from markscan.register.index import Index

Column = NDArray[np.int64]
Tags = NDArray[np.uint64]

MANY = 32  # documents that share a piece, from which on it is a formula that tells nothing

_RIGHT = 0x5A  # highest byte of every payload: shows that row and pad belong together
_ENTRY_BITS = 24
_PLACE_BITS = 32


@dataclass(frozen=True, slots=True)
class PieceHits:
    """Pieces of a text that stand in registered documents, ordered by entry and place here.

    Three columns: `here` is the place of the piece in the text, `there` that in the document
    with the number `entry`; both in ideographs, or in words where these were looked up.
    """

    entry: Column
    here: Column
    there: Column

    def __len__(self) -> int:
        """The number of hits."""
        return len(self.entry)

    def chosen(self, which: NDArray[Any]) -> PieceHits:
        """Return the hits that `which` chooses: a mask or indices."""
        return PieceHits(self.entry[which], self.here[which], self.there[which])


def look_up(index: Index, prints: Prints, places: NDArray[np.intp], tags: Tags) -> PieceHits:
    """Return the hits in `index` of fingerprints that were taken at `places` of a text."""
    here: list[NDArray[np.intp]] = []
    told: list[Tags] = []
    for number in range(MANY):
        kept_under, pads = (tags, None) if number == 0 else prints.turn(tags, number)
        found, rows = index.find(kept_under)
        if not len(found):
            break
        pads = prints.turn(tags[found], 0)[1] if pads is None else pads[found]
        payload = index.payload.take(rows) ^ pads
        right = payload >> np.uint64(_ENTRY_BITS + _PLACE_BITS) == _RIGHT
        found = found[right]
        if not len(found):
            break
        tags, places = tags[found], places[found]
        here.append(places)
        told.append(payload[right])
    return _hits(here, told)


def _hits(here: list[NDArray[np.intp]], told: list[Tags]) -> PieceHits:
    if not here:
        return PieceHits(*(np.zeros(0, np.int64) for _ in range(3)))
    places, payload = np.concatenate(here), np.concatenate(told)
    entry = ((payload >> np.uint64(_PLACE_BITS)) & np.uint64((1 << _ENTRY_BITS) - 1)).astype("i8")
    there = (payload & np.uint64((1 << _PLACE_BITS) - 1)).astype("i8")
    order = np.lexsort((places, entry))
    return PieceHits(entry[order], places[order].astype("i8"), there[order])


def compile_rows(prints: Prints, tags: Tags, payload: Tags) -> Index:
    """Return the index of rows; `payload` is entry << 32 | place, not yet hidden.

    Of a piece that more than `MANY` documents share no row is kept.
    """
    payload = payload | np.uint64(_RIGHT << (_ENTRY_BITS + _PLACE_BITS))
    order = np.lexsort((payload, tags))
    tags, payload = tags[order], payload[order]
    first = np.flatnonzero(np.diff(tags, prepend=~tags[:1]))
    counts = np.diff(np.append(first, len(tags)))
    common = np.repeat(counts > MANY, counts)
    turn = np.arange(len(tags)) - np.repeat(first, counts)
    kept_under, hidden = [], []
    for number in range(int(counts.max(initial=0)) if len(tags) else 0):
        chosen = np.flatnonzero((turn == number) & ~common)
        if len(chosen):
            under, pads = prints.turn(tags[chosen], number)
            kept_under.append(under)
            hidden.append(payload[chosen] ^ pads)
    nothing = [np.zeros(0, np.uint64)]
    return Index.of(np.concatenate(kept_under or nothing), np.concatenate(hidden or nothing))
