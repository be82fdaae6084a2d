"""Reads presentations (pptx, pptm, ppsx, potx): all text in them, wherever it hides.

Order: each slide with its diagrams, notes and comments; slides that are not shown; masters
and layouts; what nobody points at; properties, addresses, embedded files. ECMA-376 part 1,
clauses 13 and 19.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from markscan.document import Area, Page, Part, Place
from markscan.errors import DamagedFile
from markscan.extract import ooxml
from markscan.extract.docx.salvage import carve
from markscan.extract.extractor import Budget, Item
from markscan.extract.ground import Ground
from markscan.extract.markup import MarkupError, to_utf8
from markscan.extract.package import Package
from markscan.extract.page_pictures import PagePictures
from markscan.extract.page_ranges import page_ranges
from markscan.extract.pptx import side
from markscan.extract.pptx.deck import Deck, Outline, read_outline
from markscan.extract.pptx.media import large_pictures, telling_names
from markscan.extract.pptx.names import GIVEN_NAME
from markscan.extract.pptx.shapes import UNKNOWN, Palette, background, read_palette
from markscan.extract.pptx.sheets import Kind, Scene, Sheet, Tally
from markscan.extract.pptx.trim import read_prompts, trim
from markscan.extract.pptx.walk import Walker
from markscan.source import Source

_SIDE: tuple[tuple[str, Callable[[bytes, str], Iterator[Item]]], ...] = (
    ("authors", side.read_authors),
    ("core", ooxml.read_core),
    ("application", ooxml.read_application),
    ("custom", ooxml.read_custom),
    ("tags", side.read_tags),
)
_READABLE = frozenset((Area.BODY, Area.TEXTBOX, Area.CELL))


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of a presentation and the files in it.

    Raises:
        DamagedFile: it is no package at all.
        LimitExceeded: it has more text than allowed; all up to there has been yielded.
        UnreadError: whatever `Source.open` raises.
    """
    with Package(source, budget) as package:
        yield from _Reader(package, source, budget).items()


