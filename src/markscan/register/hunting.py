"""Hunts for registered documents in sketches of what was scanned before.

Each kept fingerprint is looked up in the register, as in a scan. Where in a file it stood is not
kept, but where it stands in the registered document is told by the register: fingerprints of
one passage lie close together there, those of common phrases do not. Letterhead, signature and the
like are not kept (match/formalities.py), as a scan does not tell them either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markscan.register.register import Register
from markscan.register.sketches import FRACTION, Columns, Segment, Sketches

STRETCH = 120  # ideographs of the registered document in which one passage is sought


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may hold a passage of a registered document.

    `locator` is that of the file, `path` of the file on disk in which it lies. `entry` is the
    number of the document. `hits` is how many kept fingerprints they share, `close` how many of
    them lie within `STRETCH` ideographs of the document, `share` about which part of it stands
    in the file. `at` is when the file was read (ISO 8601, UTC).
    """

    locator: str
    path: str
    entry: int
    hits: int
    close: int
    share: float
    at: str

    @property
    def likely(self) -> bool:
        """Whether more than one short place is shared."""
        return self.close > 1


@dataclass(frozen=True, slots=True)
class Hunt:
    """What a hunt has found, most first, in how many files; `damaged` counts lost segments."""

    candidates: tuple[Candidate, ...]
    files: int
    damaged: int


@dataclass(frozen=True, eq=False)
class _Shared:
    """What files share with documents: a row for each pair. `row` counts those of a segment."""

    row: NDArray[np.int64]
    entry: NDArray[np.int64]
    hits: NDArray[np.int64]
    close: NDArray[np.int64]


def hunt(
    sketches: Sketches,
    register: Register,
    entries: Set[int],
    *,
    alone: bool = False,
    passed: Callable[[float], None] | None = None,
) -> Hunt:
    """Return which files share what with the documents whose numbers are `entries`.

    Args:
        sketches: of the files.
        register: holds the documents.
        entries: whose passages are sought.
        alone: also those that share one short place only.
        passed: is told now and then which part of the work is done.

    Raises:
        RegisterError: the sketches cannot be read.
    """
    bad: set[Segment] = set()
    while True:
        good = [segment for segment in sketches.segments if segment not in bad]
        seen = _Pass(sketches, register, entries, alone)
        found: list[Candidate] = []
        for number, (segment, live) in enumerate(zip(good, sketches.live(good), strict=True), 1):
            columns = sketches.read(segment)
            if columns is None:
                bad.add(segment)
                continue
            found.extend(seen.candidates(segment, columns, live))
            if passed is not None:
                passed(number / len(good))
        if len(good) + len(bad) == len(sketches.segments):
            break  # else rows that a damaged segment replaces must be read after all
    found.sort(key=lambda one: (-one.hits, one.locator, one.entry))
    return Hunt(tuple(found), seen.files, len(bad))


class _Pass:
    """One pass over the segments."""

    def __init__(
        self, sketches: Sketches, register: Register, entries: Set[int], alone: bool
    ) -> None:
        self._register = register
        self._sought = np.array(sorted(entries), np.int64)
        self._least = 1 if alone else 2
        self.files = 0

    def candidates(
        self, segment: Segment, columns: Columns, live: NDArray[np.bool_]
    ) -> Iterator[Candidate]:
        """Yield what the files of a segment share with the documents sought."""
        self.files += int(np.count_nonzero(live))
        shared = self._shared(columns, np.repeat(live, columns.rows))
        chosen = np.flatnonzero(shared.close >= self._least)
        if not len(chosen):
            return
        locators = columns.locators()
        first = np.repeat(np.cumsum(columns.rows) - columns.rows, columns.rows)
        for at in chosen.tolist():
            row, number, hits = int(shared.row[at]), int(shared.entry[at]), int(shared.hits[at])
            kept = self._register.entries[number].kept
            yield Candidate(
                locator=locators[row],
                path=locators[int(first[row])],
                entry=number,
                hits=hits,
                close=int(shared.close[at]),
                share=min(hits * FRACTION / max(kept, 1), 1.0),
                at=segment.at,
            )

    def _shared(self, columns: Columns, live: NDArray[np.bool_]) -> _Shared:
        places = np.arange(len(columns.tags))
        found = self._register.look_up(places, columns.tags)
        ends = np.cumsum(columns.counts)
        row = np.searchsorted(ends, found.here, "right")
        wanted = live[row] & np.isin(found.entry, self._sought)
        wanted &= np.isin(found.entry, np.array(list(self._register.entries), np.int64))
        row, entry, there = row[wanted], found.entry[wanted], found.there[wanted]
        order = np.lexsort((there, row, entry))
        row, entry, there = row[order], entry[order], there[order]
        new = np.ones(len(row), np.bool_)
        new[1:] = (row[1:] != row[:-1]) | (entry[1:] != entry[:-1])
        first = np.flatnonzero(new)
        # Within each pair the places ascend; of pairs laid far apart one after the other, too.
        group = np.cumsum(new) - 1
        along = there + group * ((1 << 32) + STRETCH)
        near = np.searchsorted(along, along + STRETCH) - np.arange(len(along))
        close = np.maximum.reduceat(near, first) if len(first) else near
        hits = np.diff(np.append(first, len(row)))
        return _Shared(row[first], entry[first], hits, close)
