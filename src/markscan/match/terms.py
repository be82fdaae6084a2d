"""Finds every occurrence of many terms in folded text at once, by Aho-Corasick.

The library keeps the children of a node in a list and searches it one by one. Where
terms begin with many different characters, the automaton runs over UTF-8 bytes read as
Latin-1, whose nodes have at most 256 children: for a thousand different first
characters that is nine times as fast, for eighty half as fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ahocorasick
import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]

_MANY_FIRSTS = 128


@dataclass(frozen=True, slots=True)
class Hits:
    """All occurrences, overlapping ones too, ordered by their ends.

    Three columns of one length: `starts` and `ends` are half-open, in code points of
    the folded text; `terms` are indices into the terms the finder was built from.
    """

    starts: Column
    ends: Column
    terms: Column

    def __len__(self) -> int:
        return len(self.ends)

    def numbered(self, start: int, stop: int | None = None) -> Hits:
        """Return the hits of the terms [start, stop), counted from `start`."""
        mask = self.terms >= start
        if stop is not None:
            mask &= self.terms < stop
        return Hits(self.starts[mask], self.ends[mask], self.terms[mask] - start)


_NOTHING = Hits(*(np.zeros(0, np.int64) for _ in range(3)))


class TermFinder:
    """Looks for a fixed set of terms. Built once, then only read."""

    def __init__(self, terms: Sequence[str]) -> None:
        """Compile `terms`, which must be folded already; an empty one is never found.

        Equal terms are all found, each under its own index.
        """
        self._lengths = np.array([len(term) for term in terms], np.int64)
        self._by_bytes = len({term[0] for term in terms if term}) > _MANY_FIRSTS
        indices: dict[str, list[int]] = {}
        for index, term in enumerate(terms):
            if term:
                key = _as_latin_1(term) if self._by_bytes else term
                indices.setdefault(key, []).append(index)
        # The automaton names a word; a word may be several terms.
        self._automaton = ahocorasick.Automaton()
        for word, key in enumerate(indices):
            self._automaton.add_word(key, word)
        self._automaton.make_automaton()
        self._counts = np.array([len(same) for same in indices.values()], np.int64)
        self._indices = np.array([i for same in indices.values() for i in same], np.int64)
        self._firsts = np.cumsum(self._counts) - self._counts

    def find(self, folded: str) -> Hits:
        """Return where the terms stand in `folded` text."""
        if not len(self._counts):
            return _NOTHING
        found = list(self._automaton.iter(_as_latin_1(folded) if self._by_bytes else folded))
        if not found:
            return _NOTHING
        pairs = np.array(found, np.int64)
        ends, words = pairs[:, 0] + 1, pairs[:, 1]
        if self._by_bytes:
            ends = _characters_before(folded, ends)
        counts = self._counts[words]
        ends = np.repeat(ends, counts)
        # The n-th term of each word, counted anew within each hit.
        nth = np.arange(len(ends)) - np.repeat(np.cumsum(counts) - counts, counts)
        terms = self._indices[np.repeat(self._firsts[words], counts) + nth]
        return Hits(ends - self._lengths[terms], ends, terms)


def _as_latin_1(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


def _characters_before(text: str, ends: Column) -> Column:
    """How many characters of `text` lie before each offset into its UTF-8 bytes."""
    units = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
    counted = np.cumsum((units & 0xC0) != 0x80, dtype=np.int64)
    return counted[ends - 1]
