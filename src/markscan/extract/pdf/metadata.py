"""What a PDF carries besides its pages: properties, bookmarks, attached files."""

from __future__ import annotations

import ctypes
import html
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any

import pypdfium2.raw as pdfium

from markscan.document import Area, GivenName, Part, Place
from markscan.errors import LimitExceeded
from markscan.extract.encoding import decide
from markscan.extract.extractor import Budget, Item
from markscan.extract.pdf.objects import Objects
from markscan.extract.xmp import read_xmp
from markscan.source import Source

_KEYS = (b"Title", b"Author", b"Subject", b"Keywords", b"Creator", b"Producer")
_OWN_FIELD = "xmp pdfx:"  # where writers repeat the properties that an author named
_DATES = frozenset((b"CreationDate", b"ModDate", b"Trapped"))
_COUNTING = re.compile(r"[\d\W_]+|\b[ivxlcdm]+\b|\b[a-z]\b", re.IGNORECASE)
_MOST_SIGNATURES = 1000
_MOST_PACKETS = 100
_LONGEST_NAME = 1024
_XFA_WORDS = frozenset(("datasets", "template", "form"))
_SCRIPT = re.compile(r"<script\b[^>]*>[^<]*</script\s*>")
_BETWEEN_TAGS = re.compile(r">([^<>]*[^<>\s][^<>]*)<")
_MOST_BOOKMARKS = 20_000
_LONGEST = 64 << 20  # bytes of one string


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


def properties(document: Any, data: bytes, objects: Objects, budget: Budget) -> Iterator[Item]:
    """Yield the document information, the XMP fields that say anything more, the layers."""
    seen: set[str] = set()
    keys = dict.fromkeys((*_KEYS, *(key for key in objects.information_keys())))
    for key in keys:
        text = wide(partial(pdfium.FPDF_GetMetaText, document, key))
        if key not in _DATES and text.strip() and text.strip() not in seen:
            seen.add(text.strip())
            name = decide(key).text
            yield Part(text, Place(Area.PROPERTY, label=name if key in _KEYS else GivenName(name)))
    try:
        for packet in chain((data,), objects.metadata(budget)):
            for name, text in read_xmp(packet):
                if text not in seen:
                    seen.add(text)
                    label = GivenName(name) if name.startswith(_OWN_FIELD) else name
                    yield Part(text, Place(Area.PROPERTY, label=label))
    except LimitExceeded as refusal:
        yield refusal
    for name in dict.fromkeys(objects.layers()):
        if name.strip():
            yield Part(name, Place(Area.PROPERTY, label="layer"))


def page_labels(document: Any, count: int) -> Iterator[Part]:
    """Yield the names of pages that are words, not numbers."""
    seen: set[str] = set()
    for index in range(count):
        label = wide(partial(pdfium.FPDF_GetPageLabel, document, index))
        if not label and index == 0:  # all pages have a label or none has one
            return
        words = _COUNTING.sub("", label)
        if words and words not in seen:
            seen.add(words)
            yield Part(label, Place(Area.PROPERTY, index + 1, "page label"))


def signatures(document: Any) -> Iterator[Part]:
    """Yield the reasons given for the signatures."""
    for index in range(min(max(pdfium.FPDF_GetSignatureCount(document), 0), _MOST_SIGNATURES)):
        signature = pdfium.FPDF_GetSignatureObject(document, index)
        if signature:
            reason = wide(partial(pdfium.FPDFSignatureObj_GetReason, signature))
            if reason.strip():
                yield Part(reason, Place(Area.PROPERTY, label="signature reason"))


def xfa(document: Any, packed: int, budget: Budget) -> Iterator[Item]:
    """Yield the words of an XFA form: what was filled in, and the captions around it."""
    for index in range(min(max(pdfium.FPDF_GetXFAPacketCount(document), 0), _MOST_PACKETS)):
        size = pdfium.FPDF_GetXFAPacketName(document, index, None, 0)
        if not 1 < size <= _LONGEST_NAME:
            continue
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_GetXFAPacketName(document, index, buffer, size)
        name = buffer.value.decode("utf-8", "replace")
        length = ctypes.c_ulong()
        wanted = name in _XFA_WORDS
        if not wanted or not pdfium.FPDF_GetXFAPacketContent(document, index, None, 0, length):
            continue
        try:
            budget.unpack(length.value, packed)
        except LimitExceeded as refusal:
            yield refusal
            continue
        content = ctypes.create_string_buffer(max(length.value, 1))
        pdfium.FPDF_GetXFAPacketContent(document, index, content, length.value, length)
        text = _SCRIPT.sub("", content.raw[: length.value].decode("utf-8", "replace"))
        for match in _BETWEEN_TAGS.finditer(text):
            yield Part(html.unescape(match[1]).strip(), Place(Area.CELL, label=f"xfa {name}"))


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
