"""What the styles of an OpenDocument hide, colour, fill and break.

OASIS OpenDocument 1.3 part 3: styles 16, text properties 20.183 ff., fills 20.100 ff.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

TINY = 2.0  # points; what is no larger cannot be read
CLEAR, UNKNOWN = "", "?"  # grounds: one that shows what lies under it, one of no single colour

_LENGTH = re.compile(r"(-?\d{0,7}(?:\.\d{0,9})?)(cm|mm|in|pt|pc|px)")
_POINTS = {"cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_DEEPEST = 32  # styles above styles


def points(length: str) -> float | None:
    """Return a length in points."""
    found = _LENGTH.fullmatch(length.strip()[:24])
    if found is None or found[1] in ("", "-", ".", "-."):
        return None
    return float(found[1]) * _POINTS[found[2]]


class Look(NamedTuple):
    """What decides whether text can be seen; None where nothing is said."""

    hidden: bool | None = None
    colour: str | None = None  # "rrggbb"
    tiny: bool | None = None
    ground: str | None = None  # "rrggbb", CLEAR or UNKNOWN

    def over(self, base: Look) -> Look:
        """Return this look where it says something, `base` elsewhere."""
        return Look(
            base.hidden if self.hidden is None else self.hidden,
            base.colour if self.colour is None else self.colour,
            base.tiny if self.tiny is None else self.tiny,
            self.ground or base.ground,
        )


PLAIN = Look()


@dataclass(slots=True)
class Style:
    """One style as written; `said` are its properties."""

    parent: str = ""
    said: dict[str, str] = field(default_factory=dict)


class Styles:
    """The styles of one document: those of the whole, and the automatic ones of one stream."""

    def __init__(self) -> None:
        self._common: dict[tuple[str, str], Style] = {}
        self._automatic: dict[tuple[str, str], Style] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._open: Style | None = None

    def start_stream(self) -> None:
        """Forget the automatic styles: each stream has its own under the same names."""
        self._automatic = {}
        self._looks = {}

    def start_style(self, attributes: dict[str, str], *, automatic: bool) -> None:
        """Open a style."""
        style = Style(attributes.get("style:parent-style-name", ""))
        master = attributes.get("style:master-page-name")
        if master:
            style.said["master"] = master
        key = (attributes.get("style:family", ""), attributes.get("style:name", ""))
        (self._automatic if automatic else self._common)[key] = style
        self._open = style

    def end_style(self) -> None:
        """Close the style."""
        self._open = None

    def properties(self, attributes: dict[str, str]) -> None:
        """Take properties of the open style."""
        if self._open is not None:
            said = self._open.said
            for name, value in attributes.items():
                said.setdefault(name, value)

    def get(self, family: str, name: str, prop: str) -> str:
        """Return a property of a style, its own or inherited; "" where it says nothing."""
        for _ in range(_DEEPEST):
            style = self._automatic.get((family, name)) or self._common.get((family, name))
            if style is None:
                return ""
            if prop in style.said:
                return style.said[prop]
            name = style.parent
        return ""

    def look(self, family: str, name: str) -> Look:
        """Return how text of a style looks."""
        if not name:
            return PLAIN
        key = (family, name)
        known = self._looks.get(key)
        if known is None:
            known = self._looks[key] = self._find_look(family, name)
        return known

    def _find_look(self, family: str, name: str) -> Look:
        display = self.get(family, name, "text:display")
        colour = self.get(family, name, "fo:color")
        if self.get(family, name, "style:use-window-font-color") == "true":
            colour = ""
        size = points(
            self.get(family, name, "style:font-size-asian")
            or self.get(family, name, "fo:font-size")
        )
        return Look(
            display == "none" if display else None,
            colour[1:].lower() if colour.startswith("#") else None,
            size <= TINY if size is not None and size > 0 else None,
            self.ground(family, name),
        )

    def ground(self, family: str, name: str) -> str | None:
        """Return what a style fills its shape, cell, paragraph or page with; None if unsaid."""
        fill = self.get(family, name, "draw:fill")
        if fill and fill not in ("solid", "none"):
            return UNKNOWN
        colour = self.get(family, name, "fo:background-color")
        if fill == "none" and (not colour or colour == "transparent"):
            return CLEAR
        if fill == "solid" or (family == "graphic" and not fill):
            colour = self.get(family, name, "draw:fill-color") or colour
        if colour == "transparent":
            return CLEAR
        return colour[1:].lower() if colour.startswith("#") else None
