"""Reads the pages of one OFD document: what is drawn on them, behind them and upon them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby

from markscan.document import Area, GivenName, Page, Part, Place, Style
from markscan.errors import LimitExceeded
from markscan.extract.extractor import Budget, Item
from markscan.extract.ofd.content import Walker
from markscan.extract.ofd.entries import Entries, faults
from markscan.extract.ofd.geometry import IDENTITY, POINTS, Matrix, Rect, bounds, times
from markscan.extract.ofd.lines import Line, lines_of
from markscan.extract.ofd.pictures import Pictures
from markscan.extract.ofd.place import Look, Piece, Placer, Sheet, sheet_of
from markscan.extract.ofd.records import Drawn, Ground, Note, Picture, Text, Use
from markscan.extract.ofd.resources import Resources, ResourceWalker
from markscan.extract.ofd.tally import Seen, Tally
from markscan.extract.ofd.walk import walk
from markscan.extract.package import Member

_BATCH = 20_000  # objects put on the page at a time
_MOST_HELD = 200_000  # objects in composite units
_DEEPEST = 16  # units in units
_SMALLEST = (20.0, 5.0)  # millimetres; smaller pictures hold no line of text
_PAINTED = (Ground, Picture)
MARKS = ("watermark", "stamp")  # annotations that belong to the page; others speak about it


@dataclass(frozen=True, slots=True)
class Plan:
    """How the parts of one document hang together; entries are found by ids."""

    name: str  # the document's own entry
    area: Rect | None  # of pages that give none
    templates: dict[str, str]
    annotations: dict[str, list[str]]  # by the id of their page


@dataclass(slots=True)
class Sight:
    """One page while it is read."""

    number: int
    sheet: Sheet
    is_begun: bool = False
    seen: Seen = field(default_factory=Seen)
    pictures: list[Picture] = field(default_factory=list)
    told: set[tuple[str, bool]] = field(default_factory=set)  # of watermarks


class Pages:
    """Reads pages; what several of them share is given on the first one that shows it.

    Args:
        entries: the package.
        budget: pays for pictures.
        tally: is told of every page.
        wanted: ids of objects whose text structure tags ask for; see `said`.
        hidden: whether none of this document is shown to a reader.
        parted: whether pieces end at every gap; see Placer.
    """

    def __init__(
        self,
        entries: Entries,
        budget: Budget,
        tally: Tally,
        wanted: Container[str],
        hidden: bool,
        *,
        parted: bool = False,
    ) -> None:
        self.resources = Resources()
        self.said: dict[str, list[str]] = {}
        self.unresolved: set[str] = set()  # units used that no resource defines
        self._entries = entries
        self._tally = tally
        self._layout_pages = budget.limits.layout_pages
        self._styles: dict[Look, Style] = {}
        self._wanted = wanted
        self._hidden = hidden
        self._placer = Placer(self.resources, parted=parted)
        self._pictures = Pictures(entries, budget)
        self._given: set[tuple[str, bool]] = set()  # units, and whether unseen
        self._templates: dict[str, tuple[list[Drawn], int]] = {}  # what they paint, their words
        self._creators: set[str] = set()
        self._homes: dict[str, str] = {}  # of a medium: the entry that defines it

    def load(self, name: str) -> Iterator[Item]:
        """Read a part of resources."""
        media = self.resources.media
        for member in self._entries.read(name):
            walker = ResourceWalker(self.resources, self._wanted)
            known = set(media)
            for _ in walk(member.data, walker):
                if self.resources.held + len(walker.drawn) > _MOST_HELD:
                    yield LimitExceeded("limit.parts", allowed=_MOST_HELD)
                    break
            self._homes |= dict.fromkeys(media.keys() - known, name)
            yield from faults(walker, member, name)
            yield from self._loose(walker, name)
            yield from self._sayings(walker)
        yield from self._entries.drain()

    def page(self, number: int, entry: str | None, identity: str, plan: Plan) -> Iterator[Item]:
        """Yield a page and all that is on it; `entry` is None where it is missing."""
        sight = Sight(number, sheet_of(plan.area))
        repeated = entry is not None and self._entries.has_read(entry)
        for member in self._entries.read(entry) if entry and not repeated else ():
            walker = Walker(self._wanted)
            for _ in walk(member.data, walker):
                if len(walker.drawn) >= _BATCH:
                    yield from self._begin(sight, walker, plan)
                    yield from self._flush(walker, sight)
            yield from self._begin(sight, walker, plan)
            yield from self._flush(walker, sight)
            sight.seen.drawings += walker.drawings
            sight.seen.wordless += walker.wordless
            yield from self._sayings(walker)
            yield from faults(walker, member, entry or "")
        yield from self._entries.drain()
        yield from self._begin(sight, None, plan)
        sight.seen.words_around += repeated
        for name in plan.annotations.get(identity, ()):
            yield from self._notes(name, sight)
        yield from self._look(sight)
        self._tally.judge(number, sight.seen)

    def stray(self, name: str, members: list[Member], area: Area = Area.HIDDEN) -> Iterator[Item]:
        """Yield the text of a part that no page shows, from every copy of it."""
        for member in members:
            walker = Walker(self._wanted)
            for _ in walk(member.data, walker):
                if len(walker.drawn) >= _BATCH:
                    yield from self._loose(walker, name, area)
            yield from self._loose(walker, name, area)
            for note in walker.notes:
                walker.drawn = note.drawn
                yield from self._loose(walker, name, Area.HIDDEN)
                yield from _remarks(note, Area.HIDDEN, None)
            yield from self._sayings(walker)
            yield from faults(walker, member, name)
        yield from self._entries.drain()

    def rest(self, plan: Plan) -> Iterator[Item]:
        """Yield what no page has used: templates, annotations, units."""
        for name in chain(plan.templates.values(), *plan.annotations.values()):
            if not self._entries.has_read(name):
                yield from self.stray(name, self._entries.read(name))
        used = {unit for unit, _ in self._given}
        for unit, drawn in self.resources.units.items():
            if unit not in used:
                sight = Sight(0, sheet_of(None))
                # A unit inside it is given on its own, if nobody has used it.
                for line in lines_of(self._place(drawn, IDENTITY, sight, True, _DEEPEST)):
                    yield Part(line.text, Place(Area.HIDDEN, None, f"unit {unit}"))

    def pieces(self, drawn: list[Drawn], sheet: Sheet) -> list[Piece]:
        """Return what was drawn, put on a sheet together with the units used there."""
        self._given.clear()
        return self._place(drawn, IDENTITY, Sight(0, sheet))

    # One page.

    def _begin(self, sight: Sight, walker: Walker | None, plan: Plan) -> Iterator[Item]:
        """Yield the page and its templates, once its head has been read."""
        if sight.is_begun:
            return
        sight.is_begun = True
        if walker is not None and walker.area is not None:
            sight.sheet = sheet_of(walker.area)
        sheet = sight.sheet
        yield Page(sight.number, round(sheet.width * POINTS, 2), round(sheet.height * POINTS, 2))
        for location in walker.resources if walker else ():
            name = self._entries.find(location, plan.name)
            if name is not None and not self._entries.has_read(name):
                yield from self.load(name)
        for identity in dict.fromkeys(walker.templates if walker else ()):
            if identity in plan.templates:
                yield from self._template(plan.templates[identity], sight)

    def _template(self, name: str, sight: Sight) -> Iterator[Item]:
        if name not in self._templates:
            painted: list[Drawn] = []
            words = 0
            for member in self._entries.read(name):
                walker = Walker(self._wanted)
                for is_last in chain((False for _ in walk(member.data, walker)), (True,)):
                    if is_last or len(walker.drawn) >= _BATCH:
                        drawn, walker.drawn = walker.drawn, []
                        if not painted:
                            painted = [i for i in drawn if isinstance(i, _PAINTED)]
                        lines = lines_of(self._place(drawn, IDENTITY, sight))
                        words += sum(len(line.text) for line in lines)
                        yield from self._parts(lines, Area.BODY, sight.number, name)
                yield from self._sayings(walker)
                yield from faults(walker, member, name)
            yield from self._entries.drain()
            self._templates[name] = painted, words
        painted, words = self._templates[name]
        for item in painted:
            if isinstance(item, _PAINTED):
                sight.sheet.paint(item, IDENTITY, self.resources)
        sight.seen.words_around += words

    def _flush(self, walker: Walker, sight: Sight) -> Iterator[Item]:
        drawn, walker.drawn = walker.drawn, []
        lines = lines_of(self._place(drawn, IDENTITY, sight))
        sight.seen.hear("\n".join(line.text for line in lines))
        yield from self._parts(lines, Area.BODY, sight.number)

    def _sayings(self, walker: Walker) -> Iterator[Item]:
        for identity, texts in walker.said.items():
            self.said.setdefault(identity, []).extend(texts)
        for link in dict.fromkeys(walker.links):
            if link.strip():
                yield Part(link, Place(Area.HIDDEN, None, "URI"))

    def _place(
        self, drawn: list[Drawn], outer: Matrix, sight: Sight, hidden: bool = False, depth: int = 0
    ) -> list[Piece]:
        """Put on the page what was drawn, and what the units used there hold."""
        for item in drawn:
            if isinstance(item, _PAINTED):
                sight.sheet.paint(item, outer, self.resources)
        pieces: list[Piece] = []
        place, sheet = self._placer.place, sight.sheet
        for item in drawn:
            if isinstance(item, Text):
                pieces += place(item, outer, sheet)
            elif isinstance(item, Picture):
                x, y, width, height = item.box
                box = bounds(outer, x, y, x + width, y + height)
                sight.pictures.append(Picture(item.resource, box, item.hidden or hidden))
            elif isinstance(item, Use) and depth < _DEEPEST:
                key = (item.resource, item.hidden or hidden)
                unit = self.resources.units.get(item.resource)
                if unit is None:
                    self.unresolved.add(f"unit {item.resource[:20]}")
                elif key not in self._given:
                    self._given.add(key)
                    matrix = times(item.matrix, outer)
                    pieces += self._place(unit, matrix, sight, key[1], depth + 1)
        return [piece._replace(hidden=True) for piece in pieces] if hidden else pieces

    def _parts(
        self, lines: list[Line], area: Area, page: int | None, label: str = ""
    ) -> Iterator[Part]:
        """Yield a part for each line; behind the first pages, for all that stand together."""
        if page is None or page <= self._layout_pages:
            for line in lines:
                yield self._part(line, area, page, label)
            return
        for hidden, group in groupby(lines, lambda line: line.hidden or self._hidden):
            text = "\n".join(line.text for line in group)
            yield Part(text, Place(Area.HIDDEN if hidden else area, page, label))

    def _part(self, line: Line, area: Area, page: int | None, label: str = "") -> Part:
        shown = Area.HIDDEN if line.hidden or self._hidden else area
        style = self._styles.get(line.look)
        if style is None:
            style = self._styles[line.look] = Style(line.look.font, line.look.size)
        return Part(line.text, Place(shown, page, label, line.box), style=style)

    def _loose(self, walker: Walker, name: str, area: Area = Area.HIDDEN) -> Iterator[Item]:
        drawn, walker.drawn = walker.drawn, []
        sheet = sheet_of(walker.area)
        for line in lines_of(self._place(drawn, IDENTITY, Sight(0, sheet))):
            yield self._part(line, area, None, name)

    # Upon the page.

    def _notes(self, name: str, sight: Sight) -> Iterator[Item]:
        for member in [] if self._entries.has_read(name) else self._entries.read(name):
            walker = Walker(self._wanted)
            for _ in walk(member.data, walker):
                notes, walker.notes = walker.notes, []
                for note in notes:
                    yield from self._note(note, sight)
                if len(walker.drawn) >= _BATCH:
                    yield from self._flush(walker, sight)
            for note in walker.notes:
                yield from self._note(note, sight)
            yield from self._flush(walker, sight)
            yield from self._sayings(walker)
            yield from faults(walker, member, name)
        yield from self._entries.drain()

    def _note(self, note: Note, sight: Sight) -> Iterator[Item]:
        is_mark = note.kind.strip().lower() in MARKS
        area = Area.TEXTBOX if is_mark else Area.COMMENT
        if note.hidden or self._hidden:
            area = Area.HIDDEN
        sight.sheet.is_tiled = is_mark
        lines = lines_of(self._place(note.drawn, IDENTITY, sight, note.hidden))
        sight.sheet.is_tiled = False
        told = sight.told if is_mark else set()
        for line in lines:
            # A watermark covers the page with one text.
            if (line.text, line.hidden) not in told:
                told.add((line.text, line.hidden))
                sight.seen.words_around += len(line.text)
                yield self._part(line, area, sight.number, label_of(note))
        yield from _remarks(note, area, sight.number)
        if note.creator.strip() and note.creator not in self._creators:
            self._creators.add(note.creator)
            yield Part(note.creator, Place(Area.COMMENT, sight.number, "author"))

    def _look(self, sight: Sight) -> Iterator[Item]:
        """Have the pictures of a page recognised."""
        if not sight.pictures:
            return
        whole = max(sight.sheet.width * sight.sheet.height, 1.0)
        for picture in sight.pictures:
            _, _, width, height = picture.box
            if picture.hidden or width < _SMALLEST[0] or height < _SMALLEST[1]:
                continue
            location = self.resources.media.get(picture.resource, "")
            name = self._entries.find(location, self._homes.get(picture.resource, ""))
            share = width * height / whole
            yield from self._pictures.read(name, share, sight.number, sight.seen)


def label_of(note: Note) -> str:
    """Return the label of what an annotation says: its kind in the file's own words."""
    return " ".join(dict.fromkeys(word for word in (note.kind, note.subtype) if word.strip()))


def _remarks(note: Note, area: Area, page: int | None) -> Iterator[Part]:
    remark = "\n".join(note.remarks).strip()
    if remark:
        yield Part(remark, Place(area, page, label_of(note)))
    for name, text in note.parameters:
        yield Part(text, Place(Area.PROPERTY, page, GivenName(name)))
