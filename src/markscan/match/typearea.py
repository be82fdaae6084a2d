"""The type area (版心) of a page: where its text stands inside the margins.

GB/T 9704—2012, 5.2: 订口 28 mm, 天头 37 mm, 版心 156 mm × 225 mm. A format that names no
margins shows them by its lines: those that a paragraph wraps fill the width, and the line
after such a one begins at the left edge, unless it begins a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from markscan.document import Area, Box, Layout, Line, Page

_WIDE = 0.5  # of the page: what a line of body text is at least
_RAGGED = 1.25  # by how much lines that fill the width may differ at their right, in em
_INDENT = 1.25  # by how much the left margin may be wider than the right one, in em
_NEAR = 3.0  # points within which edges are one
_FIRST = 2.0  # by how much the first line of a paragraph is indented, in em
_FEWEST = 2  # lines that must agree
_SHARE = 0.25  # of the lines at the most common edge, which an edge further left must have
_LEADING = 3.0  # the widest step from a line of a paragraph to the next, in em
_NUMBER = re.compile(r"[\s\u2014\u2013\u2015\u2500_-]*\d{1,4}[\s\u2014\u2013\u2015\u2500_-]*")


def type_area(layout: Layout, page: int) -> Box | None:
    """Return the type area of a page, in points; None where nothing tells it for sure.

    It is what the format names, else what the lines of the page show, or those of all
    pages of its size where it has too few. Its top and bottom are then those of ink.
    """
    found = next((p for p in layout.pages if p.number == page), None)
    if found is None:
        return None
    if found.area is not None:
        return found.area
    alike = {p.number for p in layout.pages if _same(p, found)}
    lines = [line for line in layout.lines if line.place.page in alike and _is_text(line)]
    own = [line for line in lines if line.place.page == page]
    return _shown(own, own, found) or _shown(lines, own, found)


def _same(one: Page, other: Page) -> bool:
    return abs(one.width - other.width) < _NEAR and abs(one.height - other.height) < _NEAR


def _is_text(line: Line) -> bool:
    """Tell whether a line runs from left to right in the text of the page."""
    if line.place.area not in (Area.BODY, Area.CELL) or _NUMBER.fullmatch(line.text):
        return False
    size, box = _size(line), line.box
    return size > 0 and box.bottom - box.top < 2 * size


def _size(line: Line) -> float:
    run = max(line.runs, key=lambda run: len(run.text), default=None)
    return run.size or 0.0 if run is not None else 0.0


def _shown(lines: list[Line], own: list[Line], page: Page) -> Box | None:
    """Return the area that `lines` show; its height is told by those of the page, `own`."""
    wide = [line for line in lines if line.box.right - line.box.left > _WIDE * page.width]
    sizes: Counter[float] = Counter()
    for line in wide:
        sizes[round(_size(line), 1)] += len(line.text)
    if not sizes:
        return None
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(_size(line) - size) < 1]
    right = _right([line for line in wide if abs(_size(line) - size) < 1], size)
    if right is None:
        return None
    left = _left(body, size, right, page)
    inside = [line for line in own if _size(line) > size - 1 and line.box.left < right]
    if left is None or not inside:
        return None
    top = min(line.box.top for line in inside)
    bottom = max(line.box.bottom for line in inside)
    if not (0 <= left < right <= page.width and 0 <= top < bottom <= page.height):
        return None
    return Box(left, top, right, bottom)


def _right(wide: list[Line], size: float) -> float | None:
    """Return the edge up to which lines run before they are wrapped."""
    edges = sorted((line.box.right for line in wide), reverse=True)
    for edge in edges:
        near = [other for other in edges if edge - _RAGGED * size <= other <= edge]
        if len(near) >= _FEWEST:
            common, count = _commonest(near)
            return common if 2 * count >= len(near) else edge
    return None


def _left(body: list[Line], size: float, right: float, page: Page) -> float | None:
    """Return the edge at which wrapped lines go on.

    Lines that fill the width may all be first lines of paragraphs, which are indented;
    then there is no telling, but where both margins are about the same.
    """
    full = [_fills(line, size, right, page) for line in body]
    edges = [line.box.left for line, is_full in zip(body, full, strict=True) if is_full]
    for (above, is_full), (below, below_full) in pairwise(zip(body, full, strict=True)):
        step = below.box.bottom - above.box.bottom
        if is_full and not below_full and 0 < step < _LEADING * size:
            edges.append(below.box.left)
    if len(edges) < _FEWEST:
        return None
    _, most = _commonest(edges)
    for edge in sorted(set(edges)):
        near = [other for other in edges if abs(other - edge) <= _NEAR]
        if len(near) >= max(_FEWEST, _SHARE * most):
            left, _ = _commonest(near)
            left = _outer(body, left, size)
            return left if left - (page.width - right) <= _INDENT * size else None
    return None


def _outer(body: list[Line], left: float, size: float) -> float:
    """Return the edge two characters further left, if lines begin there: `left` was an indent.

    A page of short paragraphs fills its width with first lines only; 份号, 主送机关 and the
    imprint begin at the true edge.
    """
    low, high = left - (_FIRST + 0.5) * size, left - (_FIRST - 0.5) * size
    edges = [line.box.left for line in body if low <= line.box.left <= high]
    if len(edges) < _FEWEST:
        return left
    outer, count = _commonest(edges)
    return outer if count >= _FEWEST else left


def _fills(line: Line, size: float, right: float, page: Page) -> bool:
    box = line.box
    return box.right - box.left > _WIDE * page.width and box.right >= right - _RAGGED * size


def _commonest(edges: Iterable[float]) -> tuple[float, int]:
    """Return the edge near which most of `edges` lie, and how many those are."""
    known = list(edges)
    counts = {edge: sum(abs(other - edge) <= _NEAR for other in known) for edge in known}
    edge = max(counts, key=lambda edge: counts[edge])
    return edge, counts[edge]
