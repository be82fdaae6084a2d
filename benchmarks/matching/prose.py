"""Made-up official prose, the same bytes on every machine and for every library version.

Sentence patterns are drawn block by block, words by Zipf's law from lists of our own and
from 60,000 rare words of two to four characters, whose characters are those of GB 2312.
A word drawn after another is in one case of three the constant companion of that word, so
that runs of characters repeat as they do in real prose. Chance is a counter mixed by
SplitMix64 (Steele, Lea, Flood 2014) in whole numbers, never a library's generator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import _COMMON as COMMON
from benchmarks.matching.vocabulary import SENTENCES, TERMS, WORDS

Numbers = NDArray[np.uint64]

VERSION = 1  # goes into the names of built files: raise it when the text changes
BLOCK = 6_000  # sentences
PLAIN_BLOCKS = 1 << 24  # blocks from this number on carry no planted terms

_DRAWS = 1 << 16
_RARE = 60_000
_COMPANIONS = 3


def mixed(numbers: Numbers) -> Numbers:
    """Return SplitMix64 of each number: 64 bits that look like chance."""
    with np.errstate(over="ignore"):
        state = numbers + np.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return state ^ (state >> np.uint64(31))


def chance(count: int, stream: int) -> Numbers:
    """Return `count` numbers of the stream `stream`."""
    with np.errstate(over="ignore"):
        seed = mixed(np.array([stream], np.uint64)) * np.uint64(0xD1342543DE82EF95)
        return mixed(np.arange(count, dtype=np.uint64) + seed)


def zipf(count: int, head: int) -> NDArray[np.int32]:
    """Return 65,536 draws over `count` choices, each with weight 1 / (rank + head)."""
    weights = 10**9 // (np.arange(count, dtype=np.int64) + head)
    sums = np.cumsum(weights)
    points = (np.arange(_DRAWS, dtype=np.int64) * int(sums[-1])) // _DRAWS
    draws: NDArray[np.int32] = np.searchsorted(sums, points, side="right").astype(np.int32)
    return draws


@dataclass(frozen=True, slots=True)
class Grammar:
    """Words of all classes in one list, and the patterns as rows of slots.

    `draws[c]` maps 16 bits of chance to a word of class c; `slots` are classes, a literal
    being a class with one word; pattern p has the slots `slots[starts[p] : ends[p]]`.
    """

    words: list[str]
    draws: NDArray[np.int32]
    slots: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def tokens(self, patterns: NDArray[np.int64], stream: int) -> NDArray[np.int32]:
        """Return the words of the patterns, one after the other, as indices into `words`."""
        lengths = self.ends[patterns] - self.starts[patterns]
        first = np.repeat(self.starts[patterns], lengths)
        begin = np.cumsum(lengths) - lengths
        classes = self.slots[first + np.arange(len(first)) - np.repeat(begin, lengths)]
        drawn = chance(len(classes), stream)
        low = (drawn & np.uint64(0xFFFF)).astype(np.int64)
        # One in three follows from the draw of the slot before it.
        before = np.concatenate((low[:1], low[:-1])).astype(np.uint64)
        turn = (drawn >> np.uint64(32)) % np.uint64(_COMPANIONS)
        follow = (mixed(before * np.uint64(_COMPANIONS) + turn) & np.uint64(0xFFFF)).astype(int)
        bound = ((drawn >> np.uint64(16)) % np.uint64(3)) == 0
        return self.draws[classes, np.where(bound, follow, low)]

    def strings(self, patterns: NDArray[np.int64], stream: int) -> list[str]:
        """Return each pattern filled in, as a string of its own."""
        words = [self.words[word] for word in self.tokens(patterns, stream).tolist()]
        ends = np.cumsum(self.ends[patterns] - self.starts[patterns]).tolist()
        return ["".join(words[a:b]) for a, b in zip([0, *ends[:-1]], ends, strict=True)]


def grammar(patterns: Sequence[str], classes: Mapping[str, Sequence[str]]) -> Grammar:
    """Compile `patterns` over the words of `classes`; the first words of a class are frequent."""
    words: list[str] = []
    draws: list[NDArray[np.int32]] = []
    known: dict[str, int] = {}
    for name, choices in classes.items():
        known[name] = len(draws)
        draws.append(zipf(len(choices), 400 if len(choices) > 1000 else 6) + len(words))
        words += choices
    slots: list[int] = []
    ends = []
    for pattern in patterns:
        for character in pattern:
            if character not in known:
                known[character] = len(draws)
                draws.append(np.full(_DRAWS, len(words), np.int32))
                words.append(character)
            slots.append(known[character])
        ends.append(len(slots))
    stops = np.array(ends, np.int64)
    starts = np.concatenate((np.zeros(1, np.int64), stops[:-1]))
    return Grammar(words, np.stack(draws), np.array(slots, np.int64), starts, stops)


@cache
def classes() -> dict[str, list[str]]:
    """Return the words of all classes: those written down, and those made here."""
    every = {name: words.split() for name, words in WORDS.items()}
    pool = _characters()
    every["U"] = _made(pool, _RARE, (2, 2, 2, 2, 3, 3, 4), 11)
    every["P"] = _made(pool[200:1400], 3_000, (2, 2, 3), 12)
    every["S"] = _made(pool[100:1500], 8_000, (2, 2, 4), 13)
    given = _made(pool[60:900], 6_000, (1, 2, 2), 14)
    surnames = zipf(len(every["X"]), 6)[(chance(40_000, 15) & np.uint64(0xFFFF)).astype(int)]
    picks = (chance(40_000, 16) % np.uint64(len(given))).astype(int)
    pairs = zip(surnames.tolist(), picks.tolist(), strict=True)
    every["F"] = [every["X"][first] + given[last] for first, last in pairs]
    every["Y"] = [str(2024 - years) for years in range(60)]
    every["D"] = [str(number) for number in range(1, 40)]
    every["E"] = [str(number) for number in (chance(30_000, 17) % np.uint64(9000)).tolist()]
    return every


def _characters() -> list[str]:
    """Characters by falling frequency: the common ones, then level one of GB 2312, shuffled."""
    level = bytes(
        byte
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF if row != 0xD7 else 0xFA)
        for byte in (row, cell)
    ).decode("gb2312")
    common = list(dict.fromkeys(COMMON))
    rest = [character for character in level if character not in set(common)]
    order = np.argsort(chance(len(rest), 10), kind="stable").tolist()
    return common + [rest[at] for at in order]


def _made(pool: list[str], count: int, lengths: Sequence[int], stream: int) -> list[str]:
    """Return `count` words of characters of `pool`, the first characters the most frequent."""
    draws = zipf(len(pool), 25)
    drawn = (chance(count * 5, stream) & np.uint64(0xFFFF)).astype(int)
    rows = draws[drawn].reshape(count, 5)
    wanted = (chance(count, stream + 100) % np.uint64(len(lengths))).astype(int)
    return [
        "".join(pool[at] for at in row[: lengths[kind]])
        for row, kind in zip(rows.tolist(), wanted.tolist(), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Planted:
    """Terms to be found in the text, and in how many of 65,536 sentences each kind stands."""

    rare: Sequence[str]
    marks: Sequence[str]
    rare_rate: int = 500
    mark_rate: int = 500


_PLANTS = ("经查，R。", "附表所列R，", "M\n", "定为M，")


class Prose:
    """A writer of blocks; built once (a second), then each block stands for itself."""

    def __init__(self, planted: Planted | None = None) -> None:
        """Without `planted` the prose is what it is, by chance."""
        known = classes()
        if planted is not None:
            known = known | {"R": list(planted.rare), "M": list(planted.marks)}
        self._planted = planted
        plants = _PLANTS if planted else ()
        self._grammar = grammar((*SENTENCES, "\n　　", "\n", " ", *plants), known)
        self._draws = zipf(len(SENTENCES), 12)

    def block(self, number: int) -> str:
        """Return block `number`: about 0.7 MB, with 8 % of white space."""
        patterns, stream = self._patterns(number), 1_000 + 8 * number
        words = self._grammar.words
        return "".join([words[at] for at in self._grammar.tokens(patterns, stream).tolist()])

    def _patterns(self, number: int) -> NDArray[np.int64]:
        """Sentences, white space after them, and planted terms between them."""
        drawn = chance(BLOCK, 1_001 + 8 * number)
        low, high = drawn & np.uint64(0xFFFF), drawn >> np.uint64(48)
        rows = np.full((BLOCK, 4), -1, np.int64)
        rows[:, 1] = self._draws[low.astype(int)]
        space = ((drawn >> np.uint64(20)) % np.uint64(8)).astype(int)
        many = len(SENTENCES)
        rows[:, 2] = np.where(space < 5, many, np.where(space < 7, many + 1, many + 2))
        rows[:, 3] = np.where(space % 4 == 0, many + 2, -1)
        if self._planted is not None and number < PLAIN_BLOCKS:
            first, odd = many + 3, (drawn >> np.uint64(30)).astype(int) % 2
            rare, mark = self._planted.rare_rate, self._planted.mark_rate
            rows[:, 0] = np.where(high < rare, first + odd, rows[:, 0])
            marked = (high >= rare) & (high < rare + mark)
            rows[:, 0] = np.where(marked, first + 2 + odd, rows[:, 0])
        flat = rows.ravel()
        return flat[flat >= 0]

    def blocks(self, first: int = 0) -> Iterator[str]:
        """Yield blocks without end, from number `first` on."""
        while True:
            yield self.block(first)
            first += 1


def made_terms(count: int) -> list[str]:
    """Return `count` made-up terms of an office: numbers, titles, companies, names, codes."""
    draws = (chance(count, 21) % np.uint64(len(TERMS))).astype(np.int64)
    every = grammar(TERMS, classes())
    return every.strings(draws, 22)
