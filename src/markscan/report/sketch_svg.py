"""Draws a sketched page as SVG, with the places of findings outlined and numbered.

Colours come from the page's style sheet, but those that the document itself has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from markscan.document import Box, Place, Stroke
from markscan.finding import Finding, Severity, Sketch, SketchLine
from markscan.page_sketch import stands_at
from markscan.walk import printable

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_RADIUS = 12.0  # of a number's disc, points
_STEP = 2 * _RADIUS + 2
_MARGIN = 3.0  # between a line and its outline
_INK = 0.86  # of a line's height lies above the base of its letters


def marks(sketch: Sketch, findings: Iterable[Finding]) -> dict[int, tuple[Box, ...]]:
    """Return the boxes of the findings that stand on the page, by number from 1."""
    found = {}
    for number, finding in enumerate(findings, start=1):
        places = [place for place in (finding.place, *finding.others) if place is not None]
        boxes = dict.fromkeys(box for place in places for box in _boxes(sketch, place))
        if boxes:
            found[number] = tuple(boxes)
    return found


def drawing(sketch: Sketch, findings: tuple[Finding, ...], *, name: str, label: str) -> str:
    """Return the page as an SVG element.

    Args:
        findings: in the order in which they are numbered, from 1.
        name: begins the ids of the findings' entries, "f3-" for "f3-1".
        label: says what is drawn, for those who cannot see it.
    """
    page = sketch.page
    parts = [
        f'<svg viewBox="0 0 {page.width:.1f} {page.height:.1f}" role="group"'
        f' aria-label="{escape(printable(label))}">',
        f'<rect class="paper" width="{page.width:.1f}" height="{page.height:.1f}"/>',
    ]
    if page.area is not None:
        parts.append(_rectangle(page.area, "area"))
    parts += [_stroke(stroke) for stroke in sketch.strokes]
    parts += [_line(line) for line in sketch.lines]
    boxes = marks(sketch, findings)
    parts += _outlines(boxes, findings)
    parts += _numbers(boxes, findings, page.width, name)
    return "".join([*parts, "</svg>"])


def _boxes(sketch: Sketch, place: Place) -> list[Box]:
    """Where `place` is on the page: around its lines, or else its own box."""
    lines = [line.box for line in sketch.lines if stands_at(line, place)]
    if not lines and place.page == sketch.page.number and place.box is not None:
        lines = [place.box]
    if not lines:
        return []
    return [
        Box(
            min(box.left for box in lines),
            min(box.top for box in lines),
            max(box.right for box in lines),
            max(box.bottom for box in lines),
        )
    ]


def _line(line: SketchLine) -> str:
    box, height = line.box, line.box.bottom - line.box.top
    if not line.text:
        bar = Box(box.left, box.top + height * 0.2, box.right, box.bottom - height * 0.2)
        return _rectangle(bar, "bar", f' rx="1.5"{_paint("fill", line.colour)}')
    size = min(line.size or height, height * 1.2)
    base = (box.top + box.bottom) / 2 + size * (_INK - 0.5)
    return (
        f'<text x="{box.left:.1f}" y="{base:.1f}" font-size="{size:.1f}"'
        f' textLength="{box.right - box.left:.1f}" lengthAdjust="spacingAndGlyphs"'
        f"{_paint('fill', line.colour)}>{escape(printable(line.text))}</text>"
    )


def _stroke(stroke: Stroke) -> str:
    """One ruled line, or two, along the longer side of its box."""
    box = stroke.box
    wide, high = box.right - box.left, box.bottom - box.top
    thick = max(min(wide, high), 0.8)
    gaps = (-1.4, 1.4) if stroke.double else (0.0,)
    thick = min(thick, 1.2) if stroke.double else thick
    return "".join(
        f'<line class="stroke" {_along(box, gap, upright=high > wide)}'
        f' stroke-width="{thick:.1f}"{_paint("stroke", stroke.colour)}/>'
        for gap in gaps
    )


def _along(box: Box, gap: float, *, upright: bool) -> str:
    if upright:
        x = (box.left + box.right) / 2 + gap
        return f'x1="{x:.1f}" y1="{box.top:.1f}" x2="{x:.1f}" y2="{box.bottom:.1f}"'
    y = (box.top + box.bottom) / 2 + gap
    return f'x1="{box.left:.1f}" y1="{y:.1f}" x2="{box.right:.1f}" y2="{y:.1f}"'


def _outlines(boxes: dict[int, tuple[Box, ...]], findings: tuple[Finding, ...]) -> Iterator[str]:
    """One outline a place, in the colour of the gravest finding there."""
    gravest: dict[Box, Severity] = {}
    for number, places in boxes.items():
        for box in places:
            severity = findings[number - 1].severity
            gravest[box] = max(severity, gravest.get(box, severity))
    for box, severity in gravest.items():
        wide = Box(box.left - _MARGIN, box.top - _MARGIN, box.right + _MARGIN, box.bottom + _MARGIN)
        yield _rectangle(wide, f"outline {severity.code}", ' rx="3"')


def _numbers(
    boxes: dict[int, tuple[Box, ...]], findings: tuple[Finding, ...], width: float, name: str
) -> Iterator[str]:
    """A disc with its number left of each place, or right of it where there is no room."""
    taken: list[tuple[float, float]] = []
    for number, places in boxes.items():
        for nth, box in enumerate(places):
            x, y = _free(box, width, taken)
            taken.append((x, y))
            code = findings[number - 1].severity.code
            mark = f' id="{name}{number}-mark"' if nth == 0 else ""
            yield (
                f'<a href="#{name}{number}"{mark} class="disc {code}">'
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS}"/>'
                f'<text x="{x:.1f}" y="{y + 5.4:.1f}" text-anchor="middle">{number}</text></a>'
            )


def _free(box: Box, width: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """A centre beside `box` that no other disc covers."""
    y = (box.top + box.bottom) / 2
    for start, step in ((box.left - _STEP, -_STEP), (box.right + _STEP, _STEP)):
        x = start
        while _RADIUS <= x <= width - _RADIUS:
            if all(abs(x - a) >= _STEP or abs(y - b) >= _STEP for a, b in taken):
                return x, y
            x += step
    return max(box.left - _STEP, _RADIUS), y


def _rectangle(box: Box, kind: str, more: str = "") -> str:
    return (
        f'<rect class="{kind}" x="{box.left:.1f}" y="{box.top:.1f}"'
        f' width="{max(box.right - box.left, 0):.1f}"'
        f' height="{max(box.bottom - box.top, 0):.1f}"{more}/>'
    )


def _paint(attribute: str, colour: str) -> str:
    """A colour of the document's own; black is left to the style sheet, for dark screens."""
    if colour == "#000000" or not _COLOUR.fullmatch(colour):
        return ""
    return f' style="{attribute}:{colour}"'
