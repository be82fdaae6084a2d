"""Gives a PDF that lost its end a new one, so that the pages still there can be read."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(?<!\d)(\d{1,8})\s+\d{1,5}\s+obj\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_ENCRYPTED = re.compile(rb"/Encrypt\b")
_HIGHEST = 4_000_000  # PDFium knows no higher object number
_MOST_PAGES = 5_000
_MOST_UNPACKED = 64 << 20  # bytes of packed objects
_HEAD = 20_000  # bytes of an object looked at: dictionaries are short


def rebuilt(data: bytes) -> bytes | None:
    """Return `data` with a page tree and a trailer of our own; None where no page is left.

    What pages inherited from the lost page tree (fonts, size) stays lost. PDFium finds the
    objects themselves by searching the file, as it does for every broken table.
    """
    if _ENCRYPTED.search(data):  # without its key, held by the trailer, all is noise
        return None
    unpacked = unpacked_objects(data)
    pages = _pages(data) + _pages(unpacked)
    if not pages:
        return None
    kids = b" ".join(b"%s 0 R" % number for number in pages[:_MOST_PAGES])
    used = (int(match[1]) for match in _OBJECT.finditer(data + unpacked))
    tree = max((number for number in used if number < _HIGHEST), default=0) + 1
    root = tree + 1
    count = min(len(pages), _MOST_PAGES)
    return b"".join(
        [
            _whole_objects(data),
            unpacked,
            b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (tree, count, kids),
            b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (root, tree),
            b"trailer\n<</Root %d 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n" % (root, root + 1),
        ]
    )


def _whole_objects(data: bytes) -> bytes:
    """Return `data` up to its last whole object, or with its last stream closed."""
    end = data.rfind(b"endobj") + len(b"endobj")
    rest = data[end:]
    if b"stream" in rest and b"trailer" not in rest:
        return data + b"\nendstream\nendobj\n"
    return data[:end] + b"\n"


def _pages(data: bytes) -> list[bytes]:
    """Return the numbers of the page objects, in the order of the file."""
    found: dict[bytes, None] = {}
    for match in _PAGE.finditer(data):
        opening = data.rfind(b"obj", max(match.start() - _HEAD, 0), match.start())
        if opening < 0 or data[opening - 3 : opening] == b"end":
            continue
        owner = _OBJECT.search(data, max(opening - 20, 0), opening + 3)
        if owner:
            found.setdefault(owner[1])
    return list(found)


def unpacked_objects(data: bytes) -> bytes:
    """Return the objects packed in object streams as objects of their own."""
    out: list[bytes] = []
    size = 0
    if b"/ObjStm" not in data:
        return b""
    for match in _PACKED.finditer(data):
        start = data.find(b"stream", match.end(), match.end() + _HEAD)
        end = data.find(b"endstream", start)
        if start < 0 or end < 0:
            continue
        body = data[start + 6 : end].lstrip(b"\r\n")
        try:
            content = zlib.decompressobj().decompress(body, _MOST_UNPACKED - size)
        except zlib.error:
            continue
        head = data[max(match.start() - 400, 0) : start]
        first = re.findall(rb"/First\s+(\d{1,9})", head)
        if not first:
            continue
        size += len(content)
        out += _objects(content, int(first[-1]))
        if size >= _MOST_UNPACKED:
            break
    return b"".join(out)


def _objects(content: bytes, first: int) -> list[bytes]:
    numbers = [int(word) for word in content[:first].split() if word.isdigit()]
    starts = [first + offset for offset in numbers[1::2]]
    ends = [*starts[1:], len(content)]
    return [
        b"%d 0 obj\n%s\nendobj\n" % (number, content[start:end])
        for number, start, end in zip(numbers[::2], starts, ends, strict=False)
    ]
