"""The sections of a Word document: size of the pages, type area, grid (ECMA-376 part 1, 17.6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from markscan.document import Box, Page
from markscan.extract.docx.measures import number, twips

_CONTINUED = frozenset(("continuous", "nextColumn"))
_OFF = frozenset(("0", "false", "off", "none"))


class Section(NamedTuple):
    """One section. Lengths are points; `line` and `character` are those of its grid, or 0.

    `character` is what the grid adds to the width of a wide character.
    """

    width: float = 612.0
    height: float = 792.0
    left: float = 72.0
    right: float = 72.0
    top: float = 72.0
    bottom: float = 72.0
    header: float = 36.0
    footer: float = 36.0
    line: float = 0.0
    character: float = 0.0
    is_continued: bool = False
    element: Any = None

    def area(self, mirrored: bool) -> Box:
        """Return the type area; `mirrored` is true for the left pages of a bound document."""
        left, right = (self.right, self.left) if mirrored else (self.left, self.right)
        return Box(
            round(left, 2),
            round(self.top, 2),
            round(max(self.width - right, left + 1), 2),
            round(max(self.height - self.bottom, self.top + 1), 2),
        )


@dataclass(slots=True)
class Sections:
    """All sections, which of them is being set, and which page is of which.

    `mirrors` is true where margins of left pages are those of right ones in a mirror.
    """

    all: list[Section]
    mirrors: bool = False
    _at: int = 0
    _of_page: dict[int, Section] = field(default_factory=dict)

    @property
    def current(self) -> Section:
        """The section that is being set."""
        return self.all[min(self._at, len(self.all) - 1)]

    def end(self) -> None:
        """Go on to the next section."""
        self._at += 1

    def of(self, page: int) -> Section:
        """Return the section that a page begins with."""
        return self._of_page.setdefault(page, self.current)

    def area(self, page: int) -> Box:
        """Return the type area of a page."""
        return self.of(page).area(self.mirrors and page % 2 == 0)

    def columns(self, page: int) -> tuple[float, float]:
        """Return left and right edge of the text that the current section has on a page."""
        area = self.current.area(self.mirrors and page % 2 == 0)
        return area.left, area.right

    def page(self, number: int) -> Page:
        """Return size and type area of a page."""
        section = self.of(number)
        return Page(number, round(section.width, 2), round(section.height, 2), self.area(number))


def read_sections(body: Any, settings: Any) -> Sections:
    """Return the sections of a body; `settings` is the root of settings.xml, or None."""
    top_gutter = says(settings, "w:gutterAtTop")
    found = [
        _section(element, top_gutter)
        for element in body.iter(qn("w:sectPr"))
        if not (element.getparent() is not None and "Change" in str(element.getparent().tag))
    ]
    return Sections(found or [Section()], says(settings, "w:mirrorMargins"))


def says(settings: Any, name: str) -> bool:
    """Tell whether a switch of settings.xml is on."""
    found = settings.find(qn(name)) if settings is not None else None
    return found is not None and found.get(qn("w:val"), "1").lower() not in _OFF


def _section(element: Any, top_gutter: bool) -> Section:
    def said(child: str, name: str, default: float) -> float:
        found = element.find(qn(child))
        return twips(found.get(qn(name)), default) if found is not None else default

    margin = {
        side: said("w:pgMar", f"w:{side}", default)
        for side, default in (
            ("left", 72.0), ("right", 72.0), ("top", 72.0), ("bottom", 72.0),
            ("header", 36.0), ("footer", 36.0), ("gutter", 0.0),
        )
    }  # fmt: skip
    top = abs(margin["top"]) + (margin["gutter"] if top_gutter else 0.0)
    kind = element.find(qn("w:type"))
    line, character = _grid(element.find(qn("w:docGrid")))
    return Section(
        width=max(said("w:pgSz", "w:w", 612.0), 1.0),
        height=max(said("w:pgSz", "w:h", 792.0), 1.0),
        left=margin["left"] + (0.0 if top_gutter else margin["gutter"]),
        right=margin["right"],
        top=top,
        bottom=abs(margin["bottom"]),
        header=margin["header"],
        footer=margin["footer"],
        line=line,
        character=character,
        is_continued=kind is not None and kind.get(qn("w:val")) in _CONTINUED,
        element=element,
    )


def _grid(grid: Any) -> tuple[float, float]:
    """Return what a grid makes lines high and adds to characters, 0 for nothing."""
    kind = grid.get(qn("w:type"), "default") if grid is not None else "default"
    if kind == "default":
        return 0.0, 0.0
    line = max(twips(grid.get(qn("w:linePitch"))), 0.0)
    by_characters = kind in ("linesAndChars", "snapToChars")
    character = number(grid.get(qn("w:charSpace"))) / 4096 if by_characters else 0.0
    return line, character if abs(character) < 72 else 0.0
