"""Aho-Corasick by pyahocorasick: for dense lexicons, and where no faster engine works.

The library keeps the children of a node in a list and searches it one by one. Where words
begin with many different characters, the automaton runs over UTF-8 bytes read as Latin-1,
whose nodes have at most 256 children: for a thousand different first characters that is
nine times as fast, for eighty half as fast.

`iter_long` of the library loses matches (seen in 2.3.1) and is not used.
"""

from __future__ import annotations

from itertools import chain

import ahocorasick
import numpy as np

from markscan.match.terms.engine import Column, Columns
from markscan.pool import Pool, Units

_MANY_FIRSTS = 128


class Automaton:
    """See the first lines of this module."""

    name = "automaton"
    library = "pyahocorasick"

    def __init__(self, words: Pool) -> None:
        firsts = set(words.units[words.starts].tolist())
        self._by_bytes = len(firsts) > _MANY_FIRSTS
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        every = str(words.units.data, "utf-16-le", "surrogatepass")
        spans = zip(words.starts.tolist(), words.ends.tolist(), strict=True)
        for number, (start, end) in enumerate(spans):
            word = every[start:end]
            self._automaton.add_word(_as_latin_1(word) if self._by_bytes else word, number)
        self._automaton.make_automaton()

    @staticmethod
    def available() -> bool:
        """Return True: the package is always installed."""
        return True

    @staticmethod
    def build(words: Pool) -> Automaton:
        """Return an engine for `words`."""
        return Automaton(words)

    @staticmethod
    def load(words: Pool, columns: Columns) -> Automaton:
        """Return an engine for `words`: the package saves by pickle only, so it is built."""
        return Automaton(words)

    def columns(self) -> Columns:
        """Return nothing."""
        return {}

    def find(self, text: Units) -> tuple[Column, Column]:
        """Return where words end in `text`, and which; by ends, then longest first."""
        haystack = str(text.data, "utf-16-le", "surrogatepass")
        if self._by_bytes:
            haystack = _as_latin_1(haystack)
        pairs = np.fromiter(chain.from_iterable(self._automaton.iter(haystack)), np.int64)
        ends, words = pairs[::2] + 1, pairs[1::2]
        if self._by_bytes and len(ends):
            ends = _units_before(haystack, ends)
        return ends, words


def _as_latin_1(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


def _units_before(haystack: str, ends: Column) -> Column:
    """How many units lie before each offset into the UTF-8 bytes."""
    raw = np.frombuffer(haystack.encode("latin-1"), np.uint8)
    counted = np.cumsum((raw & 0xC0) != 0x80, dtype=np.int32)
    before: Column = counted[ends - 1].astype(np.int64)
    return before
