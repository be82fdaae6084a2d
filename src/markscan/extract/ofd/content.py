"""What is drawn in an OFD part: pages, templates, resources and annotations hold the same objects.

GB/T 33190—2016: 7.7 pages and layers, 8.5 graphic units, 11 text, 10 images, 13 composite
units, 15 annotations. One walker reads them all, from events, into records that say where
each object stands relative to its part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from markscan.extract.markup import by_local_name
from markscan.extract.ofd.geometry import (
    IDENTITY,
    Matrix,
    Rect,
    bounds,
    matrix_of,
    rect_of,
    times,
)
from markscan.extract.ofd.records import (
    Drawn,
    Ground,
    Kind,
    Note,
    Picture,
    Text,
    Use,
    is_unseen,
    kind_of,
    known_kind,
)

_T = TypeVar("_T")
_TEXTS = ("TextObject", "Text")
_DRAWN = (*_TEXTS, "PathObject", "Path", "ImageObject", "CompositeObject")
_SPOKEN = ("TextCode", "AbbreviatedData", "Remark", "PhysicalBox", "PageRes", "Parameter")
_SHORT = 400  # characters of attributes worth remembering
_SIMPLE_PATH = 150  # characters of a path that draws a line or a frame
_MOST_ASKED = 8  # blocks in blocks that structure tags point at
_MOST_NAMES, _LONGEST_NAME = 1000, 80  # of elements whose actions are remembered
_CURVES = re.compile(r"[QBA]")
_WORD = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Opened:
    """An object whose end has not been met."""

    name: str
    own: str  # its id
    attributes: dict[str, str]  # the others
    boundary: Rect | None
    matrix: Matrix
    hidden: bool
    kind: Kind | None
    fill: str | None = None
    line: str = ""
    codes: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    size: int = 0  # characters of the path
    curved: bool = False
    glyphs: bool = False


class Actions(dict[str, Callable[[Any, _T], None] | None]):
    """What a walker does for an element, by its name; a prefix makes no difference."""

    def __missing__(self, name: str) -> Callable[[Any, _T], None] | None:
        action = self.get(name[name.rfind(":") + 1 :])
        if len(self) < _MOST_NAMES and len(name) < _LONGEST_NAME:
            self[name] = action
        return action


Starts = Actions[dict[str, str]]
Ends = Actions[str]


class Walker:
    """Collects what one part draws; `drawn` and `notes` may be taken away at each step.

    Args:
        wanted: the ids of objects that structure tags point at; `said` gets their text.
    """

    def __init__(self, wanted: Container[str] = ()) -> None:
        self.drawn: list[Drawn] = []
        self.notes: list[Note] = []
        self.links: list[str] = []
        self.area: Rect | None = None
        self.templates: list[str] = []
        self.resources: list[str] = []
        self.said: dict[str, list[str]] = {}
        self.drawings = 0  # paths that may be the outlines of characters
        self.wordless = 0  # texts that have glyphs and no characters
        self.is_whole = True
        self.has_doctype = False
        self.wanted = wanted
        self._objects: list[Opened] = []
        self._blocks: list[str] = []
        self._asked: list[str] = []  # those of the open blocks that are wanted
        self._layer_pen = ""
        self._patterns = 0  # that are open
        self._base = IDENTITY
        self._note: Note | None = None
        self._outside: list[Drawn] = []  # what was drawn before the open annotation
        self._texts: list[str] | None = None
        self._heard = ""  # the element whose text is collected
        self._value: dict[str, str] = {}

    # Events.

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag."""
        action = self.STARTS[name]
        if action is not None:
            action(self, by_local_name(attributes) if ":" in "".join(attributes) else attributes)

    def end(self, name: str) -> None:
        """Take an end tag."""
        action = self.ENDS[name]
        if action is not None:
            texts, self._texts = self._texts, None
            action(self, "".join(texts) if texts else "")

    def chars(self, data: str) -> None:
        """Take characters."""
        if self._texts is not None:
            self._texts.append(data)

    def finish(self, rest: str = "") -> None:
        """Close what a broken part has left open; `rest` follows the last characters."""
        if self._texts is not None:
            texts, self._texts = self._texts, None
            action = self.ENDS[self._heard]
            if action is not None:
                action(self, "".join([*texts, rest]))
        while self._objects:
            self._close("")

    def add(self, text: str) -> None:
        """Take characters that have lost the object they belong to."""
        kind = kind_of()
        self.drawn.append(
            Text(text, "", "", "", "", IDENTITY, None, kind, "", None, None, kind.hidden)
        )

    # Elements whose text counts.

    @staticmethod
    def listening(name: str) -> Callable[[Walker, dict[str, str]], None]:
        """Return the start of an element whose text its end is given."""

        def start(self: Walker, attributes: dict[str, str]) -> None:
            self._texts = []
            self._value = attributes
            self._heard = name

        return start

    def _code(self, text: str) -> None:
        text = clean(text)
        if self._objects:
            self._objects[-1].codes.append((text, self._value))
        elif text:
            self.add(text)

    def _path(self, data: str) -> None:
        if self._objects:
            self._objects[-1].size += len(data)
            self._objects[-1].curved |= bool(_CURVES.search(data))

    def _box(self, text: str) -> None:
        self.area = rect_of(text) or self.area

    def _resource(self, location: str) -> None:
        self.resources.append(location)

    def _remark(self, text: str) -> None:
        if self._note is not None:
            self._note.remarks.append(text)

    def _parameter(self, text: str) -> None:
        text = text.strip()
        if self._note is not None and _WORD.search(text) and text.lower() not in ("true", "false"):
            self._note.parameters.append((self._value.get("Name", ""), text))

    # Elements that stand around objects.

    def _block(self, attributes: dict[str, str]) -> None:
        identity = attributes.get("ID", "")
        self._blocks.append(identity)
        if identity in self.wanted:
            self._asked.append(identity)
        if len(self._blocks) == 1:
            self._layer_pen = attributes.get("DrawParam", "")

    def _unblock(self, _text: str) -> None:
        if self._blocks:
            identity = self._blocks.pop()
            if self._asked and self._asked[-1] == identity:
                self._asked.pop()

    def _open_pattern(self, _attributes: dict[str, str]) -> None:
        self._patterns += 1

    def _close_pattern(self, _text: str) -> None:
        self._patterns -= 1

    def _template(self, attributes: dict[str, str]) -> None:
        self.templates.append(attributes.get("TemplateID", "").strip())

    def _link(self, attributes: dict[str, str]) -> None:
        self.links.append(attributes.get("URI", ""))

    def _open_note(self, attributes: dict[str, str]) -> None:
        self.close_note()
        said = attributes.get
        hidden = said("Visible", "").strip().lower() == "false"
        kind, subtype = said("Type", ""), said("Subtype", "")
        self._note = Note(kind, subtype, said("Creator", ""), hidden)
        self._outside, self.drawn = self.drawn, []

    def close_note(self, _text: str = "") -> None:
        """Close the open annotation, if any."""
        if self._note is not None:
            self._note.drawn = self.drawn
            self.drawn = self._outside
            self.notes.append(self._note)
            self._note = None

    def _appear(self, attributes: dict[str, str]) -> None:
        self._base = matrix_of("", rect_of(attributes.get("Boundary")))

    def _vanish(self, _text: str) -> None:
        self._base = IDENTITY

    # Objects.

    @staticmethod
    def _opening(name: str) -> Callable[[Walker, dict[str, str]], None]:
        is_text = name in _TEXTS

        def start(self: Walker, attributes: dict[str, str]) -> None:
            take = attributes.pop
            own, boundary, ctm = take("ID", ""), rect_of(take("Boundary", "")), take("CTM", "")
            matrix = matrix_of(ctm, boundary)
            around = self._objects[-1] if self._objects else None
            base = around.matrix if around else self._base
            if base is not IDENTITY:
                matrix = times(matrix, base)
            kind = None
            if is_text:  # what is left is the same for many of them
                said = (*attributes, *attributes.values())
                kind = known_kind(*said) if len("".join(said)) < _SHORT else kind_of(*said)
            hidden = kind.hidden if kind else is_unseen(attributes.get)
            hidden = hidden or (around is not None and around.hidden)
            self._objects.append(Opened(name, own, attributes, boundary, matrix, hidden, kind))

        return start

    def _see_glyphs(self, _attributes: dict[str, str]) -> None:
        if self._objects:
            self._objects[-1].glyphs = True

    def _fill(self, attributes: dict[str, str]) -> None:
        if self._objects:
            opened = self._objects[-1]
            opened.fill = attributes.get("Value", "")
            opened.hidden |= attributes.get("Alpha", "").strip() == "0"

    def _stroke(self, attributes: dict[str, str]) -> None:
        if self._objects:
            self._objects[-1].line = attributes.get("Value", "")

    def _close(self, _text: str) -> None:
        if not self._objects:
            return
        opened = self._objects.pop()
        if opened.kind is not None:
            self._close_text(opened, opened.kind)
            return
        resource = opened.attributes.get("ResourceID", "").strip()
        match opened.name:
            case "ImageObject":
                # A picture fills the unit square (10.2).
                box = bounds(opened.matrix, 0, 0, 1, 1)
                self.drawn.append(Picture(resource, box, opened.hidden))
            case "CompositeObject":
                self.drawn.append(Use(resource, opened.matrix, opened.hidden))
            case _:
                self._close_path(opened)

    def _close_text(self, opened: Opened, kind: Kind) -> None:
        line = opened.line if kind.stroked else None
        pen = kind.pen or self._layer_pen
        tiled = self._patterns > 0
        # Points not given are those of the code before (11.3).
        x = y = "0"
        for text, value in opened.codes:
            said = value.get
            x, y = said("X", x), said("Y", y)
            if text:
                self.drawn.append(
                    Text(
                        text, x, y, said("DeltaX", ""), said("DeltaY", ""),
                        opened.matrix, opened.boundary, kind, pen, opened.fill, line,
                        opened.hidden, tiled,
                    )
                )  # fmt: skip
                if self.wanted:
                    self._say(opened.own, text)
        if opened.glyphs and not any(text for text, _ in opened.codes):
            self.wordless += 1

    def _say(self, own: str, text: str) -> None:
        for identity in (own, *self._asked[-_MOST_ASKED:]):
            if identity in self.wanted:
                self.said.setdefault(identity, []).append(text)

    def _close_path(self, opened: Opened) -> None:
        if opened.hidden:
            return
        self.drawings += 1 if opened.curved or opened.size > _SIMPLE_PATH else 0
        if opened.attributes.get("Fill", "").strip().lower() == "true" and opened.boundary:
            around = self._objects[-1].matrix if self._objects else self._base
            x, y, width, height = opened.boundary
            box = bounds(around, x, y, x + width, y + height)
            self.drawn.append(Ground(box, opened.fill, opened.attributes.get("DrawParam", "")))

    STARTS: ClassVar[Starts] = Starts({
        "FillColor": _fill, "StrokeColor": _stroke, "Glyphs": _see_glyphs, "Annot": _open_note,
        "Appearance": _appear, "Template": _template, "PageBlock": _block, "Layer": _block,
        "URI": _link, "Pattern": _open_pattern,
        **dict(zip(_DRAWN, map(_opening, _DRAWN), strict=True)),
        **dict(zip(_SPOKEN, map(listening, _SPOKEN), strict=True)),
    })  # fmt: skip
    ENDS: ClassVar[Ends] = Ends({
        "TextCode": _code, "AbbreviatedData": _path, "Remark": _remark, "PhysicalBox": _box,
        "PageRes": _resource, "Annot": close_note, "Parameter": _parameter,
        "Appearance": _vanish, "PageBlock": _unblock, "Layer": _unblock,
        "Pattern": _close_pattern, **dict.fromkeys(_DRAWN, _close),
    })  # fmt: skip


def clean(text: str) -> str:
    """Return the text of a code without the line ends that indenting XML puts there."""
    return "".join(line.strip() for line in text.splitlines()) if "\n" in text else text
