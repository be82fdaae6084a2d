"""Finds the objects of a presentation: which are in force, and which are left from earlier.

Each time a presentation is saved, the objects that changed are written behind the others,
with a directory of where all of them lie. Source: [MS-PPT] 2.1.2, 2.3.3, 2.3.4.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from markscan.extract.ole.powerpoint.records import (
    Kind,
    Record,
    children,
    record_at,
    text_of,
    tidy,
)

_LOCKED = 0xF3D1C4DF
_MOST_EDITS = 1000
_MOST_OBJECTS = 1 << 20
_SLIDES, _MASTERS, _NOTES = 0, 1, 2  # the lists of a document
_HIDDEN = 0x0004
_ZEROS = re.compile(rb"\x00{8,}")
# What lies in no other record.
_TOP = frozenset(
    (
        *(Kind.DOCUMENT, Kind.SLIDE, Kind.NOTES, Kind.MASTER, Kind.HANDOUT, Kind.USER_EDIT),
        *(Kind.PERSIST, Kind.OBJECT),
    )
)


@dataclass(slots=True)
class Listed:
    """A slide, master or page of notes as the document lists it.

    `texts` are those of its placeholders, which the outline shows.
    """

    persist: int
    number: int
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Deck:
    """What the directories of a presentation say. `places` has the objects in force."""

    places: dict[int, Record] = field(default_factory=dict)
    document: Record | None = None
    is_locked: bool = False
    is_sound: bool = True
    slides: list[Listed] = field(default_factory=list)
    masters: list[Listed] = field(default_factory=list)
    notes: list[Listed] = field(default_factory=list)
    width: float = 720.0
    height: float = 540.0


def scan(data: bytes, most: int) -> Iterator[Record]:
    """Yield the records of a stream that lie in no other, up to `most`.

    Where zeros stand between them the next one is found behind these.
    """
    at = 0
    for _ in range(most):
        gap = _ZEROS.match(data, at)
        if gap is not None:
            # Version and instance may be zero, the number is not.
            end = gap.end()
            at = next((p for p in (end - 2, end - 3, end) if _is_known(data, p)), end)
        record = record_at(data, at)
        if record is None:
            return
        yield record
        at = record.end


def _is_known(data: bytes, at: int) -> bool:
    return int.from_bytes(data[at + 2 : at + 4], "little") in _TOP


def read_deck(data: bytes, user: bytes, top: dict[int, Record]) -> Deck:
    """Return what a presentation consists of.

    Args:
        data: the stream of records.
        user: the stream Current User, which says where the last directory lies.
        top: the records of the stream by the place of their data, for want of a directory.
    """
    deck = Deck()
    edit = -1
    if len(user) >= 20:
        token, edit = struct.unpack_from("<II", user, 12)
        deck.is_locked = token == _LOCKED
    if not _is(data, edit, Kind.USER_EDIT):
        deck.is_sound = False
        edits = [record for record in top.values() if record.kind == Kind.USER_EDIT]
        edit = edits[-1].start - 8 if edits else -1
    _follow(data, edit, deck)
    if deck.document is None or deck.document.kind != Kind.DOCUMENT:
        deck.is_sound = False
        documents = [record for record in top.values() if record.kind == Kind.DOCUMENT]
        deck.document = documents[-1] if documents else None
    if deck.document is not None:
        _read_document(data, deck.document, deck)
    return deck


def _is(data: bytes, at: int, kind: Kind) -> Record | None:
    """Return the record at `at` if it is of this kind."""
    record = record_at(data, at) if at >= 0 else None
    return record if record is not None and record.kind == kind else None


def _follow(data: bytes, edit: int, deck: Deck) -> None:
    """Gather the directories from the last edit back to the first."""
    offsets: dict[int, int] = {}
    document = 0
    seen: set[int] = set()
    left = 2 * len(data)  # directories do not overlap
    while edit not in seen and len(seen) < _MOST_EDITS:
        seen.add(edit)
        record = _is(data, edit, Kind.USER_EDIT)
        if record is None or record.end - record.start < 20:
            deck.is_sound = False
            break
        before, directory, first = struct.unpack_from("<III", data, record.start + 8)
        document = document or first
        if record.end - record.start >= 32 and len(seen) == 1:
            deck.is_locked = True
        known = _is(data, directory, Kind.PERSIST)
        if known is None:
            deck.is_sound = False
        elif left > 0 and len(offsets) < _MOST_OBJECTS:
            left -= known.end - known.start
            for number, place in _directory(data, known).items():
                offsets.setdefault(number, place)
        else:
            deck.is_sound = False
        if not before:
            break
        edit = before
    objects = ((number, record_at(data, at)) for number, at in offsets.items())
    deck.places = {number: record for number, record in objects if record is not None}
    deck.document = deck.places.get(document)


def _directory(data: bytes, record: Record) -> dict[int, int]:
    """Return where the objects of one directory lie, by their number [MS-PPT] 2.3.4."""
    places: dict[int, int] = {}
    at = record.start
    while at + 4 <= record.end:
        head = struct.unpack_from("<I", data, at)[0]
        first, count = head & 0xFFFFF, min(head >> 20, (record.end - at - 4) // 4)
        offsets = struct.unpack_from(f"<{count}I", data, at + 4)
        places |= dict(zip(range(first, first + count), offsets, strict=True))
        at += 4 + 4 * count
    return places


def _read_document(data: bytes, document: Record, deck: Deck) -> None:
    """Take the size of the slides and the lists of what there is."""
    lists = {_SLIDES: deck.slides, _MASTERS: deck.masters, _NOTES: deck.notes}
    for record in children(data, document.start, document.end):
        if record.kind == Kind.DOCUMENT_ATOM and record.end - record.start >= 8:
            width, height = struct.unpack_from("<ii", data, record.start)
            if 0 < width < 1 << 20 and 0 < height < 1 << 20:
                deck.width, deck.height = width / 8, height / 8
        elif record.kind == Kind.LIST and record.instance in lists:
            lists[record.instance].extend(_listed(data, record))


def _listed(data: bytes, record: Record) -> list[Listed]:
    found: list[Listed] = []
    for child in children(data, record.start, record.end):
        if child.kind == Kind.SLIDE_PERSIST and child.end - child.start >= 16:
            persist, number = struct.unpack_from("<I8xI", data, child.start)
            found.append(Listed(persist, number))
        elif not found:
            continue
        elif child.kind == Kind.TEXT_HEADER:
            found[-1].texts.append("")
        elif child.kind in (Kind.CHARACTERS, Kind.BYTES) and found[-1].texts:
            found[-1].texts[-1] += tidy(text_of(data, child))
    return found


def is_hidden(data: bytes, slide: Record) -> bool:
    """Tell whether a slide is left out of the show."""
    for record in children(data, slide.start, slide.end):
        if record.kind == Kind.SLIDE_SHOW and record.end - record.start >= 12:
            return bool(struct.unpack_from("<10xH", data, record.start)[0] & _HIDDEN)
    return False
