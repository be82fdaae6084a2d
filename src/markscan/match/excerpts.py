"""Finds passages, titles and numbers of registered documents (摘录、引用) in a document."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from markscan import background
from markscan.document import Area, Document, Span
from markscan.finding import CitationEvidence, ExcerptEvidence, Tier
from markscan.fingerprint import HanText
from markscan.match.candidates import JoinedText
from markscan.match.chain import Passages, chain
from markscan.match.lines import Lines
from markscan.register import Entry, Point
from markscan.register.register import Register

# Ideographs proven to be the same, by tier; counted in benchmarks/excerpts, where counting
# characters found more than adding up their surprisal at as many false findings.
_ALERT = 14
_REVIEW = 8  # one piece
# In a greater register more is found by accident: ideographs more for each time that it has
# twice as many rows.
_MANY_ROWS = 1 << 20
_ALERT_GROWTH = 0.75
_REVIEW_GROWTH = 0.25
# Bits of surprisal that a sure passage has at least: less is a character or a formula repeated.
_ALERT_BITS = 20.0
_NAMED = re.compile(r"《([^《》\0]{4,90})》")
_TITLE_LINE = 60  # characters of a line that may be a title


@dataclass(frozen=True, slots=True)
class Reuse:
    """What a document has of one registered document.

    `covered` counts the ideographs of the registered document that stand here, `share` is
    their part of it, `here` the part of this document that they make up; `longest` is the
    longest passage, in ideographs covered. `points` are the 密点 that are touched. `tier` is
    that of the surest passage, None where only title or number stand here. `citations` are
    those of title and number.
    """

    entry: Entry
    passages: tuple[ExcerptEvidence, ...] = ()
    citations: tuple[CitationEvidence, ...] = ()
    covered: int = 0
    share: float = 0.0
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

    def find(self, document: Document, joined: JoinedText) -> tuple[Reuse, ...]:
        """Return what `document` has of each registered document, most first.

        Args:
            document: what `joined` was joined from.
            joined: its text.
        """
        return self.look(document, joined)[0]

    def look(
        self, document: Document, joined: JoinedText
    ) -> tuple[tuple[Reuse, ...], NDArray[np.uint64]]:
        """Return what `find` returns, and all fingerprints of `document`, in its order."""
        text = HanText(joined.text)
        places, tags = self._register.take(text)
        passages = chain(self._register.look_up(places, tags))
        reuses: dict[int, Reuse] = {}
        if len(passages):
            reuses = self._reuses(document, joined, text, passages)
        if len(self._register.names):
            self._cite(document, joined, reuses)
        ordered = sorted(reuses.values(), key=lambda r: (-r.covered, r.entry.number))
        return tuple(ordered), tags

    def _reuses(
        self, document: Document, joined: JoinedText, text: HanText, passages: Passages
    ) -> dict[int, Reuse]:
        lines = Lines(document)
        found: dict[int, list[tuple[ExcerptEvidence, Span]]] = {}
        columns = [getattr(passages, name).tolist() for name in Passages.__slots__]
        rates = surprisals(text.units, passages.start, passages.end).tolist()
        for row in zip(*columns, rates, strict=True):
            number, start, end, there, there_end, covered, proven, rate = row
            entry = self._register.entries.get(number)
            tier = self._tier(proven, rate)
            if entry is None or tier is None:
                continue
            first, last = int(text.origin[start]), int(text.origin[end - 1])
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
        """How sure it is: `proven` ideographs, each of `rate` bits."""
        if proven >= self._alert and proven * rate >= _ALERT_BITS:
            return Tier.ALERT
        return Tier.REVIEW if proven >= self._review else None

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
            here=min(_union(tuple(span for _, span in seen)) / max(size, 1), 1.0),
            longest=max(each.covered for each in passages),
            points=entry.touched(sources),
        )

    def _cite(self, document: Document, joined: JoinedText, reuses: dict[int, Reuse]) -> None:
        """Add to `reuses` where titles and numbers of registered documents stand."""
        from dataclasses import replace

        lines = Lines(document)
        seen: dict[int, list[CitationEvidence]] = {}
        for number, kind, start, end in self._names(document, joined):
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

    def _names(
        self, document: Document, joined: JoinedText
    ) -> Iterator[tuple[int, Literal["title", "number"], int, int]]:
        """Yield entry, what it is and where it stands in the joined text."""
        names = self._register.names
        origin = joined.folded.origin if "号" in joined.text or "號" in joined.text else None
        if origin is not None:
            for entry, start, end in names.numbered(joined.folded.text):
                yield entry, "number", int(origin[start]), int(origin[end - 1]) + 1
        for start, end in _title_candidates(document, joined):
            for entry in names.titled(joined.text[start:end]):
                yield entry, "title", start, end


def _title_candidates(document: Document, joined: JoinedText) -> Iterator[tuple[int, int]]:
    """Yield what may be a title: 《…》, a line of its own, two lines, a file's name, a property."""
    for found in _NAMED.finditer(joined.text):
        yield found.start(1), found.end(1)
    for part, start in zip(document.parts, joined.starts, strict=True):
        if part.place.area in (Area.FILENAME, Area.PROPERTY):
            stem, _, _ = part.text.rpartition(".")
            yield start, start + len(stem or part.text)
            continue
        at = start
        for line in part.text.splitlines(keepends=True):
            bare = line.strip()
            if 4 < len(bare) <= _TITLE_LINE and "。" not in bare:
                lead = at + line.index(bare[0])
                yield lead, lead + len(bare)
            at += len(line)


def thresholds(rows: int) -> tuple[int, int]:
    """Return how many ideographs make a passage sure, and worth a look, among `rows`."""
    doublings = max(math.log2(max(rows, 1) / _MANY_ROWS), 0.0)
    return int(_ALERT + _ALERT_GROWTH * doublings), int(_REVIEW + _REVIEW_GROWTH * doublings)


def surprisals(
    units: NDArray[np.uint16], start: NDArray[np.int64], end: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return how improbable a character of each passage is in public text, in bits.

    Each character is told by the three before it, by the rates of lexicons/background.
    `units` are folded ideographs, the passages `start` to `end` in them have four or more.
    """
    marks = np.zeros(len(units) + 1, np.int64)
    np.add.at(marks, start, 1)
    np.add.at(marks, end, -1)
    inside = np.flatnonzero(np.cumsum(marks[:-1]) > 0)
    # What has a passage's end between its characters is computed, but added to nothing.
    chosen = units[inside]
    whole = background.per_megabyte(chosen, background.LONGEST)
    known = background.per_megabyte(chosen, background.LONGEST - 1)[: len(whole)]
    sums = np.zeros(len(units) + 1)
    sums[inside[background.LONGEST - 1 :] + 1] = np.maximum(np.log2(known / whole), 0.0)
    np.cumsum(sums, out=sums)
    first = start + background.LONGEST - 1
    rates: NDArray[np.float64] = (sums[end] - sums[first]) / (end - first)
    return rates


def _union(spans: tuple[Span, ...]) -> int:
    """How many places `spans` cover together."""
    total = reached = 0
    for span in sorted(spans, key=lambda s: s.start):
        total += max(span.end - max(span.start, reached), 0)
        reached = max(reached, span.end)
    return total
