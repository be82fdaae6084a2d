"""Joins pieces of text that touch on one baseline into lines.

Writers put each word, often each character, into an object of its own, and a marking such as
机密★10年 is one line only to the eye. Pieces that follow each other make runs; runs on one
baseline make a line where they touch, whenever they were drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from markscan.document import Box
from markscan.extract.ofd.geometry import POINTS
from markscan.extract.ofd.place import Look, Piece
from markscan.extract.page_lines import DENSE

_SLOPE = 0.35  # how far baselines of one line may differ, in em
_FAR = 2.0  # a wider gap parts two things drawn one after the other, in em
_NEAR = 1.0  # a wider gap parts two things drawn at different times, in em
_WORDS = 0.2  # a wider gap parts two words, in em
_STACK = 1.6  # the widest step down between characters written in a column, in em
_NEARBY = [(x, y) for x in (0, -1, 1) for y in (0, -1, 1)]


class Line(NamedTuple):
    """Text on one baseline, or in one column, and the pieces it is made of."""

    text: str
    look: Look
    hidden: bool
    pieces: list[Piece]
    gaps: list[str]  # what stands before each piece

    @property
    def box(self) -> Box:
        """Where the line stands on the page, in points."""
        pieces = self.pieces
        if len(pieces) > 1:
            pieces = [piece for piece in pieces if not piece.text.isspace()] or pieces
        return _around(pieces)


@dataclass(slots=True)
class _Run:
    order: int
    first: Piece
    pieces: list[Piece]
    gaps: list[str] = field(default_factory=list)  # what stands before each piece but the first

    @property
    def last(self) -> Piece:
        return self.pieces[-1]


def lines_of(pieces: Iterable[Piece]) -> list[Line]:
    """Return the lines that `pieces` make, in the order in which each was begun."""
    runs = _joined(_runs(pieces))
    runs.sort(key=lambda run: run.order)
    return [line for column in _columns(runs) if (line := _line(column)).text.strip()]


def _runs(pieces: Iterable[Piece]) -> Iterator[_Run]:
    """Yield the runs of pieces drawn one after the other; what is drawn twice counts once."""
    run: _Run | None = None
    last: Piece | None = None
    repeats = _Repeats()
    for order, piece in enumerate(pieces):
        if repeats.knows(piece):
            continue
        if run is not None and last is not None:
            if last.hidden is piece.hidden and _follows(last, piece, _FAR):
                run.gaps.append(_gap(last, piece))
                run.pieces.append(piece)
                last = piece
                continue
            yield run
        run = _Run(order, piece, [piece])
        last = piece
    if run is not None:
        yield run


class _Repeats:
    """Knows what has been drawn where."""

    def __init__(self) -> None:
        self._first: dict[str, Piece] = {}
        self._places: dict[str, set[tuple[int, int, bool]]] = {}  # of texts drawn again

    def knows(self, piece: Piece) -> bool:
        """Tell whether the same was drawn at nearly the same place, which makes it bold."""
        if piece.look.size <= 0:  # torn out of damaged XML: it has lost its place
            return False
        text = piece.text
        first = self._first.setdefault(text, piece)
        if first is piece:
            return False
        places = self._places.get(text)
        if places is None:
            places = self._places[text] = {_place_of(first)}
        across, down, hidden = _place_of(piece)
        for x, y in _NEARBY:
            if (across + x, down + y, hidden) in places:
                return True
        places.add((across, down, hidden))
        return False


def _place_of(piece: Piece) -> tuple[int, int, bool]:
    step = max(piece.look.size, 1.0) / (4 * POINTS)
    return round(piece.box.x / step), round(piece.box.y / step), piece.hidden


def _follows(last: Piece, piece: Piece, farthest: float) -> bool:
    if last.along != piece.along:
        return False
    em = max(last.look.size, piece.look.size, 1.0)
    return (
        abs(piece.level - last.level) <= _SLOPE * em
        and -em / 2 <= piece.start - last.end <= farthest * em
    )


def _gap(last: Piece, piece: Piece) -> str:
    """Return the space a reader sees between two pieces."""
    if piece.start - last.end <= _WORDS * max(last.look.size, piece.look.size, 1.0):
        return ""
    before, after = last.text[-1], piece.text[0]
    if before.isspace() or after.isspace() or DENSE.match(before) or DENSE.match(after):
        return ""
    return " "


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    """Return the runs with those that touch on one baseline made into one."""
    alike: dict[tuple[tuple[float, float], bool], list[_Run]] = {}
    for run in runs:
        alike.setdefault((run.first.along, run.first.hidden), []).append(run)
    done: list[_Run] = []
    for group in alike.values():
        group.sort(key=lambda run: run.first.level)
        first = 0
        for index, (above, below) in enumerate(pairwise(group), 1):
            em = max(min(above.first.look.size, below.first.look.size), 1.0)
            if below.first.level - above.first.level > _SLOPE * em:
                done += _swept(group[first:index])
                first = index
        done += _swept(group[first:])
    return done


def _swept(group: list[_Run]) -> list[_Run]:
    """Return the runs of one baseline in the direction of writing, joined where they touch."""
    if len(group) == 1:
        return group
    group.sort(key=lambda run: (run.first.start, run.order))
    done: list[_Run] = []
    for run in group:
        last = done[-1] if done else None
        if last is not None and _follows(last.last, run.first, _NEAR):
            last.gaps.append(_gap(last.last, run.first))
            last.pieces += run.pieces
            last.gaps += run.gaps
            last.order = min(last.order, run.order)
        else:
            done.append(run)
    return done


def _columns(runs: list[_Run]) -> Iterator[list[_Run]]:
    """Yield each run alone, but characters written below one another together."""
    column: list[_Run] = []
    for run in runs:
        if column and not _stacked(column[-1], run):
            yield from _whole(column)
            column = []
        if column or len(run.first.text) == 1 == len(run.pieces):
            column.append(run)
        else:
            yield [run]
    if column:
        yield from _whole(column)


def _whole(column: list[_Run]) -> list[list[_Run]]:
    """Return the column as one, or its characters alone where they only count rows."""
    if len(column) > 1 and all(run.first.text.isdigit() for run in column):
        return [[run] for run in column]
    return [column]


def _stacked(above: _Run, below: _Run) -> bool:
    one, other = above.first, below.first
    if len(one.text) != 1 or len(other.text) != 1 or len(above.pieces) + len(below.pieces) != 2:
        return False
    em = one.look.size
    return (
        (one.along, one.hidden) == (other.along, other.hidden)
        and bool(DENSE.match(one.text) and DENSE.match(other.text))
        and abs(one.start - other.start) <= _SLOPE * em
        and 0 < other.level - one.level <= _STACK * em
    )


def _line(column: list[_Run]) -> Line:
    first = column[0].first
    if len(column) == 1 and len(column[0].pieces) == 1:
        return Line(first.text, first.look, first.hidden, [first], [""])
    gaps: list[str] = []
    pieces: list[Piece] = []
    for run in column:
        gaps.append("")
        gaps += run.gaps
        pieces += run.pieces
    looks: Counter[Look] = Counter()
    for piece in pieces:
        looks[piece.look] += len(piece.text.strip())
    text = "".join(map("".join, zip(gaps, [piece.text for piece in pieces], strict=True)))
    return Line(text, looks.most_common(1)[0][0], first.hidden, pieces, gaps)


def _around(pieces: list[Piece]) -> Box:
    if len(pieces) == 1:
        x, y, width, height = pieces[0].box
        right, bottom = (x + width) * POINTS, (y + height) * POINTS
        return Box(round(x * POINTS, 2), round(y * POINTS, 2), round(right, 2), round(bottom, 2))
    left = min(piece.box.x for piece in pieces)
    top = min(piece.box.y for piece in pieces)
    right = max(piece.box.x + piece.box.width for piece in pieces)
    bottom = max(piece.box.y + piece.box.height for piece in pieces)
    return Box(*(round(edge * POINTS, 2) for edge in (left, top, right, bottom)))
