"""The first pages of an OFD document as they are set: lines, watermarks and ruled lines.

GB/T 33190—2016: 7.7 pages, 9.1 paths, 15 annotations. `pages` reads the same for its text
only, and need not look into paths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import hypot
from typing import ClassVar, NamedTuple

from markscan.extract.ofd.content import Ends, Opened, Starts, Walker
from markscan.extract.ofd.entries import Entries
from markscan.extract.ofd.geometry import POINTS, Rect, number, rect_of
from markscan.extract.ofd.lines import Line, lines_of
from markscan.extract.ofd.pages import MARKS, Pages, Plan, label_of
from markscan.extract.ofd.place import Sheet, sheet_of
from markscan.extract.ofd.records import Drawn
from markscan.extract.ofd.resources import Resources
from markscan.extract.ofd.walk import walk
from markscan.extract.page_strokes import Rule

_MOST_DRAWN = 20_000  # objects of one part
_MOST_RULES = 5_000  # of one part
_MOST_TEMPLATES = 8  # of one page
_MOST_NOTES = 1_000  # annotations of one page
_LONGEST_PATH = 2_000  # characters
_LINE = 0.353  # millimetres: the thickness of lines that say none (8.2.3)
_SHORTEST = 1.0  # millimetres: shorter pieces make no line together
_TOKEN = re.compile(r"[A-Za-z]|[^\sA-Za-z,]+")

Points = list[tuple[float, float]]


class Leaf(NamedTuple):
    """A page: its lines in the order of drawing, and those of its watermarks by their label."""

    sheet: Sheet
    lines: list[Line]
    marks: list[tuple[str, list[Line]]]
    rules: list[Rule]
    content: Rect | None  # the ContentBox (7.5), in millimetres


class _Bar(NamedTuple):
    """A level bar, in points; its colour may be that of its drawing parameters."""

    left: float
    top: float
    right: float
    bottom: float
    value: str | None
    pen: str
    is_filled: bool


class _Leafer(Walker):
    """Walks a page or template, and its paths too."""

    def __init__(self) -> None:
        super().__init__()
        self.bars: list[_Bar] = []
        self.content: Rect | None = None
        self._data = ""

    def _path(self, data: str) -> None:
        super()._path(data)
        self._data = data if len(data) <= _LONGEST_PATH else ""

    def _content(self, text: str) -> None:
        self.content = rect_of(text) or self.content

    def _close_path(self, opened: Opened) -> None:
        super()._close_path(opened)
        data, self._data = self._data, ""
        if opened.hidden or self._patterns or self._note is not None:
            return
        said = opened.attributes.get
        pen = said("DrawParam", "").strip() or self._layer_pen
        is_filled = said("Fill", "").strip().lower() == "true"
        is_stroked = said("Stroke", "").strip().lower() != "false"
        if not (is_filled or is_stroked):
            return
        a, b, c, d, e, f = opened.matrix
        thick = (number(said("LineWidth", "")) or _LINE) * hypot(c, d) if is_stroked else 0.0
        for points in _figures(data):
            if len(self.bars) < _MOST_RULES and (is_stroked or len(points) > 2):
                xs = [a * x + c * y + e for x, y in points]
                ys = [b * x + d * y + f for x, y in points]
                if max(xs) - min(xs) >= _SHORTEST:
                    edges = min(xs), min(ys) - thick / 2, max(xs), max(ys) + thick / 2
                    left, top, right, bottom = (edge * POINTS for edge in edges)
                    value = opened.fill if is_filled else opened.line or None
                    self.bars.append(_Bar(left, top, right, bottom, value, pen, is_filled))

    STARTS: ClassVar[Starts] = Starts({
        **Walker.STARTS, "ContentBox": Walker.listening("ContentBox"),
    })  # fmt: skip
    ENDS: ClassVar[Ends] = Ends({
        **Walker.ENDS, "AbbreviatedData": _path, "ContentBox": _content,
    })  # fmt: skip


def _figures(data: str) -> Iterator[Points]:
    """Yield the corners of the figures of a path that have straight sides only."""
    points: Points = []
    straight = True
    words = iter(_TOKEN.findall(data))
    for word in words:
        match word:
            case "S" | "M" | "L":
                if word != "L":
                    if len(points) > 1 and straight:
                        yield points
                    points, straight = [], True
                points.append((number(next(words, "")), number(next(words, ""))))
            case "C":
                pass
            case _:  # a curve, or its numbers
                straight = False
    if len(points) > 1 and straight:
        yield points


class Setter:
    """Reads the pages of one document.

    Args:
        entries: the package.
        pages: puts on the page what was drawn, pieces parted at every gap.
        content: the ContentBox of pages that give no boxes.
    """

    def __init__(self, entries: Entries, pages: Pages, content: Rect | None) -> None:
        self._entries = entries
        self._pages = pages
        self._content = content

    def leaf(self, entry: str, identity: str, plan: Plan) -> Leaf:
        """Return what a reader sees of a page, its templates first."""
        own = self._walked(entry)
        for location in own.resources:
            name = self._entries.find(location, plan.name)
            if name is not None and not self._entries.has_read(name):
                for _ in self._pages.load(name):
                    pass
        drawn: list[Drawn] = []
        bars: list[_Bar] = []
        for template in dict.fromkeys(own.templates[:_MOST_TEMPLATES]):
            if template in plan.templates:
                under = self._walked(plan.templates[template])
                drawn += under.drawn
                bars += under.bars
        sheet = sheet_of(own.area or plan.area)
        lines = lines_of(self._pages.pieces(drawn + own.drawn, sheet))
        marks = list(self._marks(plan.annotations.get(identity, ()), sheet))
        content = own.content or (None if own.area else self._content)
        colour = self._pages.resources
        rules = [_rule(bar, colour) for bar in bars + own.bars]
        return Leaf(sheet, lines, marks, rules, content)

    def _walked(self, name: str) -> _Leafer:
        """Return what the first objects of a part are."""
        walker = _Leafer()
        for member in self._entries.read(name):
            for _ in walk(member.data, walker):
                if len(walker.drawn) >= _MOST_DRAWN:
                    break
        return walker

    def _marks(
        self, names: list[str] | tuple[()], sheet: Sheet
    ) -> Iterator[tuple[str, list[Line]]]:
        """Yield label and lines of each watermark; one covers the page with one text."""
        told: set[str] = set()
        sheet.is_tiled = True
        for name in names:
            for note in self._walked(name).notes[:_MOST_NOTES]:
                if note.kind.strip().lower() in MARKS and not note.hidden:
                    new: dict[str, Line] = {}
                    for line in lines_of(self._pages.pieces(note.drawn, sheet)):
                        if not line.hidden and line.text not in told:
                            new.setdefault(line.text, line)
                    told |= new.keys()
                    yield label_of(note), list(new.values())
        sheet.is_tiled = False


def _rule(bar: _Bar, resources: Resources) -> Rule:
    colour = resources.colour if bar.is_filled else resources.line_colour
    return Rule(bar.left, bar.top, bar.right, bar.bottom, colour(bar.value, bar.pen))
