"""Gathers pairs of words that two texts share into passages, however freely one was rewritten.

Ideographs are chained along one shift, since a piece of eight stays whole or is lost. Words are
replaced, moved and left out one by one: there a passage is a place where shared pairs crowd in
both texts. What was copied as it stands lies crowded on one line and is cut out sharply; the
rest is joined over wider gaps, as far as it is crowded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.match.chain import Passages
from markscan.register.rows import PieceHits

Column = NDArray[np.int64]

# In words; found on the part of PAN-13 that benchmarks/excerpts/pan.py sets aside for it.
NEAR, CROWD = 15, 4  # a hit counts with so many (itself too) at most so far away in both texts
GAP = 25  # between hits of one place
PLACE = 5  # hits of a place, at least
MERGE = 100  # between places of one passage that was rewritten
LOOSE = 9  # hits of such a passage, at least
BESIDE = 14  # the same in a text that has another passage of the document word for word
SHORTEST = 6  # words of such a passage here and there, at least
LINE, DRIFT, LINE_CROWD = 5, 2, 14  # like NEAR and CROWD, shifted by no more than DRIFT
COPIED = 0.9  # of the hits of a place lie so: it was copied word for word
LINE_GAP = 30  # between hits of one copied passage
SURE = 9  # hits of a copied passage, at least

_WIDTH = 2  # words that a piece covers at least

_NONE = Passages(*(np.zeros(0, np.int64) for _ in Passages.__slots__))


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Rectangles of hits: first and last place here and there, and the hits that count.

    Of what stands in one text once and is repeated in the other, one hit counts.
    """

    here: Column
    here_last: Column
    there: Column
    there_last: Column
    count: Column

    def __len__(self) -> int:
        return len(self.here)

    def chosen(self, which: NDArray[Any]) -> _Boxes:
        return _Boxes(*(getattr(self, name)[which] for name in _Boxes.__slots__))

    @property
    def shortest(self) -> Column:
        """The words of its shorter side."""
        sides = self.here_last - self.here, self.there_last - self.there
        shortest: Column = np.minimum(*sides) + 1
        return shortest


