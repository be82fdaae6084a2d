"""MarkScan: UTF-8 in, code point offsets of the original text out, folding on the way."""

from __future__ import annotations

from collections.abc import Sequence

import markscan
from benchmarks.engines.protocol import serve
from markscan.fold import accelerate, fold
from markscan.fold.bare import Bare

_WAYS = ("batch", "fast")  # of using the engine that is chosen


class Own:
    """The finder of terms, document by document or with many handed over together."""

    def __init__(self, terms: list[str], variant: str) -> None:
        """Compile folded `terms` with the engine `variant`, or the one that is chosen."""
        from markscan.match.terms import TermFinder

        self._batch = variant == "batch"
        if variant == "fast" and not accelerate():
            raise ImportError("numba", name="numba")
        self._finder = TermFinder(terms, None if variant in _WAYS else variant or None)
        self.version = f"{markscan.__version__} {self._finder.engine}"

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of hits; their offsets in the original are computed too."""
        find = self._finder.find
        if self._batch:
            texts = (document.decode() for document in documents)
            return sum(map(len, self._finder.find_many(texts)))
        return sum(len(find(fold(document.decode()))) for document in documents)


class Fold:
    """The fold alone, as the floor of every engine that folds."""

    version = markscan.__version__

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of documents."""
        for document in documents:
            _ = fold(document.decode()).bare.units
        return len(documents)


def _build(terms: list[str], variant: str) -> Own | Fold:
    return Fold() if variant == "fold" else Own(terms, variant)


def folded_terms(terms: list[str], variant: str) -> list[str]:
    """Return the terms folded, one for one."""
    return [fold(term).text for term in terms]


def bare(text: str) -> tuple[str, Bare]:
    """Return the text in which our finder looks for terms, for a peer to do it."""
    found = fold(text).bare
    return str(found.units.data, "utf-16-le"), found


if __name__ == "__main__":
    _ = fold("预热，ＡＢＣ").bare.units  # the table of the fold is read once a process
    serve(_build, folded_terms)
