"""Words: what terms are without white space, each once, and which terms each stands for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markscan.match.terms.anchors import ragged
from markscan.match.terms.engine import Columns
from markscan.match.terms.hits import Column
from markscan.pool import Pool

_BLANKS = " \n"


@dataclass(frozen=True, eq=False)
class Words:
    """The distinct words of terms.

    `pool` holds the words, `exact` the terms without white space at their ends. `spaced`
    tells the terms that must be looked at in the folded text: those with white space
    inside, and those of `exotic`, the numbers of terms with characters beyond U+FFFF.
    The terms of word n are members[bounds[n]:bounds[n + 1]].
    """

    pool: Pool
    exact: Pool
    spaced: NDArray[np.bool_]
    exotic: Column
    bounds: Column
    members: Column

    @classmethod
    def of(cls, terms: Pool) -> Words:
        """Take the words of `terms`; terms of white space alone have none."""
        shown = (terms.units != ord(" ")) & (terms.units != ord("\n"))
        before = np.concatenate((np.zeros(1, np.int64), np.cumsum(shown)))
        bare = Pool(terms.units[shown], before[terms.ends])
        exact = _stripped(terms, shown, before)
        raw = bare.units.astype("<u2", copy=False).tobytes()
        numbers: dict[bytes, int] = {}
        firsts: list[int] = []
        word_of = np.full(len(terms), -1, np.int64)
        spans = zip(bare.starts.tolist(), bare.ends.tolist(), strict=True)
        for term, (start, end) in enumerate(spans):
            if start < end:
                number = numbers.setdefault(raw[2 * start : 2 * end], len(numbers))
                if number == len(firsts):
                    firsts.append(term)
                word_of[term] = number
        chosen = np.array(firsts, np.int64)
        lengths = bare.lengths[chosen]
        pool = Pool(bare.units[ragged(bare.starts[chosen], lengths)], np.cumsum(lengths))
        order = np.argsort(word_of, kind="stable")
        bounds = np.searchsorted(word_of[order], np.arange(len(pool) + 1))
        exotic = np.array(sorted(terms.exotic), np.int64)
        spaced = exact.lengths > bare.lengths
        spaced[exotic] = True
        return cls(pool, exact, spaced, exotic, bounds, order)

    @classmethod
    def load(cls, terms: Pool, columns: Columns) -> Words:
        """Return the words of `terms` that gave `columns`, among which there may be others."""
        exotic = {number: text.strip(_BLANKS) for number, text in terms.exotic.items()}
        return cls(
            Pool(columns["units"], columns["ends"]),
            Pool(columns["exact_units"], columns["exact_ends"], exotic),
            columns["spaced"],
            columns["exotic"],
            columns["bounds"],
            columns["members"],
        )

    def columns(self) -> Columns:
        """Return what `load` needs beside the terms."""
        return {
            "units": self.pool.units,
            "ends": self.pool.ends,
            "exact_units": self.exact.units,
            "exact_ends": self.exact.ends,
            "spaced": self.spaced,
            "exotic": self.exotic,
            "bounds": self.bounds,
            "members": self.members,
        }

    def terms_of(self, words: Column) -> tuple[Column, Column]:
        """Return, term by term, the index into `words` and the terms they stand for."""
        counts = self.bounds[words + 1] - self.bounds[words]
        which = np.repeat(np.arange(len(words)), counts)
        return which, self.members[ragged(self.bounds[words], counts)]


def _stripped(terms: Pool, shown: NDArray[np.bool_], before: Column) -> Pool:
    """Return `terms` without white space at their ends."""
    places = np.flatnonzero(shown)
    first = np.append(places, len(shown))[before[terms.starts]]
    last = np.append(places, -1)[before[terms.ends] - 1]
    empty = before[terms.ends] == before[terms.starts]
    lengths = np.where(empty, 0, last + 1 - first)
    if (lengths == terms.lengths).all():
        return terms
    exotic = {number: text.strip(_BLANKS) for number, text in terms.exotic.items()}
    return Pool(terms.units[ragged(first, lengths)], np.cumsum(lengths), exotic)
