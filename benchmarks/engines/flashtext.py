"""FlashText: for words between spaces; in Chinese it misses hits, and the count shows it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from benchmarks.engines.protocol import serve


class Processor:
    """Decoding included; longest, not overlapping."""

    def __init__(self, terms: list[str]) -> None:
        """Compile."""
        from flashtext import KeywordProcessor

        self.version = version("flashtext")
        self._processor = KeywordProcessor(case_sensitive=True)
        for term in terms:
            self._processor.add_keyword(term)

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of hits."""
        find = self._processor.extract_keywords
        return sum(len(find(each.decode(), span_info=True)) for each in documents)


def _build(terms: list[str], variant: str) -> Processor:
    return Processor(terms)


if __name__ == "__main__":
    serve(_build)
