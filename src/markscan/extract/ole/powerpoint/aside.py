"""Says what stands beside the shapes: headers, comments, tags, links, names.

Sources: [MS-PPT] 2.4.15 (headers), 2.5.23 (comments), 2.10 (objects and links), 2.11 (tags).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from markscan.document import Area, GivenName, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, UnreadError
from markscan.extract.ole.powerpoint.records import Kind, Record, children, text_of, texts_of, tidy

_MOST_DEPTH = 64
_LINE_BREAKING, _PICTURES, _FONTS = 0x0FC8, 0x040B, 0x07D5
_SKIPPED = frozenset((Kind.DRAWING, _LINE_BREAKING, _PICTURES, _FONTS))
_LINKED, _CONTROL = 0x0FCE, 0x0FEE
_PROGRAM = 2  # the instance of the name of a program, in an object
_TEXTS = frozenset((Kind.CHARACTERS, Kind.BYTES, Kind.STRING))
# What the strings of a header's record are, and the flag that shows them.
_HEADER = {0: (Area.FOOTER, "date", 0x04), 1: (Area.HEADER, "header", 0x10)}
_FOOTER = (Area.FOOTER, "footer", 0x20)
_OURS = "___PPT"  # begins the tags of PowerPoint itself


def read_aside(
    data: bytes, record: Record, label: str, page: int | None, *, hidden: bool, with_outline: bool
) -> Iterator[Part | UnreadError]:
    """Yield what a slide, a master or the document says beside its shapes.

    Args:
        data: the stream of records.
        record: of the slide, master or document.
        label: of what is said there.
        page: that of the slide.
        hidden: nothing of it is shown.
        with_outline: the texts in a document's lists of slides are said too.
    """
    waiting = [(record, 0)]
    while waiting:
        parent, depth = waiting.pop()
        if not parent.whole:
            yield DamagedFile("slides.records")
        if depth > _MOST_DEPTH:
            for text in texts_of(data, parent):
                yield Part(text, Place(Area.HIDDEN, page, label))
            yield LimitExceeded("limit.depth", allowed=_MOST_DEPTH)
            continue
        inside = []
        for child in children(data, parent.start, parent.end):
            if child.kind in _TEXTS:
                yield from _string(data, child, parent, label, page, hidden)
            elif child.kind in _SKIPPED:
                continue
            elif child.kind == Kind.HEADERS:
                yield from _headers(data, child, label, page, hidden)
            elif child.kind == Kind.COMMENT:
                yield from _comment(data, child, label, page)
            elif child.kind == Kind.TAG:
                yield from _tag(data, child)
            elif child.kind == Kind.LIST and not with_outline:
                continue
            elif child.is_container or child.kind == Kind.BINARY_DATA:
                inside.append((child, depth + 1))
        waiting += reversed(inside)


def _string(
    data: bytes, record: Record, parent: Record, label: str, page: int | None, hidden: bool
) -> Iterator[Part]:
    text = tidy(text_of(data, record))
    if not text.strip() or text.startswith(_OURS):
        return
    if parent.kind in (Kind.EMBEDDED, _LINKED, _CONTROL):
        if record.instance == _PROGRAM or text.isascii():
            return
    elif parent.kind == Kind.LINK:
        label = "hyperlink"
    is_shown = record.kind != Kind.STRING and page is not None and not hidden
    yield Part(text, Place(Area.BODY if is_shown else Area.HIDDEN, page, label))


def _headers(
    data: bytes, record: Record, label: str, page: int | None, hidden: bool
) -> Iterator[Part]:
    flags = 0
    for child in children(data, record.start, record.end):
        if child.kind == Kind.HEADERS_ATOM and child.end - child.start >= 4:
            flags = struct.unpack_from("<H", data, child.start + 2)[0]
        elif child.kind == Kind.STRING:
            area, name, flag = _HEADER.get(child.instance, _FOOTER)
            text = tidy(text_of(data, child))
            if text.strip():
                shown = area if flags & flag and not hidden else Area.HIDDEN
                yield Part(text, Place(shown, page, f"{label} {name}"))


def _comment(data: bytes, record: Record, label: str, page: int | None) -> Iterator[Part]:
    for child in children(data, record.start, record.end):
        text = tidy(text_of(data, child)) if child.kind == Kind.STRING else ""
        if not text.strip():
            continue
        if child.instance == 1:
            yield Part(text, Place(Area.COMMENT, page, f"{label} comment"))
        elif child.instance == 0:
            yield Part(text, Place(Area.PROPERTY, None, "comment author"))


def _tag(data: bytes, record: Record) -> Iterator[Part]:
    strings = [
        tidy(text_of(data, child))
        for child in children(data, record.start, record.end)
        if child.kind == Kind.STRING
    ]
    if len(strings) > 1 and strings[1].strip():
        yield Part(strings[1], Place(Area.PROPERTY, None, GivenName(strings[0])))
