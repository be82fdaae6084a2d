"""The records that a presentation is made of, and the text in them.

A record is a version, a number and a length; version 15 says that its data are records.
Source: [MS-PPT] 2.3.1, 2.13.24.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

_HEAD = struct.Struct("<HHI")
_CONTAINER = 0x0F


class Kind(IntEnum):
    """Numbers of records."""

    DOCUMENT = 0x03E8
    DOCUMENT_ATOM = 0x03E9
    SLIDE = 0x03EE
    SLIDE_ATOM = 0x03EF
    NOTES = 0x03F0
    SLIDE_PERSIST = 0x03F3
    MASTER = 0x03F8
    SLIDE_SHOW = 0x03F9
    VBA = 0x03FF
    DRAWING = 0x040C
    PLACEHOLDER = 0x0BC3
    OUTLINE_REFERENCE = 0x0F9E
    TEXT_HEADER = 0x0F9F
    CHARACTERS = 0x0FA0
    BYTES = 0x0FA8
    STRING = 0x0FBA
    HANDOUT = 0x0FC9
    LINK = 0x0FD7
    HEADERS = 0x0FD9
    HEADERS_ATOM = 0x0FDA
    EMBEDDED = 0x0FCC
    LIST = 0x0FF0
    USER_EDIT = 0x0FF5
    CURRENT_USER = 0x0FF6
    OBJECT = 0x1011
    TAGS = 0x1388
    TAG = 0x1389
    BINARY_TAG = 0x138A
    BINARY_DATA = 0x138B
    PERSIST = 0x1772
    COMMENT = 0x2EE0
    SHAPES = 0xF002
    GROUP = 0xF003
    SHAPE = 0xF004
    OPTIONS = 0xF00B
    TEXT_BOX = 0xF00D
    CHILD_ANCHOR = 0xF00F
    ANCHOR = 0xF010
    CLIENT_DATA = 0xF011
    MORE_OPTIONS = 0xF121
    LAST_OPTIONS = 0xF122


class Record(NamedTuple):
    """Where the data of a record lie. `whole` is False where its end is cut off."""

    kind: int
    instance: int
    is_container: bool
    start: int
    end: int
    whole: bool = True


def children(data: bytes, start: int, end: int) -> Iterator[Record]:
    """Yield the records that lie one behind the other from `start` to `end`."""
    end = min(end, len(data))
    while start + 8 <= end:
        version, kind, length = _HEAD.unpack_from(data, start)
        start += 8
        stop = start + length
        is_container = version & 0x0F == _CONTAINER
        yield Record(kind, version >> 4, is_container, start, min(stop, end), stop <= end)
        start = stop


def record_at(data: bytes, at: int) -> Record | None:
    """Return the record that begins at `at`; None if there is no room for one."""
    return next(children(data, at, len(data)), None)


def tidy(text: str) -> str:
    """Return a text with line feeds between its paragraphs and lines."""
    return text.replace("\r", "\n").replace("\x0b", "\n").rstrip("\0").strip("\n")


def text_of(data: bytes, record: Record) -> str:
    """Return the text of a record: UTF-16, or the lower byte of each character."""
    raw = data[record.start : record.end]
    if record.kind == Kind.BYTES:
        return raw.decode("latin-1")
    return raw[: len(raw) & ~1].decode("utf-16-le", "replace")


def texts_of(data: bytes, record: Record) -> Iterator[str]:
    """Yield all texts in a record, however deep they lie in others."""
    at = record.start
    while at + 8 <= record.end:
        version, kind, length = _HEAD.unpack_from(data, at)
        at += 8
        if version & 0x0F == _CONTAINER:
            continue  # what it holds follows
        if kind in (Kind.CHARACTERS, Kind.BYTES, Kind.STRING):
            atom = Record(kind, version >> 4, False, at, min(at + length, record.end))
            text = tidy(text_of(data, atom))
            if text.strip():
                yield text
        at += length
