"""Reads the shapes of a slide, a master or a page of notes, and what stands on them.

Sources: [MS-PPT] 2.5, 2.7, 2.9; [MS-ODRAW] 2.2.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from markscan.document import Area, Box, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, UnreadError
from markscan.extract.ole.drawing import read_shapes
from markscan.extract.ole.powerpoint.records import Kind, Record, children, text_of, texts_of, tidy

_MOST_DEPTH = 64
_OPTIONS = frozenset((Kind.OPTIONS, Kind.MORE_OPTIONS, Kind.LAST_OPTIONS))
_DATE, _NUMBER, _FOOTER, _HEADER = 7, 8, 9, 10  # kinds of placeholders
_GROUP_FLAGS, _TABLE = 0x03BF, 0x039F  # properties
_HIDDEN_SHAPE = 0x00020002
_PACKED = b"PK\x03\x04".decode("utf-16-le")  # the shape once more, as XML formats do
_GIVEN = re.compile(r"\D{1,24} \d{1,5}")  # a name that the program gave
_MASTER_UNITS = 8  # to a point


class Role(Enum):
    """What a set of shapes is."""

    SLIDE = auto()
    MASTER = auto()
    NOTES = auto()
    LOST = auto()  # superseded, or in no list


@dataclass(slots=True)
class Sheet:
    """A set of shapes. `texts` are those that the outline keeps for its placeholders.

    `rows` counts the table rows of the whole presentation; it is handed on.
    """

    role: Role
    label: str
    page: int | None
    width: float
    height: float
    hidden: bool = False
    texts: list[str] = field(default_factory=list)
    rows: int = 0
    used: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Shape:
    text: str = ""
    placeholder: int | None = None
    options: bytes = b""
    anchor: tuple[int, int, int, int] | None = None  # left, top, right, bottom
    is_hidden: bool = False
    is_table: bool = False


@dataclass(slots=True)
class _Table:
    """The rows of an open table: a cell's top edge tells its row."""

    rows: dict[int, int] = field(default_factory=dict)


def read_sheet(data: bytes, drawing: Record, sheet: Sheet) -> Iterator[Part | UnreadError]:
    """Yield the text on the shapes of a drawing."""
    for shapes in children(data, drawing.start, drawing.end):
        if not shapes.is_container:
            continue
        for record in children(data, shapes.start, shapes.end):
            if record.kind in (Kind.GROUP, Kind.SHAPE):
                yield from _read(data, record, sheet, None, 0)
    for number, text in enumerate(sheet.texts):
        if number not in sheet.used and text.strip():
            area = Area.HIDDEN if sheet.hidden else Area.BODY
            yield Part(text, Place(area, sheet.page, f"{sheet.label} outline"))


def _read(
    data: bytes, record: Record, sheet: Sheet, table: _Table | None, depth: int
) -> Iterator[Part | UnreadError]:
    if not record.whole:
        yield DamagedFile("slides.records")
    if record.kind == Kind.SHAPE:
        yield from _say(_read_shape(data, record, sheet), sheet, table, depth)
        return
    if depth > _MOST_DEPTH:
        for text in texts_of(data, record):
            yield Part(text, Place(Area.HIDDEN, sheet.page, sheet.label))
        yield LimitExceeded("limit.depth", allowed=_MOST_DEPTH)
        return
    is_first = depth > 0
    for child in children(data, record.start, record.end):
        if child.kind not in (Kind.GROUP, Kind.SHAPE):
            continue
        if is_first and child.kind == Kind.SHAPE:
            is_first = False  # the group itself
            shape = _read_shape(data, child, sheet)
            table = _Table() if shape.is_table else table
            yield from _say(shape, sheet, table, depth)
            continue
        yield from _read(data, child, sheet, table, depth + 1)


