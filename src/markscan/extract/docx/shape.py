"""Shapes that lie on the pages of a Word document, and what they are placed by."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from markscan.document import Box

THIN = 3.0  # points: a shape that is lower, or narrower, is a line
DEEPEST = 32  # groups in groups
NAMED = {
    "red": "#ff0000", "black": "#000000", "white": "#ffffff", "blue": "#0000ff",
    "green": "#008000", "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0",
    "yellow": "#ffff00", "maroon": "#800000", "navy": "#000080", "windowtext": "#000000",
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![0-9a-zA-Z])")


class Ground(NamedTuple):
    """What positions are counted from, in points of the page: its size, area and column.

    `x` and `y` are where the text stands that holds the shape.
    """

    width: float
    height: float
    area: Box
    left: float
    right: float
    x: float
    y: float
    page: int


class Shape(NamedTuple):
    """One shape. Lengths are points of the page.

    `content` is its w:txbxContent, or None; `room` the box within its insets; `anchor` is
    "ctr" or "b" where its text does not begin at the top. `art` is the text of WordArt.
    `is_named` is true where its name says that it is a watermark.
    """

    box: Box
    content: Any = None
    room: Box = Box(0, 0, 0, 0)
    anchor: str = "t"
    art: str = ""
    font: str = ""
    colour: str = ""
    is_line: bool = False
    is_named: bool = False
    is_slanted: bool = False
    double: bool = False


def local(element: Any) -> str:
    """Return the name of an element without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, *names: str) -> Any:
    """Return the first child with the first of these local names that there is, or None."""
    for name in names:
        for each in element:
            if local(each) == name:
                return each
    return None


def within(box: Box, outer: Box, inner: Box) -> Box:
    """Return `inner`, given in the measures of `outer`, in those of `box`."""
    wide = (box.right - box.left) / ((outer.right - outer.left) or 1.0)
    high = (box.bottom - box.top) / ((outer.bottom - outer.top) or 1.0)
    left = box.left + (inner.left - outer.left) * wide
    top = box.top + (inner.top - outer.top) * high
    return Box(
        left, top, left + (inner.right - inner.left) * wide, top + (inner.bottom - inner.top) * high
    )


def hex_colour(value: str) -> str:
    """Return "#rrggbb" for a colour as DrawingML or VML writes it, "" where it is not known."""
    found = _HEX.match(value)
    if not found:
        return NAMED.get(value.partition(" ")[0].lower(), "")
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))
