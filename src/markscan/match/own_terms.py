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
from markscan.match.sides import Patience, Sides
from markscan.match.terms import Hits
from markscan.termlist import TermList

Column = NDArray[np.int64]

# Hits of one topic of which evidence is made. More of them say nothing new of a document,
# and a list of common words would have millions. Very many topics have fewer each.
MOST, FEWEST, ALTOGETHER = 10_000, 16, 160_000
_STEP = 1 << 14  # hits sifted together


class OwnTerms:
    """Reads the hits of the terms of a list. Built once, then only read."""

    def __init__(self, terms: TermList, own_from: int = 0) -> None:
        """Compile what must stand beside `terms`.

        The terms from number `own_from` on are of the office's own lists.

        Raises:
            LexiconError: a pattern is no regular expression.
        """
        self._terms, self._own_from = terms, own_from
        self._sides = Sides(terms.sides, {number: terms.id(number) for number in terms.sides})

    def read(self, joined: JoinedText, hits: Hits) -> tuple[tuple[TermEvidence, ...], int]:
        """Return the evidence of `hits`, and how much of it could not be decided in time.

        `hits` count the terms of the list. What is undecided is kept. Of a topic, and of
        each of its two owners, only the first hits that count are taken: MOST of them, less
        where topics are more than 16, at least FEWEST.
        """
        if not len(hits):
            return (), 0
        seen: list[TermEvidence] = []
        undecided, patience = 0, Patience()
        topics = len(self._terms.topics)
        most = min(MOST, max(FEWEST, ALTOGETHER // max(topics, 1)))
        room = np.full(2 * topics, most, np.int64)
        for first in range(0, len(hits), _STEP):
            here = slice(first, first + _STEP)
            some = Hits(hits.starts[here], hits.ends[here], hits.terms[here])
            # Full topics go before they are sifted: that is what takes time.
            some = some.where(room[self._groups(some.terms)] > 0)
            some, unsure = self.sift(joined.folded, some, patience)
            undecided += unsure
            groups = self._groups(some.terms)
            taken = _among_first(groups, room)
            room -= np.bincount(groups[taken], minlength=len(room))
            seen += self._evidence(joined, some.where(taken))
        return tuple(seen), undecided

    def sift(
        self, folded: Folded, hits: Hits, patience: Patience | None = None
    ) -> tuple[Hits, int]:
        """Return those of `hits` in `folded` text that count, and how many are undecided.

        `patience` is that of a text whose hits come in several calls.
        """
        bounded = self._terms.bounded[hits.terms]
        if bounded.any():
            asked = hits.where(bounded)
            keep = ~bounded
            keep[bounded] = inside_words(folded, *_places(folded, asked))
            hits = hits.where(keep)
        if not len(self._sides) or not len(hits):
            return hits, 0
        places = _places(folded, hits)
        keep, undecided = self._sides.hold(folded.text, *places, hits.terms, patience)
        return hits.where(keep), undecided

    def _groups(self, numbers: Column) -> Column:
        """The topics of these terms by number, those of the office's own terms apart."""
        own = numbers >= self._own_from
        return self._terms.topic_of[numbers] + np.int64(len(self._terms.topics)) * own

    def _evidence(self, joined: JoinedText, hits: Hits) -> list[TermEvidence]:
        seen = []
        for start, end, number in np.stack((hits.starts, hits.ends, hits.terms), 1).tolist():
            part, span = joined.locate(start, end)
            terms, weight = self._terms, float(self._terms.weights[number])
            own = number >= self._own_from
            seen.append(
                TermEvidence(part, span, terms.id(number), weight, terms.topic(number), own)
            )
        return seen


def _among_first(groups: Column, room: Column) -> NDArray[np.bool_]:
    """Which of a row of hits, by their groups, still find room in their group."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    rank = np.arange(len(groups)) - np.searchsorted(ordered, ordered)
    taken = np.empty(len(groups), np.bool_)
    taken[order] = rank < room[ordered]
    return taken


def _places(folded: Folded, hits: Hits) -> tuple[Column, Column]:
    """Return where `hits` start and end in the folded text."""
    origin = folded.origin
    return np.searchsorted(origin, hits.starts), np.searchsorted(origin, hits.ends)
