"""What a PDF carries besides its pages: properties, bookmarks, attached files."""

from __future__ import annotations

import ctypes
import html
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from markscan.document import Area, Part, Place
from markscan.errors import LimitExceeded
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

_KEYS = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
_MOST_BOOKMARKS = 20_000
_LONGEST = 1 << 20  # bytes of one string
_XMP = re.compile(rb"<x:xmpmeta.{1,262144}?</x:xmpmeta>", re.S)
_MOST_XMP = 20
_ELEMENT = re.compile(r"<([\w.-]+:[\w.-]+)[^<>]*>([^<>]*\S[^<>]*)</")
_ATTRIBUTE = re.compile(r"\s([\w.-]+:[\w.-]+)\s*=\s*(?:\"([^\"<>]+)\"|'([^'<>]+)')")
# The schemas of editing history and of fonts and colours hold no words of an author.
_NOISE = re.compile(
    r"(?:xmlns|xml|rdf|x|stEvt|stRef|stDim|stFnt|xmpMM|xmpG|xmpTPg|pdfaid|exif|tiff):"
)
_STANDS_OUTSIDE = ("rdf:li", "rdf:value")
_NUMBERS = re.compile(r"[\d\W]*(?:T[\d\W]*Z?)?|uuid:.*", re.S)


def wide(read: Callable[[Any, int], int]) -> str:
    """Return the UTF-16 string that `read(buffer, size)` gives; it returns bytes needed."""
    size = read(None, 0)
    if not 2 < size <= _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(buffer, size)
    return buffer.raw.decode("utf-16-le", "replace").split("\0", 1)[0]


def shorts(buffer: Any) -> Any:
    """Return `buffer` as the wide characters some of PDFium's functions ask for."""
    return buffer and ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))


def properties(document: Any, data: bytes) -> Iterator[Part]:
    """Yield the document information and the XMP fields that say anything more."""
    seen: set[str] = set()
    for key in _KEYS:
        text = wide(partial(pdfium.FPDF_GetMetaText, document, key.encode()))
        if text.strip():
            seen.add(text.strip())
            yield Part(text, Place(Area.PROPERTY, label=key))
    for name, text in _xmp(data):
        if text not in seen:
            seen.add(text)
            yield Part(text, Place(Area.PROPERTY, label=name))


def _xmp(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield name and value of the XMP fields, where the packet is not compressed."""
    start = data.find(b"<x:xmpmeta")
    for count, packet in enumerate(_XMP.finditer(data, start) if start >= 0 else ()):
        if count >= _MOST_XMP:
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


def bookmarks(document: Any) -> Iterator[Part]:
    """Yield the titles of the outline, from top to bottom. Loops in it end."""
    seen: set[int | None] = set()
    waiting = [pdfium.FPDFBookmark_GetFirstChild(document, None)]
    while waiting and len(seen) < _MOST_BOOKMARKS:
        mark = waiting.pop()
        address = ctypes.cast(mark, ctypes.c_void_p).value
        if not mark or address in seen:
            continue
        seen.add(address)
        title = wide(partial(pdfium.FPDFBookmark_GetTitle, mark))
        if title.strip():
            yield Part(title, Place(Area.PROPERTY, label="bookmark"))
        waiting.append(pdfium.FPDFBookmark_GetNextSibling(document, mark))
        waiting.append(pdfium.FPDFBookmark_GetFirstChild(document, mark))


def attachments(document: Any, source: Source, packed: int, budget: Budget) -> Iterator[Item]:
    """Yield the files attached to the document. `packed` is the size of the PDF in bytes."""
    for index in range(max(pdfium.FPDFDoc_GetAttachmentCount(document), 0)):
        handle = pdfium.FPDFDoc_GetAttachment(document, index)
        if handle:
            yield from attached(handle, source, packed, budget)


def attached(handle: Any, source: Source, packed: int, budget: Budget) -> Iterator[Item]:
    """Yield one attached file, or the limit that keeps it from being read."""
    name = wide(lambda b, n: pdfium.FPDFAttachment_GetName(handle, shorts(b), n)) or "attachment"
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(handle, None, 0, size):
        return
    try:
        budget.entry()
        budget.unpack(size.value, packed)
    except LimitExceeded as refusal:
        yield refusal
        return
    buffer = ctypes.create_string_buffer(size.value)
    if pdfium.FPDFAttachment_GetFile(handle, buffer, size.value, size):
        yield source.member(name.replace("\\", "/"), buffer.raw)
