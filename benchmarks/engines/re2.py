"""google-re2: one alternation of all terms, leftmost longest; and its Set."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from benchmarks.engines.protocol import Unable, serve

_MEMORY = 1 << 30  # bytes; the default of 8 MB is too little for a thousand terms


def _options(library: Any) -> Any:
    options = library.Options()
    options.max_mem = _MEMORY
    options.longest_match = True
    options.log_errors = False
    options.encoding = library.Options.Encoding.UTF8
    return options


class Alternation:
    """Not overlapping; byte offsets."""

    def __init__(self, terms: list[str]) -> None:
        """Compile.

        Raises:
            Unable: if the library refuses.
        """
        import re2

        self.version = version("google-re2")
        try:
            pattern = b"|".join(re2.escape(term.encode()) for term in terms)
            self._pattern = re2.compile(pattern, _options(re2))
        except re2.error as problem:
            raise Unable(f"refuses the pattern: {str(problem)[-60:]}") from problem

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of matches."""
        find = self._pattern.finditer
        return sum(sum(1 for _ in find(each)) for each in documents)


class Set:
    """Tells which terms stand in a document, not where."""

    def __init__(self, terms: list[str]) -> None:
        """Compile.

        Raises:
            Unable: if the library refuses.
        """
        import re2

        self.version = version("google-re2")
        self._set = re2.Set.SearchSet(_options(re2))
        for term in terms:
            self._set.Add(re2.escape(term.encode()))
        try:
            self._set.Compile()
        except re2.error as problem:
            raise Unable(f"refuses the set: {str(problem)[-60:]}") from problem
        if self._set.Match(b"-") is None:
            raise Unable("gives no answer: beyond its budget of memory")

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of terms over documents; -1 where it ran out of memory."""
        total = 0
        for document in documents:
            found = self._set.Match(document)
            if found is None:
                return -1
            total += len(found)
        return total


def _build(terms: list[str], variant: str) -> Alternation | Set:
    return Set(terms) if variant == "set" else Alternation(terms)


if __name__ == "__main__":
    serve(_build)
