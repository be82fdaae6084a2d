"""What an OFD part draws, as records: where each object stands relative to its part.

GB/T 33190—2016: 8.3 colours, 10 images, 11 text, 13 composite units, 15 annotations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from markscan.extract.ofd.geometry import Matrix, Rect, number


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity, which is fast
class Kind:
    """What text objects that are set alike have in common."""

    size: float
    stretch: float  # of the width of characters
    font: str  # the id of it
    pen: str  # the id of the drawing parameters
    bold: bool
    stroked: bool
    hidden: bool


class Text(NamedTuple):
    """One TextCode: characters, and how the first of them and the next ones are placed."""

    text: str
    x: str
    y: str
    delta_x: str
    delta_y: str
    matrix: Matrix
    boundary: Rect | None
    kind: Kind
    pen: str  # that of the object or its layer
    fill: str | None  # the value of the colour; None where nothing is said
    line: str | None  # the same of the outline; None where none is drawn
    hidden: bool
    tiled: bool = False  # repeated all over a pattern, so that its own place says nothing


class Picture(NamedTuple):
    """A picture, by the id of its resource."""

    resource: str
    box: Rect
    hidden: bool


class Use(NamedTuple):
    """A composite unit put on the page, by the id of its resource."""

    resource: str
    matrix: Matrix
    hidden: bool


class Ground(NamedTuple):
    """A filled area, upon which white text may be read."""

    box: Rect
    fill: str | None
    pen: str


Drawn = Text | Picture | Use | Ground


@dataclass(slots=True)
class Note:
    """An annotation: what it says of itself, and what it draws."""

    kind: str
    subtype: str
    creator: str
    hidden: bool
    remarks: list[str] = field(default_factory=list)
    parameters: list[tuple[str, str]] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)


def kind_of(*attributes: str) -> Kind:
    """Return what the attributes of a text object say: their names, then their values."""
    half = len(attributes) // 2
    said = dict(zip(attributes[:half], attributes[half:], strict=True)).get
    weight = said("Weight", "").strip()
    return Kind(
        abs(number(said("Size", ""))),
        abs(number(said("HScale", ""))) or 1.0,
        said("Font", "").strip(),
        said("DrawParam", "").strip(),
        len(weight) == 3 and weight >= "600",
        said("Stroke", "").strip().lower() == "true",
        is_unseen(said),
    )


known_kind = lru_cache(maxsize=1024)(kind_of)


def is_unseen(said: Callable[[str, str], str]) -> bool:
    """Tell whether the attributes of a graphic unit say that it is not painted."""
    return (
        said("Visible", "").strip().lower() == "false"
        or said("Alpha", "").strip() == "0"
        or (
            said("Fill", "").strip().lower() == "false"
            and said("Stroke", "").strip().lower() != "true"
        )
    )
