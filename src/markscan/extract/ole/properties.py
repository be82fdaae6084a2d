"""Reads the property sets of a compound file: title, author, custom properties.

Source: [MS-OLEPS]; the numbers of the properties: [MS-OSHARED] 2.3.3.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from markscan.document import Area, GivenName, Part, Place
from markscan.errors import DamagedFile, UnreadError
from markscan.extract.ole.codepages import UTF_16, decode
from markscan.extract.ole.compound import Compound

SUMMARY, DOCUMENT = "\x05SummaryInformation", "\x05DocumentSummaryInformation"

# What an author writes, by the names that the XML formats of Office use.
_SUMMARY = {
    2: "title",
    3: "subject",
    4: "creator",
    5: "keywords",
    6: "description",
    7: "Template",
    8: "lastModifiedBy",
}
_DOCUMENT = {
    2: "category",
    13: "TitlesOfParts",
    14: "Manager",
    15: "Company",
    26: "contentType",
    27: "contentStatus",
    28: "language",
    29: "documentVersion",
}
_USER = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")  # FMTID_UserDefinedProperties
_DICTIONARY, _CODE_PAGE = 0, 1
_BLOBS = frozenset(("_PID_GUID", "_PID_LINKBASE"))

_LPSTR, _LPWSTR, _BSTR, _BLOB = 0x1E, 0x1F, 0x08, 0x41
_VECTOR, _VARIANT = 0x1000, 0x0C
_NUMBERS = {2: "<h", 3: "<i", 0x12: "<H", 0x13: "<I", 0x14: "<q", 0x15: "<Q", 5: "<d", 4: "<f"}
_MOST_VALUES = 10_000  # of one vector


def read_properties(compound: Compound) -> Iterator[Part | UnreadError]:
    """Yield the properties of a document, labelled with their names, and what is damaged."""
    for path, names in ((SUMMARY, _SUMMARY), (DOCUMENT, _DOCUMENT)):
        data = compound.read(path)
        yield from compound.drain()
        if data:
            try:
                yield from _sets(data, names)
            except (struct.error, ValueError):
                yield DamagedFile("ole.stream", part=path[1:])


def _sets(data: bytes, names: dict[int, str]) -> Iterator[Part]:
    count = struct.unpack_from("<I", data, 24)[0]
    for n in range(min(count, 2)):  # no stream has more [MS-OLEPS] 2.21
        kind, offset = struct.unpack_from("<16sI", data, 28 + 20 * n)
        yield from _Set(data[offset:]).parts({} if kind == _USER else names)


class _Set:
    """One property set. Each byte is paid for: values may overlap only so often."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = 2 * len(data) + 4096
        count = struct.unpack_from("<I", data, 4)[0]
        count = min(count, (len(data) - 8) // 8)
        self._places = dict(struct.iter_unpack("<II", data[8 : 8 + 8 * count]))
        place = self._places.pop(_CODE_PAGE, None)
        self._page = struct.unpack_from("<H", data, place + 4)[0] if place else 1252

    def parts(self, names: dict[int, str]) -> Iterator[Part]:
        """Yield the properties in `names`, or those that the set's own dictionary names."""
        place = self._places.pop(_DICTIONARY, None)
        if not names:
            names = self._dictionary(place) if place else {}
        for number, place in self._places.items():
            name = names.get(number)
            if name is None or name in _BLOBS:
                continue
            text = "\n".join(line for line in self._values(place) if line and not line.isspace())
            if text:
                yield Part(text, Place(Area.PROPERTY, None, name))

    def _dictionary(self, at: int) -> dict[int, str]:
        names: dict[int, str] = {}
        count = struct.unpack_from("<I", self._data, at)[0]
        at += 4
        for _ in range(count):
            if at + 8 > len(self._data):
                break
            number, length = struct.unpack_from("<II", self._data, at)
            if self._page == UTF_16:
                names[number] = GivenName(self._text(at + 8, 2 * length, UTF_16))
                at += 8 + -(-2 * length // 4) * 4
            else:
                names[number] = GivenName(self._text(at + 8, length, self._page))
                at += 8 + length
        return names

    def _values(self, at: int) -> Iterator[str]:
        """Yield the text of the value at `at`: one, or those of a vector."""
        kind = struct.unpack_from("<I", self._data, at)[0] & 0xFFFF
        if kind == _BLOB:  # the addresses of hyperlinks [MS-OSHARED] 2.3.3.1.21
            at += 4
            kind = _VECTOR | _VARIANT
        at += 4
        if not kind & _VECTOR:
            yield self._value(kind, at)[0]
            return
        count = struct.unpack_from("<I", self._data, at)[0]
        at += 4
        each = kind & ~_VECTOR
        for _ in range(min(count, _MOST_VALUES)):
            if at + 4 > len(self._data):
                return
            kind = each
            if each == _VARIANT:
                kind = struct.unpack_from("<I", self._data, at)[0] & 0xFFFF
                at += 4
            text, at = self._value(kind, at)
            if each != _VARIANT or kind in (_LPSTR, _LPWSTR):
                yield text

    def _value(self, kind: int, at: int) -> tuple[str, int]:
        """Return one value and where the next one of a vector begins."""
        if kind in (_LPSTR, _BSTR):
            length = struct.unpack_from("<I", self._data, at)[0]
            text = self._text(at + 4, length, self._page)
            # [MS-OLEPS] 2.5 pads to four bytes, and Office does not in a vector of LPSTR.
            return text, at + 4 + length
        if kind == _LPWSTR:
            length = 2 * struct.unpack_from("<I", self._data, at)[0]
            return self._text(at + 4, length, UTF_16), at + 4 + -(-length // 4) * 4
        if kind in _NUMBERS:
            layout = _NUMBERS[kind]
            number = struct.unpack_from(layout, self._data, at)[0]
            return f"{number:g}" if isinstance(number, float) else str(number), at + 4
        return "", at + 4

    def _text(self, at: int, length: int, page: int) -> str:
        if at + length > len(self._data) + 4:  # a writer may leave out the last padding
            raise ValueError("a string runs out of its property set")
        self._left -= length
        if self._left < 0:
            raise ValueError("strings overlap")
        return decode(self._data[at : at + length], page).partition("\0")[0].strip()
