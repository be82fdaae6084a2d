"""Looks over lists of terms before they are used: what is in them twice, what contradicts
itself, what stands in every text.

How common a term is comes from `markscan.background`, and from texts of the office's own
where those are given. Notes cite places and numbers of terms, never the terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

from markscan import background
from markscan.fold import fold
from markscan.match.own_terms import OwnTerms
from markscan.match.terms import DENSE, TermFinder
from markscan.termlist import TermList
from markscan.termlist.term import SHORTEST, Entries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]

MEGABYTE = 10**6
COMMON = 20.0  # hits per megabyte of public text; from here on a term is too common
_BATCH = 1 << 20  # characters of terms that are searched for terms at once

Kind = Literal[
    "contradiction", "duplicate", "example", "counter-example", "short", "common", "dense", "inside"
]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell of a list. `numbers` are terms in the order of the files.

    `figure` is hits per megabyte for "common", per 10,000 bytes for "dense"; `counted` says
    that it was counted and not estimated.
    """

    kind: Kind
    numbers: tuple[int, ...] = ()
    figure: float | None = None
    counted: bool = False

    @property
    def warns(self) -> bool:
        """Whether something should be done about it."""
        return self.kind != "inside"


@dataclass(frozen=True, slots=True)
class Review:
    """What was seen in lists of terms.

    `expected` is an upper bound for the hits in 10,000 bytes of public text, `counted`
    how many there are in 10,000 bytes of the texts given, `megabytes` the size of those.
    """

    terms: int
    topics: Mapping[str, int]
    lengths: Mapping[int, int]  # how many terms have so many folded characters
    expected: float
    counted: float | None
    megabytes: float
    notes: tuple[Note, ...]


def review(
    lists: Sequence[Entries],
    secret: bytes | None = None,
    texts: Iterable[str] | None = None,
    common: float = COMMON,
) -> Review:
    """Return what is to be told of `lists`, which were read together.

    Args:
        lists: the lists, in order.
        secret: the key under which anything compiled of them is kept on disk.
        texts: public texts of the office's own, in which terms are counted.
        common: hits per megabyte from which on a term is too common.
    """
    import numpy as np

    terms = TermList.joined([_packed(entries) for entries in lists])
    finder = TermFinder(terms.pool, secret=secret)
    rates = background.expected(terms.pool)
    short = np.asarray(terms.pool.lengths < SHORTEST)
    counts, size = _counted(finder, texts, len(terms)) if texts is not None else (None, 0)
    megabytes = size / MEGABYTE
    told = counts / megabytes if counts is not None and size else rates
    numbers = np.flatnonzero((told >= common) & ~short)
    was_counted = told is not rates
    notes = [
        *_repeated(terms),
        *_examples(lists, terms),
        *(Note("short", (n,)) for n in np.flatnonzero(short).tolist()),
        *(Note("common", (n,), float(told[n]), was_counted) for n in numbers.tolist()),
    ]
    density = float(told.sum()) / 100
    if density > DENSE:
        notes.append(Note("dense", (), density, was_counted))
    notes += _inside(terms, finder, lists)
    lengths, many = np.unique(terms.pool.lengths, return_counts=True)
    in_topic = np.bincount(terms.topic_of, minlength=len(terms.topics)).tolist()
    return Review(
        terms=len(terms),
        topics=dict(zip(terms.topics, in_topic, strict=True)),
        lengths=dict(zip(lengths.tolist(), many.tolist(), strict=True)),
        expected=float(rates.sum()) / 100,
        counted=density if was_counted else None,
        megabytes=megabytes,
        notes=tuple(notes),
    )


def _packed(entries: Entries) -> TermList:
    return TermList.packed(
        entries.texts,
        entries.ids,
        entries.topics,
        entries.weights,
        entries.bounded,
        entries.sides,
    )


def _counted(finder: TermFinder, texts: Iterable[str], count: int) -> tuple[Counts, int]:
    """Return how often each term stands in `texts`, and their bytes in UTF-8."""
    import numpy as np

    sizes: list[int] = []

    def measured() -> Iterator[str]:
        for text in texts:
            sizes.append(len(text.encode("utf-8", "surrogatepass")))
            yield text

    counts = np.zeros(count, np.int64)
    for hits in finder.find_many(measured()):
        if len(hits):
            counts += np.bincount(hits.terms, minlength=count)
    return counts, sum(sizes)


def _repeated(terms: TermList) -> Iterator[Note]:
    """Yield the terms that are the same once folded, with the same expressions beside them."""
    groups: dict[tuple[str, tuple[str, str] | None], list[int]] = {}
    for number in range(len(terms)):
        key = terms.pool.text(number), terms.sides.get(number)
        groups.setdefault(key, []).append(number)
    for group in groups.values():
        if len(group) > 1:
            told = {(terms.topic_of[n], terms.weights[n], terms.bounded[n]) for n in group}
            yield Note("duplicate" if len(told) == 1 else "contradiction", tuple(group))


def _examples(lists: Sequence[Entries], terms: TermList) -> Iterator[Note]:
    """Yield the terms that do not stand in their examples, or do in their counter-examples."""
    first = 0
    for entries in lists:
        for number in sorted({*entries.examples, *entries.counter_examples}):
            stands = _alone(terms, first + number)
            if not all(map(stands, entries.examples.get(number, ()))):
                yield Note("example", (first + number,))
            if any(map(stands, entries.counter_examples.get(number, ()))):
                yield Note("counter-example", (first + number,))
        first += len(entries)


def _alone(terms: TermList, number: int) -> Callable[[str], bool]:
    """Return what tells whether one of the terms is found in a text."""
    import numpy as np

    one = terms.take(np.array([number]))
    finder, own = TermFinder(one.pool, little=True), OwnTerms(one)

    def stands(text: str) -> bool:
        folded = fold(text)
        return len(own.sift(folded, finder.find(folded))[0]) > 0

    return stands


def _inside(terms: TermList, finder: TermFinder, lists: Sequence[Entries]) -> Iterator[Note]:
    """Yield the pairs of terms of one topic of which the first holds the second."""
    import numpy as np

    lengths = terms.pool.lengths
    first = 0
    for texts in _batches(chain.from_iterable(entries.texts for entries in lists)):
        hits = finder.find(fold("\0".join(texts)))
        ends = np.cumsum([len(text) + 1 for text in texts])
        holders = first + np.searchsorted(ends, hits.starts, side="right")
        same = terms.topic_of[holders] == terms.topic_of[hits.terms]
        told = same & (lengths[holders] > lengths[hits.terms])
        pairs = zip(holders[told].tolist(), hits.terms[told].tolist(), strict=True)
        for pair in sorted(set(pairs)):
            yield Note("inside", pair)
        first += len(texts)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
