"""Reads a text as its words in Latin letters: what tells of texts that hold few ideographs.

Words that say nothing (lexicons/fingerprint/stopwords.txt) are left out, as are digits and all
other scripts; case, accents, endings and all that stands between words have no effect. A piece
is a pair of stems at most `REACH` words apart, whichever comes first: so that words that were
changed, put in or turned round lose the pairs they stand in and no other. One word has about
four pieces. A pair of words is easier to guess than eight ideographs for whoever has the key.
"""

from __future__ import annotations

import unicodedata
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from markscan import data
from markscan.errors import LexiconError
from markscan.pool import Units, units_of
from markscan.wording import REGISTER

Stems = NDArray[np.uint64]
Letters = NDArray[np.uint8]
Places = NDArray[np.int64]

REACH = 4  # words from one word of a pair to the other, at most
STEM = 7  # letters of a stem, at most: two stems and a unit of zero are one piece

# A pair that stands more often than this, and once more for so many words, is left out.
_OFTEN = 2
_OFTEN_WORDS = 4096
_HAN = 0.2  # ideographs among letters and ideographs, from which on these tell a text

_PAD = 8  # bytes before and after the letters, so that eight can be read anywhere
_SHORTEST = 2  # letters of a word
_LEFT = 3  # letters that an ending must leave
_ENDINGS = (("s", "e"), ("ed", "es", "ly"), ("ing",), ("ings", "edly"))  # the longest is cut off
_CHUNK = 1 << 14  # borders of words at a time: fits the cache of a core
_MASKS = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)
_SLOTS = 1 << 14  # of the table of stop words
_SLOT = np.uint64(64 - 14)
_MIX = 0x9E3779B97F4A7C15  # odd, without pattern
_STEP = _MIX >> 16 & ~1  # even: what it is added to stays odd
_CODES = [
    (len(same[0]), [np.uint64(int.from_bytes(ending.encode(), "little")) for ending in same])
    for same in _ENDINGS
]
_JOINING = 0xFF  # mark of a sign inside a word that is no letter: accents, soft hyphens
_UNSEEN = (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x300, 0x370))
# Latin letters that Unicode does not take apart.
_OTHERS = dict(zip("ßæœøđłıþðħŋſ", "saoodlitdhns", strict=True))


class WordText:
    """The words of a text in Latin letters that say something, in order."""

    def __init__(self, text: str) -> None:
        """Read `text`.

        Raises:
            LexiconError: the list of stop words is missing or damaged.
        """
        letters = _letters(units_of(text))
        origin = None
        if (letters == _JOINING).any():
            origin = np.flatnonzero(letters != _JOINING)
            letters = letters[origin]
        padded = np.zeros(len(letters) + 2 * _PAD, np.uint8)
        padded[_PAD:-_PAD] = letters
        inside = padded != 0
        border = np.flatnonzero(inside[1:] != inside[:-1])
        found = [
            _telling(padded, border[at : at + _CHUNK : 2] + 1, border[at + 1 : at + _CHUNK : 2] + 1)
            for at in range(0, max(len(border), 1), _CHUNK)
        ]
        stems, first, last = zip(*found, strict=True)
        self.stems: Stems = np.concatenate(stems)
        self._first, self._last = np.concatenate(first) - _PAD, np.concatenate(last) - _PAD - 1
        self._origin = origin

    def __len__(self) -> int:
        """The number of words."""
        return len(self.stems)

    @cached_property
    def starts(self) -> Places:
        """Where each word begins in the text, in code points."""
        return self._first if self._origin is None else self._origin[self._first]

    @cached_property
    def ends(self) -> Places:
        """Where each word ends in the text, in code points."""
        return (self._last if self._origin is None else self._origin[self._last]) + 1


def letter_count(text: str) -> int:
    """Return how many Latin letters `text` has."""
    letters = _letters(units_of(text))
    return int(np.count_nonzero(letters)) - int(np.count_nonzero(letters == _JOINING))


def word_pieces(text: WordText) -> tuple[Places, NDArray[np.uint16]]:
    """Return all pieces of `text`: of each the place of its first word, ascending, and its units.

    A piece has eight units, the first of which is zero: no piece of ideographs begins so.
    """
    count = len(text)
    whole = np.zeros((count, REACH, 2), "<u8")
    for start in range(0, count, _CHUNK):
        stems = text.stems[start : start + _CHUNK + REACH]
        rows = whole[start : start + _CHUNK]
        for step in range(1, min(REACH, len(stems) - 1) + 1):
            one, other = stems[:-step][: len(rows)], stems[step:][: len(rows)]
            low, high = np.minimum(one, other), np.maximum(one, other)
            rows[: len(one), step - 1, 0] = low << np.uint64(16)
            rows[: len(one), step - 1, 1] = (high << np.uint64(8)) | (low >> np.uint64(48))
    # The last words have fewer words behind them.
    steps = np.minimum(count - 1 - np.arange(count), REACH)
    blocks = whole.reshape(-1, 2)
    full = max(count - REACH, 0)
    ends = [
        place * REACH + step for place in range(full, count) for step in range(count - 1 - place)
    ]
    blocks[full * REACH : full * REACH + len(ends)] = blocks[ends]
    places = np.repeat(np.arange(count), steps)
    return places, blocks[: len(places)].view("<u2")


