"""Words by numpy alone: a sieve of hashed groups of units, then the proof of each word.

Words of more than eight units are found by a group of eight that begins at an even place of
the text: each has two such groups, one for each way it may lie, and half the places need no
look. Words of four to eight units are found by a group of four, shorter ones as they are, at
every place.

All but the last step is done in columns, since a list of a million terms has a group in every
few lines of a text: what stands around a group is looked up by its sum, and only where that is
the sum of a word the units are compared. So a million words take hardly twice as long as ten
thousand. Once the fold is a compiled loop, this becomes one, too (`Looped`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from markscan.fold.fused import in_use, may_compile
from markscan.match.terms.anchors import common_rates, rarest_of
from markscan.match.terms.buckets import Buckets
from markscan.match.terms.engine import Column, Columns
from markscan.match.terms.looped import Looped, is_compiled
from markscan.match.terms.sieve import Sieve
from markscan.match.terms.sums import LENGTH_BITS, LONG, SIZE, around, fours, hashed
from markscan.pool import Pool, Units

_BLOCK = 1 << 14  # units searched at once: what is computed of them fits the cache of a core
_TRIAL = 2_000  # units of its own words in which the loop must find what numpy finds
_NOWHERE = np.zeros(0, np.int64)
_COLUMNS = ("parts", "hashes", "shapes", "of_part", "sums", "words")

Found = tuple[int, int, int]  # where a word ends and begins, and its number


class Filtered:
    """See the first lines of this module."""

    name = "filtered"
    library = "numpy"

    def __init__(self, words: Pool, columns: Columns) -> None:
        """Take the words and the columns that `_rows` made of them."""
        self._pool = words
        self._columns = columns
        self._shapes = columns["shapes"]
        self._words = columns["words"]
        self._groups = Buckets(columns["hashes"])
        self._sums = Buckets(columns["sums"])
        self._sieve = Sieve(
            [
                (size, stride, columns["hashes"][columns["of_part"] == number])
                for number, (size, stride) in enumerate(columns["parts"].tolist())
            ]
        )
        self._longest = int(words.lengths.max())
        self._loop: Looped | None = None
        self._asked = False

    @staticmethod
    def available() -> bool:
        """Return True: numpy is always installed."""
        return True

    @staticmethod
    def build(words: Pool) -> Filtered:
        """Return an engine for `words`."""
        return Filtered(words, _rows(words))

    @staticmethod
    def load(words: Pool, columns: Columns) -> Filtered:
        """Return the engine that gave `columns`."""
        return Filtered(words, {name: columns[name] for name in _COLUMNS})

    def columns(self) -> Columns:
        """Return the columns that `_rows` made."""
        return self._columns

    def find(self, text: Units) -> tuple[Column, Column]:
        """Return where words end in `text`, and which; by ends, then longest first.

        The first call after the fold began to be a compiled loop takes three seconds more.
        """
        if not self._asked and in_use():
            self._asked = True
            self._loop = self._looped()
        return self._find(text) if self._loop is None else self._loop.find(text)

    def _looped(self) -> Looped | None:
        """Return what finds the same by a compiled loop; None where it does not."""
        if not may_compile() or not is_compiled():
            return None
        groups, sums = (self._groups, self._shapes), (self._sums, self._words)
        loop = Looped(self._pool, self._sieve, groups, sums)
        trial = self._pool.units[:_TRIAL]
        same = map(np.array_equal, loop.find(trial), self._find(trial))
        return loop if all(same) else None

    def _find(self, text: Units) -> tuple[Column, Column]:
        """Do as `find`, by numpy alone."""
        found: set[Found] = set()
        for start in range(0, len(text), _BLOCK):
            piece = text[start : start + _BLOCK + self._longest - 1]
            found.update(self._stand(piece, start, *self._likely(piece)))
        if not found:
            return _NOWHERE, _NOWHERE
        rows = np.array(sorted(found), np.int64)
        return rows[:, 0], rows[:, 2]

    def _likely(self, text: Units) -> tuple[Column, Column]:
        """Return where words most likely begin in `text`, and which; beyond it, too."""
        groups = fours(text)
        places, hashes = self._sieve.seen(groups)
        which, rows = self._groups.rows(hashes)
        if not len(rows):
            return rows, rows
        shapes = self._shapes.take(rows)
        starts = places.take(which)
        starts -= shapes >> LENGTH_BITS
        shapes &= (1 << LENGTH_BITS) - 1
        which, rows = self._sums.rows(around(groups, hashes.take(which), starts, shapes))
        return starts.take(which), self._words.take(rows)

    def _stand(self, text: Units, before: int, starts: Column, words: Column) -> Iterator[Found]:
        """Yield which of the `words` do stand in `text`, before which there is as much more."""
        if not len(words):
            return
        first, last = self._pool.starts.data, self._pool.ends.data
        seen, written = text.tobytes(), self._pool.raw
        for start, word in zip(starts.tolist(), words.tolist(), strict=True):
            begin, stop = first[word], last[word]
            end = start + stop - begin
            if start >= 0 and seen[2 * start : 2 * end] == written[2 * begin : 2 * stop]:
                yield before + end, before + start, word


def _rows(words: Pool) -> dict[str, NDArray[np.generic]]:
    """Return the columns of an engine for `words`.

    The n-th of `hashes`, which rise, is that of a group, of_part[n] its row in `parts` (size,
    stride), shapes[n] how many units of a word stand before the group and how many it has in
    all: words that lie alike around a group are one row. `sums` rise, too; `words` are whose
    they are.
    """
    groups = fours(words.units)
    parts, found = [], []
    for number, (size, stride, chosen, begins) in enumerate(_groups(words)):
        parts.append((size, stride))
        beyond = groups.take(begins + SIZE) if size == LONG else None
        hashes = hashed(groups.take(begins), size, beyond)
        starts, lengths = words.starts.take(chosen), words.lengths.take(chosen)
        shapes = (begins - starts) << LENGTH_BITS | lengths
        sums = around(groups, hashes, starts, lengths)
        of_part = np.full(len(hashes), number, np.uint8)
        found.append((hashes, shapes, of_part, sums, chosen.astype(np.int32)))
    hashes, shapes, of_part, sums, chosen = map(np.concatenate, zip(*found, strict=True))
    order = np.lexsort((shapes, hashes))
    hashes, shapes, of_part = hashes[order], shapes[order], of_part[order]
    new = np.append(True, (hashes[1:] != hashes[:-1]) | (shapes[1:] != shapes[:-1]))
    by_sum = np.argsort(sums)
    return {
        "parts": np.array(parts),
        "hashes": hashes[new],
        "shapes": shapes[new],
        "of_part": of_part[new],
        "sums": sums[by_sum],
        "words": chosen[by_sum],
    }


def _groups(words: Pool) -> Iterator[tuple[int, int, Column, Column]]:
    """Yield size, stride, words and where in `words.units` a group of each begins."""
    lengths = words.lengths
    for size in range(1, SIZE):
        chosen = np.flatnonzero(lengths == size)
        if len(chosen):
            yield size, 1, chosen, words.starts[chosen]
    rates = common_rates(words)
    chosen = np.flatnonzero((lengths >= SIZE) & (lengths <= LONG))
    if len(chosen):
        yield SIZE, 1, chosen, rarest_of(words, rates, SIZE)[chosen]
    chosen = np.flatnonzero(lengths > LONG)
    if len(chosen):
        np.minimum(rates[:-SIZE], rates[SIZE:], out=rates[:-SIZE])
        odd = (np.arange(len(rates)) - np.repeat(words.starts, lengths)) % 2 == 1
        begins = [rarest_of(words, rates, LONG, allowed)[chosen] for allowed in (~odd, odd)]
        yield LONG, 2, np.concatenate((chosen, chosen)), np.concatenate(begins)
