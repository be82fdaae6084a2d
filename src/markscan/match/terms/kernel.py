"""The loops of `Looped`, compiled by numba. Only `markscan.match.terms.looped` imports it.

They do what `Filtered` does in columns of numpy, in steps that each run over one block of
places: hash, test the bits, see whether a bucket holds anything, then prove the few that are
left. Apart, since a branch that is guessed amiss between them would stop the processor from
fetching for several places at once, and fetching is what takes the time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import numba
import numpy as np
from numba import types
from numba.core.errors import NumbaError

from markscan.match.terms.sums import FACTORS, LENGTH_BITS, LONG, SIZE

Kernel = Callable[..., int]

_log = logging.getLogger(__name__)

_FIRST, _LAST = FACTORS
_ONE, _THREE, _SEVEN, _MARK = np.uint64(1), np.uint64(3), np.uint64(7), np.uint8(1)
_BITS = np.uint64(16)  # of a unit
_LOW = (1 << LENGTH_BITS) - 1

# Called by loops only: what calls from Python need takes a third of the time of compiling.
_inner = numba.njit(no_cpython_wrapper=True, no_cfunc_wrapper=True)


def compiled() -> Kernel | None:
    """Return `_loop`, compiled; None where it cannot be."""
    units, places, rows = types.uint16[::1], types.int64[::1], types.int32[::1]
    hashes, shift = types.uint64[::1], types.uint64
    tables = (
        (types.int64[:, ::1], types.uint8[::1]),
        (hashes, rows, shift, places),
        (hashes, rows, shift, rows),
        (units, places, places),
        (hashes, places),
        (places, places),
    )
    # With its signature it is compiled here, and never again.
    try:
        made = numba.njit([(units, *map(types.Tuple, tables))])(_loop)
    except NumbaError as error:
        _log.info("no compiled search: %s", type(error).__name__)
        return None
    # Past the choice by the types of the arguments, which are always the same.
    (only,) = made.overloads.values()
    kernel: Kernel = only.entry_point
    return kernel


def _loop(text, sieve, groups, sums, words, room, out):  # type: ignore[no-untyped-def]
    """Find words in `text`, write where they begin and which; return how many there are.

    More than `out` has room for are counted only.

    Args:
        text: units.
        sieve: what `Sieve.table` returns.
        groups: hashes, `first` and `shift` of their buckets, shapes.
        sums: sums, `first` and `shift` of their buckets, words.
        words: units, and where each word begins and its length.
        room: hashes and places, for a block.
        out: where words begin, and which.
    """
    parts, total = sieve[0], 0
    for number in range(len(parts)):
        size, stride = parts[number, 0], parts[number, 1]
        step, stop = len(room[0]) * stride, len(text) - size + 1
        for begin in range(0, stop, step):
            count = (min(step, stop - begin) + stride - 1) // stride
            _hash(text, begin, count, size, room[0])
            for at in room[1][: _sift(room, count, number, sieve, groups)]:
                place = begin + at * stride
                total = _prove(text, place, room[0][at], groups, sums, words, out, total)
    return total


@_inner
def _four(text, at):  # type: ignore[no-untyped-def]
    """Return the group of four that begins at `at`, as `sums.fours` does."""
    high = np.uint64(text[at + 3]) << _BITS | np.uint64(text[at + 2])
    high = high << _BITS | np.uint64(text[at + 1])
    return high << _BITS | np.uint64(text[at])


@_inner
def _few(text, at, count):  # type: ignore[no-untyped-def]
    """Return the first `count` units of that group, up to four."""
    if count >= SIZE:
        return _four(text, at)
    group = np.uint64(0)
    for near in range(at + count - 1, at - 1, -1):
        group = group << _BITS | np.uint64(text[near])
    return group


@_inner
def _hash(text, begin, count, size, hashes):  # type: ignore[no-untyped-def]
    """Write the hashes of `count` groups from `begin` on, as `sums.hashed` makes them."""
    if size == LONG:
        for at in range(count):
            place = begin + 2 * at
            hashes[at] = _four(text, place) * _FIRST + _four(text, place + SIZE) * _LAST
    elif size == SIZE:
        for at in range(count):
            hashes[at] = _four(text, begin + at) * _FIRST
    else:
        for at in range(count):
            hashes[at] = _few(text, begin + at, size) * _FIRST


@_inner
def _sift(room, count, number, sieve, groups):  # type: ignore[no-untyped-def]
    """Write which of `count` hashes have their bit set and a bucket; return how many.

    All are written, and what counts advances: a branch would be guessed amiss.
    """
    hashes, left = room
    parts, bits = sieve
    first, to_bucket = groups[1], groups[2]
    shift, offset = np.uint64(parts[number, 2]), np.uint64(parts[number, 3])
    marked = 0
    for at in range(count):
        slot = (hashes[at] >> shift) + offset
        left[marked] = at
        marked += (bits[slot >> _THREE] >> np.uint8(slot & _SEVEN)) & _MARK
    kept = 0
    for place in range(marked):
        at = left[place]
        bucket = hashes[at] >> to_bucket
        left[kept] = at
        kept += first[bucket] < first[bucket + _ONE]
    return kept


@_inner
def _prove(  # type: ignore[no-untyped-def]
    text, place, own, groups, sums, words, out, total
):
    """Write the words around the group at `place`, whose hash is `own`; return the new total."""
    hashes, first, to_bucket, shapes = groups
    keys, first_sum, to_sum, which = sums
    bucket = own >> to_bucket
    for row in range(first[bucket], first[bucket + _ONE]):
        start, length = place - (shapes[row] >> LENGTH_BITS), shapes[row] & _LOW
        if hashes[row] != own or start < 0 or start + length > len(text):
            continue
        short = min(length, SIZE)
        last = _few(text, start + length - short, short) * _LAST
        key = (_few(text, start, short) * _FIRST + last) ^ own
        bucket_of_key = key >> to_sum
        for one in range(first_sum[bucket_of_key], first_sum[bucket_of_key + _ONE]):
            if keys[one] == key and _stands(text, start, length, words, which[one]):
                if total < len(out[0]):
                    out[0][total], out[1][total] = start, which[one]
                total += 1
    return total


@_inner
def _stands(text, start, length, words, word):  # type: ignore[no-untyped-def]
    """Whether `word` is what stands in [start, start + length) of `text`."""
    units, starts, lengths = words
    same = 0
    while same < length and text[start + same] == units[starts[word] + same]:
        same += 1
    return same == length == lengths[word]
