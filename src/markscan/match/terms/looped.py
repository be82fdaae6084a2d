"""Looped: what `Filtered` does, by loops that numba compiles, where it is installed.

The passes of numpy cost a hundred microseconds and more a text before they do anything, and
go over memory for each step anew. Compiling takes three seconds, so it waits until the fold is
a compiled loop (`markscan.fold.fused`): where that pays, this does. What is compiled is not
kept on disk, for the same reason.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from markscan.match.terms.buckets import Buckets
from markscan.match.terms.engine import Column
from markscan.match.terms.sieve import Sieve
from markscan.pool import Pool, Units

if TYPE_CHECKING:
    from markscan.match.terms.kernel import Kernel

_BLOCK = 1 << 12  # places searched at once: what is known of them stays near the core
_ROOM = 256  # words found before the loop has to run twice

_log = logging.getLogger(__name__)


class Looped:
    """Finds words by the tables of `Filtered`. For one thread."""

    def __init__(
        self,
        words: Pool,
        sieve: Sieve,
        groups: tuple[Buckets, Column],
        sums: tuple[Buckets, NDArray[np.int32]],
    ) -> None:
        """Take the words, the sieve, and the buckets of groups with shapes, of sums with words.

        Raises:
            RuntimeError: the loops are not compiled (`is_compiled`).
        """
        kernel = _kernel()
        if kernel is None:
            raise RuntimeError("the loops are not compiled")
        self._kernel = kernel
        self._lengths = words.lengths
        self._tables = (
            sieve.table(),
            _table(*groups, np.int64),
            _table(*sums, np.int32),
            (
                np.ascontiguousarray(words.units, np.uint16),
                np.ascontiguousarray(words.starts, np.int64),
                np.ascontiguousarray(words.lengths, np.int64),
            ),
            (np.empty(_BLOCK, np.uint64), np.empty(_BLOCK, np.int64)),
        )
        self._out = _out(_ROOM)

    def find(self, text: Units) -> tuple[Column, Column]:
        """Do as `Filtered.find`."""
        # The loop reads memory as it is told to: no other kind of array may reach it.
        text = np.ascontiguousarray(text, np.uint16)
        out = self._out
        count = self._kernel(text, *self._tables, out)
        if count > len(out[0]):
            out = _out(count)
            self._kernel(text, *self._tables, out)
        starts, words = out[0][:count], out[1][:count]
        ends = starts + self._lengths[words]
        if count < 2:
            return ends, words.copy()
        order = np.lexsort((words, starts, ends))
        ends, words = ends[order], words[order]
        # Groups of two sizes may have one hash (zeros at the end do it): each finds the word.
        new = np.append(True, (ends[1:] != ends[:-1]) | (words[1:] != words[:-1]))
        return (ends, words) if new.all() else (ends[new], words[new])


def is_compiled() -> bool:
    """Return whether the loops are there; compiles them if nobody did yet."""
    return _kernel() is not None


@cache
def _kernel() -> Kernel | None:
    # numba may be one that does not know this numpy, or have lost what it needs.
    try:
        from markscan.match.terms.kernel import compiled

        return compiled()
    except (ImportError, OSError, AttributeError, MemoryError) as error:
        _log.info("no compiled search: %s", error)
        return None


def _out(room: int) -> tuple[Column, Column]:
    return np.empty(room, np.int64), np.empty(room, np.int64)


def _table(
    buckets: Buckets, rows: NDArray[np.signedinteger], kind: type[np.signedinteger]
) -> tuple[NDArray[np.uint64], NDArray[np.int32], np.uint64, NDArray[np.signedinteger]]:
    hashes = np.ascontiguousarray(buckets.hashes, np.uint64)
    return hashes, buckets.first, buckets.shift, np.ascontiguousarray(rows, kind)
