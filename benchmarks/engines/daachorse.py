"""daachorse, by character: as it is, and after our fold with the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

from benchmarks.engines.own import bare
from benchmarks.engines.protocol import serve


class OnText:
    """Decoding included; overlapping matches."""

    def __init__(self, terms: list[str]) -> None:
        """Compile different terms; it refuses equal ones."""
        from daachorse import CharwiseDoubleArrayAhoCorasick

        self.version = version("daachorse")
        self._times = list(Counter(terms).values())
        self._kind: Any = CharwiseDoubleArrayAhoCorasick
        self._automaton = self._kind(list(Counter(terms)))

    def stored(self) -> Callable[[], object]:
        """Serialise the automaton; return what reads it back."""
        data, kind = self._automaton.serialize(), self._kind
        return lambda: kind.deserialize(data)

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of occurrences."""
        find = self._automaton.find_overlapping
        return sum(len(find(each.decode())) for each in documents)


class AfterFold(OnText):
    """With our fold and the way back, so that it does what our finder does."""

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of occurrences."""
        total, times = 0, self._times
        for document in documents:
            text, way = bare(document.decode())
            found = self._automaton.find_overlapping(text)
            if found:
                starts, ends, terms = np.array(found).T
                _ = way.origin(starts), way.origin(ends - 1)
                total += sum(times[term] for term in terms.tolist())
        return total


def _build(terms: list[str], variant: str) -> OnText:
    return AfterFold(terms) if variant == "fold" else OnText(terms)


def _prepare(terms: list[str], variant: str) -> list[str]:
    return [bare(term)[0] for term in terms] if variant == "fold" else terms


if __name__ == "__main__":
    serve(_build, _prepare)
