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
from markscan.register.rows import PieceHits, look_up

Tags = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Register:
    """Entries by number, the index of their pieces, their names.

    `identity` is the same as long as nothing that a scan sees has changed; `turn` counts how
    often the register was changed.
    """

    entries: Mapping[int, Entry]
    index: Index
    prints: Prints
    names: Names
    identity: str
    turn: int = 0

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
        return look_up(self.index, self.prints, places, tags)


def numbered(entries: Iterable[Entry]) -> dict[int, Entry]:
    """Return `entries` by number."""
    return {entry.number: entry for entry in entries}
