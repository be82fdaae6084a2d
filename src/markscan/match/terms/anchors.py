"""Anchors: a few rare units of a word, the first thing to look for, and the proof of the rest.

Few anchors stand in ordinary text, so the whole of each word around them can be compared
unit by unit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from markscan import background
from markscan.match.terms.engine import Column, Columns
from markscan.match.terms.sums import SIZE, fours, hashed
from markscan.pool import Pool, Units

Rates = NDArray[np.float32]

_LEAST_BITS, _MOST_BITS = 16, 24  # of the table in which the groups of words are counted
_SHARED = 4  # words of one shape; among more the checksum chooses
_NOWHERE = np.zeros(0, np.int64)


def ragged(starts: Column, lengths: Column) -> Column:
    """Return the indices of all ranges [start, start + length), one after the other."""
    before = np.cumsum(lengths) - lengths
    indices: Column = np.arange(lengths.sum()) + np.repeat(starts - before, lengths)
    return indices


def rarest(words: Pool) -> Column:
    """Return, for each word, where in `words.units` its rarest group of four units begins.

    -1 where a word is shorter.
    """
    return rarest_of(words, public_rates(words), SIZE)


def public_rates(words: Pool) -> Rates:
    """Return how often the four units that begin at each place stand in public text."""
    rates = np.full(len(words.units), np.inf, np.float32)
    counted = background.per_megabyte(words.units, SIZE)
    rates[: len(counted)] = counted
    return rates


def common_rates(words: Pool) -> Rates:
    """Return the public rates, each times how often the words themselves have the four units.

    Terms are made of the words of their house, which public text does not know and the texts
    of the house are full of. It also keeps many words from sharing one group.
    """
    bits = min(max(len(words.units).bit_length(), _LEAST_BITS), _MOST_BITS)
    slots = (hashed(fours(words.units), SIZE) >> np.uint64(64 - bits)).view(np.int64)
    rates = public_rates(words)
    rates *= np.bincount(slots).astype(np.float32).take(slots)
    return rates


def rarest_of(
    words: Pool, rates: Rates, size: int, allowed: NDArray[np.bool_] | None = None
) -> Column:
    """Return, for each word, where in `words.units` its rarest group of `size` units begins.

    `rates` tell how common the group at each place is, `allowed` where one may begin. The
    first of equals; -1 where a word has no place.
    """
    begins = ragged(words.starts, np.maximum(words.lengths - (size - 1), 0))
    inside = np.zeros(len(rates), np.bool_)
    inside[begins] = True
    if allowed is not None:
        inside &= allowed
    rates = np.where(inside, rates, np.float32(np.inf))
    least = np.minimum.reduceat(rates, words.starts)
    hits = np.flatnonzero((rates == np.repeat(least, words.lengths)) & inside)
    firsts = np.append(hits, len(rates))[np.searchsorted(hits, words.starts)]
    return np.where(firsts < words.ends, firsts, -1)


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Which words an anchor stands for.

    Words of one anchor that lie alike around it share a shape: `tails` tells how many units
    follow the end of the anchor, `lengths` how many the word has. The shapes of anchor n are
    [bounds[n], bounds[n + 1]), the words of shape n words[parts[n]:parts[n + 1]], ordered by
    their checksums: so many words may share an anchor, and one look tells which stands there.
    """

    bounds: Column
    tails: Column
    lengths: Column
    parts: Column
    words: Column
    sums: NDArray[np.uint32]

    @classmethod
    def of(cls, pool: Pool, anchors: Column, words: Column, tails: Column, count: int) -> Links:
        """Sort pairs of anchor and word of `pool`, for `count` anchors."""
        raw = pool.units.view(np.uint8).data
        spans = np.stack((2 * pool.starts, 2 * pool.ends), 1).tolist()
        checked = np.array([crc32(raw[start:end]) for start, end in spans], np.uint32)[words]
        lengths = pool.lengths[words]
        order = np.lexsort((checked, lengths, tails, anchors))
        keys = np.stack((anchors, tails, lengths))[:, order]
        new = np.append(True, (keys[:, 1:] != keys[:, :-1]).any(axis=0))
        anchors, tails, lengths = keys[:, new]
        return cls(
            np.searchsorted(anchors, np.arange(count + 1)),
            np.ascontiguousarray(tails),
            np.ascontiguousarray(lengths),
            np.append(np.flatnonzero(new), len(order)),
            words[order],
            checked[order],
        )

    @classmethod
    def load(cls, columns: Columns, prefix: str = "") -> Links:
        """Return what gave `columns`, whose names begin with `prefix`."""
        return cls(*(columns[f"{prefix}link_{each.name}"] for each in fields(cls)))

    def columns(self) -> Columns:
        """Return the columns."""
        return {f"link_{each.name}": getattr(self, each.name) for each in fields(self)}

    def prove(
        self, pool: Pool, text: Units, anchors: Sequence[int], ends: Sequence[int]
    ) -> tuple[Column, Column]:
        """Return where words of `pool` end in `text`, and which.

        `anchors` were seen to end at `ends`. Ordered by ends, then longest first.
        """
        if not anchors:
            return _NOWHERE, _NOWHERE
        bounds, tails, lengths = self.bounds.data, self.tails.data, self.lengths.data
        parts, words, sums = self.parts.data, self.words.data, self.sums.data
        stops, written, seen = pool.ends.data, pool.raw, text.tobytes()
        found: list[tuple[int, int, int]] = []
        # Anchors are rare: for so few a loop is quicker than columns.
        for anchor, end in zip(anchors, ends, strict=True):
            for shape in range(bounds[anchor], bounds[anchor + 1]):
                after, size = 2 * (end + tails[shape]), 2 * lengths[shape]
                piece = seen[after - size : after] if after >= size else b""
                low, high = parts[shape], parts[shape + 1]
                if high - low > _SHARED:
                    checked = crc32(piece)
                    low = bisect_left(sums, checked, low, high)
                    high = bisect_right(sums, checked, low, high)
                for word in words[low:high]:
                    stop = 2 * stops[word]
                    if written[stop - size : stop] == piece:
                        found.append((after, after - size, word))
        if not found:
            return _NOWHERE, _NOWHERE
        found.sort()
        rows = np.array(found, np.int64)
        return rows[:, 0] // 2, rows[:, 2]