def chain_words(hits: PieceHits) -> Passages:
    """Gather `hits`, places in words, into passages; places in words.

    `covered` counts the words here that stand in shared pairs, `proven` the hits that count.
    """
    if not len(hits):
        return _NONE
    numbers, lift, counts = np.unique(hits.entry, return_inverse=True, return_counts=True)
    # Most entries share a few pairs by accident: too few for any passage.
    many = np.flatnonzero(counts[lift] >= min(SURE, LOOSE))
    if not len(many):
        return _NONE
    # The places of each entry are lifted above all those of the one before it.
    room = int(max(hits.here.max(), hits.there.max())) + MERGE + 1
    above = lift[many] * room
    here, there = hits.here[many] + above, hits.there[many] + above
    order = np.lexsort((there, here))
    here, there = here[order], there[order]
    crowded = _neighbours(here, there, NEAR) >= CROWD
    here, there = here[crowded], there[crowded]
    if not len(here):
        return _NONE
    lined = _neighbours(here, there, LINE, DRIFT) >= LINE_CROWD
    place = _linked(here, there, GAP)
    places = _boxes(here, there, place)
    of_place = np.bincount(place, minlength=len(places))
    copied = np.bincount(place, lined, minlength=len(places)) >= COPIED * of_place
    line = copied[place] & lined
    sharp = _boxes(here[line], there[line], _linked(here[line], there[line], LINE_GAP))
    sharp = sharp.chosen(sharp.count >= SURE)
    loose = _merged(places.chosen(~copied & (places.count >= PLACE)), room)
    beside = np.isin(loose.here // room, sharp.here // room)
    enough = (loose.count >= np.where(beside, BESIDE, LOOSE)) & (loose.shortest >= SHORTEST)
    loose = loose.chosen(enough)
    return _passages(_joined(sharp, loose), here, room, numbers)


def _neighbours(here: Column, there: Column, near: int, drift: int | None = None) -> Column:
    """How many hits, itself too, lie at most `near` from each; `here` ascends."""
    count = np.ones(len(here), np.int64)
    left = np.arange(len(here))
    for step in range(1, len(here)):
        left = left[left < len(here) - step]
        apart = here[left + step] - here[left]
        close = apart <= near
        left, apart = left[close], apart[close]
        if not len(left):
            break
        other = there[left + step] - there[left]
        close = np.abs(other) <= near
        if drift is not None:
            close &= np.abs(other - apart) <= drift
        count[left[close]] += 1
        count[left[close] + step] += 1
    return count


def _linked(here: Column, there: Column, gap: int) -> Column:
    """The number, from 0, of the place of each hit: in both texts no gap in it is wider."""
    place, before = np.zeros(len(here), np.int64), -1
    while len(here):
        for column in (here, there):
            order = np.lexsort((column, place))
            place[order] = np.cumsum(_breaks(place[order], 0) | _breaks(column[order], gap))
        if (count := int(place.max())) == before:
            break
        before = count
    return place - 1


def _boxes(here: Column, there: Column, place: Column) -> _Boxes:
    """The rectangle of each place, by its number."""
    if not len(here):
        return _Boxes(*(np.zeros(0, np.int64) for _ in _Boxes.__slots__))
    order = np.argsort(place, kind="stable")
    first = np.flatnonzero(_breaks(place[order], 0))
    one, other = here[order], there[order]
    return _Boxes(
        np.minimum.reduceat(one, first),
        np.maximum.reduceat(one, first),
        np.minimum.reduceat(other, first),
        np.maximum.reduceat(other, first),
        np.minimum(_distinct(here, place), _distinct(there, place)),
    )


def _distinct(column: Column, place: Column) -> Column:
    """How many different values each place has, by its number."""
    order = np.lexsort((column, place))
    place = place[order]
    return np.bincount(place[_breaks(place, 0) | _breaks(column[order], 0)])


def _joined(one: _Boxes, other: _Boxes) -> _Boxes:
    """The rectangles of both."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in _Boxes.__slots__)
    return _Boxes(*map(np.concatenate, pairs))


def _merged(boxes: _Boxes, room: int) -> _Boxes:
    """Make one of rectangles between which in both texts no gap is wider than `MERGE`."""
    if not len(boxes):
        return boxes
    group, before = boxes.here // room, -1
    lift = group * room
    sides = [(boxes.here - lift, boxes.here_last - lift)]
    sides.append((boxes.there - lift, boxes.there_last - lift))
    while True:
        for start, last in sides:
            order = np.lexsort((start, group))
            # Groups one above the other, so that what one reaches is less than any next one.
            rank = (np.cumsum(_breaks(group[order], 0)) - 1) * room
            reached = np.maximum.accumulate(last[order] + rank)
            apart = np.ones(len(order), np.bool_)
            apart[1:] = (start[order] + rank)[1:] > reached[:-1] + MERGE
            group[order] = np.cumsum(apart)
        if (count := int(group.max())) == before:
            break
        before = count
    order = np.argsort(group, kind="stable")
    first = np.flatnonzero(_breaks(group[order], 0))
    ways = (np.minimum, np.maximum, np.minimum, np.maximum, np.add)
    columns = (getattr(boxes, name)[order] for name in _Boxes.__slots__)
    return _Boxes(*(way.reduceat(c, first) for way, c in zip(ways, columns, strict=True)))


def _passages(boxes: _Boxes, here: Column, room: int, numbers: Column) -> Passages:
    """The passages that `boxes` stand for; `here` are the lifted places of hits, ascending."""
    words = np.unique(np.concatenate([here + step for step in range(_WIDTH)]))
    end = boxes.here_last + _WIDTH
    entry = boxes.here // room
    lift = entry * room
    order = np.lexsort((boxes.here, entry))
    columns = (
        numbers[entry],
        boxes.here - lift,
        end - lift,
        boxes.there - lift,
        boxes.there_last + _WIDTH - lift,
        np.searchsorted(words, end) - np.searchsorted(words, boxes.here),
        boxes.count,
    )
    return Passages(*(column[order] for column in columns))


def _breaks(column: Column, tolerance: int) -> NDArray[np.bool_]:
    """Where a value differs from the one before it by more than `tolerance`, and at the first."""
    breaks = np.ones(len(column), np.bool_)
    np.greater(np.abs(np.diff(column)), tolerance, out=breaks[1:])
    return breaks
