"""Tells terms from accidents across words: 随机密码 holds 机密, hundred holds red.

An accident is a hit whose edge lies inside a word that reaches beyond the hit. For Latin
letters and digits that is seen at once. For Chinese, the characters around a hit are
divided into words twice, by the rates of lexicons/words: once freely, once so that no
word is cut by the hit. Only where the first is much more probable is the hit an
accident, since a wrong rejection loses a secret: in doubt a hit stays.

Nothing is divided but short windows around hits at whose edges a word can stand at all,
all windows of a text at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from markscan import data
from markscan.errors import LexiconError
from markscan.fold import Folded
from markscan.pool import Units
from markscan.wording import Text

Column = NDArray[np.int64]
Mask = NDArray[np.bool_]
_Scores = NDArray[np.float32]

_REACH = 8  # characters looked at beside a hit
_LONGEST = 64  # characters; a longer term is no accident
_HAN = (0x3400, 0xA000)  # the ideographs of the table
_WORD = 4  # characters of the longest word in the table
_BATCH = 2048  # hits; bounds the memory of one step to some tens of megabytes
# Natural logarithms of probability. A term is held to be a word about as frequent as 密码, and
# the division without it must be as much more probable as 55 is to 1.
_TERM_RATE = np.float32(-12.0)
_MARGIN = np.float32(4.0)
_STEP = 8  # steps of a rate in table.npz for one natural logarithm
_UNKNOWN = np.float32(-18.0)  # a character that stands in no word of the table
_NEVER = np.float32(-1e9)
_PAIRS = 22  # bits of the hash of two neighbours


@dataclass(frozen=True, slots=True)
class _Words:
    """`keys` holds words of one to four characters, 16 bits each, ascending; `rates` their
    natural logarithms of probability. `joined` has a bit for two characters that stand
    side by side in some word, by their hash."""

    keys: NDArray[np.uint64]
    rates: _Scores
    joined: Mask

    def may_join(self, before: Units, behind: Units) -> Mask:
        """Return whether a word can hold `before` and `behind` side by side; seldom wrong."""
        return self.joined[_pair(before, behind)]

    def rate(self, keys: NDArray[np.uint64]) -> _Scores:
        """Return how probable the words of `keys` are, _NEVER for what is no word."""
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        return np.where(self.keys[at] == keys, self.rates[at], _NEVER)


def inside_words(folded: Folded, starts: Column, ends: Column) -> Mask:
    """Return which hits to keep: False for those that are accidents across words.

    `starts` and `ends` are half-open, in code points of the folded text. An edge where the
    fold dropped something (a line end, blanks) is no inside of a Chinese word.

    Raises:
        LexiconError: the table of words cannot be read.
    """
    keep = np.ones(len(starts), np.bool_)
    if not len(starts):
        return keep
    units = folded.units
    before, behind = _at(units, starts - 1), _at(units, ends)
    first, last = units[starts], units[ends - 1]
    keep &= ~_continued(before, first) & ~_continued(last, behind)
    left = keep & _is_han(before) & _is_han(first)
    right = keep & _is_han(last) & _is_han(behind)
    if not left.any() and not right.any():
        return keep
    words, origin = _words(), folded.origin
    left &= words.may_join(before, first) & _adjoin(origin, starts)
    right &= words.may_join(last, behind) & _adjoin(origin, ends)
    for some in _batches((left | right).nonzero()[0], ends - starts):
        windows = _windows(units, starts[some], ends[some], (left[some], right[some]))
        keep[some] = _keep(words, windows, ends[some] - starts[some])
    return keep


def _at(units: Units, at: Column) -> Units:
    """The characters at `at`, 0 outside of the text."""
    inside = (at >= 0) & (at < len(units))
    return np.where(inside, units.take(at, mode="clip"), np.uint16(0))


def _continued(before: Units, behind: Units) -> Mask:
    """Whether a run of ASCII letters, or one of digits, goes on from one to the other."""
    kind = _kind(before)
    return np.asarray((kind > 0) & (kind == _kind(behind)))


def _kind(units: Units) -> NDArray[np.int8]:
    letter = (units - np.uint16(ord("a"))) < 26  # unsigned: what is below wraps around
    digit = (units - np.uint16(ord("0"))) < 10
    return letter.astype(np.int8) + 2 * digit.astype(np.int8)


def _is_han(units: Units) -> Mask:
    return np.asarray(units - np.uint16(_HAN[0]) < _HAN[1] - _HAN[0])


def _adjoin(origin: NDArray[np.intp], at: Column) -> Mask:
    """Whether the characters on both sides of `at` were neighbours before the fold."""
    at = np.clip(at, 1, len(origin) - 1)
    return np.asarray(origin[at] - origin[at - 1] <= 1)


def _batches(hits: Column, lengths: Column) -> Iterator[Column]:
    """Yield `hits` by length, so that short windows are not padded to long ones.

    Those longer than _LONGEST are left out.
    """
    hits = hits[lengths[hits] <= _LONGEST]
    ordered = hits[lengths[hits].argsort(kind="stable")]
    for first in range(0, len(ordered), _BATCH):
        yield ordered[first : first + _BATCH]


def _windows(units: Units, starts: Column, ends: Column, whether: tuple[Mask, Mask]) -> Units:
    """The hits with _REACH characters to each side, one a column, cut at what is no ideograph.

    A hit starts at row _REACH. 0 stands for what is cut off, and for a side (left, right)
    that is not asked for in `whether`.
    """
    lengths = ends - starts
    rows = np.arange(int(lengths.max()) + 2 * _REACH)[:, None]
    chars = _at(units, starts - _REACH + rows)
    inside = (rows >= _REACH) & (rows < _REACH + lengths)
    han = _is_han(chars)
    before = np.logical_and.accumulate((han[:_REACH] & whether[0])[::-1])[::-1]
    behind = inside | (han & whether[1] & (rows < 2 * _REACH + lengths))
    behind = np.logical_and.accumulate(behind[_REACH:])
    seen = np.concatenate((before, behind)) & han
    return np.where(seen, chars, np.uint16(0))


def _keep(words: _Words, windows: Units, lengths: Column) -> Mask:
    """Which hits of `windows` no other division into words beats by far."""
    free = _arcs(words, windows)
    whole, apart = free.copy(), free.copy()
    start, end = _REACH, _REACH + lengths
    first = np.arange(len(windows))[:, None]
    for length in range(2, _WORD + 1):
        last = first + length
        cut = ((first < start) & (last > start)) | ((first < end) & (last > end))
        apart[length - 1][cut] = _NEVER
        whole[length - 1][cut & ~((first <= start) & (last >= end))] = _NEVER
    best = _divide(np.concatenate((free, whole, apart), axis=2))
    # Divided freely, with no word cut by the hit, and with the hit by itself.
    any_way, uncut, alone = np.split(best, 3, axis=1)
    inside = alone[end, np.arange(len(lengths))] - alone[start]
    as_term = alone[-1] + np.maximum(_TERM_RATE - inside, 0)
    return np.asarray(any_way[-1] - np.maximum(as_term, uncut[-1]) <= _MARGIN)


def _arcs(words: _Words, windows: Units) -> _Scores:
    """The rate of the word of each length (axis 0) that begins at each row of `windows`."""
    arcs = np.full((_WORD, *windows.shape), _NEVER, np.float32)
    wide = windows.astype(np.uint64)
    keys = wide
    for length in range(1, _WORD + 1):
        arcs[length - 1, : len(keys)] = words.rate(keys)
        keys = (keys[:-1] << np.uint64(16)) | wide[length:]
    # A single character can always be passed, and what is cut off costs nothing.
    arcs[0] = np.where(windows == 0, np.float32(0), np.maximum(arcs[0], _UNKNOWN))
    return arcs


def _divide(arcs: _Scores) -> _Scores:
    """The rate of the best division of every window up to each row (Viterbi)."""
    _, rows, columns = arcs.shape
    best = np.full((rows + 1, columns), _NEVER, np.float32)
    best[0] = 0
    for end in range(1, rows + 1):
        reached = best[end]
        for length in range(1, min(_WORD, end) + 1):
            at = end - length
            np.maximum(reached, best[at] + arcs[length - 1, at], out=reached)
    return best


@cache
def _words() -> _Words:
    """Read table.npz of lexicons/words; about 7 MB in memory."""
    file = data.folder("lexicons") / "words" / "table.npz"
    try:
        with np.load(file) as arrays:
            columns = [_column(arrays[f"low{n}"], arrays[f"high{n}"]) for n in range(_WORD)]
            counts, total = arrays["count"].tolist(), float(arrays["total"])
            rates = arrays["rate"] / np.float32(_STEP) - np.float32(np.log(total))
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        reason = type(error).__name__
        raise LexiconError(
            Text(f"词频表无法读取：{reason}", f"the table of words cannot be read: {reason}")
        ) from error
    keys, joined = [], np.zeros(1 << _PAIRS, np.bool_)
    for length in range(1, _WORD + 1):
        # Columns hold the words that are long enough, so each begins at the next length.
        skipped = [sum(counts[place : length - 1]) for place in range(length)]
        chars = [
            columns[place][skip : skip + counts[length - 1]] for place, skip in enumerate(skipped)
        ]
        key = np.zeros(counts[length - 1], np.uint64)
        for char in chars:
            key = (key << np.uint64(16)) | char
        keys.append(key)
        for before, behind in pairwise(chars):
            joined[_pair(before, behind)] = True
    return _Words(np.concatenate(keys), rates.astype(np.float32), joined)


def _pair(before: Units, behind: Units) -> NDArray[np.uint32]:
    mixed = before.astype(np.uint32) * np.uint32(0x9E3779B1)
    mixed ^= behind.astype(np.uint32) * np.uint32(0x85EBCA77)
    return mixed >> np.uint32(32 - _PAIRS)


def _column(low: NDArray[np.uint8], high: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """The characters of one place in the words, from the differences between them."""
    return np.cumsum(low + (high.astype(np.uint16) << np.uint16(8)), dtype=np.uint16)
