"""Anchors: a few rare units of a word, the first thing to look for, and the proof of the rest.

Few anchors stand in ordinary text, so the whole of each word around them can be compared
unit by unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markscan import background
from markscan.match.terms.engine import Column, Columns
from markscan.pool import Pool, Units

SIZE = 4  # units of the group whose rarity decides

_NOWHERE = np.zeros(0, np.int64)


def ragged(starts: Column, lengths: Column) -> Column:
    """Return the indices of all ranges [start, start + length), one after the other."""
    before = np.cumsum(lengths) - lengths
    indices: Column = np.arange(lengths.sum()) + np.repeat(starts - before, lengths)
    return indices


def rarest(words: Pool, allowed: NDArray[np.bool_] | None = None) -> Column:
    """Return, for each word, where in `words.units` its rarest group of four units begins.

    `allowed` tells the places where a group may begin; -1 where a word has no such place.
    """
    places = words.lengths - (SIZE - 1)
    rates = np.full(len(words.units), np.inf, np.float32)
    counted = background.per_megabyte(words.units, SIZE)
    rates[: len(counted)] = counted
    begins = ragged(words.starts, np.maximum(places, 0))
    inside = np.zeros(len(rates), np.bool_)
    inside[begins] = True
    if allowed is not None:
        inside &= allowed
    rates[~inside] = np.inf
    least = np.minimum.reduceat(rates, words.starts)
    hits = np.flatnonzero((rates == np.repeat(least, words.lengths)) & inside)
    firsts = np.append(hits, len(rates))[np.searchsorted(hits, words.starts)]
    return np.where(firsts < words.ends, firsts, -1)


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Which words an anchor stands for: those of anchor n are words[bounds[n]:bounds[n + 1]].

    `tails` tells how many units of the word follow the end of the anchor.
    """

    bounds: Column
    words: Column
    tails: Column

    @classmethod
    def of(cls, anchors: Column, words: Column, tails: Column, count: int) -> Links:
        """Sort pairs of anchor and word, for `count` anchors."""
        order = np.argsort(anchors, kind="stable")
        bounds = np.searchsorted(anchors[order], np.arange(count + 1))
        return cls(bounds, words[order], tails[order])

    @classmethod
    def load(cls, columns: Columns) -> Links:
        """Return what `columns` gave."""
        return cls(columns["link_bounds"], columns["link_words"], columns["link_tails"])

    def columns(self) -> Columns:
        """Return the columns."""
        return {
            "link_bounds": self.bounds,
            "link_words": self.words,
            "link_tails": self.tails,
        }

    def prove(
        self, pool: Pool, text: Units, anchors: Sequence[int], ends: Sequence[int]
    ) -> tuple[Column, Column]:
        """Return where words of `pool` end in `text`, and which.

        `anchors` were seen to end at `ends`. Ordered by ends, then longest first.
        """
        if not anchors:
            return _NOWHERE, _NOWHERE
        bounds, words, tails = self.bounds.data, self.words.data, self.tails.data
        stops, lengths = pool.ends.data, pool.lengths.data
        written, seen = pool.units.view(np.uint8).data, text.tobytes()
        found: list[tuple[int, int, int]] = []
        # Anchors are rare: for so few a loop is quicker than columns.
        for anchor, end in zip(anchors, ends, strict=True):
            for link in range(bounds[anchor], bounds[anchor + 1]):
                word, after = words[link], 2 * (end + tails[link])
                length, stop = 2 * lengths[word], 2 * stops[word]
                start = after - length
                # Past the end of the text the slice is shorter.
                if start >= 0 and seen[start:after] == written[stop - length : stop]:
                    found.append((after, start, word))
        if not found:
            return _NOWHERE, _NOWHERE
        found.sort()
        rows = np.array(found, np.int64)
        return rows[:, 0] // 2, rows[:, 2]


def equal(pool: Pool, words: Column, text: Units, starts: Column) -> NDArray[np.bool_]:
    """Return for each of `words` whether it stands in `text` at its start."""
    if not len(words):
        return np.zeros(0, np.bool_)
    lengths = pool.lengths[words]
    same = pool.units[ragged(pool.starts[words], lengths)] == text[ragged(starts, lengths)]
    stand: NDArray[np.bool_] = np.logical_and.reduceat(same, np.cumsum(lengths) - lengths)
    return stand
