"""Words: what terms are in bare text, each once, and which terms each stands for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markscan.fold.alike import alike
from markscan.fold.table import table
from markscan.match.terms.anchors import ragged
from markscan.match.terms.engine import Columns
from markscan.match.terms.hits import Column
from markscan.pool import ASTRAL_HAN, Pool

# Letters of scripts that set words apart by white space, and digits.
_LETTERS = ((0x61, 0x7B), (0xDF, 0x250), (0x370, 0x530))
_DIGITS = ((0x30, 0x3A),)
_BLANKS = re.compile("[ \n]+")


def _kinds() -> NDArray[np.uint8]:
    kinds = np.zeros(1 << 16, np.uint8)
    for kind, ranges in enumerate((_LETTERS, _DIGITS), start=1):
        for start, end in ranges:
            kinds[start:end] = kind
    return kinds


def _class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "[" + "".join(f"{chr(start)}-{chr(end - 1)}" for start, end in ranges) + "]"


_APART = re.compile(
    "|".join(f"(?<={_class(kind)})[ \n]+(?={_class(kind)})" for kind in (_LETTERS, _DIGITS))
)


def written(folded: str) -> str:
    """Return folded text as terms are compared: white space only where it sets words apart.

    That is between two letters or two digits, where it becomes one space; signs alike are
    made one.
    """
    pieces = _APART.split(alike(folded))
    return " ".join(_BLANKS.sub("", piece) for piece in pieces)


@dataclass(frozen=True, eq=False)
class Words:
    """The distinct words of terms.

    `pool` holds the words. `paired` tells those with two letters or two digits side by
    side, which white space might set apart. `told` holds, as `written` makes them, the terms
    that bare text does not tell: with white space that sets words apart, or characters
    beyond U+FFFF. The terms of word n are members[bounds[n]:bounds[n + 1]].
    """

    pool: Pool
    paired: NDArray[np.bool_]
    told: Mapping[int, str]
    bounds: Column
    members: Column

    @classmethod
    def of(cls, terms: Pool) -> Words:
        """Take the words of `terms`; terms of white space alone have none."""
        shown = (terms.units != ord(" ")) & (terms.units != ord("\n"))
        before = np.concatenate((np.zeros(1, np.int64), np.cumsum(shown)))
        bare = Pool(table().alike.take(terms.units[shown]), before[terms.ends])
        chosen, word_of = _distinct(bare)
        lengths = bare.lengths[chosen]
        pool = Pool(bare.units[ragged(bare.starts[chosen], lengths)], np.cumsum(lengths))
        order = np.argsort(word_of, kind="stable")
        bounds = np.searchsorted(word_of[order], np.arange(len(pool) + 1))
        blank = np.flatnonzero(bare.lengths < terms.lengths).tolist()
        told = {number: written(terms.text(number).strip(" \n")) for number in blank}
        told = {number: text for number, text in told.items() if " " in text}
        told |= {number: written(text.strip(" \n")) for number, text in terms.exotic.items()}
        return cls(pool, _paired(pool), told, bounds, order)

    @classmethod
    def load(cls, columns: Columns) -> Words:
        """Return the words that gave `columns`, among which there may be others."""
        told = json.loads(columns["told"].tobytes())
        return cls(
            Pool(columns["units"], columns["ends"]),
            columns["paired"],
            {int(number): text for number, text in told.items()},
            columns["bounds"],
            columns["members"],
        )

    def columns(self) -> Columns:
        """Return what `load` needs."""
        told = json.dumps(dict(self.told)).encode()
        return {
            "units": self.pool.units,
            "ends": self.pool.ends,
            "paired": self.paired,
            "told": np.frombuffer(told, np.uint8),
            "bounds": self.bounds,
            "members": self.members,
        }

    def terms_of(self, words: Column) -> tuple[Column, Column]:
        """Return, term by term, the index into `words` and the terms they stand for."""
        if len(self.members) == len(self.pool):  # one each
            return np.arange(len(words)), self.members[words]
        counts = self.bounds[words + 1] - self.bounds[words]
        which = np.repeat(np.arange(len(words)), counts)
        return which, self.members[ragged(self.bounds[words], counts)]


def _distinct(bare: Pool) -> tuple[Column, Column]:
    """Return the first text of each kind, and for each text its kind; -1 for empty ones."""
    numbers: dict[bytes, int] = {}
    firsts: list[int] = []
    kinds = np.full(len(bare), -1, np.int64)
    raw = bare.raw
    spans = np.stack((2 * bare.starts, 2 * bare.ends), 1).tolist()
    for text, (start, end) in enumerate(spans):
        if start < end:
            kinds[text] = number = numbers.setdefault(bytes(raw[start:end]), len(firsts))
            if number == len(firsts):
                firsts.append(text)
    return np.array(firsts, np.int64), kinds


def _paired(pool: Pool) -> NDArray[np.bool_]:
    """Return which words have two letters or two digits side by side, or are not told by units."""
    kinds = _kinds()[pool.units]
    pair = np.zeros(len(kinds), np.bool_)
    pair[:-1] = (kinds[1:] == kinds[:-1]) & (kinds[1:] > 0)
    pair[pool.ends - 1] = False  # the next belongs to another word
    pair |= pool.units >= ASTRAL_HAN
    before: Column = np.concatenate((np.zeros(1, np.int64), np.cumsum(pair)))
    paired: NDArray[np.bool_] = np.greater(before[pool.ends], before[pool.starts])
    return paired
