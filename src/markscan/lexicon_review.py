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
from markscan.errors import LexiconError
from markscan.extract.encoding import decide
from markscan.fold import fold
from markscan.match.own_terms import OwnTerms
from markscan.match.terms import DENSE, TermFinder, batches
from markscan.termlist import TermList
from markscan.termlist.columns import folded_pool
from markscan.termlist.term import SHORTEST, Entries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]

MEGABYTE = 10**6
COMMON = 20.0  # hits per megabyte of public text; from here on a term is too common
_JUDGED = 1 << 16  # bytes of a list that tell its encoding
_BATCH = 1 << 20  # characters of terms that are searched for terms at once

Kind = Literal[
    "encoding",
    "named",
    "contradiction",
    "duplicate",
    "example",
    "counter-example",
    "short",
    "common",
    "dense",
    "inside",
]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell of a list. `numbers` are terms in the order of the files; for
    "encoding", the first of the file that it is about.

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
    texts: Iterable[str] | None = None,
    common: float = COMMON,
) -> Review:
    """Return what is to be told of `lists`, which were read together; keeps nothing on disk.

    Args:
        lists: the lists, in order.
        texts: public texts of the office's own, in which terms are counted.
        common: hits per megabyte from which on a term is too common.

    Raises:
        LexiconError: matching would refuse a term. Names file and line.
    """
    import numpy as np

    terms = usable(lists)
    finder = TermFinder(terms.pool, keep=False)
    rates = background.expected(terms.pool)
    short = np.asarray(terms.pool.lengths < SHORTEST)
    counts, size = _counted(finder, texts, len(terms)) if texts is not None else (None, 0)
    megabytes = size / MEGABYTE
    told = counts / megabytes if counts is not None and size else rates
    numbers = np.flatnonzero((told >= common) & ~short)
    was_counted = told is not rates
    notes = [
        *(Note("encoding", (n,)) for n in _in_big5(lists)),
        *(Note("named", (n,)) for n in named_alike(lists, terms)),
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


def usable(lists: Sequence[Entries]) -> TermList:
    """Return the terms of `lists`, having built of them what matching builds.

    Raises:
        LexiconError: matching would refuse a term. Names file and line.
    """
    import numpy as np

    terms = TermList.joined([TermList.of_entries(entries) for entries in lists])
    try:
        OwnTerms(terms)
    except LexiconError:
        for number in terms.sides:
            try:
                OwnTerms(terms.take(np.array([number])))
            except LexiconError as error:
                entries, own = _origin(lists, number)
                raise entries.wrong(own, error.args[0].zh, error.args[0].en) from None
        raise
    return terms


def named_alike(lists: Sequence[Entries], terms: TermList) -> list[int]:
    """Return the numbers of the terms that the own part of their ids tells.

    Reports cite ids, and would so repeat the term. Ideographs count anywhere in the id,
    other terms only as the whole of it: line 701 does not tell "701".
    """
    import numpy as np

    parts = list(_own_parts(lists))
    asked = np.flatnonzero(np.array([part != "" for part in parts], np.bool_))
    asked = asked[terms.pool.lengths[asked] > 0]
    names = folded_pool([parts[number] for number in asked.tolist()])
    # Few parts hold so much as the first character of their term.
    owners = np.repeat(np.arange(len(names)), names.lengths)
    firsts = terms.pool.units[terms.pool.starts[asked]]
    told = []
    for at in np.unique(owners[names.units == firsts[owners]]).tolist():
        number = int(asked[at])
        part, text = names.text(at), terms.pool.text(number)
        if text == part if text.isascii() else text in part:
            told.append(number)
    return told


def _own_parts(lists: Sequence[Entries]) -> Iterator[str]:
    """Yield what follows the topic in each id; "" where the line stands for it."""
    for entries in lists:
        stem = entries.source.stem
        for own, (name, topic) in enumerate(zip(entries.ids, entries.topics, strict=True)):
            made = name.startswith(f"{stem}.") and name == f"{stem}.{entries.line(own)}"
            yield "" if made else name.removeprefix(f"{topic}.")


def _in_big5(lists: Sequence[Entries]) -> Iterator[int]:
    """Yield the first term of each list that was read as GB 18030, and looks like Big5."""
    first = 0
    for entries in lists:
        # Strict UTF-8 and a byte order mark never make Big5.
        start = entries.source.content[:_JUDGED]
        if len(entries) and decide(start).encoding == "big5":
            yield first
        first += len(entries)


def _origin(lists: Sequence[Entries], number: int) -> tuple[Entries, int]:
    """Return the list that term `number` of all comes from, and its number in that."""
    for entries in lists:
        if number < len(entries):
            return entries, number
        number -= len(entries)
    raise IndexError(number)


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
    for texts in batches(chain.from_iterable(entries.texts for entries in lists), _BATCH):
        hits = finder.find(fold("\0".join(texts)))
        ends = np.cumsum([len(text) + 1 for text in texts])
        holders = first + np.searchsorted(ends, hits.starts, side="right")
        same = terms.topic_of[holders] == terms.topic_of[hits.terms]
        told = same & (lengths[holders] > lengths[hits.terms])
        pairs = zip(holders[told].tolist(), hits.terms[told].tolist(), strict=True)
        for pair in sorted(set(pairs)):
            yield Note("inside", pair)
        first += len(texts)