class _Reader:
    """Reads one opened presentation, part by part."""

    def __init__(self, package: Package, source: Source, budget: Budget) -> None:
        self._package = package
        self._source = source
        self._deck = Deck(package)
        self._tally = Tally(budget.limits.parts)
        self._outline = Outline()
        self._pictures = PagePictures(package, budget)
        self._data: dict[str, bytes] = {}  # of masters, layouts and themes
        self._scenes: dict[str, Scene] = {}
        self._covers: dict[str, Ground] = {}
        self._used: set[str] = set()  # masters and layouts that a slide is made with
        self._done: set[str] = set()  # parts that have been read with their slide

    def items(self) -> Iterator[Item]:
        yield from self._package.drain()
        yield from self._slides()
        yield from self._unshown()
        for kind in ("master", "print"):
            for name in self._deck.kinds.get(kind, ()):
                yield from self._master(name, Kind.MASTER if kind == "master" else Kind.PRINT)
        yield from self._loose()
        yield from self._pictures.problems()
        yield from self._properties()
        yield from self._addresses()
        for name in self._deck.kinds.get("embedded", ()):
            for member in self._package.copies(name):
                yield self._source.member(name, member.data)
            yield from self._package.drain()

    # Slides.

    def _slides(self) -> Iterator[Item]:
        deck, package = self._deck, self._package
        mains = deck.kinds.get("main", ())
        for name in mains:
            for member in package.copies(name)[-1:]:
                self._outline = read_outline(trim(member.data))
                if not self._outline.is_sound:
                    yield DamagedFile("package.xml", part=name)
        yield from package.drain()
        if not mains:
            yield DamagedFile("pptx.no-presentation")
        lost = []
        for number, slide in enumerate(deck.slides(self._outline), 1):
            yield Page(number, self._outline.width, self._outline.height)
            if slide is None:
                lost.append(number)
            elif slide.lower() not in self._done:
                yield from self._slide(slide, number)
        if lost:
            yield DamagedFile("pptx.slides-lost", pages=page_ranges(lost), count=len(lost))

    def _slide(self, name: str, number: int | None) -> Iterator[Item]:
        self._done.add(name.lower())
        label = name if number is None else f"slide {number}"
        sheet = self._sheet(Kind.SLIDE, label, number)
        sheet.scene = lambda: self._scene(name)
        sheet.is_hidden = number is None
        has_text = False
        for item in chain(self._shapes(name, sheet), self._graphics(name, sheet)):
            has_text = has_text or (isinstance(item, Part) and item.place.area in _READABLE)
            yield item
        for layout in self._deck.points(name, "slideLayout"):
            self._used |= {layout.lower(), *map(str.lower, self._masters(layout))}
        if not sheet.is_hidden:
            pictures = large_pictures(sheet, self._deck.targets(name))
            yield from self._pictures.read(pictures, number, has_text=has_text)
        for notes in self._deck.points(name, "notesSlide"):
            yield from self._notes(notes, number)
        for comments in self._deck.points(name, "comments"):
            yield from self._comments(comments, number)

    def _sheet(self, kind: Kind, label: str, page: int | None) -> Sheet:
        outline = self._outline
        scene = Scene()
        return Sheet(
            kind, label, page, outline.width, outline.height, False, self._tally, lambda: scene
        )

    def _shapes(self, name: str, sheet: Sheet) -> Iterator[Item]:
        for member in self._package.copies(name):
            yield from self._walk(member.data, sheet, name)
        yield from self._package.drain()

    def _prompts(self, texts: list[str], name: str) -> Iterator[Item]:
        for text in texts:
            if not text.isspace() and text and text not in self._tally.prompts:
                self._tally.prompts.update((text, *text.split("\n")))
                yield Part(text, Place(Area.HIDDEN, None, name))

    def _walk(
        self, data: bytes, sheet: Sheet, name: str, *, measure: bool = False
    ) -> Iterator[Item]:
        data, sound = to_utf8(data)
        walker = Walker(sheet)
        if sheet.kind is not Kind.SLIDE:
            data = trim(data)
        if sheet.kind is Kind.MASTER and sound and not measure:
            prompts = read_prompts(data, GIVEN_NAME)
            if prompts is not None:
                yield from self._prompts(prompts, name)
                return
        try:
            yield from walker.walk(data)
        except MarkupError as error:
            yield from walker.finish(carve(data[error.offset :]))
            yield DamagedFile("package.xml", part=name)
            return
        yield from walker.finish()
        if not sound:
            yield DamagedFile("package.xml", part=name)
        if walker.has_doctype:
            yield DamagedFile("package.doctype", part=name)

    def _graphics(self, name: str, sheet: Sheet) -> Iterator[Item]:
        """Yield the words of the charts and diagrams a slide points at."""
        seen: set[str] = set()
        for kinds in (("diagramData",), ("diagramDrawing",), ("chart", "chartEx")):
            for part in self._deck.points(name, *kinds):
                lines = seen if kinds[0].startswith("diagram") else set()
                yield from self._graphic(part, sheet.page, lines, hidden=sheet.is_hidden)
                for drawing in self._deck.points(part, "chartUserShapes"):
                    yield from self._graphic(drawing, sheet.page, set(), hidden=sheet.is_hidden)

    def _graphic(
        self, name: str, page: int | None, seen: set[str], *, hidden: bool
    ) -> Iterator[Item]:
        if name.lower() in self._done:
            return
        self._done.add(name.lower())
        for member in self._package.copies(name):
            for item in ooxml.read_graphic(member.data, name, seen):
                if isinstance(item, Part):
                    area = Area.HIDDEN if hidden else item.place.area
                    item = item._replace(place=item.place._replace(area=area, page=page))
                yield item
        yield from self._package.drain()

    def _notes(self, name: str, number: int | None) -> Iterator[Item]:
        if name.lower() not in self._done:
            self._done.add(name.lower())
            label = name if number is None else f"notes {number}"
            yield from self._shapes(name, self._sheet(Kind.NOTES, label, number))

    def _comments(self, name: str, number: int | None) -> Iterator[Item]:
        if name.lower() in self._done:
            return
        self._done.add(name.lower())
        label = name if number is None else f"slide {number} comment"
        for member in self._package.copies(name):
            yield from side.read_comments(member.data, label, number)
        yield from self._package.drain()

    def _unshown(self) -> Iterator[Item]:
        """Yield the slides that lie in the package and are not in the list."""
        for name in self._deck.kinds.get("slide", ()):
            if name.lower() not in self._done:
                yield from self._slide(name, None)

    # Masters.

    def _master(self, name: str, kind: Kind) -> Iterator[Item]:
        sheet = self._sheet(kind, name, None)
        # Nobody sees a layout that no slide is made with.
        sheet.is_hidden = kind is Kind.MASTER and name.lower() not in self._used
        sheet.scene = lambda: self._scene(name)
        yield from self._shapes(name, sheet)

    def _masters(self, name: str) -> list[str]:
        return self._deck.points(name, "slideMaster")

    def _scene(self, name: str) -> Scene:
        """Return what lies under the shapes of a slide, layout or master."""
        layouts = self._deck.points(name, "slideLayout") if "slide" in name.lower() else []
        if self._masters(name):  # it is a layout
            layouts = [*self._masters(name), name]
        under = [*(m for layout in layouts for m in self._masters(layout)), *layouts[-1:]]
        key = "\n".join([*under, name])
        if key not in self._scenes:
            self._scenes[key] = self._paint(name, [part for part in under if part != name])
        return self._scenes[key]

    def _paint(self, name: str, under: list[str]) -> Scene:
        master = under[0] if under else name
        theme = next(iter(self._deck.points(master, "theme")), "")
        palette = read_palette(self._read(master), self._read(theme)) if theme else Palette()
        own = self._read(name)
        if b"overrideClrMapping" in own:
            palette = Palette({}, {})
        ground = Ground()
        for part in (*under, name):
            colour = background(self._read(part))
            if colour is not None:
                ground.colour = palette.resolve(colour) if colour != UNKNOWN else None
        for part in under:
            for cover in self._drawn(part).covers:
                ground.cover(cover)
        return Scene(palette, ground)

    def _drawn(self, name: str) -> Ground:
        """Return what a master or layout draws itself."""
        if name not in self._covers:
            sheet = self._sheet(Kind.MASTER, name, None)
            sheet.tally = Tally(self._tally.allowed)
            for _ in self._walk(self._read(name), sheet, name, measure=True):
                pass
            self._covers[name] = sheet.covers
        return self._covers[name]

    def _read(self, name: str) -> bytes:
        """Return a part that several slides need, read once; empty where it cannot be had."""
        if name not in self._data:
            members = self._package.copies(name)
            self._data[name] = members[-1].data if members else b""
        return self._data[name]

    # What stands around the slides.

    def _loose(self) -> Iterator[Item]:
        """Yield notes, comments and graphics that belong to no slide."""
        kinds = self._deck.kinds
        for name in kinds.get("notes", ()):
            yield from self._notes(name, None)
        for name in kinds.get("comments", ()):
            yield from self._comments(name, None)
        seen: set[str] = set()
        for name in sorted(kinds.get("graphic", ()), key=lambda n: "drawing" in n.lower()):
            lines = seen if "diagram" in name.lower() else set()
            yield from self._graphic(name, None, lines, hidden=False)
        for name in kinds.get("vml", ()):
            for member in self._package.copies(name):
                yield from side.read_old_drawing(member.data, name, None)
            yield from self._package.drain()

    def _properties(self) -> Iterator[Item]:
        for label, text in self._outline.names:
            if text:
                yield Part(text, Place(Area.PROPERTY, None, label))
        kinds = self._deck.kinds
        for kind, read in _SIDE:
            for name in kinds.get(kind, ()):
                for member in self._package.copies(name):
                    yield from read(member.data, name)
                yield from self._package.drain()
        for kind in ("label-info", "custom-xml"):
            for name in kinds.get(kind, ()):
                for member in self._package.copies(name):
                    yield from ooxml.read_custom_xml(member.data, name, kind == "label-info")
                yield from self._package.drain()
        yield from telling_names(kinds.get("media", ()))

    def _addresses(self) -> Iterator[Item]:
        seen = set()
        for name in self._deck.kinds.get("relations", ()):
            for relation in self._deck.outward(name):
                key = (relation.kind, relation.target)
                if relation.external and relation.target and key not in seen:
                    seen.add(key)
                    yield Part(relation.target, Place(Area.HIDDEN, None, relation.kind))
            yield from self._package.drain()
