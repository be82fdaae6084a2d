"""Fonts, colours, pictures and composite units that the pages of an OFD document share.

GB/T 33190—2016: 7.9 resources, 8.3 colours, 8.2.3 drawing parameters, 11.1 fonts, 13 units.
"""

from __future__ import annotations

from collections.abc import Container
from typing import ClassVar, NamedTuple

from markscan.extract.ofd.content import Ends, Starts, Walker
from markscan.extract.ofd.geometry import number
from markscan.extract.ofd.records import Drawn

_LONGEST_CHAIN = 8  # drawing parameters that build upon one another
BLACK = "#000000"


class Font(NamedTuple):
    """A font as the file names it."""

    name: str
    bold: bool


class Pen(NamedTuple):
    """Drawing parameters: colours of areas and lines, and the id of those they build upon."""

    fill: str | None
    upon: str
    line: str | None = None


class Resources:
    """The resources of one document by their ids, which are unique in it."""

    def __init__(self) -> None:
        self.fonts: dict[str, Font] = {}
        self.pens: dict[str, Pen] = {}
        self.media: dict[str, str] = {}  # the location as written
        self.units: dict[str, list[Drawn]] = {}
        self.held = 0  # objects in units

    def colour(self, fill: str | None, pen: str) -> str:
        """Return "#rrggbb"; "" where it is no plain colour."""
        for _ in range(_LONGEST_CHAIN):
            if fill is not None or pen not in self.pens:
                break
            fill, pen, _ = self.pens[pen]
        return BLACK if fill is None else colour_of(fill)

    def line_colour(self, line: str | None, pen: str) -> str:
        """Return the same of a line."""
        for _ in range(_LONGEST_CHAIN):
            if line is not None or pen not in self.pens:
                break
            _, pen, line = self.pens[pen]
        return BLACK if line is None else colour_of(line)


class ResourceWalker(Walker):
    """Walks a Res part and files what it defines.

    Args:
        resources: takes it.
        wanted: see Walker.
    """

    def __init__(self, resources: Resources, wanted: Container[str] = ()) -> None:
        super().__init__(wanted)
        self._resources = resources
        self._folder = ""
        self._media = ""
        self._unit = ""
        self._pen = ""

    def _open_res(self, attributes: dict[str, str]) -> None:
        self._folder = attributes.get("BaseLoc", "").strip().replace("\\", "/").rstrip("/")

    def _font(self, attributes: dict[str, str]) -> None:
        said = attributes.get
        name = said("FontName") or said("FamilyName") or ""
        bold = said("Bold", "").strip().lower() == "true"
        self._resources.fonts[said("ID", "").strip()] = Font(name, bold)

    def _open_media(self, attributes: dict[str, str]) -> None:
        self._media = attributes.get("ID", "").strip()

    def _media_file(self, text: str) -> None:
        # An absolute location is not below the folder of the resources (7.9).
        place = text.strip().replace("\\", "/")
        inside = self._folder and not place.startswith("/")
        self._resources.media[self._media] = f"{self._folder}/{place}" if inside else place

    def _open_pen(self, attributes: dict[str, str]) -> None:
        self._pen = attributes.get("ID", "").strip()
        upon = attributes.get("Relative", "").strip()
        self._resources.pens[self._pen] = Pen(None, upon)

    def _close_pen(self, _text: str) -> None:
        self._pen = ""

    def _fill(self, attributes: dict[str, str]) -> None:
        if self._pen and not self._objects:
            pen = self._resources.pens[self._pen]
            self._resources.pens[self._pen] = pen._replace(fill=attributes.get("Value", ""))
        super()._fill(attributes)

    def _stroke(self, attributes: dict[str, str]) -> None:
        if self._pen and not self._objects:
            pen = self._resources.pens[self._pen]
            self._resources.pens[self._pen] = pen._replace(line=attributes.get("Value", ""))
        super()._stroke(attributes)

    def _open_unit(self, attributes: dict[str, str]) -> None:
        self._close_unit("")
        self._unit = attributes.get("ID", "").strip()

    def _close_unit(self, _text: str) -> None:
        if self._unit:
            self._resources.units.setdefault(self._unit, []).extend(self.drawn)
            self._resources.held += len(self.drawn)
            self.drawn = []
            self._unit = ""

    STARTS: ClassVar[Starts] = Starts({
        **Walker.STARTS,
        "Res": _open_res, "Font": _font, "MultiMedia": _open_media, "DrawParam": _open_pen,
        "FillColor": _fill, "StrokeColor": _stroke, "CompositeGraphicUnit": _open_unit,
        "MediaFile": Walker.listening("MediaFile"),
    })  # fmt: skip
    ENDS: ClassVar[Ends] = Ends({
        **Walker.ENDS,
        "DrawParam": _close_pen, "CompositeGraphicUnit": _close_unit, "MediaFile": _media_file,
    })  # fmt: skip


def colour_of(value: str) -> str:
    """Return the colour that numbers of its channels spell, as "#rrggbb"; "" for none.

    One channel is grey, three are red, green and blue, four cyan, magenta, yellow and black;
    "#" before a number makes it hexadecimal (8.3.1).
    """
    channels = []
    for word in value.replace(",", " ").split()[:5]:
        try:
            channel = float(int(word[1:3], 16)) if word.startswith("#") else number(word)
        except ValueError:
            return ""
        channels.append(min(max(channel, 0.0), 255.0))
    match channels:
        case [grey]:
            red = green = blue = grey
        case [red, green, blue]:
            pass
        case [cyan, magenta, yellow, black]:
            light = 255 - black
            red, green, blue = ((255 - c) * light / 255 for c in (cyan, magenta, yellow))
        case _:
            return ""
    return f"#{round(red):02x}{round(green):02x}{round(blue):02x}"


def is_white(colour: str) -> bool:
    """Tell whether a colour as "#rrggbb" cannot be seen on white."""
    return bool(colour) and min(colour[1:3], colour[3:5], colour[5:]) >= "fa"
