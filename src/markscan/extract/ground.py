"""What lies under the text of a slide or drawing: tells white on white from white on blue."""

from __future__ import annotations

from dataclasses import dataclass, field

from markscan.document import Box

_MOST_COVERS = 512  # what lies on one page; more of them and nothing is taken for hidden
_NEAR = 12  # steps of 255 in each channel that no eye tells apart


@dataclass(slots=True)
class Ground:
    """The colour of a page as "rrggbb", None where it is no single one, and what covers it.

    Pictures and filled shapes are covers; None among them is one of unknown place.
    """

    colour: str | None = "ffffff"
    covers: list[Box | None] = field(default_factory=list)

    def cover(self, box: Box | None) -> None:
        """Note a picture or a filled shape."""
        if len(self.covers) < _MOST_COVERS:
            self.covers.append(box)
        else:
            self.colour = None

    def is_bare(self, box: Box | None) -> bool:
        """Tell whether nothing surely or possibly lies under the middle of `box`."""
        if box is None or None in self.covers:
            return not self.covers
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        return not any(
            cover.left <= x <= cover.right and cover.top <= y <= cover.bottom
            for cover in self.covers
            if cover is not None
        )


def is_alike(one: str, other: str) -> bool:
    """Tell whether two colours, as "rrggbb", look the same."""
    try:
        pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
        return all(abs(a - b) <= _NEAR for a, b in pairs)
    except ValueError:
        return False


def is_outside(box: Box, width: float, height: float) -> bool:
    """Tell whether nothing of `box` lies on a page of this size."""
    return box.right <= 0 or box.bottom <= 0 or box.left >= width or box.top >= height
