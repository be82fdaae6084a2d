"""Finds the parts of a presentation: which is what, and which slide each belongs to.

By relationship, by content type and by name, so that a part nobody points at is read too.
ECMA-376 part 1, 13.3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markscan.extract.markup import by_local_name, read_events
from markscan.extract.opc import (
    ContentTypes,
    Kinds,
    Relation,
    parse_relations,
    read_content_types,
    relations_of,
)
from markscan.extract.package import Package

# What a part is: by the last word of the relationship that points at it, ...
_BY_RELATION = {
    "slide": "slide",
    "slideLayout": "master",
    "slideMaster": "master",
    "notesSlide": "notes",
    "notesMaster": "print",
    "handoutMaster": "print",
    "comments": "comments",
    "commentAuthors": "authors",
    "authors": "authors",
    "chart": "graphic",
    "chartEx": "graphic",
    "chartUserShapes": "graphic",
    "diagramData": "graphic",
    "diagramDrawing": "graphic",
    "tags": "tags",
    "vmlDrawing": "vml",
    "customXml": "custom-xml",
    "package": "embedded",
    "oleObject": "embedded",
    "image": "media",
    "media": "media",
    "audio": "media",
    "video": "media",
}
# ... by the end of its content type, ...
_BY_TYPE = (
    ("presentation.main+xml", "main"),
    ("slideshow.main+xml", "main"),
    ("presentationml.template.main+xml", "main"),
    ("presentationml.slide+xml", "slide"),
    ("slidelayout+xml", "master"),
    ("slidemaster+xml", "master"),
    ("notesslide+xml", "notes"),
    ("notesmaster+xml", "print"),
    ("handoutmaster+xml", "print"),
    ("comments+xml", "comments"),
    ("commentauthors+xml", "authors"),
    ("authors+xml", "authors"),
    ("drawingml.chart+xml", "graphic"),
    ("drawingml.chartshapes+xml", "graphic"),
    ("chartex+xml", "graphic"),
    ("diagramdata+xml", "graphic"),
    ("diagramdrawing+xml", "graphic"),
    ("presentationml.tags+xml", "tags"),
    ("package.core-properties+xml", "core"),
    ("extended-properties+xml", "application"),
    ("custom-properties+xml", "custom"),
    ("package.relationships+xml", "relations"),
    ("theme+xml", "other"),
    ("presprops+xml", "other"),
    ("viewprops+xml", "other"),
    ("tablestyles+xml", "other"),
    ("themeoverride+xml", "other"),
    ("ms-office.chartstyle+xml", "other"),
    ("ms-office.chartcolorstyle+xml", "other"),
    ("drawingml.diagramlayout+xml", "other"),
    ("drawingml.diagramcolors+xml", "other"),
    ("drawingml.diagramstyle+xml", "other"),
)
# ... by its name.
_BY_NAME = (
    (r"ppt/presentation\d*\.xml", "main"),
    (r"(.*/)?slides/[^/]+\.xml", "slide"),
    (r"(.*/)?slide(Layouts|Masters)/[^/]+\.xml", "master"),
    (r"(.*/)?notesSlides/[^/]+\.xml", "notes"),
    (r"(.*/)?(notes|handout)Masters/[^/]+\.xml", "print"),
    (r"(.*/)?comments/[^/]+\.xml", "comments"),
    (r"(.*/)?(commentA|a)uthors\d*\.xml", "authors"),
    (r"(.*/)?charts/(chart|drawing)\w*\.xml", "graphic"),
    (r"(.*/)?drawings/drawing\d*\.xml", "graphic"),
    (r"(.*/)?diagrams/(data|drawing)\d*\.xml", "graphic"),
    (r"(.*/)?tags/[^/]+\.xml", "tags"),
    (r"(.*/)?vmlDrawing\d*\.vml", "vml"),
    (r"docProps/core\d*\.xml", "core"),
    (r"docProps/app\d*\.xml", "application"),
    (r"docProps/custom\d*\.xml", "custom"),
    (r"docMetadata/.*\.xml", "label-info"),
    (r"customXml/item\d*\.xml", "custom-xml"),
    (r".*\.rels", "relations"),
    (r"(.*/)?embeddings/.+", "embedded"),
    (r"(.*/)?media/.+", "media"),
    (r"(.*/)?(printerSettings/.*|theme/.*|thumbnail\.\w+|\[Content_Types\]\.xml)", "other"),
    (r"ppt/(presProps|viewProps|tableStyles|vbaProject)\.\w+", "other"),
)
_KINDS = Kinds(_BY_TYPE, _BY_NAME)
_DIGITS = re.compile(r"(\d+)")


@dataclass(slots=True)
class Outline:
    """What presentation.xml says: the slides in order, their size, and words of its own."""

    ids: list[str] = field(default_factory=list)
    width: float = 720.0
    height: float = 540.0
    names: list[tuple[str, str]] = field(default_factory=list)  # label, text
    is_sound: bool = True


class Deck:
    """The parts of one presentation."""

    def __init__(self, package: Package) -> None:
        self.kinds: dict[str, list[str]] = {}
        self._package = package
        self._targets: dict[str, list[Relation]] = {}
        self._classify()

    def targets(self, name: str) -> list[Relation]:
        """Return where a part points, in the order of its relations."""
        return self.read_relations(relations_of(name))

    def read_relations(self, name: str) -> list[Relation]:
        """Return what an entry ".rels" says, read once."""
        key = name.lower()
        if key not in self._targets:
            self._targets[key] = [
                relation
                for member in self._package.copies(name)
                for relation in parse_relations(member.data, name)
            ]
        return self._targets[key]

    def outward(self, name: str) -> list[Relation]:
        """Return what an entry ".rels" says if any of it points out of the package."""
        known = self._targets.get(name.lower())
        if known is not None:
            return known
        found: list[Relation] = []
        for member in self._package.copies(name):
            plain = (
                member.data.startswith((b"<", b"\xef\xbb\xbf")) and b"\0" not in member.data[:64]
            )
            if not plain or b"xternal" in member.data or b"&" in member.data:
                found += parse_relations(member.data, name)
        return found

    def points(self, name: str, *kinds: str) -> list[str]:
        """Return the parts inside the package that `name` points at by relations of `kinds`."""
        return [
            relation.target
            for relation in self.targets(name)
            if relation.kind in kinds and not relation.external
        ]

    def slides(self, outline: Outline) -> list[str | None]:
        """Return the slides in the order they are shown; None for one that is lost.

        Where no presentation tells the order, the numbers in their names do.
        """
        mains = self.kinds.get("main", ())
        found = {t.id: t.target for main in mains for t in self.targets(main)}
        names = {name.lower(): name for name in self._package.names}
        order = [names.get(found.get(id, "").lower()) for id in dict.fromkeys(outline.ids)]
        is_told = any(order) or (mains and outline.is_sound and not outline.ids)
        return order if is_told else [*sorted(self.kinds.get("slide", ()), key=_by_number)]

    def _classify(self) -> None:
        package = self._package
        types = read_content_types(package)
        mains = {t.target.lower() for t in self.read_relations("_rels/.rels")
                 if t.kind == "officeDocument"}  # fmt: skip
        nameless: list[str] = []
        for name in package.names:
            kind = "main" if name.lower() in mains else _kind_of(name, types)
            if kind:
                self.kinds.setdefault(kind, []).append(name)
            else:
                nameless.append(name)
        pointed = self._pointed() if nameless else {}
        for name in nameless:
            kind = pointed.get(name.lower(), "other")
            self.kinds.setdefault(kind, []).append(name)

    def _pointed(self) -> dict[str, str]:
        """Return what the relations say of the parts they point at."""
        found: dict[str, str] = {}
        for name in self.kinds.get("relations", ()):
            for relation in self.read_relations(name):
                kind = _BY_RELATION.get(relation.kind)
                if kind and not relation.external:
                    found.setdefault(relation.target.lower(), kind)
        return found


def read_outline(data: bytes) -> Outline:
    """Return what a presentation.xml says."""
    outline = Outline()

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "sldId":
            id = next((v for k, v in attributes.items() if k.endswith("relationships id")), "")
            if id:
                outline.ids.append(id)
        elif local == "sldSz":
            width, height = attributes.get("cx", ""), attributes.get("cy", "")
            if width.isdecimal() and height.isdecimal() and len(width) < 12 > len(height):
                outline.width, outline.height = int(width) / 12700, int(height) / 12700
        elif local in ("section", "custShow"):
            said = by_local_name(attributes).get("name", "")
            outline.names.append(("section" if local == "section" else "custom show", said))

    outline.is_sound = read_events(data, start)
    return outline


def _by_number(name: str) -> tuple[int, str]:
    digits = _DIGITS.search(name.rpartition("/")[2])
    return (int(digits[1][:9]) if digits else 0, name)


def _kind_of(name: str, types: ContentTypes) -> str:
    declared = _KINDS.declared(types.of(name).lower())
    # A type by extension says little: some writers give the main one to every entry.
    if declared == "main" and name.lower() not in types.parts:
        declared = ""
    return declared or _KINDS.named(name)
