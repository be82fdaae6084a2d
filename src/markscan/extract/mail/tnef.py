"""Reads winmail.dat, in which Outlook wraps what plain mail cannot carry [MS-OXTNEF].

The stream is a row of attributes; one of them, for the message and for each attached file,
is a table of properties [MS-OXPROPS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, LimitExceeded
from markscan.extract.extractor import Budget, Item
from markscan.extract.mail.body import Alternatives, html_items, plain_items
from markscan.extract.mail.headers import body_text
from markscan.extract.mail.packed_rtf import unpack, unpacked_size
from markscan.extract.ole.codepages import decode
from markscan.extract.rtf.reader import read as read_rtf
from markscan.source import Source

_HEAD = 6  # signature and key
_MESSAGE_PROPERTIES, _FILE_PROPERTIES = 0x9003, 0x9005
_SUBJECT, _BODY, _FILE_NAME, _FILE_DATA, _NEW_FILE, _CODE_PAGE = (
    0x8004, 0x800C, 0x8010, 0x800F, 0x9002, 0x9007,
)  # fmt: skip
# Sizes of values by type; the others are counted or measured.
_FIXED = {
    0x0000: 0, 0x0001: 0, 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8,
    0x000A: 4, 0x000B: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16,
}  # fmt: skip
_NARROW, _WIDE, _OBJECT, _BINARY, _MANY = 0x001E, 0x001F, 0x000D, 0x0102, 0x1000
_PLAIN_BODY, _RTF_BODY, _HTML_BODY = 0x1000, 0x1009, 0x1013
_NAMES, _DATA = (0x3707, 0x3704, 0x3001), 0x3701
_DULL = frozenset((0x001A, 0x3702, 0x3703, 0x370E, 0x3712, 0x0C1E, 0x0C1F, 0x1035))


class _Property(NamedTuple):
    number: int
    kind: int
    value: bytes


class _File:
    """One attached file while its attributes pass by."""

    def __init__(self) -> None:
        self.name = ""
        self.data: bytes | None = None


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield subject, bodies and attached files.

    Raises:
        LimitExceeded: it is too large, or has too many files.
        UnreadError: whatever `Source.open` raises.
    """
    most = budget.limits.member_bytes
    data = source.read(most + 1)
    if len(data) > most:
        raise LimitExceeded("limit.member-bytes", allowed=most)
    yield from _Reader(source, budget).items(data)


class _Reader:
    def __init__(self, source: Source, budget: Budget) -> None:
        self._source = source
        self._budget = budget
        self._page = 936
        self._said = Alternatives()
        self._file: _File | None = None
        self._count = 0

    def items(self, data: bytes) -> Iterator[Item]:
        at = _HEAD
        while at + 9 <= len(data):
            _, tag, length = struct.unpack_from("<BII", data, at)
            value = data[at + 9 : at + 9 + length]
            yield from self._attribute(tag & 0xFFFF, value)
            at += 9 + length + 2  # a sum follows
        yield from self._file_ends()
        if at != len(data):
            yield DamagedFile("mail.cut")

    def _attribute(self, number: int, value: bytes) -> Iterator[Item]:
        if number == _CODE_PAGE and len(value) >= 4:
            self._page = struct.unpack_from("<I", value)[0] or self._page
        elif number == _SUBJECT:
            yield from self._property_part("Subject", decode(value, self._page))
        elif number == _BODY:
            yield from self._plain(decode(value, self._page))
        elif number == _NEW_FILE:
            yield from self._file_ends()
            self._file = _File()
        elif number == _MESSAGE_PROPERTIES:
            yield from self._message(list(_properties(value)))
        elif self._file is not None:
            self._of_file(self._file, number, value)

    def _of_file(self, file: _File, number: int, value: bytes) -> None:
        if number == _FILE_NAME:
            file.name = file.name or decode(value, self._page)
        elif number == _FILE_DATA:
            file.data = value
        elif number == _FILE_PROPERTIES:
            known = {each.number: each for each in _properties(value)}
            names = (self._text(known[each]) for each in _NAMES if each in known)
            file.name = next(filter(None, names), file.name)
            if _DATA in known:
                # An object begins with the number of its class.
                value = known[_DATA].value
                file.data = value[16:] if known[_DATA].kind == _OBJECT else value

    def _file_ends(self) -> Iterator[Item]:
        file, self._file = self._file, None
        if file is None:
            return
        self._budget.entry()
        self._count += 1
        if file.data is None:
            yield from self._property_part("attachment", file.name)
        else:
            self._budget.unpack(len(file.data), len(file.data))
            yield self._source.member(file.name.strip() or f"attachment {self._count}", file.data)

    def _message(self, properties: list[_Property]) -> Iterator[Item]:
        for each in properties:
            if each.number == _PLAIN_BODY:
                yield from self._plain(self._text(each))
        for each in properties:
            if each.number == _HTML_BODY:
                html = body_text(each.value, "") if each.kind == _BINARY else self._text(each)
                yield from self._said.fresh(html_items(html, self._source, self._budget))
            elif each.number == _RTF_BODY:
                yield from self._rtf(each.value)
            elif each.kind in (_NARROW, _WIDE) and each.number not in _DULL | {_PLAIN_BODY}:
                yield from self._property_part(f"{each.number:04X}", self._text(each))

    def _plain(self, text: str) -> Iterator[Item]:
        yield from self._said.told(plain_items(text, self._source, self._budget))

    def _rtf(self, packed: bytes) -> Iterator[Item]:
        size = unpacked_size(packed)
        try:
            self._budget.unpack(size, len(packed))
        except LimitExceeded as refused:
            yield refused
            return
        rtf, whole = unpack(packed, size)
        body = Source(self._source.path, self._source.members, rtf)
        yield from self._said.fresh(read_rtf(body, self._budget))
        if not whole:
            yield DamagedFile("mail.rtf")

    def _text(self, each: _Property) -> str:
        return decode(each.value, 1200 if each.kind == _WIDE else self._page).strip("\0").strip()

    def _property_part(self, label: str, text: str) -> Iterator[Part]:
        text = text.strip("\0").strip()
        if text:
            yield Part(text, Place(Area.PROPERTY, label=label))


def _properties(table: bytes) -> Iterator[_Property]:
    """Yield the properties of a table, each value of one that has several, until it breaks."""
    try:
        (count,) = struct.unpack_from("<I", table)
        at = 4
        for _ in range(count):
            kind, number = struct.unpack_from("<HH", table, at)
            at += 4
            if number >= 0x8000:
                at = _behind_name(table, at)
            values, at = _values(table, at, kind)
            for value in values:
                yield _Property(number, kind & ~_MANY, value)
    except struct.error:
        return


def _behind_name(table: bytes, at: int) -> int:
    """Return where the name of a named property ends that begins at `at`."""
    is_text, length = struct.unpack_from("<II", table, at + 16)
    return at + 24 + (int(length) + 3 & ~3 if is_text else 0)


def _values(table: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    """Return the values at `at` and where they end. Raises struct.error where they do not."""
    base = kind & ~_MANY
    measured = base in (_NARROW, _WIDE, _BINARY, _OBJECT)
    count = 1
    if measured or kind & _MANY:
        (count,) = struct.unpack_from("<I", table, at)
        at += 4
    if not measured:
        size = _FIXED.get(base)
        if size is None:
            raise struct.error(f"no size is known of type {base:#x}")
        return [], at + count * size
    values = []
    for _ in range(count):
        (length,) = struct.unpack_from("<I", table, at)
        values.append(table[at + 4 : at + 4 + length])
        at += 4 + (length + 3 & ~3)
    return values, at