def seldom(tags: NDArray[np.uint64], words: int) -> NDArray[np.bool_]:
    """Return for each fingerprint of a text of `words` words whether it stands there seldom.

    What is said again and again tells what a text is about, not where it comes from.
    """
    _, which, counts = np.unique(tags, return_inverse=True, return_counts=True)
    rare: NDArray[np.bool_] = counts[which] <= _OFTEN + words // _OFTEN_WORDS
    return rare


def in_letters(text: str, han: int) -> bool:
    """Return whether `text`, which has `han` ideographs, is one to be told by its words."""
    return han < _HAN * len(text) and han < _HAN * (han + letter_count(text))


def _letters(units: Units) -> Letters:
    """The small letters from a to z as ASCII, `_JOINING`, 0 for everything else."""
    found: Letters = _table().take(units)
    return found


def _telling(padded: Letters, first: Places, last: Places) -> tuple[Stems, Places, Places]:
    """Stem, begin and end of those of some words that say something."""
    length = last - first
    head = _window(padded, first) & _mask(np.minimum(length, 8))
    kept = np.flatnonzero((length >= _SHORTEST) & ~_stopped(head, length))
    first, last, length = first[kept], last[kept], length[kept]
    left = np.minimum(length - _cut(padded, last, length), STEM)
    return head[kept] & _mask(left), first, last


def _window(padded: Letters, at: Places) -> Stems:
    """The eight bytes from each place on."""
    whole = np.ndarray((len(padded) - 7,), "<u8", padded.data, strides=(1,))
    window: Stems = whole[at]
    return window


def _mask(count: Places) -> Stems:
    """Ones in the lowest `count` bytes, zero to eight."""
    found: Stems = _MASKS.take(count)
    return found


def _cut(padded: Letters, last: Places, length: Places) -> Places:
    """How many letters the ending of each word has that is cut off."""
    cut = np.zeros(len(last), np.int64)
    tail = _window(padded, last - 8)
    for size, codes in _CODES:
        end = tail >> np.uint64(64 - 8 * size)
        fits = end == codes[0]
        for code in codes[1:]:
            fits |= end == code
        fits &= length >= size + _LEFT
        np.putmask(cut, fits, size)
    return cut


def _stopped(head: Stems, length: Places) -> NDArray[np.bool_]:
    """Whether each word is a stop word."""
    known, factor = _stop_words()
    slots = (head * factor) >> _SLOT
    found: NDArray[np.bool_] = (known.take(slots.view(np.int64)) == head) & (length <= 8)
    return found


@lru_cache(maxsize=1)
def _table() -> Letters:
    """By unit, the letter from a to z that it is, or `_JOINING`, or 0."""
    known = np.zeros(1 << 16, np.uint8)
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00), *range(0xFF21, 0xFF5B)):
        sign = chr(code).lower()
        base = _OTHERS.get(sign[:1]) or unicodedata.normalize("NFKD", sign)[:1]
        if unicodedata.category(chr(code)).startswith("L") and "a" <= base <= "z":
            known[code] = ord(base)
    known[list(_UNSEEN)] = _JOINING
    return known


@lru_cache(maxsize=1)
def _stop_words() -> tuple[Stems, np.uint64]:
    """A table with a slot of its own for each stop word, and the factor that leads to it."""
    path = data.folder("lexicons") / "fingerprint" / "stopwords.txt"
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(REGISTER["words.none"].fill(name=path.name, why=error)) from error
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    heads = np.array(
        sorted(int.from_bytes(word.encode()[:8], "little") for word in words), np.uint64
    )
    for odd in range(_MIX, 2 * _MIX, _STEP):
        factor = np.uint64(odd % (1 << 64))
        slots = ((heads * factor) >> _SLOT).view(np.int64)
        if len(np.unique(slots)) == len(heads):
            table = np.zeros(_SLOTS, np.uint64)
            table[slots] = heads
            return table, factor
    raise LexiconError(REGISTER["words.many"].fill(name=path.name, count=len(heads)))
