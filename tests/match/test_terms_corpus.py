"""On real public text the engines find the same, and what a plain search finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from markscan.fold import fold
from markscan.match.terms import ENGINES, Hits, TermFinder, find_in_stream
from markscan.match.terms.words import written

PUBLIC = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "public"
NAMES = [kind.name for kind in ENGINES if kind.available()]

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not PUBLIC.is_dir(), reason="the test data folder is absent"),
]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    files = sorted(PUBLIC.rglob("*.txt"))[::60]
    return [file.read_text("utf-8", "replace")[:30_000] for file in files]


@pytest.fixture(scope="module")
def terms(texts) -> list[str]:
    """Pieces of the texts, short and long, folded one by one, as terms of a list are."""
    pieces = [text[at : at + 2 + at % 17] for text in texts for at in range(50, len(text), 197)]
    return list(dict.fromkeys(filter(None, (fold(piece).text.strip() for piece in pieces))))


def rows(hits: Hits) -> list[tuple[int, int, int]]:
    return list(zip(hits.starts.tolist(), hits.ends.tolist(), hits.terms.tolist(), strict=True))


def test_the_engines_find_the_same_in_real_text(texts, terms):
    assert len(terms) > 1000
    finders = [TermFinder(terms, name, keep=False) for name in NAMES]
    for text in texts:
        first, *others = (rows(finder.find(fold(text))) for finder in finders)
        assert all(other == first for other in others)


def test_the_hits_are_those_of_a_plain_search(texts, terms):
    hits = TermFinder(terms, keep=False).find(fold(texts[0]))
    every = written(fold(texts[0]).text)
    counts = {term: every.count(term) for term in map(written, terms) if every.count(term)}
    found: dict[str, int] = {}
    for term in hits.terms.tolist():
        found[written(terms[term])] = found.get(written(terms[term]), 0) + 1
    assert counts.keys() == found.keys()
    for start, end, term in rows(hits):
        assert written(terms[term]) in written(fold(texts[0][start:end]).text)


def test_batches_and_streams_find_the_same_in_real_text(texts, terms):
    finder = TermFinder(terms, keep=False)
    assert [rows(hits) for hits in finder.find_many(texts)] == [
        rows(finder.find(fold(text))) for text in texts
    ]
    whole = "".join(texts)
    streamed = [row for hits in find_in_stream(finder, texts) for row in rows(hits)]
    assert sorted(streamed) == sorted(rows(finder.find(fold(whole))))
