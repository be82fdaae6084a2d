"""Reads OpenDocument files: text documents, sheets, slides, drawings; packages and flat XML.

Order: headers, footers and masters; the content; properties; documents in the document; all
other XML; embedded files. OASIS OpenDocument 1.3 parts 2 (packages) and 3 (XML).
"""

from __future__ import annotations

import binascii
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract import ooxml
from markscan.extract.extractor import Budget, Item
from markscan.extract.markup import MarkupError, to_utf8
from markscan.extract.odf.crypt import Lock, read_locks
from markscan.extract.odf.frames import Tally
from markscan.extract.odf.salvage import carve
from markscan.extract.odf.state import Pages, State
from markscan.extract.odf.story import Story
from markscan.extract.odf.styles import Styles
from markscan.extract.odf.walk import Walker
from markscan.extract.package import Package
from markscan.extract.page_pictures import PagePictures
from markscan.source import Source

# The streams of a document, in the order they are read.
_STREAMS = ("styles.xml", "content.xml", "meta.xml", "settings.xml")
# What a package holds besides documents: pictures, views, programs, ways of working.
_SILENT = re.compile(
    r"mimetype|META-INF/.*|.*layout-cache|(.*/)?(Pictures|Thumbnails"
    r"|ObjectReplacements|Configurations2?|Basic|Scripts|Dialogs|Fonts|Media)/.*",
    re.IGNORECASE,
)
_PICTURES = re.compile(r"Pictures/.+", re.IGNORECASE)
_GIVEN_NAME = re.compile(r"[\x00-\x7f]*")
_VIEWS = re.compile(r"(Pictures|Media)/[^/]*$")
_UNSEEN = frozenset((Area.PROPERTY, Area.HIDDEN, Area.DELETED))


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of an OpenDocument file and the files in it.

    Raises:
        DamagedFile: it is neither a package nor XML.
        LimitExceeded: it has more text than allowed; all up to there has been yielded.
        UnreadError: whatever `Source.open` raises.
    """
    if source.read(2) == b"PK":
        with Package(source, budget) as package:
            yield from _Reader(package, source, budget).items()
    else:
        size = source.size()
        if size > budget.limits.member_bytes:
            raise LimitExceeded("limit.member-bytes", allowed=budget.limits.member_bytes)
        yield from _read_flat(source, budget)


def _read_flat(source: Source, budget: Budget) -> Iterator[Item]:
    state = State(Story(Styles(), Tally(budget.limits.parts)), Pages())
    yield from _walk(source.read(), state, source.name)
    if not state.has_body:
        yield DamagedFile("odf.no-content")
    for number, text in enumerate(state.binaries, 1):
        try:
            data = b64decode(text)
        except (binascii.Error, ValueError):
            yield DamagedFile("package.part", part=f"object {number}")
            continue
        budget.unpack(len(data), len(data))
        yield source.member(f"object {number}", data)


def _walk(data: bytes, state: State, name: str) -> Iterator[Item]:
    """Yield what one stream holds, damaged as it may be."""
    data, sound = to_utf8(data)
    walker = Walker(state)
    try:
        yield from walker.walk(data)
    except MarkupError as error:
        # A name or a number behind an error may be a piece of a tag; words come in paragraphs.
        yield from walker.finish(carve(data[error.offset :]))
        yield DamagedFile("package.xml", part=name)
        return
    yield from walker.finish()
    if not sound:
        yield DamagedFile("package.xml", part=name)
    if walker.has_doctype:
        yield DamagedFile("package.doctype", part=name)


class _Reader:
    """Reads one opened package, document by document."""

    def __init__(self, package: Package, source: Source, budget: Budget) -> None:
        self._package = package
        self._source = source
        self._budget = budget
        self._tally = Tally(budget.limits.parts)
        self._pictures = PagePictures(package, budget)
        self._locks: dict[str, Lock] = {}
        self._passwords = list(budget.passwords)
        self._is_locked = False
        self._refused: list[UnreadError] = []
        self._has_body = False
        self._done: set[str] = set()

    def items(self) -> Iterator[Item]:
        yield from self._package.drain()
        for member in self._package.copies("META-INF/manifest.xml"):
            self._locks |= read_locks(member.data)
        seen = failed = False
        for item in self._all():
            seen = seen or (isinstance(item, Part) and item.place.area not in _UNSEEN)
            failed = failed or isinstance(item, UnreadError)
            yield item
        pictures = [name for name in self._package.names if _PICTURES.fullmatch(name)]
        if pictures and not seen and not failed:
            is_lost = yield from self._pictures.read(pictures, None, has_text=False)
            if is_lost:
                yield NoTextLayer("docx.only-pictures")

    def _all(self) -> Iterator[Item]:
        names = self._package.names
        folders = dict.fromkeys(
            folder
            for folder, _, name in (n.rpartition("/") for n in names)
            if name == "content.xml"
        )
        for folder in ("", *(folder for folder in folders if folder)):
            yield from self._document(folder)
        if not self._has_body and not self._is_locked:
            yield DamagedFile("odf.no-content")
        yield from self._pictures.problems()
        for name in names:
            if name not in self._done and not _SILENT.fullmatch(name):
                yield from self._other(name)
            elif _VIEWS.match(name) and not _GIVEN_NAME.fullmatch(name):
                yield Part(name.rpartition("/")[2], Place(Area.FILENAME, None, name))

    def _document(self, folder: str) -> Iterator[Item]:
        """Yield what a document says: the file itself, or one that lies in it."""
        story = Story(Styles(), self._tally, folder)
        state = State(story, Pages())
        for stream in _STREAMS:
            name = f"{folder}/{stream}" if folder else stream
            self._done.add(name)
            for data in self._open(name):
                yield from _walk(data, state, name)
            yield from self._drain()
        if not folder:
            self._has_body = state.has_body
        for number, pictures, has_text in state.pages.finished:
            names = (link.removeprefix("./") for link in pictures)
            yield from self._pictures.read(names, number, has_text=has_text)

    def _other(self, name: str) -> Iterator[Item]:
        """Yield what no document of the package is made of: its words, or the file itself."""
        for data in self._open(name):
            if name.lower().endswith((".xml", ".rdf")):
                yield from ooxml.read_custom_xml(data, name)
            else:
                yield self._source.member(name, data)
        yield from self._drain()

    def _open(self, name: str) -> Iterator[bytes]:
        """Yield each copy of an entry, decrypted; what cannot be opened waits in `_refused`."""
        lock = self._locks.get(name)
        for member in self._package.copies(name):
            if lock is None:
                yield member.data
                continue
            try:
                data = self._unlock(lock, member.data, name)
            except LimitExceeded as error:
                self._refused.append(error)
                continue
            if data is not None:
                yield data
            elif not self._is_locked:
                self._is_locked = True
                self._refused.append(EncryptedFile("encrypted-package"))

    def _drain(self) -> Iterator[Item]:
        yield from self._package.drain()
        while self._refused:
            yield self._refused.pop(0)

    def _unlock(self, lock: Lock, data: bytes, name: str) -> bytes | None:
        for password in self._passwords:
            plain = lock.open(data, password)
            if plain is not None:
                # The one that opens the first entry opens them all.
                self._passwords.remove(password)
                self._passwords.insert(0, password)
                return self._inflate(lock, plain, name)
        return None

    def _inflate(self, lock: Lock, plain: bytes, name: str) -> bytes:
        limits = self._budget.limits
        left = min(limits.member_bytes, limits.unpacked_bytes - self._budget.unpacked_bytes)
        if lock.size:
            self._budget.unpack(lock.size, len(plain))
        most = lock.size or max(left, 0)
        engine = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = engine.decompress(plain, most + 1)
        except zlib.error:
            data = plain  # it was not packed
        else:
            if not engine.eof or len(data) > most:
                self._refused.append(DamagedFile("package.part", part=name))
        if not lock.size:
            self._budget.unpack(len(data), len(plain))
        return data[:most]
