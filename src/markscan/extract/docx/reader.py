"""Reads Word documents (docx, docm, dotx, dotm): all text in them, wherever it hides.

Order: body, notes, headers, footers, comments, diagrams and charts, building blocks,
properties, addresses, embedded files. Parts are found by relationship, by content type and
by name, so that a part nobody points at is read too. Sources: ECMA-376 parts 1 to 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract import ooxml
from markscan.extract.docx.fast import find_breaks, read_simple
from markscan.extract.docx.names import is_word
from markscan.extract.docx.pictures import read_pictures
from markscan.extract.docx.salvage import carve
from markscan.extract.docx.story import Story, Tally
from markscan.extract.docx.styles import Styles, may_be_white, may_hide, read_styles
from markscan.extract.docx.trim import trim
from markscan.extract.docx.walk import Walker
from markscan.extract.extractor import Budget, Item
from markscan.extract.markup import MarkupError, bindings, to_utf8
from markscan.extract.opc import (
    ContentTypes,
    Kinds,
    Relation,
    parse_relations,
    read_content_types,
    relations_of,
)
from markscan.extract.package import Member, Package
from markscan.source import Source

# What a part is: by the last word of the relationship that points at it, ...
_BY_RELATION = {
    "header": "header",
    "footer": "footer",
    "footnotes": "note",
    "endnotes": "note",
    "comments": "comment",
    "glossaryDocument": "glossary",
    "chart": "graphic",
    "chartEx": "graphic",
    "chartUserShapes": "graphic",
    "diagramData": "graphic",
    "styles": "styles",
    "settings": "settings",
    "customXml": "custom-xml",
    "aFChunk": "embedded",
    "package": "embedded",
    "oleObject": "embedded",
    "subDocument": "embedded",
}
# ... by its content type, ...
_BY_TYPE = (
    ("document.main+xml", "main"),
    ("template.main+xml", "main"),
    ("macroenabled.main+xml", "main"),
    ("macroenabledtemplate.main+xml", "main"),
    ("document.glossary+xml", "glossary"),
    ("wordprocessingml.header+xml", "header"),
    ("wordprocessingml.footer+xml", "footer"),
    ("wordprocessingml.footnotes+xml", "note"),
    ("wordprocessingml.endnotes+xml", "note"),
    ("wordprocessingml.comments+xml", "comment"),
    ("drawingml.chart+xml", "graphic"),
    ("drawingml.chartshapes+xml", "graphic"),
    ("chartex+xml", "graphic"),
    ("drawingml.diagramdata+xml", "graphic"),
    ("drawingml.diagramdrawing+xml", "graphic"),
    ("package.core-properties+xml", "core"),
    ("extended-properties+xml", "application"),
    ("custom-properties+xml", "custom"),
    ("wordprocessingml.styles+xml", "styles"),
    ("wordprocessingml.settings+xml", "settings"),
)
# ... by its name.
_BY_NAME = (
    (r"word/document\d*\.xml", "main"),
    (r"(.*/)?glossary/document\d*\.xml", "glossary"),
    (r"(.*/)?header\d*\.xml", "header"),
    (r"(.*/)?footer\d*\.xml", "footer"),
    (r"(.*/)?(foot|end)notes\d*\.xml", "note"),
    (r"(.*/)?comments\d*\.xml", "comment"),
    (r"(.*/)?charts/chart\w*\.xml", "graphic"),
    (r"(.*/)?diagrams/(data|drawing)\d*\.xml", "graphic"),
    (r"docProps/core\d*\.xml", "core"),
    (r"docProps/app\d*\.xml", "application"),
    (r"docProps/custom\d*\.xml", "custom"),
    (r"docMetadata/.*\.xml", "label-info"),
    (r"customXml/item\d*\.xml", "custom-xml"),
    (r"customXml/.*\.rels", ""),
    (r"(.*/)?embeddings/.+", "embedded"),
    (r"(.*/)?afchunk\w*\.\w+", "embedded"),
    (r"word/styles\d*\.xml", "styles"),
    (r"word/settings\d*\.xml", "settings"),
    (r".*\.rels", "relations"),
    (r"(.*/)?media/.+", "media"),
)
_KINDS = Kinds(_BY_TYPE, _BY_NAME)
_STORIES = (
    ("note", Area.NOTE),
    ("header", Area.HEADER),
    ("footer", Area.FOOTER),
    ("comment", Area.COMMENT),
)
_SIDE: tuple[tuple[str, Callable[[bytes, str], Iterator[Item]]], ...] = (
    ("core", ooxml.read_core),
    ("application", ooxml.read_application),
    ("custom", ooxml.read_custom),
    ("settings", ooxml.read_settings),
)
_UNSEEN = frozenset((Area.PROPERTY, Area.HIDDEN, Area.DELETED))
_SECTION = re.compile(rb"<(?:\w+:)?sectPr(?:\s[^<>]*?)?(?:/>|>(.*?)</(?:\w+:)?sectPr>)", re.DOTALL)
_CONTINUES = re.compile(rb"<(?:\w+:)?type\s[^<>]*[\"'](?:continuous|nextColumn)[\"']")
_GROUND = re.compile(rb"<\w+:background\s")


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of a Word document and the files in it.

    Raises:
        DamagedFile: it is no package at all.
        UnreadError: whatever `Source.open` raises.
    """
    with Package(source, budget) as package:
        yield from _Reader(package, source, budget).items()


