"""Reads what a document in one XML file carries in base64: pictures, and objects in it.

Word keeps all embedded objects in one compound file, a storage each, which may be packed as
"ActiveMime": a header, then a stream of zlib. Its vector pictures are packed with gzip.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract.extractor import Budget, Item
from markscan.extract.ole.carve import carve
from markscan.extract.ole.compound import Compound
from markscan.extract.ole.objects import read_object
from markscan.extract.picture import metafile
from markscan.extract.picture.headers import may_be_page
from markscan.source import Source

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ACTIVE_MIME = b"ActiveMime"
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_HEADER = 1024  # bytes before the packed stream, at most
_GZIP = b"\x1f\x8b"
_ANY_HEADER = zlib.MAX_WBITS | 32  # zlib or gzip
_PICTURE = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM|II\*\x00|MM\x00\*|RIFF.{4}WEBP|\x01\x00\x09\x00", re.DOTALL
)
_WORTH_A_LOOK = 88  # digits: the first bytes of a metafile tell what it is by the 44th
_SPACES = str.maketrans("", "", " \t\r\n")
_NO_DIGIT = re.compile("[^A-Za-z0-9+/]")
_ADDRESS = re.compile(r"data:[^,;]*;base64,", re.IGNORECASE)


class Binary(NamedTuple):
    """Something in base64, under the name that the document gives it."""

    name: str
    digits: str


class Binaries:
    """Reads what one document carries."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self._source = source
        self._budget = budget

    def read(self, found: Sequence[Binary], *, seen: bool) -> Iterator[Item]:
        """Yield what lies in `found`, pictures last.

        Of a document with text only those pictures are read that may be pages.

        Args:
            found: all that the document carries.
            seen: whether it shows text of its own.
        """
        pictures = []
        for binary in found:
            try:
                if self._is_picture(binary):
                    pictures.append(binary)
                else:
                    self._budget.entry()
                    yield from self._open(binary)
            except UnreadError as error:
                yield error
        if self._budget.recognise is None:
            if pictures and not seen:
                yield NoTextLayer("docx.only-pictures")
            return
        for picture in pictures:
            try:
                yield from self._recognised(picture, all_of_them=not seen)
            except LimitExceeded as refusal:
                yield refusal
                return
            except UnreadError as error:
                yield error

    def _is_picture(self, binary: Binary) -> bool:
        head, _ = _decode(binary.digits[: 2 * _WORTH_A_LOOK].translate(_SPACES)[:_WORTH_A_LOOK])
        if head.startswith(_GZIP):
            try:
                head = zlib.decompressobj(_ANY_HEADER).decompress(head, 64)
            except zlib.error:
                return False
            return _is_drawing(head)
        return _is_drawing(head) or _PICTURE.match(head) is not None

    def _open(self, binary: Binary) -> Iterator[Item]:
        data, whole = self._unpacked(binary)
        name = binary.name
        if not whole:
            yield DamagedFile("package.part", part=name)
        if data.startswith(_ACTIVE_MIME):
            packed = _ZLIB.search(data, 0, _HEADER)
            if packed is None:
                yield DamagedFile("package.part", part=name)
                return
            data, whole = self._inflated(data[packed.start() :], name)
            if not whole:
                yield DamagedFile("package.part", part=name)
        if data.startswith(_COMPOUND):
            yield from self._objects(data, name)
        elif data:
            yield self._source.member(name, data)

    def _objects(self, data: bytes, name: str) -> Iterator[Item]:
        member = self._source.member(name, data)
        with Compound(member, self._budget) as compound:
            if any("/" not in path for path in compound.streams):
                yield member  # a document of its own, no store of objects
                return
            for path in compound.storages():
                yield from read_object(compound.under(path), self._source, path)
            yield from compound.drain()

    def _recognised(self, picture: Binary, *, all_of_them: bool) -> Iterator[Item]:
        recognise = self._budget.recognise
        data, _ = self._unpacked(picture)
        if data.startswith(_GZIP):
            data, _ = self._inflated(data, picture.name)
        if _is_drawing(data):
            if all_of_them:  # it keeps its text as text
                yield self._source.member(picture.name, data)
            return
        if recognise is not None and (all_of_them or may_be_page(data, self._budget)):
            place = Place(Area.IMAGE, label=picture.name)
            yield from recognise(partial(bytes, data), place, self._budget)

    def _unpacked(self, binary: Binary) -> tuple[bytes, bool]:
        size = len(binary.digits)
        self._budget.unpack(size * 3 // 4, size)
        return _decode(binary.digits)

    def _inflated(self, packed: bytes, name: str) -> tuple[bytes, bool]:
        """Return what is packed, and whether it is whole."""
        limits = self._budget.limits
        most = min(limits.member_bytes, max(1 << 20, limits.unpacked_ratio * len(packed)))
        stream = zlib.decompressobj(_ANY_HEADER)
        try:
            data = stream.decompress(packed, most + 1)
        except zlib.error:
            raise DamagedFile("package.part", part=name) from None
        self._budget.unpack(len(data), len(packed))
        return data, stream.eof


def read_control(address: str) -> Part | None:
    """Return the words on a control, whose state is given as an address of the form "data:"."""
    found = _ADDRESS.match(address)
    if found is None:
        return None
    data, _ = _decode(address[found.end() :])
    text = "\n".join(dict.fromkeys(carve(data)))
    return Part(text, Place(Area.TEXTBOX, None, "ocx")) if text.strip() else None


def _is_drawing(head: bytes) -> bool:
    return metafile.is_metafile(head) or head.startswith(b"\x01\x00\x09\x00")


def _decode(digits: str) -> tuple[bytes, bool]:
    """Return the bytes that `digits` stand for, and whether they are whole."""
    digits = digits.translate(_SPACES)
    try:
        return b64decode(digits, validate=True), True
    except ValueError:
        kept = _NO_DIGIT.sub("", digits)
        return b64decode(kept[: len(kept) // 4 * 4]), False
