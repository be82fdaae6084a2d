"""Reads a text as its ideographs alone, folded.

White space, punctuation, letters, digits, pinyin and invisible characters have no effect on
what is left, nor has the script: traditional and variant ideographs become simplified ones.
So no Latin letter and no Arabic digit ever enters a fingerprint; numbers written in Han do.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from markscan.fold.table import MARK_MANY, table
from markscan.pool import ASTRAL_HAN, Units

_CHUNK = 1 << 15  # characters at a time: fits the cache of a core


class HanText:
    """The ideographs of a text, and where each of them stands in it."""

    def __init__(self, text: str) -> None:
        """Read `text`. Ideographs beyond U+FFFF are left out, like all that is none."""
        # In 32 bits, which takes half as long as in 16. Beyond the table stands what its last has.
        raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        signs = _signs()
        found = np.empty(len(raw), np.uint16)
        for start in range(0, len(raw), _CHUNK):
            piece = slice(start, start + _CHUNK)
            signs.take(raw[piece], out=found[piece], mode="clip")
        self._kept = found != 0
        self.units: Units = found.compress(self._kept)

    @cached_property
    def origin(self) -> NDArray[np.intp]:
        """For each ideograph, the index of its character in the text, in code points."""
        return np.flatnonzero(self._kept)

    def __len__(self) -> int:
        """The number of ideographs."""
        return len(self.units)


@lru_cache(maxsize=1)
def _signs() -> Units:
    """By code point to U+FFFF, the ideograph it folds to; 0 for everything else."""
    units = table().exact.units
    han = table().han[units]
    han &= (units != MARK_MANY) & (units != ASTRAL_HAN)
    signs = np.where(han, units, 0).astype(np.uint16)
    signs[-1] = 0  # no character, and stands for all beyond it
    return signs
