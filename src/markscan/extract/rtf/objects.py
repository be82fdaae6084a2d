"""Reads what RTF carries as digits: embedded objects, and the XML that Word keeps aside.

[MS-OLEDS] 2.2: an object in OLE 1.0 has a header with its class, then its native data, which
from OLE 2.0 on is a compound file. RTF Specification 1.9.1, "Objects", "Custom XML Data".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, UnreadError
from markscan.extract.extractor import Budget, Item
from markscan.extract.ole.codepages import decode
from markscan.extract.ole.compound import Compound
from markscan.extract.ole.objects import read_native, read_object
from markscan.extract.ooxml import read_custom_xml
from markscan.source import Source

_DIGITS = b"0123456789abcdefABCDEF"
_NO_DIGITS = bytes(set(range(256)) - set(_DIGITS))
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LINKED, _EMBEDDED = 1, 2
_CHINESE = 936


def from_digits(digits: bytes) -> bytes:
    """Return the bytes that pairs of hexadecimal digits stand for."""
    digits = digits.translate(None, _NO_DIGITS)
    return bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))


def read_embedded(data: bytes, source: Source, budget: Budget, name: str) -> Iterator[Item]:
    """Yield the files in an object, or the address of the one that it links to.

    Args:
        data: what `objdata` holds.
        source: the document.
        budget: pays for the object.
        name: of the object in its document.
    """
    try:
        kind, texts, at = _header(data)
        native = b""
        if kind == _EMBEDDED:
            size = struct.unpack_from("<I", data, at)[0]
            native = data[at + 4 : at + 4 + size]
            if len(native) < size:
                yield DamagedFile("rtf.object", name=name)
    except (struct.error, ValueError):
        # Headers are broken on purpose where the object is meant to be opened, not seen.
        kind, texts, native = _EMBEDDED, [], data[max(data.find(_COMPOUND), 0) :]
        if not native.startswith(_COMPOUND):
            yield DamagedFile("rtf.object", name=name)
            return
    if kind == _LINKED:
        for text in texts[1:]:
            if text:
                yield Part(text, Place(Area.HIDDEN, None, name))
    elif native.startswith(_COMPOUND):
        yield from _compound(native, source, budget, name)
    elif native:
        found = read_native(struct.pack("<I", len(native)) + native)
        if found is None:
            yield source.member(f"{name}/native", native)
            return
        path, content = found
        yield Part(path, Place(Area.HIDDEN, None, name))
        yield source.member(path.replace("\\", "/").rpartition("/")[2] or name, content)


def read_store(data: bytes, source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of custom XML: document properties of a server, most of all."""
    if not data.startswith(_COMPOUND):
        return
    try:
        with Compound(source.member("datastore", data), budget) as compound:
            for path in compound.streams:
                xml = compound.read(path) or b""
                if path.rpartition("/")[2].lower() == "item":
                    yield from read_custom_xml(xml, path)
            yield from compound.drain()
    except UnreadError as error:
        yield error


def _compound(data: bytes, source: Source, budget: Budget, name: str) -> Iterator[Item]:
    try:
        with Compound(source.member(name, data), budget) as compound:
            yield from read_object(compound, source, name)
    except UnreadError as error:
        yield error


def _header(data: bytes) -> tuple[int, list[str], int]:
    """Return the kind of an object, its class, topic and item, and where the rest begins."""
    _, kind = struct.unpack_from("<2I", data)
    if kind not in (_LINKED, _EMBEDDED):
        raise ValueError(kind)
    at = 8
    texts: list[str] = []
    while len(texts) < 3 and (at < len(data) or kind == _EMBEDDED):
        length = struct.unpack_from("<I", data, at)[0]
        if length > len(data) - at:
            raise ValueError(length)
        texts.append(decode(data[at + 4 : at + 4 + length], _CHINESE))
        at += 4 + length
    return kind, texts, at
