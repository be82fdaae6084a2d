"""What stage two sees beside characters: words, and the terms of lexicons/matters.toml."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache

import ahocorasick
import numpy as np
from numpy.typing import NDArray

from markscan.classify.matters import lexicon
from markscan.fold import fold

WORDS = 1 << 16  # slots of words

_SHAPE = 4  # features that are no group of terms


def lexical(text: str) -> NDArray[np.float64]:
    """Return the features of a bare text: how densely each group of terms stands in it.

    In the order of `Lexicon.features`; each is log(1 + hits in a hundred characters).
    """
    size = max(len(text), 1)
    counts = np.zeros(_count(), np.float64)
    for _, of in _automaton().iter(text):
        counts[of] += 1
    shape = (
        sum(map(str.isdigit, text)),
        text.count("“") + text.count('"'),
        text.count("?"),
        text.count(":"),
    )
    counts[-_SHAPE:] = shape
    return np.log1p(counts * (100 / size))


def word_slots(words: Iterable[str]) -> NDArray[np.intp]:
    """Return the slot of each word that begins with an ideograph."""
    kept = [word for word in words if "\u3400" <= word[0] <= "\u9fff"]
    slots = (zlib.crc32(word.encode("utf-8", "replace")) % WORDS for word in kept)
    return np.fromiter(slots, np.intp, len(kept))


def _count() -> int:
    return len(lexicon().features)


@lru_cache(maxsize=1)
def _automaton() -> ahocorasick.Automaton:
    known = lexicon()
    made = ahocorasick.Automaton()
    groups = [*(m.terms for m in known.matters), *(terms for _, terms in known.groups)]
    of: dict[str, list[int]] = {}
    for number, terms in enumerate(groups):
        for term in terms:
            of.setdefault(fold(term).text, []).append(number)
    for term, numbers in of.items():
        made.add_word(term, numbers)
    made.make_automaton()
    return made
