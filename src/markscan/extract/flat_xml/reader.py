"""Reads documents that are one XML file, and XML of any other kind.

Word 2003 XML, Excel 2003 XML, UOF and Office packages in one file are read for what they are;
of any other XML the text of every element, what its attributes say beyond ASCII, comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, UnreadError
from markscan.extract.encoding import UNSURE
from markscan.extract.extractor import Budget, Item
from markscan.extract.flat_xml.binaries import Binaries
from markscan.extract.flat_xml.package import read_package
from markscan.extract.flat_xml.vocabulary import ANY, EXCEL, UOF, WORD, Vocabulary
from markscan.extract.flat_xml.walker import Walker
from markscan.extract.html.decoding import decode_page
from markscan.extract.markup import MarkupError, stream_events
from markscan.source import Source

_KINDS: tuple[tuple[bytes, Vocabulary], ...] = (
    (b"http://schemas.microsoft.com/office/word/2003/wordml", WORD),
    (b"urn:schemas-microsoft-com:office:spreadsheet", EXCEL),
    (b"http://schemas.uof.org/", UOF),
    (b"<uof:UOF", UOF),
)
_PACKAGE = b"http://schemas.microsoft.com/office/2006/xmlPackage"
_HEAD = 4096
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"<[^<>]*>")


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of an XML file and the files in it.

    Raises:
        UnreadError: whatever `Source.open` raises.
    """
    most = budget.limits.member_bytes
    data = source.read(most + 1)
    decoded = decode_page(data[:most])
    utf8 = _NO_XML.sub(" ", decoded.text.lstrip("\ufeff")).encode("utf-8", "replace")
    if _PACKAGE in utf8[:_HEAD]:
        yield from read_package(utf8, source, budget)
    else:
        kinds = (words for mark, words in _KINDS if mark in utf8[:_HEAD])
        walker = Walker(next(kinds, ANY))
        yield from _walk(utf8, walker, source.name)
        yield from Binaries(source, budget).read(walker.binaries, seen=walker.seen)
    if len(data) > most:
        yield LimitExceeded("markup.too-large", allowed=most)
    if decoded.confidence < UNSURE:
        yield DamagedFile("text.encoding-unsure")
    elif decoded.bad or decoded.rest:
        yield DamagedFile("text.bad-bytes", count=max(decoded.bad, 1))


def _walk(data: bytes, walker: Walker, name: str) -> Iterator[Part | UnreadError]:
    try:
        for _ in stream_events(data, walker.start, walker.end, walker.chars):
            yield from walker.ready
            walker.ready.clear()
        walker.finish()
        yield from walker.ready
    except MarkupError as error:
        walker.finish()
        yield from walker.ready
        yield from _carve(data[error.offset :])
        yield DamagedFile("package.xml", part=name)
    yield from _comments(data)
    if b"<!ENTITY" in data and b"<!DOCTYPE" in data:
        yield from _entities(data)
        yield DamagedFile("package.doctype", part=name)


def _carve(data: bytes) -> Iterator[Part]:
    """Yield what is no markup behind the place where the XML breaks."""
    text = _TAG.sub("\n", data.decode("utf-8", "replace"))
    for line in text.split("\n"):
        if line.strip():
            yield Part(line.strip(), Place(Area.BODY))


def _comments(data: bytes) -> Iterator[Part]:
    """Yield comments that hold more than ASCII."""
    for piece in data.split(b"<!--")[1:]:
        text = piece.partition(b"-->")[0]
        if not text.isascii():
            yield Part(text.decode("utf-8", "replace").strip(), Place(Area.HIDDEN, None, "comment"))


def _entities(data: bytes) -> Iterator[Part]:
    """Yield the declarations of entities that hold more than ASCII."""
    for piece in data.split(b"<!ENTITY")[1:]:
        text = piece.partition(b">")[0]
        if not text.isascii():
            yield Part(text.decode("utf-8", "replace").strip(), Place(Area.HIDDEN, None, "entity"))
