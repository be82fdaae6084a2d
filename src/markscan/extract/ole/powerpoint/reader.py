"""Reads PowerPoint binaries: all text in them, wherever it hides.

Order: slides with their notes and comments, masters, what the document itself says, objects
that were superseded, embedded objects, properties. Source: [MS-PPT].
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from markscan.document import Area, Page, Part, Place
from markscan.errors import (
    DamagedFile,
    EncryptedFile,
    LimitExceeded,
    NoTextLayer,
    UnreadError,
    UnsupportedFormat,
)
from markscan.extract import ooxml
from markscan.extract.extractor import Budget, Item
from markscan.extract.locked import decrypted
from markscan.extract.ole.blips import find_pictures, read_pictures
from markscan.extract.ole.carve import carve
from markscan.extract.ole.compound import Compound
from markscan.extract.ole.objects import read_object
from markscan.extract.ole.powerpoint.aside import read_aside
from markscan.extract.ole.powerpoint.deck import Deck, Listed, is_hidden, read_deck, scan
from markscan.extract.ole.powerpoint.records import Kind, Record, children
from markscan.extract.ole.powerpoint.shapes import Role, Sheet, read_sheet
from markscan.extract.ole.properties import read_properties
from markscan.extract.ole.stray import salvage
from markscan.extract.page_ranges import page_ranges
from markscan.source import Source

_MAIN, _USER, _PICTURES = "PowerPoint Document", "Current User", "Pictures"
_DUAL = "PP97_DUALSTORAGE"  # beside the stream of an older version, for whom that is
_OLD = "PP40"
_RIGHTS = "\x09DRMContent"
_ON_SLIDES = frozenset((Area.BODY, Area.TEXTBOX, Area.CELL))
_SHEETS: dict[int, Role] = {
    Kind.SLIDE: Role.SLIDE,
    Kind.NOTES: Role.NOTES,
    Kind.MASTER: Role.MASTER,
    Kind.HANDOUT: Role.MASTER,
}
_LEFT = "superseded"
_MACROS = re.compile(r"(^|/)VBA/", re.I)
_MOST_REMEMBERED = 1 << 20
_PIECE = 1 << 20
_EMPTY = 1536  # bytes of a compound file without a stream
_UNLISTED: dict[int, str] = {Kind.NOTES: "notes master", Kind.HANDOUT: "handout master"}
_COMPRESSED = 1  # the instance of an object's record


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of a presentation and the files in it.

    Raises:
        EncryptedFile: no password opens it.
        UnsupportedFormat: it was written before PowerPoint 97.
        UnreadError: whatever `Source.open` raises.
    """
    return _read(source, budget, may_be_locked=True)


def _read(source: Source, budget: Budget, *, may_be_locked: bool) -> Iterator[Item]:
    try:
        compound = Compound(source, budget)
    except DamagedFile:
        yield from salvage(source.read(budget.limits.member_bytes))
        return
    with compound:
        main = compound
        if not compound.has(_MAIN) and compound.has(f"{_DUAL}/{_MAIN}"):
            main = compound.under(_DUAL)
        data = main.read(_MAIN)
        if data is None:
            yield from compound.drain()
            yield from _older(compound)
            raise UnsupportedFormat("slides.old")
        presentation = _Presentation(main, data, source, budget)
        if not (presentation.deck.is_locked and may_be_locked):
            yield from compound.drain()
            yield from presentation.items()
            yield from _around(compound)
            return
    plain = decrypted(source, budget)
    if plain is None:
        raise EncryptedFile("encrypted-package")
    yield from _read(replace(source, content=plain), budget, may_be_locked=False)


def _older(compound: Compound) -> Iterator[Item]:
    """Yield what looks like text in a presentation whose records nobody reads."""
    for text in carve(compound.read(_OLD) or b""):
        yield Part(text, Place(Area.BODY, None, _OLD))
    yield from read_properties(compound)


def _around(compound: Compound) -> Iterator[Item]:
    if compound.has(_RIGHTS):  # the text is but a notice
        yield EncryptedFile("encrypted-package")
    yield from read_properties(compound)
    for path in compound.streams:
        if path.lower().startswith("msodatastore/") and path.lower().endswith("/item"):
            yield from ooxml.read_custom_xml(compound.read(path) or b"", path)
    yield from compound.drain()


