"""TermFinder: from terms to words, and from words back to the terms and the original text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from markscan.fold import Folded, fold
from markscan.match.terms.choice import choose, wanted
from markscan.match.terms.compiled import compiled
from markscan.match.terms.engine import Kind
from markscan.match.terms.hits import NOTHING, Column, Hits
from markscan.match.terms.words import Words, written
from markscan.pool import Pool

# Texts of a batch have so many characters together that the calls cost little beside them.
BATCH = 1 << 16
_BORDER = "\0"
_FEW = 16


class TermFinder:
    """Looks for a fixed set of terms. Built once, then only read; for one thread."""

    def __init__(
        self,
        terms: Sequence[str] | Pool,
        engine: str | None = None,
        *,
        little: bool = False,
        secret: bytes | None = None,
        keep: bool = True,
    ) -> None:
        """Compile `terms`, which must be folded already.

        An empty term is never found. White space counts only between two letters or two
        digits, where it sets words apart: there it must stand in the text if it stands in
        the term, and must not if not; as much as there is. Signs that are written one for
        another (`markscan.fold.alike`) are the same. Equal terms are all found, each under
        its own index.

        Args:
            terms: the terms, in order.
            engine: the name of the engine; None for the one that suits the terms.
            little: few texts are to come, so that being ready soon counts more than speed.
            secret: if given, what is compiled is kept on disk under this key only.
            keep: whether what is compiled may be kept on disk at all.
        """
        pool = terms if isinstance(terms, Pool) else Pool.of(terms)
        made = compiled(pool, engine, little=little, secret=secret, keep=keep)
        self._words, self._engine, self.engine = made.words, made.engine, made.name
        self.longest = int(made.words.pool.lengths.max(initial=0))  # units of bare text

    def find(self, folded: Folded) -> Hits:
        """Return where the terms stand in `folded` text."""
        if self._engine is None:
            return NOTHING
        ends, words = self._engine.find(folded.bare.units)
        if len(ends) > _FEW:
            return self._many(folded, ends, words)
        return self._few(folded, ends, words) if len(ends) else NOTHING

    def find_many(self, texts: Iterable[str]) -> Iterator[Hits]:
        """Yield the hits in each of `texts`, which are not folded yet, in order.

        Small texts are folded and searched together.
        """
        for batch in batches(texts, BATCH):
            yield from self._find_together(batch)

    def _find_together(self, texts: list[str]) -> Iterator[Hits]:
        hits = self.find(fold(_BORDER.join(texts)))
        lengths = np.array([len(text) for text in texts])
        starts = np.cumsum(lengths + 1) - lengths - 1
        which = np.searchsorted(starts, hits.starts, side="right") - 1
        # A term with a NUL may seem to stand in two texts.
        hits, which = _inside(hits, which, (starts + lengths)[which])
        bounds = np.searchsorted(which, np.arange(len(texts) + 1))
        for number, start in enumerate(starts.tolist()):
            own = slice(bounds[number], bounds[number + 1])
            yield Hits(hits.starts[own] - start, hits.ends[own] - start, hits.terms[own])

    def _few(self, folded: Folded, ends: Column, found: Column) -> Hits:
        """Return the hits of the words `found`, which end at `ends` in the bare text."""
        words, bare = self._words, folded.bare
        lengths, bounds, members = words.pool.lengths.data, words.bounds.data, words.members.data
        firsts, lasts, terms = [], [], []
        for end, word in zip(ends.tolist(), found.tolist(), strict=True):
            length = lengths[word]
            first, last = bare.place(end - length), bare.place(end - 1)
            # Without a mark between them the units stand side by side in the text, too.
            apart = last - first >= length and words.paired[word]
            for term in members[bounds[word] : bounds[word + 1]]:
                doubtful = apart or term in words.told
                if not doubtful or self._stands(folded, (first, last), word, term):
                    firsts.append(first)
                    lasts.append(last)
                    terms.append(term)
        origins = bare.origin_of(np.array(firsts + lasts, np.int64))
        count = len(terms)
        return Hits(origins[:count], origins[count:] + 1, np.array(terms, np.int64))

    def _many(self, folded: Folded, ends: Column, found: Column) -> Hits:
        """Do as `_few`, in columns."""
        words, bare = self._words, folded.bare
        which, terms = words.terms_of(found)
        ends, found = ends[which], found[which]
        starts = ends - words.pool.lengths[found]
        first, last = bare.places(starts), bare.places(ends - 1)
        doubtful = (last - first >= ends - starts) & words.paired[found]
        if words.told:
            doubtful |= np.isin(terms, np.array(list(words.told)))
        if doubtful.any():
            good = ~doubtful
            for at in np.flatnonzero(doubtful).tolist():
                places = int(first[at]), int(last[at])
                good[at] = self._stands(folded, places, int(found[at]), int(terms[at]))
            first, last, terms = first[good], last[good], terms[good]
        return Hits(bare.origin_of(first), bare.origin_of(last) + 1, terms)

    def _stands(self, folded: Folded, places: tuple[int, int], word: int, term: int) -> bool:
        """Whether white space sets words apart in the text where it does in `term`.

        `places` are those of the first and the last unit, in marked text.
        """
        first, last = folded.bare.origin_of(np.array(places)).tolist()
        near = written(fold(folded.source[first : last + 1]).text)
        # There is more than the term if it begins or ends within an expansion.
        return (self._words.told.get(term) or self._words.pool.text(word)) in near


def batches(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    """Yield `texts` in lists of about `size` characters together, in order."""
    batch: list[str] = []
    held = 0
    for text in texts:
        batch.append(text)
        held += len(text)
        if held >= size:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _inside(hits: Hits, which: Column, stops: Column) -> tuple[Hits, Column]:
    inside = hits.ends <= stops
    if inside.all():
        return hits, which
    return hits.where(inside), which[inside]


def kind_for(terms: Pool) -> type[Kind]:
    """Return the kind of engine that suits `terms` and much text."""
    return choose(Words.of(terms).pool, little=False)


def kind_wanted(terms: Pool) -> type[Kind]:
    """Do as `kind_for`, as if every library worked on this machine."""
    return wanted(Words.of(terms).pool, little=False)
