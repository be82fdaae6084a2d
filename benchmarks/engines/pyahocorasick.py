"""pyahocorasick: on str, on UTF-8 read as Latin-1, and on str after our fold."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version

import numpy as np

from benchmarks.engines.own import bare
from benchmarks.engines.protocol import serve


class OnText:
    """Decoding included; `iter`, since `iter_long` of 2.3.1 loses matches."""

    def __init__(self, terms: list[str]) -> None:
        """Compile; equal terms (after folding) count as often as they are there."""
        import ahocorasick

        self.version = version("pyahocorasick")
        self._automaton = ahocorasick.Automaton()
        for term, times in Counter(terms).items():
            self._automaton.add_word(term, times)
        self._automaton.make_automaton()

    def stored(self) -> Callable[[], object]:
        """Pickle the automaton; return what reads it back."""
        data = pickle.dumps(self._automaton)
        return lambda: pickle.loads(data)

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of occurrences."""
        find = self._automaton.iter
        return sum(len(list(find(each.decode()))) for each in documents)


class OnLatin(OnText):
    """The nodes have 256 children at most, so that the list of children is short."""

    def __init__(self, terms: list[str]) -> None:
        """Compile the bytes of the terms."""
        super().__init__([term.encode().decode("latin-1") for term in terms])

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of occurrences."""
        find = self._automaton.iter
        return sum(len(list(find(each.decode("latin-1")))) for each in documents)


class AfterFold(OnText):
    """With our fold and the way back, so that it does what our finder does."""

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of occurrences."""
        total = 0
        for document in documents:
            text, way = bare(document.decode())
            found = list(self._automaton.iter(text))
            if found:
                _ = way.origin(np.array([end for end, _ in found]))
            total += sum(times for _, times in found)
        return total


def _build(terms: list[str], variant: str) -> OnText:
    return {"": OnText, "latin1": OnLatin, "fold": AfterFold}[variant](terms)


def _prepare(terms: list[str], variant: str) -> list[str]:
    return [bare(term)[0] for term in terms] if variant == "fold" else terms


if __name__ == "__main__":
    serve(_build, _prepare)
