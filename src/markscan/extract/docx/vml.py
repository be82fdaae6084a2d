"""Text boxes, WordArt and lines in VML, the drawings of Word 2007 and of all fallbacks.

ECMA-376 part 4, 19.1; what the styles of shapes say about places: 19.1.2.19.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from markscan.document import Box
from markscan.extract.docx.measures import number, pixels
from markscan.extract.docx.shape import (
    DEEPEST,
    THIN,
    Ground,
    Shape,
    child,
    hex_colour,
    local,
    within,
)
from markscan.extract.docx.watermark import is_named, is_slanted

_SHAPES = frozenset(("shape", "rect", "line", "group", "roundrect", "oval", "polyline"))
_LINE_TYPES = ("_t32", "_t20")  # straight connector, line
_DOUBLE = frozenset(("thinThin", "thinThick", "thickThin", "thickBetweenThin"))


def pictured(picture: Any, ground: Ground) -> Iterator[Shape]:
    """Yield the shapes of a w:pict or w:object."""
    for each in picture:
        yield from _vml(each, ground, None, 0)


def pictured_extent(picture: Any) -> tuple[float, float] | None:
    """Return width and height of a picture that stands in its line; None where it floats."""
    for shape in picture:
        if local(shape) in _SHAPES - {"line", "polyline"}:
            style = _style(shape)
            if style.get("position") == "absolute":
                return None
            return pixels(style.get("width")), pixels(style.get("height"))
    return None


class _Group(NamedTuple):
    """The group that a VML shape stands in: its box, and the coordinates inside it."""

    box: Box
    inside: Box


def _style(element: Any) -> dict[str, str]:
    pairs = (item.partition(":") for item in element.get("style", "").split(";")[:64])
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def _vml(element: Any, ground: Ground, group: _Group | None, depth: int) -> Iterator[Shape]:
    name = local(element)
    if name not in _SHAPES:
        return
    style = _style(element)
    box = _vml_box(element, style, ground, group)
    if name == "group":
        inside = _coordinates(element, box)
        for each in element if depth < DEEPEST else ():
            yield from _vml(each, ground, _Group(box, inside), depth + 1)
        return
    art, text = child(element, "textpath"), child(element, "textbox")
    content = child(text, "txbxContent") if text is not None else None
    if art is not None and art.get("string"):
        font = _style(art).get("font-family", "").strip("\"'")
        colour = hex_colour(element.get("fillcolor", ""))
        named = is_named(element.attrib)
        yield Shape(box, art=art.get("string"), font=font, colour=colour, is_named=named)
    elif content is not None:
        named, slanted = is_named(element.attrib), is_slanted(element.attrib)
        anchor = _style_anchor(style)
        yield Shape(box, content, _room(box, text), anchor, is_named=named, is_slanted=slanted)
    else:
        yield from _vml_line(element, name, box)


def _style_anchor(style: dict[str, str]) -> str:
    return {"middle": "ctr", "bottom": "b"}.get(style.get("v-text-anchor", ""), "t")


def _vml_line(element: Any, name: str, box: Box) -> Iterator[Shape]:
    is_line = name == "line" or element.get("type", "").endswith(_LINE_TYPES)
    thin = min(box.right - box.left, box.bottom - box.top) < THIN
    if not (is_line or (thin and child(element, "imagedata") is None)):
        return
    colour = hex_colour(element.get("strokecolor", "black"))
    if not is_line and element.get("filled", "t")[:1] != "f" and element.get("fillcolor"):
        colour = hex_colour(element.get("fillcolor"))
    stroke = child(element, "stroke")
    double = stroke is not None and stroke.get("linestyle") in _DOUBLE
    yield Shape(box, colour=colour, is_line=True, double=double)


def _room(box: Box, text: Any) -> Box:
    said = [part.strip() for part in text.get("inset", "").split(",")[:4]]
    left, top, right, bottom = (
        pixels(said[index] if index < len(said) else "", default)
        for index, default in enumerate((7.2, 3.6, 7.2, 3.6))
    )
    return Box(box.left + left, box.top + top, box.right - right, box.bottom - bottom)


def _coordinates(element: Any, box: Box) -> Box:
    """Return the coordinates inside a group."""
    left, top = _pair(element.get("coordorigin", "0,0"))
    wide, high = _pair(element.get("coordsize", "1000,1000"))
    return Box(left, top, left + (wide or 1000.0), top + (high or 1000.0))


def _pair(value: str) -> tuple[float, float]:
    first, _, second = value.partition(",")
    return number(first.strip()), number(second.strip())


def _ends(element: Any, unit: bool) -> tuple[float, float, float, float] | None:
    """Return left, top, right and bottom of a v:line by its ends."""
    if element.get("from") is None or element.get("to") is None:
        return None
    ends = [value for key in ("from", "to") for value in element.get(key).split(",")[:2]]
    if len(ends) != 4:
        return None
    x, y, to_x, to_y = (pixels(end) if unit else number(end.strip()) for end in ends)
    return min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


def _vml_box(element: Any, style: dict[str, str], ground: Ground, group: _Group | None) -> Box:
    ends = _ends(element, group is None) if local(element) == "line" else None
    if group is not None:
        if ends is None:
            left, top = number(style.get("left")), number(style.get("top"))
            ends = left, top, left + number(style.get("width")), top + number(style.get("height"))
        return within(group.box, group.inside, Box(*ends))
    left, top = (
        pixels(style.get("margin-left") or style.get("left")),
        pixels(style.get("margin-top") or style.get("top")),
    )
    width, height = pixels(style.get("width")), pixels(style.get("height"))
    if ends is not None:
        left, top = left + ends[0], top + ends[1]
        width, height = ends[2] - ends[0], ends[3] - ends[1]
    if any(key.endswith("}hr") for key in element.attrib):
        width = width or ground.right - ground.left
    if style.get("position") not in ("absolute", "relative") and ends is None:
        return Box(ground.x, ground.y, ground.x + width, ground.y + height)
    area, page = ground.area, Box(0, 0, ground.width, ground.height)
    bases = {"page": page, "margin": area}
    base = bases.get(
        style.get("mso-position-horizontal-relative", ""), Box(ground.left, 0, ground.right, 0)
    )
    x = _aligned(style.get("mso-position-horizontal", ""), base.left, base.right, width, left)
    base = bases.get(style.get("mso-position-vertical-relative", ""), Box(0, ground.y, 0, ground.y))
    y = _aligned(style.get("mso-position-vertical", ""), base.top, base.bottom, height, top)
    return Box(x, y, x + width, y + height)


def _aligned(how: str, start: float, end: float, size: float, offset: float) -> float:
    if how == "center":
        return (start + end - size) / 2
    if how in ("right", "bottom", "outside"):
        return end - size
    return start if how in ("left", "top", "inside") else start + offset
