"""Reads Word binaries (doc, dot, wps): all text in them, wherever it hides.

Order: body, notes, headers and footers, comments, text boxes, drawings, building blocks,
form fields, names and properties, embedded objects. Sources: [MS-DOC], [MS-ODRAW].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, EncryptedFile, NoTextLayer, UnreadError
from markscan.extract import ooxml
from markscan.extract.extractor import Budget, Item
from markscan.extract.locked import decrypted
from markscan.extract.ole.compound import Compound
from markscan.extract.ole.drawing import read_shapes
from markscan.extract.ole.objects import read_object
from markscan.extract.ole.properties import read_properties
from markscan.extract.ole.stray import salvage
from markscan.extract.ole.word import strings
from markscan.extract.ole.word.fib import Fib, Table, read_fib
from markscan.extract.ole.word.looks import Looks, read_looks
from markscan.extract.ole.word.pieces import Pieces, plain_pieces, read_pieces
from markscan.extract.ole.word.story import Teller, with_symbols
from markscan.source import Source

_MAIN, _DATA = "WordDocument", "Data"
_RIGHTS = "\x09DRMContent"  # the document itself, under rights management
# The kinds of headers of a section, in the order in which they are stored [MS-DOC] 2.3.2.
_HEADERS = (
    (Area.HEADER, "even header"),
    (Area.HEADER, "header"),
    (Area.FOOTER, "even footer"),
    (Area.FOOTER, "footer"),
    (Area.HEADER, "first header"),
    (Area.FOOTER, "first footer"),
)
_SEPARATORS = 6  # stories before them: the lines above notes
_UNSEEN = frozenset((Area.PROPERTY, Area.HIDDEN, Area.DELETED))


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of a Word binary and the files in it.

    Raises:
        EncryptedFile: no password opens it.
        UnsupportedFormat: it was written before Word 6.
        LimitExceeded: it has more paragraphs than allowed.
        UnreadError: whatever `Source.open` raises.
    """
    try:
        compound = Compound(source, budget)
    except DamagedFile:
        yield from salvage(source.read(budget.limits.member_bytes))
        return
    with compound:
        yield from _items(compound, source, budget)


def _items(compound: Compound, source: Source, budget: Budget) -> Iterator[Item]:
    main = compound.read(_MAIN)
    try:
        fib = read_fib(main or b"")
    except DamagedFile:
        yield from compound.drain()
        yield from salvage(source.read(budget.limits.member_bytes))
        return
    if fib.is_encrypted:
        plain = decrypted(source, budget)
        if plain is None:
            raise EncryptedFile("encrypted-package")
        yield from read(Source(source.path, source.members, plain), budget)
        return
    yield from compound.drain()
    document = _Document(compound, main or b"", budget)
    seen = failed = False
    for item in _everything(document, fib, compound, source):
        seen = seen or (isinstance(item, Part) and item.place.area not in _UNSEEN)
        seen = seen or isinstance(item, Source)
        failed = failed or isinstance(item, UnreadError)
        yield item
    if not seen and not failed and document.has_pictures:
        yield NoTextLayer("docx.only-pictures")


def _everything(
    document: _Document, fib: Fib, compound: Compound, source: Source
) -> Iterator[Item]:
    yield from document.read(fib)
    if compound.has(_RIGHTS):  # the text is but a notice
        yield EncryptedFile("encrypted-package")
    if fib.glossary:
        try:
            yield from document.read_glossary(read_fib(document.main, fib.glossary))
        except UnreadError as error:
            yield error
    yield from read_properties(compound)
    for path in compound.streams:
        if path.lower().startswith("msodatastore/") and path.lower().endswith("/item"):
            yield from ooxml.read_custom_xml(compound.read(path) or b"", path)
    for path in compound.storages("ObjectPool"):
        yield from read_object(compound.under(path), source, path)
    yield from compound.drain()


class _Document:
    """The streams of one document, and what is read from them."""

    def __init__(self, compound: Compound, main: bytes, budget: Budget) -> None:
        self.main = main
        self.has_pictures = False
        self._compound = compound
        self._budget = budget
        self._data = compound.read(_DATA) or b"" if compound.has(_DATA) else b""

    def read(self, fib: Fib) -> Iterator[Item]:
        """Yield all stories of the document, and the words that stand beside its text."""
        table = self._table_of(fib)
        yield from self._compound.drain()
        try:
            pieces = _pieces(fib, self.main, table)
        except (ValueError, struct.error):
            yield from salvage(self.main)
            return
        looks = Looks() if fib.is_old else read_looks(fib, pieces, self.main, table, self._data)
        text = with_symbols(pieces.text, looks.symbols)
        continuing = _continuing(fib.table(Table.SECTIONS, table), self.main)
        teller = Teller(text, looks, continuing, self._budget.limits.parts)
        self.has_pictures = self.has_pictures or "\x01" in text or "\x08" in text
        for start, end, area, label in _stories(fib, table, len(text)):
            yield from teller.tell(start, end, area, label)
        if not pieces.whole or sum(fib.lengths) > len(text):
            yield DamagedFile("word.cut-off")
        if not fib.is_old:
            yield from self._beside(fib, table, looks)

    def read_glossary(self, fib: Fib) -> Iterator[Item]:
        """Yield the building blocks that a template keeps: a document of their own."""
        for item in self.read(fib):
            if isinstance(item, Part):
                yield Part(item.text, Place(Area.HIDDEN, None, "glossary"))
            else:
                yield item

    def _table_of(self, fib: Fib) -> bytes:
        if fib.is_old:
            return self.main
        data = self._compound.read(fib.table_stream)
        if data is None:  # the flag may lie; there is hardly ever more than one
            data = self._compound.read("0Table") or self._compound.read("1Table")
        return data or b""

    def _beside(self, fib: Fib, table: bytes, looks: Looks) -> Iterator[Item]:
        """Yield the words on shapes and forms, variables, bookmarks, authors."""
        yield from dict.fromkeys(read_shapes(fib.table(Table.DRAWINGS, table)))
        left = 2 * len(self._data)  # pictures do not overlap
        for at in dict.fromkeys(looks.data):
            shape = _shape(self._data, at)
            left -= len(shape)
            if left < 0:
                yield DamagedFile("ole.stream", part=_DATA)
                break
            for text in strings.read_form_field(self._data, at):
                yield Part(text, Place(Area.HIDDEN, None, "form field"))
            yield from read_shapes(shape)
        for name, value in strings.read_variables(fib.table(Table.VARIABLES, table)):
            yield from _property(value, name)
        for name in strings.read_table(fib.table(Table.BOOKMARKS, table)):
            if not name.isascii():
                yield Part(name, Place(Area.HIDDEN, None, "bookmark"))
        for name in strings.read_names(fib.table(Table.COMMENT_AUTHORS, table)):
            yield from _property(name, "comment author")
        for name in strings.read_table(fib.table(Table.REVISION_AUTHORS, table)):
            if name != "Unknown":
                yield from _property(name, "revision author")


