"""Tells the lines in the margins of a page: headers, footers, page numbers of a PDF or OFD.

These formats do not say what is a header. What stands alone near the edge, outside the type
area of any usual page (天头 37 mm, 地脚 35 mm; GB/T 9704—2012, 5.2), is taken for one.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from markscan.document import Area, Box, Document

_EDGE = 0.085  # share of the page's height within which a line must lie whole
_APART = 1.25  # times its height, by which it stands off from the text
_PLACED = frozenset({Area.BODY, Area.TEXTBOX, Area.IMAGE})


def in_margins(document: Document) -> frozenset[int]:
    """Return the parts that stand in the margins of their pages, by index."""
    heights = {page.number: page.height for page in document.pages}
    lines: dict[int, list[tuple[Box, int]]] = defaultdict(list)
    for index, part in enumerate(document.parts):
        place = part.place
        if place.box is not None and place.page in heights and place.area in _PLACED:
            lines[place.page].append((place.box, index))
    found: set[int] = set()
    for page, placed in lines.items():
        found |= _at_top(sorted(placed, key=lambda each: each[0].top), heights[page])
        found |= _at_bottom(sorted(placed, key=lambda each: -each[0].bottom), heights[page])
    return frozenset(found)


def _at_top(lines: list[tuple[Box, int]], height: float) -> set[int]:
    taken: set[int] = set()
    for (box, index), (below, _) in pairwise(lines):
        if box.bottom > _EDGE * height:
            break
        taken.add(index)
        if below.top - box.bottom > _APART * (box.bottom - box.top):
            return taken
    return set()


def _at_bottom(lines: list[tuple[Box, int]], height: float) -> set[int]:
    taken: set[int] = set()
    for (box, index), (above, _) in pairwise(lines):
        if box.top < (1 - _EDGE) * height:
            break
        taken.add(index)
        if box.top - above.bottom > _APART * (box.bottom - box.top):
            return taken
    return set()
