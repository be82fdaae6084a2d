"""The counts that engines must reach, by looking up every piece of every text in a set.

Nothing of the finders is used here, only what text and terms are made into before. Slow: a
microsecond a character with a large lexicon; run when counts are pinned, not when measured.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markscan.fold import fold
from markscan.match.terms.words import written

KINDS = ("plain", "folded", "lines", "longest")


@dataclass(slots=True)
class Lookup:
    """Terms by their first characters: which lengths a term that begins so can have."""

    terms: Counter[str]
    lengths: dict[str, tuple[int, ...]]
    head: int

    @classmethod
    def of(cls, terms: Iterable[str]) -> Lookup:
        """Build from `terms`; equal ones count as often as they are there."""
        counted = Counter(term for term in terms if term)
        head = min([4, *map(len, counted)])
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for term in counted:
            lengths[term[:head]].add(len(term))
        return cls(counted, {key: tuple(sorted(of)) for key, of in lengths.items()}, head)

    def occurrences(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield start, end and the number of equal terms of every occurrence, by start."""
        lengths, terms, head = self.lengths, self.terms, self.head
        for start in range(len(text) - head + 1):
            for length in lengths.get(text[start : start + head], ()):
                piece = text[start : start + length]
                if piece in terms and len(piece) == length:
                    yield start, start + length, terms[piece]


def counts(documents: Iterable[bytes], terms: Sequence[str]) -> dict[str, int]:
    """Return the expected count of each kind.

    plain: occurrences in the text as it is, overlapping ones too; folded: the same with
    text and terms folded, white space left where it divides words; lines: lines with an
    occurrence; longest: leftmost, longest, not overlapping. All but `folded` on text as it
    is; documents are UTF-8.
    """
    plain = Lookup.of(terms)
    folded = Lookup.of(written(fold(term).text) for term in terms)
    total = dict.fromkeys(KINDS, 0)
    for document in documents:
        text = document.decode()
        _add(total, text, list(plain.occurrences(text)))
        total["folded"] += sum(n for _, _, n in folded.occurrences(written(fold(text).text)))
    return total


def _add(total: dict[str, int], text: str, found: list[tuple[int, int, int]]) -> None:
    total["plain"] += sum(n for _, _, n in found)
    reached = line_end = 0
    for start, end, _ in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if start >= reached:
            total["longest"] += 1
            reached = end
        if start >= line_end:
            total["lines"] += 1
            after = text.find("\n", start)
            line_end = len(text) if after < 0 else after + 1
