"""A column of text, how far it is filled, and the borders of its paragraphs (17.3.1.24)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from markscan.document import Area, Box
from markscan.extract.docx.measures import number
from markscan.extract.docx.sheet import Form, colour_of

_NO_BORDER = frozenset(("none", "nil", ""))
_DOUBLE = ("double", "triple", "thinThick", "thickThin")


class Rule(NamedTuple):
    """A ruled line as it is drawn."""

    page: int
    box: Box
    colour: str
    double: bool


@dataclass(slots=True)
class Column:
    """What blocks are set in, and how far it is filled: `y` on `page`, in points.

    `label` is that of a text box; "" where the story tells labels. `before` is the last
    paragraph, whose space and borders depend on the next one.
    """

    left: float
    right: float
    y: float
    page: int
    area: Area
    label: str = ""
    before: Form | None = None
    border: tuple[str, Rule] | None = None
    frame: tuple[str, Column] | None = None


def ruled(border: Any, form: Form, column: Column, top: float) -> Rule:
    """Return the upper or lower border of a paragraph that is drawn from `top` on."""
    left = column.left + form.left + min(form.first, 0.0)
    edges = left, top, column.right - form.right, top + _thickness(border)
    double = border.get(qn("w:val"), "").startswith(_DOUBLE)
    box = Box(*(round(edge, 2) for edge in edges))
    return Rule(column.page, box, colour_of(border.get(qn("w:color"))), double)


def is_drawn(border: Any) -> bool:
    """Tell whether a border of a paragraph, None for none, is seen."""
    return border is not None and border.get(qn("w:val"), "") not in _NO_BORDER


def gap(border: Any) -> float:
    """Return the points between a border and its text."""
    return min(max(number(border.get(qn("w:space"))), 0.0), 31.0)


def _thickness(border: Any) -> float:
    """Return the height of a border, of a double one with what stands between its lines."""
    size = min(max(number(border.get(qn("w:sz")), 4.0) / 8, 0.25), 12.0)
    kind = border.get(qn("w:val"), "")
    if kind.startswith(("double", "triple")):
        return 3 * size
    return size + 1.5 if kind.startswith(_DOUBLE) else size


def depth(border: Any) -> float:
    """Return the height that a border takes with the gap to its text; 0 for none."""
    return gap(border) + _thickness(border) if is_drawn(border) else 0.0


def border_key(form: Form) -> str:
    """Return a key that paragraphs share which stand within the same borders."""
    if form.top is None and form.bottom is None:
        return ""
    edges = [sorted(e.attrib.items()) if e is not None else [] for e in (form.top, form.bottom)]
    return repr((edges, form.left, form.right, min(form.first, 0.0)))
