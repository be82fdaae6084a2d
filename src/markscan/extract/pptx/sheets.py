"""What the walk needs to know of the slide, master or notes page it is on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from markscan.document import Area, Box
from markscan.errors import LimitExceeded
from markscan.extract.ground import Ground
from markscan.extract.pptx.shapes import Palette

_FOOT = frozenset(("dt", "ftr", "sldNum"))


class Kind(Enum):
    """What a shape tree belongs to."""

    SLIDE = "slide"
    MASTER = "master"  # a master or layout of slides
    NOTES = "notes"
    PRINT = "print"  # the master of notes or handouts


@dataclass(slots=True)
class Tally:
    """What is counted over the whole presentation.

    `elements` are shapes, paragraphs and cells, whether they hold text or not.
    """

    allowed: int
    rows: int = 0
    elements: int = 0
    prompts: set[str] = field(default_factory=set)  # of placeholders, said already

    def element(self) -> None:
        """Count one element.

        Raises:
            LimitExceeded: there were more than the limits allow parts.
        """
        self.elements += 1
        if self.elements > self.allowed:
            raise LimitExceeded("limit.parts", allowed=self.allowed)


@dataclass(slots=True)
class Scene:
    """The colours a slide is drawn with, and what its layout and master put under it."""

    palette: Palette = field(default_factory=Palette)
    ground: Ground = field(default_factory=Ground)


@dataclass(slots=True)
class Sheet:
    """One shape tree: a slide, a layout, a page of notes.

    `scene` is asked only where a colour might hide something.
    """

    kind: Kind
    label: str
    page: int | None
    width: float
    height: float
    is_hidden: bool
    tally: Tally
    scene: Callable[[], Scene]
    pictures: list[tuple[str, Box | None]] = field(default_factory=list)
    covers: Ground = field(default_factory=Ground)

    def area(self, placeholder: str | None) -> Area:
        """Return where the text of a shape stands; `placeholder` is its type or None."""
        if self.is_hidden:
            return Area.HIDDEN
        if self.kind is Kind.NOTES:
            return _in_notes(placeholder)
        if placeholder is None:
            return Area.TEXTBOX
        if self.kind is Kind.MASTER:
            # Prompts, and footers that a slide shows only if it repeats them.
            return Area.HIDDEN
        if placeholder == "hdr":
            return Area.HEADER
        if self.kind is Kind.PRINT:
            return Area.FOOTER if placeholder == "ftr" else Area.HIDDEN
        return Area.FOOTER if placeholder in _FOOT else Area.BODY


def _in_notes(placeholder: str | None) -> Area:
    if placeholder == "hdr":
        return Area.HEADER
    return Area.FOOTER if placeholder in _FOOT else Area.NOTE
