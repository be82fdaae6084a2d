"""TermFinder: from terms to words, and from words back to the terms and the original text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from markscan.fold import Folded, fold
from markscan.match.terms.anchors import equal
from markscan.match.terms.choice import choose
from markscan.match.terms.compiled import compiled
from markscan.match.terms.engine import Kind
from markscan.match.terms.hits import NOTHING, Column, Hits
from markscan.match.terms.words import Words
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
    ) -> None:
        """Compile `terms`, which must be folded already.

        An empty term is never found; white space at the ends of a term is not looked for.
        Equal terms are all found, each under its own index.

        Args:
            terms: the terms, in order.
            engine: the name of the engine; None for the one that suits the terms.
            little: few texts are to come, so that being ready soon counts more than speed.
            secret: if given, what is compiled is kept on disk under this key only.
        """
        pool = terms if isinstance(terms, Pool) else Pool.of(terms)
        made = compiled(pool, engine, little=little, secret=secret)
        self._words, self._engine, self.engine = made.words, made.engine, made.name
        self.longest = int(made.words.pool.lengths.max(initial=0))  # units of bare text

    def find(self, folded: Folded) -> Hits:
        """Return where the terms stand in `folded` text."""
        if self._engine is None:
            return NOTHING
        words, bare = self._words, folded.bare
        ends, found = self._engine.find(bare.units)
        if not len(ends):
            return NOTHING
        starts = ends - words.pool.lengths[found]
        counts, terms = words.terms_of(found)
        starts, ends = np.repeat(starts, counts), np.repeat(ends, counts)
        first, last = bare.places(starts), bare.places(ends - 1)
        # Without a mark between them the units stand side by side in the folded text, too.
        doubtful = (last - first >= ends - starts) | words.spaced[terms]
        if doubtful.any():
            good = ~doubtful
            few = doubtful.sum() <= _FEW
            stand = self._stand_near if few else self._stand
            good[doubtful] = stand(folded, starts[doubtful], ends[doubtful], terms[doubtful])
            first, last, terms = first[good], last[good], terms[good]
        return Hits(bare.origin_of(first), bare.origin_of(last) + 1, terms)

    def find_many(self, texts: Iterable[str]) -> Iterator[Hits]:
        """Yield the hits in each of `texts`, which are not folded yet, in order.

        Small texts are folded and searched together.
        """
        batch: list[str] = []
        size = 0
        for text in texts:
            batch.append(text)
            size += len(text)
            if size >= BATCH:
                yield from self._find_together(batch)
                batch, size = [], 0
        if batch:
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

    def _stand(
        self, folded: Folded, starts: Column, ends: Column, terms: Column
    ) -> NDArray[np.bool_]:
        """Return which `terms` stand in the folded text with their white space as it is.

        `starts` and `ends` are half-open, in units of the bare text.
        """
        exact, units = self._words.exact, folded.units
        shown = np.flatnonzero((units != ord(" ")) & (units != ord("\n")))
        first, after = shown[starts], shown[ends - 1] + 1
        good: NDArray[np.bool_] = after - first == exact.lengths[terms]
        good[good] = equal(exact, terms[good], units, first[good])
        for at in np.flatnonzero(good & np.isin(terms, self._words.exotic)).tolist():
            good[at] = folded.text[first[at] : after[at]] == exact.text(int(terms[at]))
        return good

    def _stand_near(
        self, folded: Folded, starts: Column, ends: Column, terms: Column
    ) -> NDArray[np.bool_]:
        """Like `_stand`, from the characters of each place alone: quicker for a few."""
        first = folded.bare.origin(starts)
        last = folded.bare.origin(ends - 1)
        good = np.zeros(len(terms), np.bool_)
        spans = zip(first.tolist(), last.tolist(), terms.tolist(), strict=True)
        for at, (start, end, term) in enumerate(spans):
            near = fold(folded.source[start : end + 1])
            good[at] = near.text == self._words.exact.text(term)
            if not good[at] and len(near.bare.units) > ends[at] - starts[at]:
                # It begins or ends within an expansion.
                return self._stand(folded, starts, ends, terms)
        return good


def _inside(hits: Hits, which: Column, stops: Column) -> tuple[Hits, Column]:
    inside = hits.ends <= stops
    if inside.all():
        return hits, which
    return hits.where(inside), which[inside]


def kind_for(terms: Pool) -> type[Kind]:
    """Return the kind of engine that suits `terms` and much text."""
    return choose(Words.of(terms).pool, little=False)
