"""Index: from fingerprint to rows, for up to a billion rows, as columns that can be mapped.

A tag passes a Bloom filter of one word (10 bits a row), then its highest bits choose a bucket of
about eight rows, whose next 32 bits are compared; so 4 bytes of a tag are kept for each row,
beside the payload. Tags are random numbers, which makes every bucket alike. A row is found for a
tag that is not there with a probability of 8/2^32; the payload shows whether it was right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tags = NDArray[np.uint64]
Rows = NDArray[np.intp]

_FILTER_BITS = 10  # a row
_BUCKET = 8  # rows, on average
_CHUNK = 1 << 15  # look-ups at a time: fits the cache of a core
_FEW = 1 << 11  # buckets, up to which comparing whole buckets costs less than going on row by row
# By twelve bits of a tag, two bits of its word; a tag sets two such pairs.
_PAIRS = 1 << 12
_HALVES = np.arange(_PAIRS, dtype=np.uint64)
_PAIR: Tags = (np.uint64(1) << (_HALVES & np.uint64(63))) | (
    np.uint64(1) << (_HALVES >> np.uint64(6))
)


@dataclass(frozen=True, eq=False)
class Index:
    """Rows ordered by tag. `payload` holds eight bytes a row."""

    filter: Tags
    starts: NDArray[np.uint32]
    rest: NDArray[np.uint32]
    payload: Tags

    @classmethod
    def of(cls, tags: Tags, payload: Tags) -> Index:
        """Order the rows of two columns by tag. Of equal tags only the first is ever found."""
        order = np.argsort(tags)
        tags = tags[order]
        bits = _bucket_bits(len(tags))
        starts = np.searchsorted(_bucket(tags, bits), np.arange((1 << bits) + 1))
        words = np.zeros(max(-(-len(tags) * _FILTER_BITS // 64), 1), np.uint64)
        np.bitwise_or.at(words, _word(tags, len(words)), _probes(tags))
        return cls(words, starts.astype(np.uint32), _rest(tags, bits), payload[order])

    @classmethod
    def unpack(cls, columns: Mapping[str, NDArray[Any]]) -> Index:
        """Return the index that `columns` were taken from.

        Raises:
            KeyError, ValueError: they are none of an index.
        """
        index = cls(*(columns[name] for name in ("filter", "starts", "rest", "payload")))
        rows, buckets = len(index.rest), len(index.starts) - 1
        sound = (
            len(index.payload) == rows
            and buckets == 1 << _bucket_bits(rows)
            and len(index.filter) == max(-(-rows * _FILTER_BITS // 64), 1)
            and int(index.starts[0]) == 0
            and int(index.starts[-1]) == rows
            and bool(np.all(index.starts[:-1] <= index.starts[1:]))
        )
        if not sound:
            raise ValueError("index")
        return index

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name."""
        names = ("filter", "starts", "rest", "payload")
        return {name: getattr(self, name) for name in names}

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rest)

    def tops(self) -> Tags:
        """Return the highest 32 bits of the tag of each row, in order."""
        bits = _bucket_bits(len(self.rest))
        bucket = np.repeat(np.arange(1 << bits, dtype=np.uint64), np.diff(self.starts))
        return (bucket << np.uint64(32) | self.rest) >> np.uint64(bits)

    def find(self, tags: Tags) -> tuple[Rows, Rows]:
        """Return which of `tags` are there, ascending, and the row of each."""
        if len(tags) <= _CHUNK:
            return self._find(tags)
        which, rows = [], []
        for start in range(0, len(tags), _CHUNK):
            found, there = self._find(tags[start : start + _CHUNK])
            which.append(found + start)
            rows.append(there)
        return np.concatenate(which), np.concatenate(rows)

    def _find(self, tags: Tags) -> tuple[Rows, Rows]:
        """Do what `find` does, for one chunk."""
        passed = self._passed(tags)
        if not len(passed):
            return passed, passed
        found, rows = self._compared(tags[passed])
        return passed[found], rows

    def _passed(self, tags: Tags) -> Rows:
        probes = _probes(tags)
        words = self.filter.take(_word(tags, len(self.filter)))
        words &= probes
        return np.flatnonzero(words == probes)

    def _compared(self, tags: Tags) -> tuple[Rows, Rows]:
        """Which of `tags` stand in their bucket, and where."""
        bits = _bucket_bits(len(self.rest))
        bucket, rest = _bucket(tags, bits), _rest(tags, bits)
        at = self.starts.take(bucket).astype(np.intp)
        bucket += 1
        sizes = self.starts.take(bucket) - at
        if len(tags) <= _FEW:
            return self._in_buckets(at, sizes, rest)
        found = np.full(len(tags), -1, np.intp)
        self._row_by_row(at, sizes, rest, found)
        which = np.flatnonzero(found >= 0)
        return which, found[which]

    def _row_by_row(self, at: Rows, sizes: Rows, rest: NDArray[np.uint32], found: Rows) -> None:
        """Do what `_in_buckets` does, for many: one row of each bucket after the other."""
        end = at + sizes
        left = np.flatnonzero(sizes > 0)
        while len(left):
            same = self.rest.take(at[left]) == rest[left]
            found[left[same]] = at[left[same]]
            left = left[~same]
            at[left] += 1
            left = left[at[left] < end[left]]

    def _in_buckets(self, at: Rows, sizes: Rows, rest: NDArray[np.uint32]) -> tuple[Rows, Rows]:
        """Return which buckets have their `rest`, and the first row of each that has it."""
        steps = np.arange(sizes.max(initial=0))
        # What is beyond the bucket is compared, too, and counts for nothing.
        rows = at[:, None] + steps
        same = self.rest.take(rows, mode="clip") == rest[:, None]
        if not same.any():
            return rows[:0, 0], rows[:0, 0]
        same &= steps < sizes[:, None]
        which = np.flatnonzero(same.any(axis=1))
        return which, at[which] + same[which].argmax(axis=1)


def _bucket_bits(rows: int) -> int:
    return max((rows // _BUCKET).bit_length() - 1, 0)


def _bucket(tags: Tags, bits: int) -> Rows:
    if bits == 0:
        return np.zeros(len(tags), np.intp)
    return (tags >> np.uint64(64 - bits)).astype(np.intp)


def _rest(tags: Tags, bits: int) -> NDArray[np.uint32]:
    return (tags >> np.uint64(32 - bits)).astype(np.uint32)


def _word(tags: Tags, words: int) -> Rows:
    low = tags & np.uint64(0xFFFFFFFF)
    low *= np.uint64(words)
    low >>= np.uint64(32)
    return low.view(np.intp)


def _probes(tags: Tags) -> Tags:
    """The bits that each tag sets in its word, chosen by 24 bits that choose no word."""
    first = (tags >> np.uint64(32)) & np.uint64(_PAIRS - 1)
    second = (tags >> np.uint64(44)) & np.uint64(_PAIRS - 1)
    return _PAIR.take(first.view(np.intp)) | _PAIR.take(second.view(np.intp))
