"""The words in an XMP packet (ISO 16684-1), wherever it lies: in a PDF or in a picture."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_PACKET = re.compile(rb"<x:xmpmeta.{1,262144}?</x:xmpmeta>", re.S)
_MOST_PACKETS = 20
_ELEMENT = re.compile(r"<([\w.-]+:[\w.-]+)[^<>]*>([^<>]*\S[^<>]*)</")
_ATTRIBUTE = re.compile(r"\s([\w.-]+:[\w.-]+)\s*=\s*(?:\"([^\"<>]+)\"|'([^'<>]+)')")
# The schemas of editing history, of cameras, of fonts and colours hold no words of an author.
_NOISE = re.compile(
    r"(?:xmlns|xml|rdf|x|stEvt|stRef|stDim|stFnt|xmpMM|xmpG|xmpTPg|pdfaid|exif|tiff|crs|aux):"
)
_STANDS_OUTSIDE = ("rdf:li", "rdf:value")
_NUMBERS = re.compile(r"[\d\W]*(?:T[\d\W]*Z?)?|uuid:.*", re.S)


def read_xmp(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield name and value of the fields of the packets in `data`, where not compressed."""
    start = data.find(b"<x:xmpmeta")
    for count, packet in enumerate(_PACKET.finditer(data, start) if start >= 0 else ()):
        if count >= _MOST_PACKETS:
            return
        text = packet[0].decode("utf-8", "replace")
        for match in _ELEMENT.finditer(text):
            name = match[1]
            if name in _STANDS_OUTSIDE or not _NOISE.match(name):
                yield from _field(name, match[2])
        for match in _ATTRIBUTE.finditer(text):
            if not _NOISE.match(match[1]):
                yield from _field(match[1], match[2] or match[3])


def _field(name: str, value: str) -> Iterator[tuple[str, str]]:
    text = html.unescape(value).strip()
    if not _NUMBERS.fullmatch(text):
        yield f"xmp {name}", text
