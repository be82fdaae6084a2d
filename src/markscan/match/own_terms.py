"""Which hits of the terms of lexicons count: not accidents across words, not those whose
neighbours are others than their lexicon asks for.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from markscan.finding import TermEvidence
from markscan.fold import Folded
from markscan.match.boundary import inside_words
from markscan.match.candidates import JoinedText
from markscan.match.sides import Sides
from markscan.match.terms import Hits
from markscan.termlist import TermList

Column = NDArray[np.int64]


class OwnTerms:
    """Reads the hits of the terms of a list. Built once, then only read."""

    def __init__(self, terms: TermList) -> None:
        """Compile what must stand beside `terms`.

        Raises:
            LexiconError: a pattern is no regular expression.
        """
        self._terms = terms
        self._sides = Sides(terms.sides, {number: terms.id(number) for number in terms.sides})

    def read(self, joined: JoinedText, hits: Hits) -> tuple[tuple[TermEvidence, ...], int]:
        """Return the evidence of `hits`, and how much of it could not be decided in time.

        `hits` count the terms of the list. What is undecided is kept.
        """
        hits, undecided = self.sift(joined.folded, hits)
        seen = []
        for start, end, number in np.stack((hits.starts, hits.ends, hits.terms), 1).tolist():
            part, span = joined.locate(start, end)
            weight = float(self._terms.weights[number])
            seen.append(TermEvidence(part, span, self._terms.id(number), weight))
        return tuple(seen), undecided

    def sift(self, folded: Folded, hits: Hits) -> tuple[Hits, int]:
        """Return those of `hits` in `folded` text that count, and how many are undecided."""
        bounded = self._terms.bounded[hits.terms]
        if bounded.any():
            asked = hits.where(bounded)
            keep = ~bounded
            keep[bounded] = inside_words(folded, *_places(folded, asked))
            hits = hits.where(keep)
        if not len(self._sides) or not len(hits):
            return hits, 0
        keep, undecided = self._sides.hold(folded.text, *_places(folded, hits), hits.terms)
        return hits.where(keep), undecided


def _places(folded: Folded, hits: Hits) -> tuple[Column, Column]:
    """Return where `hits` start and end in the folded text."""
    origin = folded.origin
    return np.searchsorted(origin, hits.starts), np.searchsorted(origin, hits.ends)