class _Presentation:
    """One opened presentation."""

    def __init__(self, compound: Compound, data: bytes, source: Source, budget: Budget) -> None:
        self._compound = compound
        self._data = data
        self._source = source
        self._budget = budget
        self._top = {record.start: record for record in scan(data, budget.limits.parts + 1)}
        user = compound.read(_USER) or b"" if compound.has(_USER) else b""
        self.deck: Deck = read_deck(data, user, self._top)
        self._done: set[int] = set()  # the places of what has been read
        self._said: set[str] = set()  # by what is in force
        self._prompts: set[str] = set()
        self._rows = 0
        self._left_to_read = 2 * len(data) + 4096  # objects do not overlap
        # An embedded file has a picture too, drawn by its program.
        self._has_objects = any(record.kind == Kind.OBJECT for record in self._top.values())
        self._has_text = False

    def items(self) -> Iterator[Item]:
        """Yield everything but properties."""
        is_broken = not self.deck.is_sound
        for item in self._everything():
            if isinstance(item, DamagedFile) and item.reason == "slides.records":
                is_broken = True
                continue
            yield item
        if len(self._top) > self._budget.limits.parts:
            yield LimitExceeded("limit.parts", allowed=self._budget.limits.parts)
        if is_broken or not all(record.whole for record in self._top.values()):
            yield DamagedFile("slides.records")

    def _everything(self) -> Iterator[Item]:
        yield from self._slides()
        yield from self._pictures()
        for number, master in enumerate(self.deck.masters, 1):
            yield from self._listed(master, Role.MASTER, f"master {number}", None)
        if self.deck.document is not None:
            self._done.add(self.deck.document.start)
            yield from self._aside(self.deck.document, Sheet(Role.LOST, "document", None, 0, 0))
        for number, notes in enumerate(self.deck.notes, 1):
            yield from self._listed(notes, Role.NOTES, f"notes {number}", None)
        yield from self._left()
        yield from self._objects()

    # What is in force.

    def _slides(self) -> Iterator[Item]:
        deck = self.deck
        notes = self._notes()
        lost: list[int] = []
        for page, slide in enumerate(deck.slides, 1):
            yield Page(page, deck.width, deck.height)
            record = deck.places.get(slide.persist)
            if record is None or record.kind != Kind.SLIDE:
                lost.append(page)
                for text in slide.texts:
                    yield from self._keep([Part(text, Place(Area.BODY, page, f"slide {page}"))])
                continue
            yield from self._listed(slide, Role.SLIDE, f"slide {page}", page)
            for listed in notes.get(slide.number, ()):
                yield from self._listed(listed, Role.NOTES, f"notes {page}", page)
        if lost:
            yield DamagedFile("pptx.slides-lost", pages=page_ranges(lost), count=len(lost))

    def _notes(self) -> dict[int, list[Listed]]:
        """Return the pages of notes by the number of their slide."""
        found: dict[int, list[Listed]] = {}
        for listed in self.deck.notes:
            record = self.deck.places.get(listed.persist)
            if record is not None and record.end - record.start >= 12:
                # The first record in it says whose notes they are.
                slide = int.from_bytes(self._data[record.start + 8 : record.start + 12], "little")
                found.setdefault(slide, []).append(listed)
        return found

    def _listed(self, listed: Listed, role: Role, label: str, page: int | None) -> Iterator[Item]:
        record = self.deck.places.get(listed.persist)
        if record is None or record.start in self._done:
            return
        sheet = Sheet(role, label, page, self.deck.width, self.deck.height)
        sheet.texts = listed.texts
        sheet.hidden = role is Role.SLIDE and is_hidden(self._data, record)
        yield from self._sheet(record, sheet)

    def _sheet(self, record: Record, sheet: Sheet) -> Iterator[Item]:
        self._done.add(record.start)
        self._left_to_read -= record.end - record.start
        if self._left_to_read < 0:
            yield DamagedFile("slides.records")
            return
        sheet.rows = self._rows
        if not record.whole:
            yield DamagedFile("slides.records")
        for child in children(self._data, record.start, record.end):
            if child.kind == Kind.DRAWING:
                for item in self._keep(read_sheet(self._data, child, sheet)):
                    if isinstance(item, Part) and sheet.role is Role.SLIDE:
                        self._has_text |= item.place.area in _ON_SLIDES
                    yield item
        self._rows = sheet.rows
        yield from self._aside(record, sheet)

    def _aside(self, record: Record, sheet: Sheet) -> Iterator[Item]:
        said = read_aside(
            self._data,
            record,
            sheet.label,
            sheet.page,
            hidden=sheet.hidden,
            with_outline=sheet.label == _LEFT,
        )
        yield from self._keep(said)

    def _keep(self, items: Iterable[Part | UnreadError]) -> Iterator[Item]:
        """Yield `items`, but what masters and names repeat only once; remember them."""
        for item in items:
            if isinstance(item, Part):
                if item.place.area is Area.HIDDEN and item.place.page is None:
                    if item.text in self._prompts:
                        continue
                    self._prompts.add(item.text)
                if len(self._said) < _MOST_REMEMBERED:
                    self._said.add(item.text)
            yield item

    def _pictures(self) -> Iterator[Item]:
        """Yield the text of the pictures where no slide has any."""
        if self._has_text or not self.deck.slides or not self._compound.has(_PICTURES):
            return
        data = self._compound.read(_PICTURES) or b""
        yield from self._compound.drain()
        if self._budget.recognise is not None:
            yield from read_pictures(data, self._budget, _PICTURES)
        elif any(picture is not None or not self._has_objects for picture in find_pictures(data)):
            yield NoTextLayer("slides.no-text", count=len(self.deck.slides))

    # What is left from earlier, and what no list leads to.

    def _left(self) -> Iterator[Item]:
        said = self._said.copy() if self.deck.is_sound else set()
        live = {record.start for record in self.deck.places.values()}
        for record in self._top.values():
            role = _SHEETS.get(record.kind)
            if record.start in self._done or (role is None and record.kind != Kind.DOCUMENT):
                continue
            lost = Sheet(role or Role.LOST, _LEFT, None, self.deck.width, self.deck.height)
            lost.hidden = self.deck.is_sound
            if record.start in live and record.kind in _UNLISTED:
                lost.role, lost.label, lost.hidden = Role.MASTER, _UNLISTED[record.kind], False
            for item in self._sheet(record, lost):
                if not isinstance(item, Part) or item.text not in said:
                    yield item

    # Embedded objects.

    def _objects(self) -> Iterator[Item]:
        seen: set[bytes] = set()
        number = 0
        for record in self._top.values():
            if record.kind != Kind.OBJECT:
                continue
            packed = self._data[record.start : record.end]
            digest = sha256(packed).digest()
            if digest in seen:
                continue
            seen.add(digest)
            number += 1
            try:
                content, problem = _inflate(packed, record.instance, number, self._budget)
            except LimitExceeded as error:
                yield error
                continue
            if problem is not None:
                yield problem
            yield from self._object(content, f"object {number}")

    def _object(self, content: bytes, name: str) -> Iterator[Item]:
        try:
            storage = Compound(self._source.member(name, content), self._budget)
        except DamagedFile as error:
            if len(content) > _EMPTY:
                yield error
                yield from _carved(content, name)
            return
        with storage:
            if not any(_MACROS.search(path) for path in storage.streams):
                yield from read_object(storage, self._source, name)


def _inflate(
    packed: bytes, instance: int, number: int, budget: Budget
) -> tuple[bytes, DamagedFile | None]:
    """Return what an object holds, as far as it goes [MS-PPT] 2.10.34.

    Raises:
        LimitExceeded: it is too large.
    """
    budget.entry()
    if instance != _COMPRESSED:
        return packed, None
    size = int.from_bytes(packed[:4], "little")
    budget.unpack(size, len(packed))
    inflater = zlib.decompressobj()
    pieces: list[bytes] = []
    left, rest = size, packed[4:]
    problem = DamagedFile("ole.stream", part=f"object {number}")
    try:
        while left and rest:
            pieces.append(inflater.decompress(rest, min(left, _PIECE)))
            left -= len(pieces[-1])
            rest = inflater.unconsumed_tail
    except zlib.error:
        return b"".join(pieces), problem
    return b"".join(pieces), problem if left else None


def _carved(data: bytes, name: str) -> Iterator[Part]:
    for text in carve(data):
        if text and not text.isspace():
            yield Part(text, Place(Area.HIDDEN, None, name))
