"""The lines of a page as a reader sees them, from what is drawn along its baselines.

PDF and OFD draw words, often single characters, at places of their own. What stands on one
baseline is one line while no gap in it is wider than four characters: 发文字号 at the left
and 签发人 at the right are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from markscan.document import Area, Box, Line, Place, Run

# Next to one of these a gap is wide before it is a space.
DENSE = re.compile(
    r"[0-9\u2605\u2606\u2729\u272d\u2b50\u2e80-\u303f\u31c0-\u9fff\uf900-\ufaff\uff01-\uffee\U00020000-\U0003ffff]"
)
_SLOPE = 0.35  # how far baselines of one line may differ, in em
_STEP = 0.75  # a wider step across the baseline is one down a column, in em
_WIDEST = 4.0  # a wider gap parts two lines, in em
_BACK = 0.5  # a step back as wide starts another line, in em
_BETWEEN_DENSE, _BESIDE_DENSE, _BETWEEN_WORDS = 0.6, 0.5, 0.2  # gaps that are a space, in em
_SLANT = 0.1  # of the direction of writing, across the nearer axis
_RIGHT = (1.0, 0.0)
WATERMARK = "watermark"

Edges = tuple[float, float, float, float]  # left, top, right, bottom


class Look(NamedTuple):
    """How characters are set: the size in points, the colour "#rrggbb" or ""."""

    font: str
    size: float
    colour: str
    bold: bool


class Glyphs(NamedTuple):
    """Characters drawn without a gap, or blanks that the file has between them.

    `start`, `end` and `level` are points along and across the direction of writing, which
    has length 1.
    """

    text: str
    along: tuple[float, float]
    start: float
    end: float
    level: float
    box: Edges
    look: Look


class _Set(NamedTuple):
    """A stretch of a line: what is drawn, and the space a reader sees before each."""

    glyphs: list[Glyphs]
    gaps: list[str]


def is_slanted(along: tuple[float, float]) -> bool:
    """Return whether text runs neither level nor upright: so only watermarks do."""
    return min(abs(along[0]), abs(along[1])) > _SLANT


def page_lines(rows: Iterable[list[Glyphs]], page: int, mark: str | None = None) -> list[Line]:
    """Return the lines of a page from the top down, those side by side from the left.

    Args:
        rows: what is drawn along one baseline, or down one column, in order.
        page: the number of the page.
        mark: the label of what lies upon the page, such as a watermark; None for the page.
    """
    place = Place(Area.BODY, page) if mark is None else Place(Area.TEXTBOX, page, mark)
    found: list[tuple[float, Line]] = []
    level: list[_Set] = []
    for row in rows:
        if is_slanted(row[0].along):
            slanted = Place(Area.TEXTBOX, page, mark or WATERMARK)
            line = _line(_Set(row, [""] * len(row)), slanted)
            found.append((line.box.bottom, line))
        elif _is_column(row):
            ink = [glyphs for glyphs in row if not glyphs.text.isspace()]
            line = _line(_Set(ink, [""] * len(ink)), place)
            found.append((line.box.bottom, line))
        else:
            level += _cut(row)
    for line_level, stretch in _swept(level):
        line = _line(stretch, place)
        is_level = stretch.glyphs[0].along == _RIGHT
        found.append((line_level if is_level else line.box.bottom, line))
    found.sort(key=lambda pair: (pair[0], pair[1].box.left))
    return [line for _, line in found]


def _is_column(row: list[Glyphs]) -> bool:
    """Tell whether the characters of a row stand below one another."""
    return any(
        abs(after.level - before.level) > _STEP * before.look.size
        for before, after in pairwise(row[:3])
    )


def _cut(row: list[Glyphs]) -> Iterator[_Set]:
    """Yield the stretches of a row between its widest gaps, without blanks at their ends."""
    stretch = _Set([], [])
    blank = ""
    for glyphs in row:
        if glyphs.text.isspace():
            blank += glyphs.text
            continue
        if stretch.glyphs:
            before = stretch.glyphs[-1]
            if _parts(before, glyphs):
                yield stretch
                stretch = _Set([], [])
        stretch.gaps.append(_space(stretch.glyphs[-1], glyphs, blank) if stretch.glyphs else "")
        stretch.glyphs.append(glyphs)
        blank = ""
    if stretch.glyphs:
        yield stretch


def _parts(before: Glyphs, after: Glyphs) -> bool:
    return after.start - before.end > _WIDEST * min(before.look.size, after.look.size)


def _space(before: Glyphs, after: Glyphs, blank: str = "") -> str:
    """Return what stands between two stretches: the one blank of the file, else a space."""
    if blank:
        return blank if len(blank) == 1 else " "
    dense = bool(DENSE.match(before.text[-1])) + bool(DENSE.match(after.text))
    least = (_BETWEEN_WORDS, _BESIDE_DENSE, _BETWEEN_DENSE)[dense]
    wide = after.start - before.end >= least * max(before.look.size, after.look.size)
    return " " if wide and not before.text[-1].isspace() and not after.text[0].isspace() else ""


def _swept(stretches: list[_Set]) -> Iterator[tuple[float, _Set]]:
    """Yield level and stretch, with those of one baseline joined where they are near."""
    stretches.sort(key=lambda s: (s.glyphs[0].along, s.glyphs[0].level))
    for group in _baselines(stretches):
        level = group[0].glyphs[0].level
        group.sort(key=lambda s: s.glyphs[0].start)
        last = group[0]
        for stretch in group[1:]:
            before, after = last.glyphs[-1], stretch.glyphs[0]
            back = before.end - after.start
            if _parts(before, after) or back > _BACK * min(before.look.size, after.look.size):
                yield level, last
                last = stretch
            else:
                last.gaps.append(_space(before, after))
                last.gaps.extend(stretch.gaps[1:])
                last.glyphs.extend(stretch.glyphs)
        yield level, last


def _baselines(stretches: list[_Set]) -> Iterator[list[_Set]]:
    group: list[_Set] = []
    for stretch in stretches:
        if group:
            above, below = group[-1].glyphs[0], stretch.glyphs[0]
            size = min(above.look.size, below.look.size)
            if above.along != below.along or below.level - above.level > _SLOPE * size:
                yield group
                group = []
        group.append(stretch)
    if group:
        yield group


def _line(stretch: _Set, place: Place) -> Line:
    pairs = zip(stretch.gaps, stretch.glyphs, strict=True)
    runs: list[Run] = []
    for look, alike in groupby(pairs, key=lambda pair: pair[1].look):
        found = list(alike)
        text = "".join(gap + glyphs.text for gap, glyphs in found)
        box = _around([glyphs.box for _, glyphs in found])
        runs.append(Run(text, place._replace(box=box), *look))
    box = _around([glyphs.box for glyphs in stretch.glyphs])
    return Line("".join(run.text for run in runs), place._replace(box=box), box, tuple(runs))


def _around(boxes: list[Edges]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    edges = min(left), min(top), max(right), max(bottom)
    return Box(*(round(edge, 2) for edge in edges))
