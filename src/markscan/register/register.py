"""Register: what a scan knows of the classified documents, read-only.

Its rows are fingerprints of the registered documents, each with the number of its entry and its
place there, hidden under a pad of its own. Whoever has the file alone sees random numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from markscan.fingerprint import HanText, Prints, WordText, pieces, seldom, select, word_pieces
from markscan.register.entry import Entry
from markscan.register.index import Index
from markscan.register.names import Names

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


@dataclass(frozen=True, eq=False)
class Register:
    """Entries by number, the index of their pieces, their names.

    `identity` is the same as long as nothing that a scan sees has changed.
    """

    entries: Mapping[int, Entry]
    index: Index
    prints: Prints
    names: Names
    identity: str

    def find(self, text: HanText) -> PieceHits:
        """Return where pieces of `text` stand in registered documents."""
        return self.look_up(*self.take(text))

    def take(self, text: HanText) -> tuple[NDArray[np.intp], Tags]:
        """Return where the selected pieces of `text` begin, ascending, and their fingerprints."""
        starts = select(text.units)
        return starts, self.prints.tags(pieces(text.units, starts))

    @cached_property
    def has_words(self) -> bool:
        """Whether any document is told by its words in Latin letters."""
        return any(entry.words and entry.kept for entry in self.entries.values())

    def find_words(self, text: WordText) -> PieceHits:
        """Return where pairs of words of `text` stand in registered documents, in words.

        A pair that `text` repeats again and again tells nothing and is left out.
        """
        places, blocks = word_pieces(text)
        tags = self.prints.tags(blocks)
        hits = self.look_up(np.arange(len(tags)), tags)
        which = np.unique(hits.here)
        telling = np.zeros(len(tags), np.bool_)
        telling[which] = seldom(tags[which], len(text))
        kept = telling[hits.here]
        return PieceHits(hits.entry[kept], places[hits.here[kept]], hits.there[kept])

    def look_up(self, places: NDArray[np.intp], tags: Tags) -> PieceHits:
        """Return the hits of fingerprints that were taken at `places` of a text."""
        here: list[NDArray[np.intp]] = []
        told: list[Tags] = []
        which = np.arange(len(tags))
        for number in range(MANY):
            sought = tags[which]
            if number == 0:
                found, rows = self.index.find(sought)
                pads = self.prints.turn(sought[found], 0)[1]
            else:
                kept_under, all_pads = self.prints.turn(sought, number)
                found, rows = self.index.find(kept_under)
                pads = all_pads[found]
            which = which[found]
            payload = self.index.payload.take(rows) ^ pads
            right = payload >> np.uint64(_ENTRY_BITS + _PLACE_BITS) == _RIGHT
            which = which[right]
            if not len(which):
                break
            here.append(places[which])
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


def numbered(entries: Iterable[Entry]) -> dict[int, Entry]:
    """Return `entries` by number."""
    return {entry.number: entry for entry in entries}