class _Reader:
    """Reads one opened document, part by part."""

    def __init__(self, package: Package, source: Source, budget: Budget) -> None:
        self._package = package
        self._budget = budget
        limits = budget.limits
        self._source = source
        self._tally = Tally(limits.parts)
        self._styles = Styles()
        self._style_data = b""  # until the colours of table styles have been read
        self._kinds: dict[str, list[str]] = {}
        self._read_relations: dict[str, list[Relation]] = {}
        self._classify()

    def items(self) -> Iterator[Item]:
        """Yield everything, then say so if all of it was pictures."""
        seen = failed = False
        for item in self._all():
            if isinstance(item, Part):
                seen = seen or item.place.area not in _UNSEEN
            elif isinstance(item, UnreadError):
                failed = True
            yield item
        if self._budget.recognise is not None:
            yield from self._pictures(all_of_them=not seen)
        elif not seen and not failed and self._kinds.get("media"):
            yield NoTextLayer("docx.only-pictures")

    def _all(self) -> Iterator[Item]:
        yield from self._package.drain()
        yield from self._body()
        for kind, area in _STORIES:
            yield from self._stories(kind, area)
        yield from self._graphics()
        yield from self._stories("glossary", Area.HIDDEN)
        yield from self._properties()
        yield from self._addresses()
        for name in self._kinds.get("embedded", ()):
            for member in self._package.copies(name):
                yield self._source.member(name, member.data)
            yield from self._package.drain()

    def _pictures(self, *, all_of_them: bool) -> Iterator[Item]:
        """Yield the lines on the pictures: those the document shows first, in its order."""
        pointed = [
            relation.target
            for main in self._kinds.get("main", ())
            for relation in self._relations("{}/_rels/{}.rels".format(*main.rpartition("/")[::2]))
            if relation.kind == "image" and not relation.external
        ]
        known = {name.lower(): name for name in self._kinds.get("media", ())}
        names = {known[low]: None for target in pointed if (low := target.lower()) in known}
        names |= dict.fromkeys(known.values())
        yield from read_pictures(
            list(names), self._package, self._source, self._budget, all_of_them=all_of_them
        )

    # Which part is what.

    def _classify(self) -> None:
        package = self._package
        types = read_content_types(package)
        mains = [
            relation.target
            for relation in self._relations("_rels/.rels")
            if relation.kind == "officeDocument" and package.has(relation.target)
        ]
        pointed = {}
        for main in mains:
            for relation in self._relations(relations_of(main)):
                if not relation.external and relation.kind in _BY_RELATION:
                    pointed[relation.target.lower()] = _BY_RELATION[relation.kind]
        roots = {main.lower() for main in mains}
        for name in package.names:
            kind = "main" if name.lower() in roots else pointed.get(name.lower(), "")
            kind = kind or _kind_of(name, types)
            self._kinds.setdefault(kind, []).append(name)

    def _relations(self, name: str) -> list[Relation]:
        """Return the relations of one entry, read once."""
        known = self._read_relations.get(name.lower())
        if known is None:
            members = self._package.copies(name)
            known = [found for member in members for found in parse_relations(member.data, name)]
            self._read_relations[name.lower()] = known
        return known

    # Text.

    def _body(self) -> Iterator[Item]:
        mains = self._kinds.get("main", [])
        bodies = [(name, member) for name in mains for member in self._package.copies(name)]
        if not mains:
            bodies = list(self._stray_bodies())
        yield from self._package.drain()
        for name in self._kinds.get("styles", ()):
            for member in self._package.copies(name)[-1:]:
                self._style_data = member.data
                self._styles = read_styles(member.data, shades=False)
        for name, body in bodies:
            yield from self._story(body, Area.BODY, name)
        yield from self._package.drain()
        if not bodies and not mains:  # one that is there but unreadable has been reported
            yield DamagedFile("docx.no-body")

    def _stray_bodies(self) -> Iterator[tuple[str, Member]]:
        """Yield bodies whose entry has lost its name."""
        for name in self._kinds.get("", ()):
            if name.lower().endswith(("xml", "rels")):
                for member in self._package.copies(name):
                    if b"wordprocessingml" in member.data and b":body>" in member.data:
                        yield name, member

    def _stories(self, kind: str, area: Area) -> Iterator[Item]:
        for name in self._kinds.get(kind, ()):
            for member in self._package.copies(name):
                yield from self._story(member, area, name)
            yield from self._package.drain()

    def _story(self, member: Member, area: Area, name: str) -> Iterator[Item]:
        data = member.data
        is_body = area is Area.BODY
        story = Story(area, "" if is_body else name, self._tally, partial(_section_breaks, data))
        plain = member.whole and area is not Area.COMMENT
        try:
            breaks = find_breaks(data, self._styles) if plain else None
            if breaks is not None:
                yield from read_simple(data, story, breaks)
            else:
                yield from self._walk(data, story, name)
        except LimitExceeded:
            yield from story.drain()
            raise

    def _walk(self, data: bytes, story: Story, name: str) -> Iterator[Item]:
        data, sound = to_utf8(data)
        if self._style_data and may_be_white(data):
            self._styles = read_styles(self._style_data, shades=True)
            self._style_data = b""
        walker = Walker(story, self._styles, bool(_GROUND.search(data)))
        spaces = bindings(data)
        if spaces is not None:
            data = trim(data, spaces, self._styles.say_something or may_hide(data))
        try:
            yield from walker.walk(data, spaces)
        except MarkupError as error:
            yield from walker.finish(carve(data[error.offset :]))
            yield DamagedFile("package.xml", part=name)
            return
        yield from walker.finish()
        if not sound or walker.has_unbound:
            yield DamagedFile("package.xml", part=name)
        if walker.has_doctype:
            yield DamagedFile("package.doctype", part=name)
        if story.area is Area.BODY and not is_word(walker.root):
            yield DamagedFile("docx.no-body")

    # What stands around it.

    def _graphics(self) -> Iterator[Item]:
        seen: set[str] = set()
        # A diagram's data come before the drawing made of them.
        for name in sorted(self._kinds.get("graphic", ()), key=lambda n: "drawing" in n.lower()):
            lines = seen if "diagram" in name.lower() else set()
            for member in self._package.copies(name):
                yield from ooxml.read_graphic(member.data, name, lines)
            yield from self._package.drain()

    def _properties(self) -> Iterator[Item]:
        for kind, read in _SIDE:
            for name in self._kinds.get(kind, ()):
                for member in self._package.copies(name):
                    yield from read(member.data, name)
                yield from self._package.drain()
        for kind in ("label-info", "custom-xml"):
            for name in self._kinds.get(kind, ()):
                for member in self._package.copies(name):
                    yield from ooxml.read_custom_xml(member.data, name, kind == "label-info")
                yield from self._package.drain()

    def _addresses(self) -> Iterator[Item]:
        seen = set()
        for name in self._kinds.get("relations", ()):
            for relation in self._relations(name):
                key = (relation.kind, relation.target)
                if relation.external and relation.target and key not in seen:
                    seen.add(key)
                    yield Part(relation.target, Place(Area.HIDDEN, None, relation.kind))
            yield from self._package.drain()


def _kind_of(name: str, types: ContentTypes) -> str:
    declared = types.of(name).lower()
    kind = _KINDS.declared(declared)
    if not kind:
        return _KINDS.named(name)
    # A workbook or presentation is a main part too, but none of ours; and a type by extension
    # says little: some writers give the main one to every entry.
    if kind == "main" and not ("word" in declared and name.lower() in types.parts):
        return _KINDS.named(name)
    return kind


def _section_breaks(data: bytes) -> list[bool]:
    """Tell for each section after the first whether it starts on a page of its own."""
    data, _ = to_utf8(data)
    sections = _SECTION.findall(data)
    return [not _CONTINUES.search(section) for section in sections[1:]]
