"""Reads Excel binaries: all text in them, wherever it hides.

Order: names of the sheets, sheets, strings that no cell shows, number formats, caches of
pivots, controls, properties, embedded objects. Source: [MS-XLS] 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, EncryptedFile
from markscan.extract import ooxml
from markscan.extract.extractor import Budget, Item
from markscan.extract.locked import decrypted
from markscan.extract.ole.blips import read_pictures
from markscan.extract.ole.carve import carve
from markscan.extract.ole.compound import MAGIC, Compound
from markscan.extract.ole.excel.aside import read_cache
from markscan.extract.ole.excel.book import UNSEEN, Book
from markscan.extract.ole.excel.stream import read_stream
from markscan.extract.ole.objects import read_object
from markscan.extract.ole.properties import read_properties
from markscan.extract.ole.stray import salvage
from markscan.source import Source

_STREAMS = ("Workbook", "Book")
_RIGHTS = "\x09DRMContent"  # the workbook itself, under rights management
_CACHES = "_sx_db_cur/"
# Streams of other layouts that hold words, and what these are.
_CARVED = {"ctls": (Area.TEXTBOX, "control"), "revision log": (Area.DELETED, "revision log")}
_FORM = ("/o", "/f")  # the controls on a form of the macros
_OBJECTS = ("MBD", "LNK")
_MOST_REMEMBERED = 1 << 20


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of a workbook and the files in it.

    Raises:
        EncryptedFile: no password opens it.
        UnreadError: whatever `Source.open` raises.
    """
    return _read(source, budget, may_be_locked=True)


def _read(source: Source, budget: Budget, *, may_be_locked: bool) -> Iterator[Item]:
    book = Book()
    try:
        compound = Compound(source, budget)
    except DamagedFile:
        data = source.read(budget.limits.member_bytes)
        if data.startswith(MAGIC):
            yield from salvage(data)
            return
        # A mere row of records, as Excel wrote before version 5.
        yield from read_stream(data, book)
        if book.is_locked:
            raise EncryptedFile("encrypted-package") from None
        yield from _pictures(book, budget)
        return
    with compound:
        yield from _items(compound, source, book)
    if book.is_locked:
        plain = decrypted(source, budget) if may_be_locked else None
        if plain is None:
            raise EncryptedFile("encrypted-package")
        yield from _read(replace(source, content=plain), budget, may_be_locked=False)
    else:
        yield from _pictures(book, budget)


def _pictures(book: Book, budget: Budget) -> Iterator[Item]:
    """Yield the text of the pictures where there is no other to be seen."""
    if not (book.is_seen or book.has_numbers):
        yield from read_pictures(b"".join(book.shapes), budget, "picture")


def _items(compound: Compound, source: Source, book: Book) -> Iterator[Item]:
    data = None
    for name in _STREAMS:
        data = compound.read(name)
        yield from compound.drain()
        if data is not None:
            break
    if data is None:
        yield DamagedFile("ole.stream", part=_STREAMS[0])
    elif name == _STREAMS[0] and compound.has(_STREAMS[1]):
        yield from _two(data, compound, book)
    else:
        yield from read_stream(data, book)
    if book.is_locked:
        return
    if compound.has(_RIGHTS):  # the text is but a notice
        yield EncryptedFile("encrypted-package")
    yield from read_properties(compound)
    for path in compound.streams:
        yield from _beside(compound, path, book)
    for path in compound.storages():
        if path.upper().startswith(_OBJECTS):
            book.is_seen = True
            yield from read_object(compound.under(path), source, path)
    yield from compound.drain()


def _two(data: bytes, compound: Compound, book: Book) -> Iterator[Item]:
    """Yield the workbook, and of its copy for Excel 95 what stands only there."""
    known: set[str] = set()
    for item in read_stream(data, book):
        if isinstance(item, Part) and len(known) < _MOST_REMEMBERED:
            known.add(item.text)
        yield item
    copied = Book()
    for item in read_stream(compound.read(_STREAMS[1]) or b"", copied):
        if not isinstance(item, Part):
            yield item
        elif item.text not in known:
            yield item._replace(place=item.place._replace(area=Area.HIDDEN))
    yield from compound.drain()
    book.is_locked |= copied.is_locked


def _beside(compound: Compound, path: str, book: Book) -> Iterator[Item]:
    """Yield the words of a stream beside the workbook's own."""
    key = path.lower()
    texts: Iterator[str]
    if key.startswith(_CACHES):
        texts, area, label = read_cache(compound.read(path) or b"", book.dialect), Area.HIDDEN, path
    elif key in _CARVED:
        texts = carve(compound.read(path) or b"")
        area, label = _CARVED[key]
    elif key.startswith("_vba_project") and key.endswith(_FORM):
        texts, area, label = carve(compound.read(path) or b""), Area.HIDDEN, path
    elif key.startswith("msodatastore/") and key.endswith("/item"):
        yield from ooxml.read_custom_xml(compound.read(path) or b"", path)
        return
    else:
        return
    said = "\n".join(dict.fromkeys(text for text in texts if text.strip()))
    if said:
        book.is_seen |= area not in UNSEEN
        yield Part(said, Place(area, None, label))
