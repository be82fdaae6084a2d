"""Reads pages of HTML: the text, what is hidden in it and around it, and the files inside.

A reader of our own: walking through the tree of a fast parser (selectolax) took as long, and a
tree has lost what a page hides: text beside frames, tags that break off, declarations,
attributes given twice, line numbers. Its depth, and memory, are up to whoever wrote the page.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote_to_bytes

from markscan.document import Area, Place
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract.encoding import UNSURE
from markscan.extract.extractor import Budget, Item
from markscan.extract.html.decoding import decode_page
from markscan.extract.html.page import Page
from markscan.source import Source

_HEAD = 4096
_OPENED = re.compile(r"<html[\s>]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:html|body|frameset)\s*>", re.IGNORECASE)


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of a page and the files in it.

    Raises:
        UnreadError: whatever `Source.open` raises.
    """
    most = budget.limits.member_bytes
    data = source.read(most + 1)
    decoded = decode_page(data[:most])
    yield from read_text(decoded.text, source, budget)
    if len(data) > most:
        yield LimitExceeded("markup.too-large", allowed=most)
    if decoded.confidence < UNSURE:
        yield DamagedFile("text.encoding-unsure")
    elif decoded.bad or decoded.rest:
        yield DamagedFile("text.bad-bytes", count=max(decoded.bad, 1))


def read_text(text: str, source: Source, budget: Budget) -> Iterator[Item]:
    """Yield what a page says whose text is `text`, and the files in it."""
    page = Page(text)
    inside = _Inside(source, budget)
    for part in page.parts():
        yield part
        yield from inside.take(page.files)
    yield from inside.take(page.files)
    if page.is_cut or _is_cut(text):
        yield DamagedFile("html.cut")
    if inside.pictures and not page.seen and budget.recognise is None:
        yield NoTextLayer("html.only-pictures")


def _is_cut(text: str) -> bool:
    """Tell whether a page that was opened is never closed."""
    if _OPENED.search(text, 0, _HEAD) is None:
        return False
    # It stands near the end, nearly always.
    return _CLOSED.search(text, max(0, len(text) - _HEAD)) is None and _CLOSED.search(text) is None


class _Inside:
    """Reads the files that addresses of the form "data:" hold (RFC 2397)."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self.pictures = 0
        self._count = 0
        self._source = source
        self._budget = budget

    def take(self, addresses: list[str]) -> Iterator[Item]:
        """Yield the files, and forget the addresses."""
        for address in addresses:
            self._count += 1
            try:
                yield from self._open(address, f"data{self._count}")
            except binascii.Error:
                yield DamagedFile("html.data", name=f"data{self._count}")
            except UnreadError as error:
                yield error
        addresses.clear()

    def _open(self, address: str, name: str) -> Iterator[Item]:
        kind, comma, packed = address[5:].partition(",")
        kind = kind.lower()
        is_picture = kind.startswith("image/") and "svg" not in kind
        self.pictures += is_picture
        recognise = self._budget.recognise
        if not comma or (is_picture and recognise is None):
            return
        self._budget.unpack(len(packed), len(packed))
        data = unquote_to_bytes(packed)
        if kind.rstrip().endswith(";base64"):
            data = base64.b64decode(data + b"==")
        if is_picture and recognise is not None:
            yield from recognise(partial(bytes, data), Place(Area.IMAGE, None, name), self._budget)
        elif data:
            yield self._source.member(name, data)
