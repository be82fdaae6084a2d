"""Reads workbooks (xlsx, xlsm, xltx, xltm, xlam): all text in them, wherever it hides.

Order: names of the sheets, sheets, strings no cell shows, comments, drawings, charts, caches
and other parts, properties, addresses, embedded files. Parts are found by relationship, by
content type and by name, so that a part nobody points at is read too. Sources: ECMA-376
parts 1 to 4, [MS-XLSX].
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer, UnreadError, UnsupportedFormat
from markscan.extract import ooxml
from markscan.extract.extractor import Budget, Item
from markscan.extract.markup import MarkupError, to_utf8
from markscan.extract.opc import (
    ContentTypes,
    Relation,
    parse_relations,
    read_content_types,
    relations_of,
)
from markscan.extract.package import Member, Package
from markscan.extract.xlsx import side
from markscan.extract.xlsx.fast import FastReader, find_rows
from markscan.extract.xlsx.grid import Book, Grid, sheet_label
from markscan.extract.xlsx.kinds import kind_of
from markscan.extract.xlsx.strings import Strings, read_strings
from markscan.extract.xlsx.styles import read_styles
from markscan.extract.xlsx.walk import SheetWalker
from markscan.extract.xlsx.workbook import Workbook, read_workbook
from markscan.source import Source

_UNSEEN = frozenset((Area.PROPERTY, Area.HIDDEN, Area.DELETED))
_LOOK_BACK = 1 << 12  # before an error text may have begun that was not handed out

_Reader = Callable[[bytes, str], Iterable[Item]]
# Parts beside the sheets: how each kind is read, and whether its label is its sheet.
_BESIDE: tuple[tuple[str, _Reader, bool], ...] = (
    ("comments", side.read_comments, True),
    ("threaded", side.read_threaded, True),
    ("persons", lambda data, _label: side.read_persons(data), False),
    ("drawing", side.read_drawing, True),
    ("vml", side.read_vml, True),
    ("pivot", side.read_pivot, False),
    ("other", side.read_words, False),
)
_PROPERTIES: tuple[tuple[str, _Reader], ...] = (
    ("core", ooxml.read_core),
    ("application", ooxml.read_application),
    ("custom", ooxml.read_custom),
    ("label-info", lambda data, label: ooxml.read_custom_xml(data, label, True)),
    ("custom-xml", ooxml.read_custom_xml),
)


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of a workbook and the files in it.

    Raises:
        DamagedFile: it is no package at all.
        UnreadError: whatever `Source.open` raises.
    """
    with Package(source, budget) as package:
        yield from _Workbook(package, source, budget).items()


