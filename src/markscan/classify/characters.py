"""Hashes the characters of a text, one by one and in pairs: what both models are made of.

The text is bare (`fold.bare`): folded, without white space. Digits are one character and Latin
letters another, so that no number and no name in letters becomes a feature. A version of these
functions is a version of every model: `HASH` names it, and tests hold golden values.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from markscan.pool import Units

Slots = NDArray[np.intp]

HASH = "pairs1"
PAIR_BITS = 17
SINGLES = 1 << 16
PAIRS = 1 << PAIR_BITS

_FIRST, _SECOND = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)


def characters(units: Units) -> Units:
    """Return bare `units` with 0 for each digit and a for each Latin letter."""
    return _alike().take(units)


def ideographs(chars: Units) -> Units:
    """Return `chars` with one sign for all that are no ideograph, digit or Latin letter.

    What a text says is in its ideographs; which signs stand between them tells its genre.
    """
    return _signs_alike().take(chars)


def pair_slots(chars: Units) -> Slots:
    """Return the slot of each pair of neighbouring characters, one fewer than characters."""
    mixed = chars[:-1] * _FIRST
    mixed += chars[1:] * _SECOND
    mixed ^= mixed >> np.uint32(15)
    mixed *= _FIRST
    mixed >>= np.uint32(32 - PAIR_BITS)
    return mixed.astype(np.intp)


@lru_cache(maxsize=1)
def _alike() -> Units:
    alike = np.arange(1 << 16, dtype=np.uint16)
    alike[ord("0") : ord("9") + 1] = ord("0")
    alike[ord("a") : ord("z") + 1] = ord("a")
    return alike


@lru_cache(maxsize=1)
def _signs_alike() -> Units:
    alike = np.full(1 << 16, ord("-"), dtype=np.uint16)
    for first, last in ((0x30, 0x39), (0x61, 0x7A), (0x3400, 0x4DBF), (0x4E00, 0x9FFF)):
        alike[first : last + 1] = np.arange(first, last + 1)
    return alike
