"""Text boxes and lines in DrawingML, and where its anchors put them.

ECMA-376 part 1, 20.1 and 20.4; shapes of Word: [MS-DOCX] 2.7.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markscan.document import Box
from markscan.extract.docx.measures import emu
from markscan.extract.docx.shape import (
    DEEPEST,
    NAMED,
    THIN,
    Ground,
    Shape,
    child,
    hex_colour,
    local,
    within,
)
from markscan.extract.docx.watermark import is_named, is_slanted

_LINES = frozenset(("line", "straightConnector1", "lineInv"))
_SCHEME = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_DOUBLE = frozenset(("dbl", "thickThin", "thinThick", "tri"))


def drawn(drawing: Any, ground: Ground, theme: dict[str, str]) -> Iterator[Shape]:
    """Yield the shapes of a w:drawing; `theme` names the colours of the scheme."""
    for anchor in drawing:
        if local(anchor) in ("anchor", "inline"):
            yield from _drawn(anchor, ground, theme)


def drawn_extent(drawing: Any) -> tuple[float, float] | None:
    """Return width and height of a drawing that stands in its line; None where it floats."""
    inline = child(drawing, "inline")
    if inline is None:
        return None
    size = child(inline, "extent")
    return (emu(size.get("cx")), emu(size.get("cy"))) if size is not None else (0.0, 0.0)


def _drawn(anchor: Any, ground: Ground, theme: dict[str, str]) -> Iterator[Shape]:
    size = child(anchor, "extent")
    width = emu(size.get("cx")) if size is not None else 0.0
    height = emu(size.get("cy")) if size is not None else 0.0
    left, top = ground.x, ground.y
    if local(anchor) == "anchor":
        left = _across(anchor, ground, width)
        top = _down(anchor, ground, height)
    box = Box(left, top, left + max(width, 0), top + max(height, 0))
    graphic = child(anchor, "graphic")
    data = child(graphic, "graphicData") if graphic is not None else None
    name = child(anchor, "docPr")
    named = name is not None and is_named(name.attrib)
    for each in data if data is not None else ():
        for shape in _in_drawing(each, box, theme, 0):
            yield shape._replace(is_named=named)


def _across(anchor: Any, ground: Ground, width: float) -> float:
    kind, value = _position(child(anchor, "positionH"))
    area, odd = ground.area, ground.page % 2 == 1
    inner = (0.0, area.left) if odd else (area.right, ground.width)
    outer = (area.right, ground.width) if odd else (0.0, area.left)
    start, end = {
        "page": (0.0, ground.width),
        "margin": (area.left, area.right),
        "leftMargin": (0.0, area.left),
        "rightMargin": (area.right, ground.width),
        "insideMargin": inner,
        "outsideMargin": outer,
        "character": (ground.x, ground.right),
    }.get(kind, (ground.left, ground.right))
    return _placed(value, start, end, width, odd)


def _down(anchor: Any, ground: Ground, height: float) -> float:
    kind, value = _position(child(anchor, "positionV"))
    area = ground.area
    start, end = {
        "page": (0.0, ground.height),
        "margin": (area.top, area.bottom),
        "topMargin": (0.0, area.top),
        "bottomMargin": (area.bottom, ground.height),
    }.get(kind, (ground.y, ground.y))
    return _placed(value, start, end, height, True)


def _position(element: Any) -> tuple[str, str | float]:
    """Return what a position is counted from, and its alignment or offset in points."""
    if element is None:
        return "", 0.0
    for each in element.iter():
        if local(each) == "align":
            return element.get("relativeFrom", ""), (each.text or "").strip()
        if local(each) == "posOffset":
            return element.get("relativeFrom", ""), emu((each.text or "").strip())
    return element.get("relativeFrom", ""), 0.0


def _placed(value: str | float, start: float, end: float, size: float, odd: bool) -> float:
    if isinstance(value, float):
        return start + value
    if value == "center":
        return (start + end - size) / 2
    far = ("right", "bottom", "outside" if odd else "inside")
    return end - size if value in far else start


def _in_drawing(element: Any, box: Box, theme: dict[str, str], depth: int) -> Iterator[Shape]:
    name = local(element)
    if name == "wsp":
        yield from _word_shape(element, box, theme)
    elif name in ("wgp", "grpSp", "wpc") and depth < DEEPEST:
        properties = child(element, "grpSpPr")
        outer = _frame(properties, "chOff", "chExt") or Box(
            0, 0, box.right - box.left, box.bottom - box.top
        )
        for each in element:
            own = child(each, "spPr", "grpSpPr")
            inner = _frame(own, "off", "ext")
            if inner is not None:
                yield from _in_drawing(each, within(box, outer, inner), theme, depth + 1)


def _frame(properties: Any, start: str, size: str) -> Box | None:
    """Return where a shape stands in its group, in the units of the group as points."""
    transform = child(properties, "xfrm") if properties is not None else None
    if transform is None:
        return None
    at, over = child(transform, start), child(transform, size)
    if at is None or over is None:
        return None
    left, top = emu(at.get("x")), emu(at.get("y"))
    return Box(left, top, left + emu(over.get("cx")), top + emu(over.get("cy")))


def _word_shape(element: Any, box: Box, theme: dict[str, str]) -> Iterator[Shape]:
    properties = child(element, "spPr")
    text = child(element, "txbx")
    content = child(text, "txbxContent") if text is not None else None
    if content is not None:
        body = child(element, "bodyPr")
        said = body.attrib if body is not None else {}
        room = Box(
            box.left + emu(said.get("lIns"), 7.2),
            box.top + emu(said.get("tIns"), 3.6),
            box.right - emu(said.get("rIns"), 7.2),
            box.bottom - emu(said.get("bIns"), 3.6),
        )
        turn = child(properties, "xfrm") if properties is not None else None
        slanted = turn is not None and is_slanted(turn.attrib)
        yield Shape(box, content, room, said.get("anchor", "t"), is_slanted=slanted)
    geometry = child(properties, "prstGeom") if properties is not None else None
    kind = geometry.get("prst", "") if geometry is not None else ""
    thin = min(box.right - box.left, box.bottom - box.top) < THIN and kind == "rect"
    if content is not None or not (thin or kind in _LINES):
        return
    outline = child(properties, "ln")
    colour = _paint(outline, theme) or _by_style(child(element, "style"), theme)
    if thin:
        colour = _paint(properties, theme) or colour
    double = outline is not None and outline.get("cmpd") in _DOUBLE
    if colour is not None:
        yield Shape(box, colour=colour, is_line=True, double=double)


def _paint(element: Any, theme: dict[str, str]) -> str | None:
    """Return the colour of a fill; "" where it is not known, None where there is none."""
    if element is None or child(element, "noFill") is not None:
        return None
    fill = child(element, "solidFill")
    return _colour(fill, theme) if fill is not None else None


def _by_style(style: Any, theme: dict[str, str]) -> str | None:
    reference = child(style, "lnRef") if style is not None else None
    return _colour(reference, theme) if reference is not None else ""


def _colour(element: Any, theme: dict[str, str]) -> str:
    for each in element:
        value = each.get("val", "")
        if local(each) == "srgbClr":
            return hex_colour(value)
        if local(each) == "sysClr":
            return hex_colour(each.get("lastClr", ""))
        if local(each) == "prstClr":
            return NAMED.get(value.lower(), "")
        if local(each) == "schemeClr":
            return theme.get(_SCHEME.get(value, value), "")
    return ""
