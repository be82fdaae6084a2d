"""hyperscan (Vectorscan): literals on raw UTF-8, block mode, the ends of all matches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

from benchmarks.engines.protocol import serve


class Literals:
    """A database of whole terms; a callback in Python for each match."""

    def __init__(self, terms: list[str]) -> None:
        """Compile. No term has a NUL byte, at which a literal would end."""
        import hyperscan

        self.version = version("hyperscan")
        self._library: Any = hyperscan
        self._database = hyperscan.Database()
        self._database.compile(
            expressions=[term.encode() for term in terms],
            ids=list(range(len(terms))),
            elements=len(terms),
            flags=0,
            literal=True,
        )

    def stored(self) -> Callable[[], object]:
        """Serialise the database; return what reads it back."""
        data, library = self._library.dumpb(self._database), self._library
        return lambda: library.loadb(data, library.HS_MODE_BLOCK)

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of matches."""
        found: list[int] = []
        take, scan = found.append, self._database.scan

        def on_match(term: int, start: int, end: int, flags: int, context: object) -> None:
            take(end)

        for document in documents:
            scan(document, match_event_handler=on_match)
        return len(found)


def _build(terms: list[str], variant: str) -> Literals:
    return Literals(terms)


if __name__ == "__main__":
    serve(_build)
