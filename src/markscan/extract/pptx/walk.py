"""Walks the shape tree of a slide, layout, master or notes page.

PresentationML: ECMA-376 part 1, clause 19.3; DrawingML: 20.1 and 21.1; AlternateContent:
part 3, clause 7. Elements are told by their local names: what matters here has one meaning
under all namespaces that may stand in a slide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from markscan.document import Area, Box, Part, Place
from markscan.extract.ground import is_alike, is_outside
from markscan.extract.markup import by_local_name, stream_events
from markscan.extract.pptx.alternatives import Alternatives
from markscan.extract.pptx.names import (
    ENDS,
    ESCAPED_BREAK,
    GIVEN_NAME,
    PAINT,
    SHAPES,
    STARTS,
    number,
)
from markscan.extract.pptx.paint import CONTEXTS, Brush
from markscan.extract.pptx.shapes import NOTHING, TINY, UNKNOWN, Frame, Shape, Text, Transform
from markscan.extract.pptx.sheets import Kind, Sheet
from markscan.extract.pptx.tables import OpenTable

_Attributes = dict[str, str]

_MOST_PICTURES = 1000


class Walker:
    """Reads one shape tree into parts."""

    def __init__(self, sheet: Sheet) -> None:
        self.has_doctype = False
        self._sheet = sheet
        self._parts: list[Part] = []
        self._shapes: list[Shape] = []
        self._loose = Shape(Transform())  # takes text outside all shapes
        self._tables: list[OpenTable] = []
        self._table_count = 0
        self.brush = Brush()
        self._alternatives = Alternatives()
        self._frame: Frame | None = None
        self._is_texting = False
        self._said: set[str] = set()

    def walk(self, data: bytes) -> Iterator[Part]:
        """Yield the parts of UTF-8 XML; `finish` yields those still open at an error.

        Raises:
            MarkupError: the XML is broken; what came before has been yielded.
            LimitExceeded: it has too many elements.
        """
        for doctype in stream_events(data, self._start, self._end, self._chars, as_written=True):
            self.has_doctype = doctype
            yield from self._drain()

    def finish(self, rest: Iterator[str] | tuple[str, ...] = ()) -> Iterator[Part]:
        """Close what is open, then yield `rest` as lines of the last shape."""
        for text in rest:
            self._text().add(text, None)
            self._text().end_paragraph()
        while self._tables:
            self._end_table()
        while self._shapes:
            self._end_shape()
        self._say(self._loose.text, None, Area.TEXTBOX, None, None)
        yield from self._drain()

    def _drain(self) -> Iterator[Part]:
        parts, self._parts = self._parts, []
        yield from parts

    # Events.

    def _start(self, name: str, attributes: _Attributes) -> None:
        try:
            handler = _START_HANDLERS[name]
        except KeyError:
            handler = _learn(_START_HANDLERS, name, _find_start(name.rpartition(":")[2]))
        if handler is not None:
            handler(self, attributes)

    def _end(self, name: str) -> None:
        try:
            handler = _END_HANDLERS[name]
        except KeyError:
            handler = _learn(_END_HANDLERS, name, _find_end(name.rpartition(":")[2]))
        if handler is not None:
            handler(self)

    def _chars(self, data: str) -> None:
        if self._is_texting:
            if "_x000" in data:
                data = ESCAPED_BREAK.sub("\n", data)
            self._text().add(data, self.brush.colour)

    # Shapes.

    def _start_shape(self, local: str) -> None:
        self._sheet.tally.element()
        outer = Transform()
        is_hidden = False
        if self._shapes:
            around = self._shapes[-1]
            is_hidden = around.is_hidden
            outer = around.frame.inner(around.outer) if around.is_group else around.outer
        shape = Shape(outer, local == "grpSp", local == "graphicFrame", local == "pic", is_hidden)
        self._shapes.append(shape)

    def _end_shape(self) -> None:
        if not self._shapes:
            return
        shape = self._shapes.pop()
        box = shape.box
        self._say(shape.text, shape.fill, self._area(shape, box), box, None)
        # The picture of an object is a view of what is read elsewhere.
        if shape.blips and not shape.is_hidden and not any(s.is_frame for s in self._shapes[-4:]):
            pictures = self._sheet.pictures
            pictures.extend((link, box) for link in shape.blips[: _MOST_PICTURES - len(pictures)])
        # Pictures, objects and what is filled lie under what comes after them. Of a master
        # the placeholders are not drawn.
        is_drawn = not shape.is_hidden and (
            shape.placeholder is None or self._sheet.kind is not Kind.MASTER
        )
        if is_drawn and not shape.is_group and (shape.is_picture or shape.is_frame or shape.fill):
            self._sheet.covers.cover(box)

    def _area(self, shape: Shape, box: Box | None) -> Area:
        sheet = self._sheet
        if shape.is_hidden or (
            box is not None
            and sheet.kind is Kind.SLIDE
            and is_outside(box, sheet.width, sheet.height)
        ):
            return Area.HIDDEN
        return sheet.area(shape.placeholder)

    def _named(self, attributes: _Attributes) -> None:
        if self._shapes and attributes.get("hidden") in ("1", "true"):
            self._shapes[-1].is_hidden = True
        for key in ("title", "descr"):
            self._aside(attributes.get(key, ""), "alt")
        name = attributes.get("name", "")
        if not GIVEN_NAME.fullmatch(name):
            self._aside(name, "name")

    def _placeholder(self, attributes: _Attributes) -> None:
        if self._shapes:
            self._shapes[-1].placeholder = attributes.get("type", "")

    def _start_frame(self, attributes: _Attributes) -> None:
        if self._shapes:
            self._frame = self._shapes[-1].frame = Frame(number(attributes, "rot") or 0)

    def _offset(self, attributes: _Attributes) -> None:
        x, y = number(attributes, "x"), number(attributes, "y")
        if self._frame is not None and x is not None and y is not None:
            if self._frame.offset is None:
                self._frame.offset = (x, y)
            else:
                self._frame.child_offset = (x, y)

    def _extent(self, attributes: _Attributes) -> None:
        width, height = number(attributes, "cx"), number(attributes, "cy")
        if self._frame is not None and width is not None and height is not None:
            if self._frame.extent is None:
                self._frame.extent = (width, height)
            else:
                self._frame.child_extent = (width, height)

    def _blip(self, attributes: _Attributes) -> None:
        said = by_local_name(attributes)
        link = said.get("embed") or said.get("link")
        if not link:
            return
        if self._shapes:
            self._shapes[-1].blips.append(link)
        else:  # behind all shapes
            self._sheet.pictures.append((link, None))

    # Text.

    def _text(self) -> Text:
        if self._tables and self._tables[-1].cell is not None:
            return self._tables[-1].cell
        return self._shapes[-1].text if self._shapes else self._loose.text

    def _start_paragraph(self, _attributes: _Attributes) -> None:
        self._sheet.tally.element()
        self.brush.colour = None

    def _end_paragraph(self) -> None:
        self._text().end_paragraph()

    def _start_run(self, _attributes: _Attributes) -> None:
        self.brush.colour = None

    def _end_solid(self) -> None:
        self.brush.end_solid()

    def _run_properties(self, attributes: _Attributes) -> None:
        self.brush.enter("rPr")
        size = number(attributes, "sz")
        if size is not None and 0 < size <= 200:  # hundredths of a point
            self.brush.colour = TINY

    def _start_text(self, _attributes: _Attributes) -> None:
        self._is_texting = True

    def _end_text(self) -> None:
        self._is_texting = False

    def _break(self, _attributes: _Attributes) -> None:
        self._text().add("\n", None)

    def _leave(self, local: str) -> None:
        fill = self.brush.leave()
        if fill is None:
            return
        if local in ("spPr", "grpSpPr", "style") and self._shapes:
            shape = self._shapes[-1]
            if local != "style" or shape.fill is None:
                shape.fill = fill
        elif local == "tcPr" and self._tables:
            self._tables[-1].fill = fill

    def _say(
        self, text: Text, fill: str | None, area: Area, box: Box | None, table: OpenTable | None
    ) -> None:
        """Hand on a finished shape or cell: what is seen of it, then what is not."""
        if not text.pieces:
            return
        sheet = self._sheet
        if text.is_coloured and area is not Area.HIDDEN:
            ground = self._ground(fill, box)
            hides = [self._is_lost(colour, ground) for _, colour in text.pieces]
            seen = [piece for (piece, _), hidden in zip(text.pieces, hides, strict=True)
                    if not hidden]  # fmt: skip
            lost = [piece for (piece, _), hidden in zip(text.pieces, hides, strict=True) if hidden]
        else:
            seen, lost = [piece for piece, _ in text.pieces], []
        label = table.label(sheet.label) if table else sheet.label
        row = table.row if table else None
        for pieces, where in ((seen, area), (lost, Area.HIDDEN)):
            said = "".join(pieces).strip("\n")
            if said and not said.isspace() and not self._is_repeated(said, where):
                shown = box if sheet.kind is Kind.SLIDE else None
                self._parts.append(Part(said, Place(where, sheet.page, label, shown), row))

    def _is_repeated(self, text: str, area: Area) -> bool:
        if self._alternatives.repeat(text):
            return True
        if self._sheet.kind in (Kind.MASTER, Kind.PRINT) and area is Area.HIDDEN:
            prompts = self._sheet.tally.prompts
            if text in prompts:
                return True
            prompts.update((text, *text.split("\n")))
        return False

    def _ground(self, fill: str | None, box: Box | None) -> str | None:
        """Return the colour under a text, None if it cannot be told."""
        if fill == UNKNOWN:
            return None
        if fill is not None and fill != NOTHING:
            return self._sheet.scene().palette.resolve(fill)
        scene = self._sheet.scene()
        if not (self._sheet.covers.is_bare(box) and scene.ground.is_bare(box)):
            return None
        return scene.ground.colour

    def _is_lost(self, colour: str | None, ground: str | None) -> bool:
        if colour is None:
            return False
        if colour in (TINY, NOTHING):
            return True
        known = self._sheet.scene().palette.resolve(colour) if ground is not None else None
        return known is not None and ground is not None and is_alike(known, ground)

    # Tables.

    def _start_table(self, _attributes: _Attributes) -> None:
        self._table_count += 1
        box = self._shapes[-1].box if self._shapes else None
        self._tables.append(OpenTable(self._table_count, box))

    def _column(self, attributes: _Attributes) -> None:
        if self._tables:
            self._tables[-1].add_column(number(attributes, "w") or 0)

    def _start_row(self, attributes: _Attributes) -> None:
        if self._tables:
            tally = self._sheet.tally
            tally.rows += 1
            self._tables[-1].start_row(tally.rows, number(attributes, "h") or 0)

    def _start_cell(self, _attributes: _Attributes) -> None:
        self._sheet.tally.element()
        if self._tables:
            self._tables[-1].start_cell()

    def _end_cell(self) -> None:
        text = self._tables[-1].cell if self._tables else None
        if text is None:
            return
        table = self._tables[-1]
        table.cell = None
        shape = self._shapes[-1] if self._shapes else self._loose
        area = self._area(shape, shape.box)
        # What a table's style fills its cells with is not known here.
        fill = UNKNOWN if table.fill is None else table.fill
        area = Area.CELL if area in (Area.TEXTBOX, Area.BODY) else area
        self._say(text, fill, area, table.box(), table)

    def _end_table(self) -> None:
        if self._tables:
            self._end_cell()
            self._tables.pop()

    # What says its text in attributes.

    def _aside(self, text: str, word: str) -> None:
        if text and not text.isspace() and text not in self._said:
            self._said.add(text)
            place = Place(Area.HIDDEN, self._sheet.page, f"{self._sheet.label} {word}")
            self._parts.append(Part(text, place))

    def _link(self, attributes: _Attributes) -> None:
        self._aside(attributes.get("tooltip", ""), "link")
        self._aside(attributes.get("invalidUrl", ""), "link")

    def _art(self, attributes: _Attributes) -> None:
        self._text().add(attributes.get("string", ""), None)
        self._text().end_paragraph()

    def _sheet_name(self, attributes: _Attributes) -> None:
        name = attributes.get("name", "")
        if not name.isascii():
            self._aside(name, "name")

    def _root(self, attributes: _Attributes) -> None:
        if attributes.get("show") in ("0", "false"):
            self._sheet.is_hidden = True

    # The same content for new and for old readers.

    def _start_alternatives(self, _attributes: _Attributes) -> None:
        self._alternatives.start(self._text())

    def _end_alternatives(self) -> None:
        self._alternatives.end()

    def _start_branch(self, _attributes: _Attributes) -> None:
        self._alternatives.start_branch()

    def _end_branch(self) -> None:
        self._alternatives.end_branch()


_Start = Callable[[Walker, _Attributes], None]
_End = Callable[[Walker], None]
_Handler = TypeVar("_Handler")
_START_HANDLERS: dict[str, _Start | None] = {}
_END_HANDLERS: dict[str, _End | None] = {}
_MOST_NAMES = 4096  # of elements; a file may invent as many as it likes


def _learn(known: dict[str, _Handler], name: str, handler: _Handler) -> _Handler:
    if len(known) < _MOST_NAMES:
        known[name] = handler
    return handler


def _find_start(local: str) -> _Start | None:
    if local in SHAPES:
        return lambda walker, _attributes: walker._start_shape(local)
    if local in CONTEXTS and local != "rPr":
        return lambda walker, _attributes: walker.brush.enter(local)
    if local in PAINT:
        return lambda walker, attributes: walker.brush.paint(local, attributes)
    found: _Start | None = getattr(Walker, STARTS[local]) if local in STARTS else None
    return found


def _find_end(local: str) -> _End | None:
    if local in SHAPES:
        return Walker._end_shape
    if local in CONTEXTS:
        return lambda walker: walker._leave(local)
    if local == "solidFill":
        return Walker._end_solid
    found: _End | None = getattr(Walker, ENDS[local]) if local in ENDS else None
    return found