def _read_shape(data: bytes, record: Record, sheet: Sheet) -> _Shape:
    shape = _Shape()
    for child in children(data, record.start, record.end):
        size = child.end - child.start
        if child.kind == Kind.TEXT_BOX:
            shape.text = read_text(data, child, sheet)
        elif child.kind in _OPTIONS:
            _look(data, child, shape)
        elif child.kind == Kind.ANCHOR and size in (8, 16):
            form = "<4h" if size == 8 else "<4i"
            top, left, right, bottom = struct.unpack_from(form, data, child.start)
            shape.anchor = left, top, right, bottom
        elif child.kind == Kind.CHILD_ANCHOR and size >= 16:
            shape.anchor = struct.unpack_from("<4i", data, child.start)
        elif child.kind == Kind.CLIENT_DATA:
            for atom in children(data, child.start, child.end):
                if atom.kind == Kind.PLACEHOLDER and atom.end - atom.start >= 5:
                    shape.placeholder = data[atom.start + 4]
    return shape


def _look(data: bytes, record: Record, shape: _Shape) -> None:
    """Note what the properties of a shape say [MS-ODRAW] 2.3."""
    shape.options += data[record.start - 8 : record.end]
    count = min(record.instance, (record.end - record.start) // 6)
    for code, value in struct.iter_unpack("<HI", data[record.start : record.start + 6 * count]):
        if code & 0x3FFF == _GROUP_FLAGS and value & _HIDDEN_SHAPE == _HIDDEN_SHAPE:
            shape.is_hidden = True
        elif code & 0x3FFF == _TABLE and value & 1:
            shape.is_table = True


def read_text(data: bytes, box: Record, sheet: Sheet) -> str:
    """Return the text in a box; that of a placeholder may be kept in the outline."""
    texts: list[str] = []
    for atom in children(data, box.start, box.end):
        if atom.kind in (Kind.CHARACTERS, Kind.BYTES):
            texts.append(text_of(data, atom))
        elif atom.kind == Kind.OUTLINE_REFERENCE and atom.end - atom.start >= 4:
            number = struct.unpack_from("<I", data, atom.start)[0]
            if number < len(sheet.texts):
                sheet.used.add(number)
                texts.append(sheet.texts[number])
    text = tidy("\n".join(texts))
    return "" if text.strip() == "*" else text  # it stands for a number or a date


def _say(shape: _Shape, sheet: Sheet, table: _Table | None, depth: int) -> Iterator[Part]:
    """Yield what stands on a shape."""
    hidden = sheet.hidden or shape.is_hidden
    box = None
    if shape.anchor is not None and depth <= 1:
        left, top, right, bottom = (edge / _MASTER_UNITS for edge in shape.anchor)
        box = Box(left, top, right, bottom)
        if sheet.role is Role.SLIDE and not _is_on(box, sheet):
            hidden = True
    if shape.text.strip():
        area = Area.HIDDEN if hidden else _area(shape, sheet, table)
        row = None
        if table is not None and shape.anchor is not None:
            if shape.anchor[1] not in table.rows:
                sheet.rows += 1
                table.rows[shape.anchor[1]] = sheet.rows
            row = table.rows[shape.anchor[1]]
        shown = box if sheet.role is Role.SLIDE else None
        yield Part(shape.text, Place(area, sheet.page, sheet.label, shown), row)
    if shape.options:
        for part in read_shapes(shape.options, sheet.label):
            if part.text.startswith(_PACKED) or _GIVEN.fullmatch(part.text):
                continue
            area = Area.HIDDEN if hidden else part.place.area
            yield part._replace(place=part.place._replace(area=area, page=sheet.page))


def _is_on(box: Box, sheet: Sheet) -> bool:
    """Tell whether any of a shape lies on its slide."""
    return box.right > 0 and box.bottom > 0 and box.left < sheet.width and box.top < sheet.height


def _area(shape: _Shape, sheet: Sheet, table: _Table | None) -> Area:
    placeholder = shape.placeholder
    if placeholder == _HEADER and sheet.role is not Role.MASTER:
        return Area.HEADER
    if placeholder in (_DATE, _NUMBER, _FOOTER) and sheet.role is not Role.MASTER:
        return Area.FOOTER
    if sheet.role is Role.NOTES:
        return Area.NOTE
    if sheet.role is Role.MASTER and placeholder is not None:
        return Area.HIDDEN  # prompts, and footers that a slide shows only if it repeats them
    if table is not None:
        return Area.CELL
    return Area.TEXTBOX if placeholder is None else Area.BODY
