"""Finds passages, titles and numbers of registered documents (摘录、引用) in a document."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from markscan.document import Document, Span
from markscan.finding import CitationEvidence, ExcerptEvidence, Tier
from markscan.fingerprint import REACH, HanText, WordText
from markscan.fingerprint.surprisal import surprisals
from markscan.fingerprint.words import letter_count
from markscan.match.candidates import JoinedText
from markscan.match.chain import Passages, chain
from markscan.match.citations import in_prose, named
from markscan.match.formalities import Form
from markscan.match.lines import Lines
from markscan.match.quotations import quoted_before
from markscan.match.word_chain import chain_words
from markscan.register import Entry, Point
from markscan.register.register import Register
from markscan.register.rows import PieceHits

# Ideographs proven to be the same, by tier; chosen by what benchmarks/excerpts counts.
_ALERT = 14
_REVIEW = 8  # one piece
# In a greater register more is found by accident: ideographs more for each time that it has
# twice as many rows.
_MANY_ROWS = 1 << 20
_ALERT_GROWTH = 0.75
_REVIEW_GROWTH = 0.25
# Bits of surprisal that a sure passage must have: as many rows times a thousand places of a text
# are tries at so many accidents. What has fewer is made of words that stand everywhere together.
_ALERT_BITS = 30.0
# The same for texts in Latin letters, in words; what is worth a look is told by word_chain.py.
_ALERT_WORDS = 12
_LETTERS = 60  # Latin letters in a text, from which on its words are looked at
_MOST = 0.5  # of a registered document, reached without what is only form
_WORD_BITS = 12.0  # entropy of a stem among those of the sources of PAN-13: 12.3


@dataclass(frozen=True, slots=True)
class Reuse:
    """What a document has of one registered document.

    `covered` counts the ideographs of the registered document that stand here, `share` is
    their part of it, `reach` the part of it over which the passages reach, public text between
    them included; `here` is the part of this document over which they reach. `longest` is the
    longest passage, in ideographs covered. `points` are the 密点 that are touched. `tier` is
    that of the surest passage, None where only title or number stand here. `citations` are
    those of title and number.
    """

    entry: Entry
    passages: tuple[ExcerptEvidence, ...] = ()
    citations: tuple[CitationEvidence, ...] = ()
    covered: int = 0
    share: float = 0.0
    reach: float = 0.0
    here: float = 0.0
    longest: int = 0
    points: tuple[Point, ...] = ()

    @property
    def tier(self) -> Tier | None:
        """ALERT if any passage is no accident, else REVIEW; None without passages."""
        if not self.passages:
            return None
        sure = any(passage.tier is Tier.ALERT for passage in self.passages)
        return Tier.ALERT if sure else Tier.REVIEW


class ExcerptFinder:
    """Looks for what is in a register. Built once a process, then only read."""

    def __init__(self, register: Register) -> None:
        """Take the register to look in."""
        self._register = register
        self._alert, self._review = thresholds(len(register.index))
        self._alert_bits = least_bits(len(register.index))
        self._alert_words = _ALERT_WORDS + self._alert - _ALERT

    def find(self, document: Document, joined: JoinedText) -> tuple[Reuse, ...]:
        """Return what `document` has of each registered document, most first.

        Args:
            document: what `joined` was joined from.
            joined: its text.
        """
        return self.look(document, joined)[0]

    def look(
        self, document: Document, joined: JoinedText, *, prints: bool = False
    ) -> tuple[tuple[Reuse, ...], NDArray[np.uint64]]:
        """Return what `find` returns, and with `prints` all fingerprints of `document`, in order.

        Those of its form are left out, as no excerpt is told by them.
        """
        text = HanText(joined.text)
        form = Form(document, joined, text)
        places, tags = self._register.take(text)
        hits = self._register.look_up(places, tags)
        reuses: dict[int, Reuse] = {}
        if len(hits):
            reuses = self._reuses(document, joined, text, self._chained(hits, joined, text))
        if reuses:  # stray pieces alone are no reason to look at the form
            reuses = self._without_form(document, joined, text, form, hits, reuses)
        if self._register.has_words and len(joined.text) - len(text) >= _LETTERS:
            reuses |= self._reuses_of_words(document, joined)
        if len(self._register.names):
            self._cite(document, joined, text, reuses)
        ordered = sorted(reuses.values(), key=lambda r: (-r.covered, r.entry.number))
        return tuple(ordered), tags[~form.holds(places)] if prints else tags[:0]

    def _chained(self, hits: PieceHits, joined: JoinedText, text: HanText) -> Passages:
        """Gather `hits` into passages.

        What is quoted from a law that is named with it proves nothing; it stays worth a look.
        """
        passages = chain(hits)
        proven = passages.proven
        if not (proven >= self._alert).any():
            return passages
        before = quoted_before(joined.text, text)
        start, end = passages.start, passages.end
        quoted = proven * (before[end] - before[start]) // np.maximum(end - start, 1)
        least = np.minimum(proven, self._review)
        return replace(passages, proven=np.maximum(proven - quoted, least))

    def _without_form(
        self,
        document: Document,
        joined: JoinedText,
        text: HanText,
        form: Form,
        hits: PieceHits,
        reuses: dict[int, Reuse],
    ) -> dict[int, Reuse]:
        """Take from `reuses` what is only the form of an official document.

        Where most of a registered document stands here, its form belongs to the copy.
        """
        held = form.holds(hits.here)
        if not held.any():
            return reuses
        said = hits.chosen(~held)
        passages = self._chained(said, joined, text)
        found = self._reuses(document, joined, text, passages) if len(said) else {}
        return {
            number: reuses.get(number, reuse) if reuse.reach >= _MOST else reuse
            for number, reuse in found.items()
        }

    def _reuses_of_words(self, document: Document, joined: JoinedText) -> dict[int, Reuse]:
        """What it has of the documents that are told by their words in Latin letters."""
        if letter_count(joined.text) < _LETTERS:
            return {}
        text = WordText(joined.text)
        passages = chain_words(self._register.find_words(text))
        return self._reuses(document, joined, text, passages) if len(passages) else {}

    def _reuses(
        self,
        document: Document,
        joined: JoinedText,
        text: HanText | WordText,
        passages: Passages,
    ) -> dict[int, Reuse]:
        lines = Lines(document)
        found: dict[int, list[tuple[ExcerptEvidence, Span]]] = {}
        columns = [getattr(passages, name).tolist() for name in Passages.__slots__]
        in_words = isinstance(text, WordText)
        begins, ends = _places(text)
        rates = _rates(text, passages)
        for row in zip(*columns, rates, strict=True):
            number, start, end, there, there_end, covered, proven, rate = row
            entry = self._register.entries.get(number)
            tier = self._tier_of_words(proven) if in_words else self._tier(proven, rate)
            if entry is None or tier is None:
                continue
            first, last = int(begins[start]), int(ends[end - 1])
            part, span = joined.locate(first, first + 1)
            last_part, last_span = joined.locate(last, last + 1)
            stop = last_span.end if last_part == part else len(document.parts[part].text)
            seen = ExcerptEvidence(
                part,
                Span(span.start, stop),
                entry.id,
                Span(there, there_end),
                covered,
                covered * rate,
                tier,
                lines.place(part, span.start),
                lines.place(last_part, last_span.start),
            )
            found.setdefault(number, []).append((seen, Span(start, end)))
        return {
            number: self._reuse(self._register.entries[number], seen, len(text))
            for number, seen in found.items()
        }

    def _tier(self, proven: int, rate: float) -> Tier | None:
        if proven >= self._alert and proven * rate >= self._alert_bits:
            return Tier.ALERT
        return Tier.REVIEW if proven >= self._review else None

    def _tier_of_words(self, proven: int) -> Tier:
        """How sure it is: a crowd of `proven` pairs of words."""
        return Tier.ALERT if proven >= self._alert_words else Tier.REVIEW

    @staticmethod
    def _reuse(entry: Entry, seen: list[tuple[ExcerptEvidence, Span]], size: int) -> Reuse:
        passages = tuple(each for each, _ in seen)
        sources = tuple(each.source for each in passages)
        covered = min(sum(each.covered for each in passages), _union(sources))
        return Reuse(
            entry,
            passages,
            covered=covered,
            share=min(covered / max(entry.size, 1), 1.0),
            # Before the first selected piece and behind the last some more may be the same.
            reach=min((_union(sources) + REACH) / max(entry.size, 1), 1.0),
            here=min(_union(tuple(span for _, span in seen)) / max(size, 1), 1.0),
            longest=max(each.covered for each in passages),
            points=entry.touched(sources),
        )

    def _cite(
        self, document: Document, joined: JoinedText, text: HanText, reuses: dict[int, Reuse]
    ) -> None:
        """Add to `reuses` where titles and numbers of registered documents stand."""
        lines, names = Lines(document), self._register.names
        seen: dict[int, list[CitationEvidence]] = {}
        found = list(named(names, document, joined))
        for number, kind, start, end in [*found, *in_prose(names, joined, text, found)]:
            entry = self._register.entries.get(number)
            if entry is not None:
                part, span = joined.locate(start, end)
                place = lines.place(part, span.start)
                seen.setdefault(number, []).append(
                    CitationEvidence(part, span, entry.id, kind, place)
                )
        for number, cited in seen.items():
            known = reuses.get(number) or Reuse(self._register.entries[number])
            reuses[number] = replace(known, citations=tuple(cited))


def _places(text: HanText | WordText) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first and the last character of each ideograph or word in the text, in code points."""
    if isinstance(text, WordText):
        return text.starts, text.ends - 1
    return text.origin, text.origin


def _rates(text: HanText | WordText, passages: Passages) -> list[float]:
    """The surprisal of an ideograph or word of each passage, in bits."""
    if isinstance(text, WordText):
        return [_WORD_BITS] * len(passages)
    found: list[float] = surprisals(text.units, passages.start, passages.end).tolist()
    return found


def thresholds(rows: int) -> tuple[int, int]:
    """Return how many ideographs make a passage sure, and worth a look, among `rows`."""
    doublings = _doublings(rows)
    return int(_ALERT + _ALERT_GROWTH * doublings), int(_REVIEW + _REVIEW_GROWTH * doublings)


def least_bits(rows: int) -> float:
    """Return how improbable in public text a sure passage must be, in bits, among `rows`."""
    return _ALERT_BITS + _doublings(rows)


def _doublings(rows: int) -> float:
    return max(math.log2(max(rows, 1) / _MANY_ROWS), 0.0)


def _union(spans: tuple[Span, ...]) -> int:
    """How many places `spans` cover together."""
    total = reached = 0
    for span in sorted(spans, key=lambda s: s.start):
        total += max(span.end - max(span.start, reached), 0)
        reached = max(reached, span.end)
    return total