class _Workbook:
    """Reads one opened workbook, part by part."""

    def __init__(self, package: Package, source: Source, budget: Budget) -> None:
        self.book = Book()
        self._package = package
        self._source = source
        self._budget = budget
        self._kinds: dict[str, list[str]] = {}
        self._relations: dict[str, list[Relation]] = {}
        self._owners: dict[str, str] = {}  # the sheet a part belongs to
        self._classify()

    def items(self) -> Iterator[Item]:
        """Yield everything; the text of pictures only where there is no other to be seen."""
        yield from self._sheets()
        seen = self.book.is_seen
        for item in self._around():
            seen = seen or isinstance(item, UnreadError)
            seen = seen or (isinstance(item, Part) and item.place.area not in _UNSEEN)
            yield item
        if not seen:
            yield from self._pictures()

    def _around(self) -> Iterator[Item]:
        yield from self._unused_strings()
        for kind, read_part, owned in _BESIDE:
            yield from self._beside(kind, read_part, owned)
        yield from self._graphics()
        for kind, read_part in _PROPERTIES:
            yield from self._beside(kind, read_part, owned=False)
        yield from self._addresses()
        yield from self._inside()

    def _pictures(self) -> Iterator[Item]:
        """Yield the text of the pictures, for a workbook that holds nothing else."""
        names = self._kinds.get("media", [])
        if self._kinds.get("embedded"):
            # Of an embedded file there is a picture too, drawn by its program.
            names = [name for name in names if not name.lower().endswith((".emf", ".wmf"))]
        recognise = self._budget.recognise
        if recognise is None:
            if names:
                yield NoTextLayer("xlsx.only-pictures")
            return
        for name in names:
            for member in self._package.copies(name):
                place = Place(Area.IMAGE, None, name)
                try:
                    yield from recognise(partial(bytes, member.data), place, self._budget)
                except UnreadError as error:
                    yield error
            yield from self._package.drain()

    # Which part is what.

    def _classify(self) -> None:
        package = self._package
        types = read_content_types(package)
        pointed: dict[str, str] = {}
        for name in package.names:
            if name.lower().endswith(".rels"):
                found = self._relations[name.lower()] = [
                    relation
                    for member in package.copies(name)
                    for relation in parse_relations(member.data, name)
                ]
                for relation in found:
                    if not relation.external:
                        pointed[relation.target.lower()] = relation.kind
        for name in package.names:
            kind = self._kind(name, pointed.get(name.lower(), ""), types)
            self._kinds.setdefault(kind, []).append(name)

    def _kind(self, name: str, pointed: str, types: ContentTypes) -> str:
        kind = kind_of(name, pointed, types)
        return "workbook" if pointed == "officeDocument" and kind != "records" else kind

    def _targets(self, name: str) -> dict[str, str]:
        """Return what the relationships of a part point at, by their ids."""
        rels = relations_of(name)
        relations = (parse_relations(m.data, rels) for m in self._package.copies(rels))
        return {each.id: each.target for found in relations for each in found}

    # Sheets.

    def _sheets(self) -> Iterator[Item]:
        package, kinds = self._package, self._kinds
        yield from package.drain()
        mains = kinds.get("workbook", [])
        books = [(main, self._main(member)) for main in mains for member in package.copies(main)]
        yield from package.drain()
        names: dict[str, tuple[str, bool, str]] = {}  # label, hidden, title
        for main, book in books:
            yield from book.parts
            if not book.is_sound:
                yield DamagedFile("package.xml", part=main)
            targets = self._targets(main)
            for number, entry in enumerate(book.sheets, start=1):
                target = targets.get(entry.relation, "")
                names[target.lower()] = sheet_label(number), entry.hidden, entry.name
        yield from self._prepare()
        order = list(names)
        sheets = kinds.get("sheet", [])
        place = {name: number for number, name in enumerate(order)}
        for name in sorted(sheets, key=lambda one: place.get(one.lower(), len(order))):
            stem = posixpath.splitext(posixpath.basename(name))[0]
            label, hidden, title = names.get(name.lower(), (stem, False, stem))
            self._own(name, label)
            for member in package.copies(name):
                yield from self._sheet(member, name, Grid(self.book, label, hidden, title))
            yield from package.drain()
        if not (mains or sheets or kinds.get("records")):
            yield DamagedFile("xlsx.no-workbook")

    def _main(self, member: Member) -> Workbook:
        return read_workbook(member.data)

    def _prepare(self) -> Iterator[Item]:
        """Read the styles and strings that the cells point at; yield what is hidden there."""
        book, package = self.book, self._package
        for name in self._kinds.get("styles", ()):
            for member in package.copies(name):
                book.styles = read_styles(member.data)
                for words in dict.fromkeys(book.styles.words):
                    yield Part(words, Place(Area.HIDDEN, None, "number format"))
        for name in self._kinds.get("strings", ()):
            for member in package.copies(name):
                yield from self._replaced(name)
                book.strings = read_strings(member.data, self._budget.limits.parts)
                yield from self._string_problems(book.strings, name)
        yield from package.drain()

    def _string_problems(self, strings: Strings, name: str) -> Iterator[UnreadError]:
        if not strings.is_whole:
            yield DamagedFile("package.xml", part=name)
        if strings.has_doctype:
            yield DamagedFile("package.doctype", part=name)
        if strings.is_full:
            yield LimitExceeded("limit.parts", allowed=self._budget.limits.parts)

    def _replaced(self, name: str) -> Iterator[Part]:
        """Yield the strings of an entry that another one of its kind takes the place of."""
        yield from self._orphans(name)
        self.book.strings = Strings()

    def _unused_strings(self) -> Iterator[Item]:
        names = self._kinds.get("strings", [])
        if names:
            yield from self._orphans(names[-1])

    def _orphans(self, name: str) -> Iterator[Part]:
        for said in self.book.strings.unused():
            for text in said:
                if text.strip():
                    yield Part(text, Place(Area.HIDDEN, None, name))

    def _own(self, name: str, label: str) -> None:
        """Note which parts belong to a sheet."""
        for relation in self._relations.get(relations_of(name).lower(), ()):
            self._owners.setdefault(relation.target.lower(), label)

    def _sheet(self, member: Member, name: str, grid: Grid) -> Iterator[Item]:
        data = member.data
        walker = SheetWalker(grid, self._source.name)
        rows = find_rows(data)
        outside = data if rows is None else rows.around(data)
        outside, sound = to_utf8(outside)
        try:
            yield from walker.walk(outside)
        except MarkupError as error:
            sound = False
            yield from walker.carve(outside[error.offset :])
            yield from side.loose_words(outside[max(0, error.offset - _LOOK_BACK) :], grid.name)
        if rows is not None:
            fast = FastReader(grid, rows, walker.piece)
            yield from fast.read(data)
            sound = sound and fast.is_sound
        if not (sound and walker.is_sound):
            yield DamagedFile("package.xml", part=name)
        if walker.has_doctype:
            yield DamagedFile("package.doctype", part=name)

    # What stands around them.

    def _beside(self, kind: str, read_part: _Reader, owned: bool) -> Iterator[Item]:
        for name in self._kinds.get(kind, ()):
            label = self._owners.get(name.lower(), name) if owned else name
            for member in self._package.copies(name):
                yield from self._side(member.data, name, read_part, label)
            yield from self._package.drain()

    def _side(self, data: bytes, name: str, read_part: _Reader, label: str) -> Iterator[Item]:
        """Yield the parts of one entry; what is broken is searched for loose words."""
        utf8, sound = to_utf8(data)
        try:
            for item in read_part(utf8, label):
                if not isinstance(item, Part) or item.text.strip():
                    yield item
        except MarkupError as error:
            sound = False
            yield from side.loose_words(utf8[max(0, error.offset - _LOOK_BACK) :], name)
        if not sound:
            yield DamagedFile("package.xml", part=name)
        if b"<!DOCTYPE" in utf8:
            yield DamagedFile("package.doctype", part=name)

    def _graphics(self) -> Iterator[Item]:
        def read_chart(data: bytes, label: str) -> Iterator[Item]:
            return ooxml.read_graphic(data, label, set())

        def read_diagram(data: bytes, label: str) -> Iterator[Item]:
            return ooxml.read_graphic(data, label, seen)

        seen: set[str] = set()
        yield from self._beside("graphic", read_chart, owned=False)
        # A diagram's data come before the drawing made of them.
        self._kinds.get("diagram", []).sort(key=lambda name: "drawing" in name.lower())
        yield from self._beside("diagram", read_diagram, owned=False)

    def _addresses(self) -> Iterator[Item]:
        seen = set()
        for relations in self._relations.values():
            for relation in relations:
                key = (relation.kind, relation.target)
                if relation.external and relation.target and key not in seen:
                    seen.add(key)
                    yield Part(relation.target, Place(Area.HIDDEN, None, relation.kind))

    def _inside(self) -> Iterator[Item]:
        package = self._package
        for name in self._kinds.get("control", ()):
            for member in package.copies(name):
                yield from side.carve_binary(member.data, name)
        for name in self._kinds.get("embedded", ()):
            for member in package.copies(name):
                yield self._source.member(name, member.data)
            yield from package.drain()
        for name in self._kinds.get("model", ()):
            yield UnsupportedFormat("xlsx.model", part=name)
        for name in self._kinds.get("records", ()):
            yield UnsupportedFormat("xlsx.records", part=name)
        yield from package.drain()
