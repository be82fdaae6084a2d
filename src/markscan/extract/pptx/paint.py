"""Follows the fills of DrawingML: what colour a run, a shape or a cell is painted with.

ECMA-376 part 1, 20.1.8 (fills) and 20.1.2.3 (colours).
"""

from __future__ import annotations

from markscan.extract.pptx.shapes import NOTHING, TINY, UNKNOWN, colour_of

# Elements that a fill may belong to. Only the first ones matter; the rest are known so that
# the fill of a line or of an effect is not taken for that of its shape.
_MATTER = frozenset(("rPr", "spPr", "grpSpPr", "tcPr", "style"))
CONTEXTS = _MATTER | frozenset(
    (
        "ln", "lnL", "lnR", "lnT", "lnB", "lnTlToBr", "lnBlToTr", "effectLst", "effectDag",
        "extLst", "uFill", "uLn", "highlight", "bgPr", "endParaRPr", "defRPr", "pPr", "scene3d",
        "sp3d", "tblPr", "lstStyle", "bodyPr",
    )
)  # fmt: skip

_SHOWING = frozenset(("ln", "highlight", "effectLst"))


class Brush:
    """The fill that is being read, and the colour of the open run."""

    def __init__(self) -> None:
        self.colour: str | None = None  # of the open run
        self._contexts: list[str] = []
        self._fills: list[str | None] = []
        self._solid = False
        self._is_set = False  # the colour of the run cannot change any more

    def enter(self, context: str) -> None:
        """Open an element that a fill may belong to."""
        # A letter with an outline shows, whatever fills it; so does one that is highlighted.
        if context == "rPr":
            self._is_set = False
        elif context in _SHOWING and self._contexts and self._contexts[-1] == "rPr":
            self._set(UNKNOWN)
            self._is_set = True
        self._contexts.append(context)
        self._fills.append(None)

    def leave(self) -> str | None:
        """Close it, and return its fill; None where it says nothing."""
        self._solid = False
        if not self._contexts:
            return None
        self._contexts.pop()
        return self._fills.pop()

    def paint(self, element: str, attributes: dict[str, str]) -> None:
        """Take the start of a fill, of a colour, or of what changes a colour."""
        if not self._contexts or self._contexts[-1] not in _MATTER:
            return
        if element == "solidFill":
            self._solid = True
            self._set(UNKNOWN)
        elif element == "noFill":
            self._set(NOTHING)
        elif element == "fillRef":
            self._set(NOTHING if attributes.get("idx") == "0" else UNKNOWN)
        elif element.endswith("Fill"):
            self._set(UNKNOWN)
        elif not self._solid:
            return
        elif element.endswith("Clr"):
            self._set(colour_of(element, attributes))
        elif element == "alpha":
            self._set(NOTHING if attributes.get("val") in ("0", "0%") else UNKNOWN)
        else:
            self._set(UNKNOWN)

    def end_solid(self) -> None:
        """Close a solid fill."""
        self._solid = False

    def _set(self, colour: str) -> None:
        if self._contexts[-1] == "rPr":
            if not self._is_set and self.colour != TINY:
                self.colour = colour
        else:
            self._fills[-1] = colour
