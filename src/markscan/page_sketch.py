"""Sketches the first page of a document: a bar for each line, letters only for markings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from markscan.document import Area, Box, Layout, Line, Page, Place, Span
from markscan.finding import Sketch, SketchLine

_MOST_LINES = 400
_MOST_STROKES = 200


def sketch(
    layout: Layout | None, markings: Iterable[tuple[Place, str]], *, quote: bool
) -> Sketch | None:
    """Return the first page of `layout` without its text; None where nothing can be drawn.

    Args:
        markings: where a marking stands, and its characters. Those alone become letters,
            whatever else stands on their line.
        quote: show all text.
    """
    if layout is None or not layout.pages:
        return None
    page = layout.pages[0]
    known = [(place, bare) for place, text in markings if (bare := "".join(text.split()))]
    lines = [
        piece
        for line in _drawable(layout.lines, page)[:_MOST_LINES]
        for piece in _pieces(line, known, quote=quote)
    ]
    strokes = [stroke for stroke in layout.strokes if stroke.page == page.number][:_MOST_STROKES]
    return Sketch(page, tuple(lines), tuple(strokes)) if lines else None


def stands_at(line: Line | SketchLine, place: Place) -> bool:
    """Whether `line` is, or is part of, what stands at `place`: by label, or else by box."""
    if line.place.label and place.label:
        return (line.place.area, line.place.label) == (place.area, place.label)
    return place.box is not None and line.place.page == place.page and _cross(line.box, place.box)


def _drawable(lines: Iterable[Line], page: Page) -> list[Line]:
    """The lines of `page` that have ink on it.

    How far down a Word document's lines stand is an estimate: those of its body that come
    to stand below the type area belong to the next page.
    """
    end = page.height if page.area is None else page.area.bottom
    return [
        line
        for line in lines
        if line.place.page == page.number
        and line.text.strip()
        and line.box.left < line.box.right
        and line.box.top < min(line.box.bottom, page.height)
        and (
            (line.box.top + line.box.bottom) / 2 < end
            or not line.place.label
            or line.place.area is not Area.BODY
        )
    ]


def _pieces(line: Line, markings: list[tuple[Place, str]], *, quote: bool) -> Iterator[SketchLine]:
    """Cut a line into what may be read and what may not, each where it stands."""
    first = line.runs[0] if line.runs else None
    size = max((run.size for run in line.runs if run.size), default=None)
    whole = SketchLine(line.box, line.place, "", size, first.colour if first else "")
    text = line.text.strip()
    if quote:
        yield replace(whole, text=text)
        return
    span = _legible(text, [bare for place, bare in markings if stands_at(line, place)])
    if span is None:
        yield whole
        return
    for start, end in ((0, span.start), (span.start, span.end), (span.end, len(text))):
        if text[start:end].strip():
            box = _part(line.box, text, Span(start, end))
            letters = text[start:end] if start == span.start else ""
            yield replace(whole, box=box, text=letters)


def _legible(text: str, markings: Iterable[str]) -> Span | None:
    """The stretch of `text` that is a marking, however spaced; all of it where it is a part."""
    for marking in markings:
        if found := re.search(r"\s*".join(map(re.escape, marking)), text):
            return Span(*found.span())
        if "".join(text.split()) in marking:
            return Span(0, len(text))
    return None


def _part(box: Box, text: str, span: Span) -> Box:
    """Where a stretch of a line stands, by the widths of its characters; blanks around it not."""
    stretch = span.cut(text)
    start = span.start + len(stretch) - len(stretch.lstrip())
    end = span.start + len(stretch.rstrip())
    point = (box.right - box.left) / _width(text)
    return replace(
        box,
        left=box.left + _width(text[:start]) * point,
        right=box.left + _width(text[:end]) * point,
    )


def _width(text: str) -> float:
    """The width of `text` in ems: one for a Han character, half of one for a Latin one."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def _cross(one: Box, other: Box) -> bool:
    """Whether two boxes share a side-to-side stretch, and half the height of the lower one."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return min(one.right, other.right) > max(one.left, other.left) and shared > lower / 2
