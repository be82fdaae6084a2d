"""Finds the words on shapes: WordArt, alternative texts, addresses.

Word, Excel and PowerPoint share these records. Source: [MS-ODRAW] 2.2, 2.3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.extract.ole.carve import carve

_OPTIONS = frozenset((0xF00B, 0xF121, 0xF122))
_COMPLEX = 0x8000
_ART = 0x00C0
# Properties that hold words, and what a reader of the parts is told they are.
_WORDS = {
    _ART: "wordart",
    0x0380: "shape",
    0x0381: "alt",
    0x038D: "tooltip",
}
_ADDRESS = 0x0382
_MOST_GAPS = 1 << 16  # bytes that are no record


def read_shapes(data: bytes, label: str = "") -> Iterator[Part]:
    """Yield the words on the shapes in `data`, a row of records that may lie in one another.

    What names a shape is left out unless it holds more than ASCII: Word names them itself.
    """
    for kind, text in _words(data):
        if not text or text.isspace() or (kind == "shape" and text.isascii()):
            continue
        area = Area.TEXTBOX if kind == "wordart" else Area.HIDDEN
        yield Part(text, Place(area, None, f"{label} {kind}".strip()))


def _words(data: bytes) -> Iterator[tuple[str, str]]:
    at, end, gaps = 0, len(data), 0
    while at + 8 <= end:
        version, kind, length = struct.unpack_from("<HHI", data, at)
        if kind < 0xF000:
            # In Word each drawing stands behind one byte that says where it belongs.
            at += 1
            gaps += 1
            if gaps > _MOST_GAPS:
                return
            continue
        if version & 0x0F == 0x0F:
            at += 8  # a container: what it holds follows
            continue
        if kind in _OPTIONS and version & 0x0F == 3:
            yield from _options(data[at + 8 : at + 8 + length], version >> 4)
        at += 8 + length


def _options(data: bytes, count: int) -> Iterator[tuple[str, str]]:
    """Yield the words of one table of properties [MS-ODRAW] 2.3.1."""
    count = min(count, len(data) // 6)
    at = 6 * count
    for code, value in struct.iter_unpack("<HI", data[:at]):
        if not code & _COMPLEX:
            continue
        kind = _WORDS.get(code & 0x3FFF)
        if kind is not None:
            raw = data[at : at + value]
            text = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace")
            yield kind, text.partition("\0")[0].strip()
        elif code & 0x3FFF == _ADDRESS:
            raw = data[at : at + value]
            yield from (("address", text) for text in carve(raw))
        at += value
