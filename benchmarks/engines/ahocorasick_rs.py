"""ahocorasick_rs, the Rust crate aho-corasick: on str and on bytes, overlapping matches."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from benchmarks.engines.protocol import serve


class OnText:
    """Decoding included; the kind of automaton is chosen by the library."""

    def __init__(self, terms: list[str]) -> None:
        """Compile."""
        from ahocorasick_rs import AhoCorasick

        self.version = version("ahocorasick_rs")
        self._automaton = AhoCorasick(terms)

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of occurrences."""
        find = self._automaton.find_matches_as_indexes
        return sum(len(find(each.decode(), overlapping=True)) for each in documents)


class OnBytes:
    """Offsets are of bytes."""

    def __init__(self, terms: list[str]) -> None:
        """Compile."""
        from ahocorasick_rs import BytesAhoCorasick

        self.version = version("ahocorasick_rs")
        self._automaton = BytesAhoCorasick([term.encode() for term in terms])

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of occurrences."""
        find = self._automaton.find_matches_as_indexes
        return sum(len(find(each, overlapping=True)) for each in documents)


def _build(terms: list[str], variant: str) -> OnText | OnBytes:
    return OnBytes(terms) if variant else OnText(terms)


if __name__ == "__main__":
    serve(_build)
