"""Sets the text of a rule's example on a page of A4, for rules about how pages are set."""

from __future__ import annotations

from typing import NamedTuple

from markscan.document import Area, Box, Layout, Line, Page, Place, Run, Stroke
from markscan.rules.rule import Example

_MILLIMETRE = 72 / 25.4
_PAGE = Page(1, 595.3, 841.9, Box(79.4, 104.9, 521.6, 739.8))  # 版心 156 × 225 mm
_LEADING = 29.0  # points from line to line: 22 lines to a page


class Row(NamedTuple):
    """A line of the page. `left` is where it begins, in millimetres from the page's edge."""

    text: str
    left: float = 28.0
    font: str = "黑体"
    size: float = 16.0


def page(*rows: Row, double: float | None = None) -> Example:
    """Return an example with these lines on page one.

    Args:
        rows: the lines from the top of the type area.
        double: where a red double line runs, in millimetres from the top of the page.
    """
    lines = tuple(_line(row, 104.9 + _LEADING * n) for n, row in enumerate(rows))
    strokes: tuple[Stroke, ...] = ()
    if double is not None:
        top = double * _MILLIMETRE
        strokes = (Stroke(1, Box(57, top, 539, top + 4), "#ff0000", double=True),)
    text = "\n".join(row.text for row in rows)
    return Example(text, layout=Layout((_PAGE,), lines, strokes))


def _line(row: Row, top: float) -> Line:
    left = row.left * _MILLIMETRE
    wide = sum(row.size if ord(each) > 0x2E80 or each == "★" else row.size / 2 for each in row.text)
    box = Box(left, top, left + wide, top + row.size)
    place = Place(Area.BODY, 1, box=box)
    return Line(row.text, place, box, (Run(row.text, place, row.font, row.size),))
