"""The document as the scanner sees it: parts of text, each with its place.

`Part` and `Place` are tuples, not dataclasses: a sheet has half a million of them, and a
frozen dataclass takes twice as long to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Area(Enum):
    """Where in its file a part of text stands."""

    BODY = "body"
    HEADER = "header"
    FOOTER = "footer"
    TEXTBOX = "textbox"
    NOTE = "note"  # footnote or endnote
    COMMENT = "comment"
    CELL = "cell"
    PROPERTY = "property"  # title, subject, custom properties; Place.label is its name
    FILENAME = "filename"
    IMAGE = "image"  # read by OCR
    HIDDEN = "hidden"  # there, but not shown to a reader
    DELETED = "deleted"  # a tracked deletion, still in the file


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch [start, end) of a text, in code points from 0."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is not 0 <= start <= end")

    def cut(self, text: str) -> str:
        """Return the characters of `text` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch) from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Style:
    """How a part is set: the font's name as the file gives it, its size in points."""

    font: str
    size: float


class GivenName(str):
    """A label that the author of a document made up: of a property, of a field of a form.

    Rules may read it, for it may say 密级; what is kept and reported has none of it.
    """

    __slots__ = ()


class Place(NamedTuple):
    """Where a part stands in its file, in the words of its own application.

    `page` counts from 1; None where the format has no pages or does not say.
    `label` is free: "word/header1.xml", "sheet 1!B4", the name of a property. It is kept and
    reported, so it repeats no text of the document, save a `GivenName`. `line` counts from 1
    where the file is written in lines (text, HTML); None elsewhere.
    """

    area: Area
    page: int | None = None
    label: str = ""
    box: Box | None = None
    line: int | None = None

    def kept(self) -> Place:
        """Return the place as it may be kept and reported: without a name its author gave."""
        return self._replace(label="") if isinstance(self.label, GivenName) else self

    @property
    def is_watermark(self) -> bool:
        """Whether it is a watermark, by the label that the reader of its format gives it."""
        return "watermark" in self.label.lower()

    @property
    def is_repeated(self) -> bool:
        """Whether each page shows it again: header, footer, watermark.

        WordArt counts as one: of it the watermarks of .doc are made.
        """
        running = self.area in (Area.HEADER, Area.FOOTER)
        return running or self.is_watermark or "wordart" in self.label.lower()


class Part(NamedTuple):
    """A run of text that belongs together: a paragraph, a line, a cell, a header.

    May hold line feeds; a plain text file is one part or a few. `row` is the same
    number for the cells of one table row, from 1, unique in the document; None
    outside tables. `style` is None where the format does not tell or nobody asked.
    """

    text: str
    place: Place
    row: int | None = None
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The size of one page in points; pages count from 1.

    `area` is the type area (版心) inside its margins, None where the format names none.
    """

    number: int
    width: float
    height: float
    area: Box | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """All the text of one file, in reading order. `format` is the name given by sniff."""

    locator: str
    name: str
    format: str
    parts: tuple[Part, ...]
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is set alike: a word of a PDF or OFD, a run of a paragraph.

    `place` has page and box where the format fixes them, and for a paragraph the number
    of it, from 1, as `line`. `font` is the one used for Han characters, by the name the
    file gives it; `size` is in points; `colour` is "#rrggbb". Empty or None where the
    format leaves it open. `struck` is true where a line runs through it.
    """

    text: str
    place: Place
    font: str = ""
    size: float | None = None
    colour: str = ""
    bold: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page as it is set, in reading order.

    `box` is where its ink stands. PDF and OFD fix it; for a Word document it is computed
    from margins, indents, alignment and sizes: exact to the side, an estimate downwards.
    `place` has area and page, and the label under which `extract` yields the same text
    ("p12", "T1!R1C1"), so that both can be brought together; PDF has no labels, OFD only for
    watermarks.
    A paragraph that fills several lines has one `Line` for each.
    """

    text: str
    place: Place
    box: Box
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruled line of a page. `double` is true for two that run together (双线)."""

    page: int
    box: Box
    colour: str = ""
    double: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How the first pages of a document are set, in reading order."""

    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    strokes: tuple[Stroke, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs of all lines, in order."""
        return tuple(run for line in self.lines for run in line.runs)
