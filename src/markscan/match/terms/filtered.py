"""Words by numpy alone: a filter of hashed groups of units, then the proof of each word.

Words of five units or more are found by a group of four that begins at an even place of
the text: each word has two such groups, one for each way it may lie, and half the places
need no look. Shorter words are looked for at every place.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from markscan.match.terms.anchors import SIZE, Links, rarest
from markscan.match.terms.engine import Column, Columns
from markscan.pool import Pool, Units

Keys = NDArray[np.uint64]

_LEAST_BITS, _MOST_BITS = 16, 25  # of the filter's slots
_MIX = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77))  # odd, without pattern


class Filtered:
    """See the first lines of this module."""

    name = "filtered"
    library = "numpy"

    def __init__(self, words: Pool, groups: list[_Groups]) -> None:
        self._words = words
        self._groups = groups

    @staticmethod
    def available() -> bool:
        """Return True: numpy is always installed."""
        return True

    @staticmethod
    def build(words: Pool) -> Filtered:
        """Return an engine for `words`."""
        groups = []
        for size in range(1, SIZE + 1):
            chosen = np.flatnonzero(words.lengths == size)
            if len(chosen):
                groups.append(_Groups.of(words, chosen, words.starts[chosen], size, stride=1))
        chosen = np.flatnonzero(words.lengths > SIZE)
        if len(chosen):
            odd = (np.arange(len(words.units)) - np.repeat(words.starts, words.lengths)) % 2 == 1
            twice = np.concatenate((chosen, chosen))
            begins = np.concatenate((rarest(words, ~odd)[chosen], rarest(words, odd)[chosen]))
            groups.append(_Groups.of(words, twice, begins, SIZE, stride=2))
        return Filtered(words, groups)

    @staticmethod
    def load(words: Pool, columns: Columns) -> Filtered:
        """Return the engine that gave `columns`."""
        count = sum(name.endswith(".keys") for name in columns)
        return Filtered(words, [_Groups.load(columns, f"{n}.") for n in range(count)])

    def columns(self) -> Columns:
        """Return the columns of each set of groups, under its number."""
        return {
            f"{number}.{name}": column
            for number, groups in enumerate(self._groups)
            for name, column in groups.columns().items()
        }

    def find(self, text: Units) -> tuple[Column, Column]:
        """Return where words end in `text`, and which; by ends, then longest first."""
        found = [groups.find(self._words, text) for groups in self._groups]
        found = [pair for pair in found if len(pair[0])]
        if len(found) == 1:
            return found[0]
        if not found:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        ends = np.concatenate([ends for ends, _ in found])
        words = np.concatenate([words for _, words in found])
        order = np.lexsort((-self._words.lengths[words], ends))
        return ends[order], words[order]


class _Groups:
    """Groups of `size` units, sought at every `stride`-th place, and the words they stand for."""

    def __init__(self, size: int, stride: int, keys: Keys, links: Links) -> None:
        self._size = size
        self._stride = stride
        self._keys = keys
        self._links = links
        bits = int(np.clip(np.ceil(np.log2(len(keys) * 16)), _LEAST_BITS, _MOST_BITS))
        self._shift = np.uint32(32 - bits)
        self._filter = np.zeros(1 << bits, np.bool_)
        self._filter[self._slots(_halves(keys))] = True

    @classmethod
    def of(cls, words: Pool, chosen: Column, begins: Column, size: int, *, stride: int) -> _Groups:
        """Take the groups that begin at `begins` in `words.units` for the words `chosen`."""
        keys, numbers = np.unique(_keys(words.units, begins, size), return_inverse=True)
        tails = words.ends[chosen] - begins - size
        links = Links.of(words, numbers, chosen, tails, len(keys))
        return cls(size, stride, keys, links)

    @classmethod
    def load(cls, columns: Columns, prefix: str) -> _Groups:
        """Return the groups whose `columns` have names beginning with `prefix`."""
        size, stride = columns[f"{prefix}shape"].tolist()
        return cls(size, stride, columns[f"{prefix}keys"], Links.load(columns, prefix))

    def columns(self) -> Columns:
        """Return keys, shape and links."""
        shape = np.array([self._size, self._stride])
        return {"keys": self._keys, "shape": shape, **self._links.columns()}

    def find(self, words: Pool, text: Units) -> tuple[Column, Column]:
        """Return where words end in `text`, and which; by ends, then longest first."""
        places = self._filter.take(self._slots(self._view(text))).nonzero()[0] * self._stride
        places = places[places <= len(text) - self._size]
        keys = _keys(text, places, self._size)
        numbers = np.searchsorted(self._keys, keys)
        numbers[numbers == len(self._keys)] = 0
        right = self._keys[numbers] == keys
        ends = places[right] + self._size
        return self._links.prove(words, text, numbers[right].tolist(), ends.tolist())

    def _view(self, text: Units) -> tuple[NDArray[np.uint32], NDArray[np.uint32] | None]:
        """Return the groups at every stride-th place of `text`, as one or two halves."""
        if self._stride == 2:
            pairs = text[: len(text) // 2 * 2].view(np.uint32)
            return pairs[:-1], pairs[1:]
        wide = text.astype(np.uint32)
        if self._size == 1:
            return wide, None
        pairs = wide[:-1] | (wide[1:] << np.uint32(16))
        if self._size == 2:
            return pairs, None
        if self._size == 3:
            return pairs[:-1], wide[2:]
        return pairs[:-2], pairs[2:]

    def _slots(
        self, halves: tuple[NDArray[np.uint32], NDArray[np.uint32] | None]
    ) -> NDArray[np.uint32]:
        low, high = halves
        mixed = low * _MIX[0]
        if high is not None:
            mixed ^= high * _MIX[1]
        mixed ^= mixed >> np.uint32(15)
        mixed *= _MIX[1]
        return mixed >> self._shift


def _keys(units: Units, begins: Column, size: int) -> Keys:
    """Return the groups of `size` units that begin at `begins`, exact, as one number each."""
    keys = np.zeros(len(begins), np.uint64)
    for place in range(size):
        keys |= units[begins + place].astype(np.uint64) << np.uint64(16 * place)
    return keys


def _halves(keys: Keys) -> tuple[NDArray[np.uint32], NDArray[np.uint32] | None]:
    return keys.astype(np.uint32), (keys >> np.uint64(32)).astype(np.uint32)