def _pieces(fib: Fib, main: bytes, table: bytes) -> Pieces:
    clx = fib.table(Table.PIECES, table)
    length = sum(fib.lengths)
    if not clx and fib.text_start + length <= fib.text_end and (length or fib.is_old):
        return plain_pieces(main, fib.text_start, fib.text_end, length, fib.language)
    return read_pieces(clx, main, fib.language, fib.is_old)


def _property(text: str, label: str) -> Iterator[Part]:
    if text and not text.isspace():
        yield Part(text, Place(Area.PROPERTY, None, label))


def _shape(data: bytes, at: int) -> bytes:
    """Return the shape of a picture that stands in the text [MS-DOC] 2.9.190."""
    if at + 6 > len(data):
        return b""
    length, header = struct.unpack_from("<IH", data, at)
    return data[at + header : at + min(length, 1 << 16)]


# Where each story begins and ends.


def _stories(fib: Fib, table: bytes, length: int) -> Iterator[tuple[int, int, Area, str]]:
    """Yield the stretches of the text, their area and label [MS-DOC] 2.4.1."""
    starts = [0]
    for size in fib.lengths:
        starts.append(min(starts[-1] + size, length))
    body, notes, headers, _macros, comments, endnotes, boxes, header_boxes = pairwise(starts)
    yield *body, Area.BODY, ""
    for span, which, area, label in (
        (notes, Table.FOOTNOTES, Area.NOTE, "footnote"),
        (endnotes, Table.ENDNOTES, Area.NOTE, "endnote"),
    ):
        yield from _numbered(*span, fib.table(which, table), 0, area, label)
    for start, end, n in _cut(*headers, fib.table(Table.HEADERS, table), 0):
        if n < _SEPARATORS:
            yield start, end, Area.NOTE, "note separator"
        else:
            section, kind = divmod(n - _SEPARATORS, len(_HEADERS))
            area, label = _HEADERS[kind]
            yield start, end, area, f"{label} {section + 1}"
    for span, which, area, label in (
        (comments, Table.COMMENTS, Area.COMMENT, "comment"),
        (boxes, Table.TEXTBOXES, Area.TEXTBOX, "textbox"),
        (header_boxes, Table.HEADER_TEXTBOXES, Area.TEXTBOX, "header textbox"),
    ):
        size = 22 if area is Area.TEXTBOX else 0
        yield from _numbered(*span, fib.table(which, table), size, area, label)
    if starts[-1] < length:  # text that no story claims
        yield starts[-1], length, Area.HIDDEN, "unclaimed"


def _numbered(
    start: int, end: int, plc: bytes, size: int, area: Area, label: str
) -> Iterator[tuple[int, int, Area, str]]:
    for first, last, n in _cut(start, end, plc, size):
        yield first, last, area, f"{label} {n + 1}"


def _cut(start: int, end: int, plc: bytes, size: int) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches that the table `plc` cuts a story into, and what it leaves over.

    Args:
        start, end: of the story.
        plc: places from the start of the story, then data.
        size: of the data that belong to one stretch.
    """
    count = (len(plc) - 4) // (4 + size)
    places = struct.unpack_from(f"<{count + 1}I", plc) if count > 0 else ()
    at = start
    n = -1
    for n, place in enumerate(places[1:]):
        last = min(start + place, end)
        if last > at:
            yield at, last, n
            at = last
    if at < end:
        yield at, end, n + 1


def _continuing(plc: bytes, main: bytes) -> frozenset[int]:
    """Return where sections end whose successor begins on the same page [MS-DOC] 2.8.26."""
    count = (len(plc) - 4) // 16
    if count < 2:
        return frozenset()
    ends = struct.unpack_from(f"<{count + 1}I", plc)
    found = set()
    for n in range(1, count):
        at = struct.unpack_from("<I", plc, 4 * (count + 1) + 12 * n + 2)[0]
        properties = main[at + 2 : at + 2 + int.from_bytes(main[at : at + 2], "little")]
        if b"\x09\x30\x00" in properties or b"\x09\x30\x01" in properties:
            found.add(ends[n])
    return frozenset(found)
