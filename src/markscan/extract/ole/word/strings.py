"""Reads the tables of strings in a Word binary, and the words around its text.

Sources: [MS-DOC] 2.2.4 (strings), 2.9.323 (variables), 2.9.78 (form fields).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from markscan.extract.ole.codepages import decode

_WIDE = 0xFFFF  # what a table of strings in UTF-16 begins with
_FONT_NAME = 39  # behind the length byte of a font
_TEXT_FIELD = 0  # the kinds of form fields


def read_table(data: bytes) -> list[str]:
    """Return the strings of an STTB [MS-DOC] 2.2.4, as far as they go."""
    return _table(data)[0]


def _table(data: bytes) -> tuple[list[str], int]:
    """Return the strings, and how many bytes they take."""
    if len(data) < 6:
        return [], len(data)
    found: list[str] = []
    wide = struct.unpack_from("<H", data)[0] == _WIDE
    at = 2 if wide else 0
    count, extra = struct.unpack_from("<HH", data, at)
    at += 4
    size = 2 if wide else 1
    for _ in range(count):
        length = int.from_bytes(data[at : at + size], "little") * size
        at += size
        if at + length > len(data):
            break
        raw = data[at : at + length]
        found.append(raw.decode("utf-16-le", "replace") if wide else decode(raw, 1252))
        at += length + extra
    return found, at


def read_fonts(data: bytes) -> list[str]:
    """Return the names of the fonts, by their number [MS-DOC] 2.9.286."""
    names: list[str] = []
    at = 4
    while at < len(data) and data[at]:
        raw = data[at + 1 + _FONT_NAME : at + 1 + data[at]]
        names.append(raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").partition("\0")[0])
        at += 1 + data[at]
    return names


def read_names(data: bytes) -> list[str]:
    """Return strings that follow one another, each behind its length."""
    found: list[str] = []
    at = 0
    while at + 2 <= len(data):
        length = 2 * struct.unpack_from("<H", data, at)[0]
        found.append(data[at + 2 : at + 2 + length].decode("utf-16-le", "replace"))
        at += 2 + length
    return found


def read_variables(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each document variable."""
    names, end = _table(data)
    yield from zip(names, read_names(data[end:]), strict=False)


def read_form_field(data: bytes, at: int) -> list[str]:
    """Return what a form field at `at` of the stream Data says: its default, help, choices."""
    if at + 6 > len(data):
        return []
    length, header = struct.unpack_from("<IH", data, at)
    body = data[at + header : at + min(length, 1 << 16)]
    if body[:4] != b"\xff\xff\xff\xff" or len(body) < 10:
        return []
    bits = struct.unpack_from("<H", body, 4)[0]
    place = 10
    found: list[str] = []
    for n in range(7):  # name, default, format, help, status, two macros
        if n == 1 and bits & 3 != _TEXT_FIELD:
            place += 2
            continue
        if place + 2 > len(body):
            return found
        size = 2 * struct.unpack_from("<H", body, place)[0]
        if n in (1, 3, 4):
            found.append(body[place + 2 : place + 2 + size].decode("utf-16-le", "replace"))
        place += 2 + size + 2
    found += read_table(body[place:])
    return [text for text in found if text.strip()]
