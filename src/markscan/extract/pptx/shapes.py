"""Shapes of a slide while they are open: where they lie, what fills them, what they say.

Geometry: ECMA-376 part 1, 20.1.7.5-6 (xfrm of shapes and groups); colours: 20.1.2.3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from markscan.document import Box

EMU = 12700  # English metric units in a point
# Colours that are none: of nothing at all, and of what cannot be told.
NOTHING, UNKNOWN = "", "?"
TINY = "tiny"  # instead of a colour: too small to be seen in any

_PRESETS = {"white": "ffffff", "black": "000000"}
_ROLES = {
    "bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2",
}  # fmt: skip
_MAP = re.compile(rb"<(?:\w+:)?clrMap\s([^>]{0,1000})>")
_PAIR = re.compile(rb"(\w+)=[\"'](\w+)[\"']")
_THEME = re.compile(rb"<a:(dk1|lt1|dk2|lt2|accent[1-6])>\s*<a:(?:srgbClr|sysClr)\s([^>]{0,200})>")
_SOLID = re.compile(
    rb"<(?:\w+:)?bgPr\b[^>]{0,200}>\s*<a:solidFill>\s*<a:(\w+)\s([^>]{0,200})/>"
    rb"|<(?:\w+:)?bgRef\s+idx=\"1001\"\s*>\s*<a:(\w+)\s([^>]{0,200})/>"
)


class Transform(NamedTuple):
    """Takes the units of a group's children, or of the slide, to points."""

    across: float = 1 / EMU
    down: float = 1 / EMU
    left: float = 0.0
    top: float = 0.0

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        """Return a rectangle in points."""
        left, top = self.left + x * self.across, self.top + y * self.down
        return Box(left, top, left + width * self.across, top + height * self.down)


@dataclass(slots=True)
class Frame:
    """The numbers of an xfrm element; `child` is the space of what a group holds."""

    rotation: int = 0
    offset: tuple[int, int] | None = None
    extent: tuple[int, int] | None = None
    child_offset: tuple[int, int] | None = None
    child_extent: tuple[int, int] | None = None

    def box(self, outer: Transform) -> Box | None:
        """Return where it lies, None where it does not say."""
        if self.offset is None or self.extent is None:
            return None
        (x, y), (width, height) = self.offset, self.extent
        if 45 <= abs(self.rotation) / 60000 % 180 <= 135:  # lies on its side
            x, y = x + (width - height) // 2, y + (height - width) // 2
            width, height = height, width
        return outer.box(x, y, width, height)

    def inner(self, outer: Transform) -> Transform:
        """Return the transform for what lies in this group."""
        if not (self.offset and self.extent and self.child_offset and self.child_extent):
            return outer
        across = outer.across * self.extent[0] / (self.child_extent[0] or self.extent[0] or 1)
        down = outer.down * self.extent[1] / (self.child_extent[1] or self.extent[1] or 1)
        return Transform(
            across,
            down,
            outer.left + self.offset[0] * outer.across - self.child_offset[0] * across,
            outer.top + self.offset[1] * outer.down - self.child_offset[1] * down,
        )


@dataclass(slots=True)
class Text:
    """Text with its colours: pieces of paragraphs, in order."""

    pieces: list[tuple[str, str | None]] = field(default_factory=list)
    is_coloured: bool = False

    def add(self, text: str, colour: str | None) -> None:
        """Take a piece; its colour is None where nobody set it."""
        self.pieces.append((text, colour))
        if colour is not None:
            self.is_coloured = True

    def end_paragraph(self) -> None:
        """End a line, unless there is none."""
        if self.pieces and self.pieces[-1][0] != "\n":
            self.pieces.append(("\n", None))


@dataclass(slots=True)
class Shape:
    """One shape, picture, group or frame that is open."""

    outer: Transform
    is_group: bool = False
    is_frame: bool = False  # holds a table, a chart or an object
    is_picture: bool = False
    is_hidden: bool = False
    placeholder: str | None = None
    fill: str | None = None  # None where it says nothing
    frame: Frame = field(default_factory=Frame)
    text: Text = field(default_factory=Text)
    blips: list[str] = field(default_factory=list)  # the pictures in it, by relation

    @property
    def box(self) -> Box | None:
        """Where it lies on the slide, in points."""
        return self.frame.box(self.outer)


@dataclass(frozen=True, slots=True)
class Palette:
    """What the names of a theme's colours mean on the slides of one master."""

    roles: dict[str, str] = field(default_factory=lambda: dict(_ROLES))
    theme: dict[str, str] = field(default_factory=lambda: {"lt1": "ffffff", "dk1": "000000"})

    def resolve(self, colour: str) -> str | None:
        """Return a colour as "rrggbb", None where it cannot be told."""
        if not colour.startswith("scheme:"):
            return None if colour in (NOTHING, UNKNOWN) else colour
        name = colour[7:]
        return self.theme.get(self.roles.get(name, name))


def read_palette(master: bytes, theme: bytes) -> Palette:
    """Return the colours of a master with its theme."""
    mapped = _MAP.search(master)
    pairs = _PAIR.findall(mapped[1]) if mapped else []
    roles = _ROLES | {name.decode("ascii", "replace"): v.decode("ascii", "replace")
                      for name, v in pairs}  # fmt: skip
    colours = {}
    for name, attributes in _THEME.findall(theme[: 1 << 20]):
        said = {k.decode(): v.decode("ascii", "replace") for k, v in _PAIR.findall(attributes)}
        colours[name.decode()] = (said.get("lastClr") or said.get("val", "")).lower()
    return Palette(roles, colours or Palette().theme)


def colour_of(element: str, attributes: dict[str, str]) -> str:
    """Return the colour an element such as srgbClr names."""
    value = attributes.get("val", "")
    if element == "srgbClr":
        return value.lower()
    if element == "schemeClr":
        return f"scheme:{value}"
    if element == "sysClr":
        return attributes.get("lastClr", UNKNOWN).lower()
    return _PRESETS.get(value, UNKNOWN)


def background(data: bytes) -> str | None:
    """Return the colour behind all shapes of a slide, layout or master; None if unsaid."""
    start = data.find(b":bg>")
    if start < 0:
        return None
    found = _SOLID.search(data, start, start + 2000)
    if found is None:
        return UNKNOWN
    element, attributes = (found[1], found[2]) if found[1] else (found[3], found[4])
    said = {k.decode(): v.decode("ascii", "replace") for k, v in _PAIR.findall(attributes)}
    return colour_of(element.decode("ascii", "replace"), said)
