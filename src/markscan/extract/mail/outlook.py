"""Reads messages of Outlook (msg): a compound file with a stream for each property.

Properties: [MS-OXMSG] 2.1 and 2.4, their numbers [MS-OXPROPS]; compressed RTF [MS-OXRTFCP].
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, LimitExceeded
from markscan.extract.extractor import Budget, Item
from markscan.extract.mail.body import Alternatives, html_items, plain_items
from markscan.extract.mail.headers import body_text
from markscan.extract.mail.packed_rtf import unpack, unpacked_size
from markscan.extract.ole.codepages import decode
from markscan.extract.ole.compound import Compound
from markscan.extract.ole.rebuild import rebuild
from markscan.extract.rtf.reader import read as read_rtf
from markscan.source import Source

_STREAM = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})", re.IGNORECASE)
_BODY, _HTML, _RTF, _HEADERS = 0x1000, 0x1013, 0x1009, 0x007D
_WIDE, _NARROW, _BINARY, _STORAGE = 0x001F, 0x001E, 0x0102, 0x000D
_MANY_WIDE, _MANY_NARROW = 0x101F, 0x101E
_FILE_NAMES, _DATA = (0x3707, 0x3704, 0x3001), 0x3701
_CODE_PAGES = (0x3FFD, 0x3FDE)  # of the message, of the net
# Properties that are told by name; every other string of a message by its number.
_NAMES = {
    0x0037: "Subject",
    0x0042: "SentRepresentingName",
    0x0070: "ConversationTopic",
    0x0C1A: "SenderName",
    0x0C1F: "SenderEmailAddress",
    0x0E02: "DisplayBcc",
    0x0E03: "DisplayCc",
    0x0E04: "DisplayTo",
    0x0E1D: "NormalizedSubject",
    0x3001: "DisplayName",
    0x3003: "EmailAddress",
    0x39FE: "SmtpAddress",
}
# Names of classes, keys and identifiers: no words of anybody.
_DULL = frozenset((0x001A, 0x3002, 0x0064, 0x0075, 0x0077, 0x0C1E, 0x1035, 0x3703, 0x370E))
_BODIES = frozenset((_BODY, _HTML, _RTF, _HEADERS))
_MOST_RTF = 64 << 20


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield head, bodies, recipients and attached files of a message.

    Raises:
        DamagedFile: it is no compound file.
        LimitExceeded: there are too many attached files.
        UnreadError: whatever `Source.open` raises.
    """
    with Compound(source, budget) as compound:
        message = _Properties(compound)
        if not message.known:
            raise DamagedFile("mail.no-message")
        yield from message.strings()
        yield from _bodies(message, source, budget)
        for storage in compound.storages():
            inner = compound.under(storage)
            if storage.lower().startswith("__recip"):
                yield from _Properties(inner, message.page).strings()
            elif storage.lower().startswith("__attach"):
                budget.entry()
                yield from _attached(inner, message.page, source, storage)
            yield from compound.drain()
        yield from compound.drain()


class _Properties:
    """The properties of one message, recipient or attachment."""

    def __init__(self, storage: Compound, page: int = 0) -> None:
        self._storage = storage
        self.known: dict[tuple[int, int], str] = {}
        for path in storage.streams:
            name = path.partition("/")[0] if "/" in path else path
            found = _STREAM.fullmatch(name)
            if found and name == path:
                self.known[int(found[1], 16), int(found[2], 16)] = path
        self.page = page or self._code_page()

    def data(self, number: int, *kinds: int) -> bytes | None:
        """Return a property of one of these kinds as it is stored."""
        for kind in kinds:
            path = self.known.get((number, kind))
            if path is not None:
                return self._storage.read(path)
        return None

    def text(self, *numbers: int) -> str:
        """Return the first of these strings that is there."""
        for number in numbers:
            for kind in (_WIDE, _NARROW):
                data = self.data(number, kind)
                if data:
                    return self.decoded(data, kind)
        return ""

    def decoded(self, data: bytes, kind: int) -> str:
        """Return a stored string as text."""
        wide = kind & 0xFFF == _WIDE
        return decode(data, 1200 if wide else self.page).strip("\0").strip()

    def strings(self) -> Iterator[Part]:
        """Yield every string that is no body, as a property."""
        for (number, kind), path in sorted(self.known.items()):
            if kind & 0xFFF not in (_WIDE, _NARROW) or number in _BODIES | _DULL:
                continue
            if kind in (_MANY_WIDE, _MANY_NARROW):
                continue  # its lengths; each value has a stream of its own
            text = self.decoded(self._storage.read(path) or b"", kind)
            if text:
                label = _NAMES.get(number, f"{number:04X}")
                yield Part(text, Place(Area.PROPERTY, label=label))
        yield from self._many()

    def _many(self) -> Iterator[Part]:
        """Yield the values of properties that have several, such as categories."""
        for path in self._storage.streams:
            found = re.fullmatch(_STREAM.pattern + r"-[0-9A-F]{8}", path, re.IGNORECASE)
            if found and int(found[2], 16) in (_MANY_WIDE, _MANY_NARROW):
                data = self._storage.read(path) or b""
                text = self.decoded(data, int(found[2], 16))
                if text:
                    yield Part(text, Place(Area.PROPERTY, label=found[1]))

    def _code_page(self) -> int:
        """Return the code page of 8-bit strings: integers stand in one table."""
        table = self._storage.read("__properties_version1.0") or b""
        for start in (32, 24, 8):
            rows = table[start : start + (len(table) - start) // 16 * 16]
            values = {tag >> 16: value for tag, value in struct.iter_unpack("<I4xI4x", rows)}
            for number in _CODE_PAGES:
                if 0 < values.get(number, 0) < 66000:
                    return int(values[number])
        return 936


def _bodies(message: _Properties, source: Source, budget: Budget) -> Iterator[Item]:
    said = Alternatives()
    for kind in (_WIDE, _NARROW):
        data = message.data(_BODY, kind)
        if data:
            yield from said.told(plain_items(message.decoded(data, kind), source, budget))
    html = message.data(_HTML, _BINARY, _NARROW)
    if html:
        yield from said.fresh(html_items(_html_text(html, message.page), source, budget))
    wide = message.data(_HTML, _WIDE)
    if wide:
        yield from said.fresh(html_items(message.decoded(wide, _WIDE), source, budget))
    packed = message.data(_RTF, _BINARY)
    if packed:
        yield from _rtf(packed, said, source, budget)


def _html_text(data: bytes, page: int) -> str:
    claimed = re.search(rb"charset\s*=\s*[\"']?([\w.:-]{1,40})", data[:4096])
    return body_text(data, claimed[1].decode("ascii")) if claimed else decode(data, page)


def _rtf(packed: bytes, said: Alternatives, source: Source, budget: Budget) -> Iterator[Item]:
    size = min(unpacked_size(packed), _MOST_RTF)
    try:
        budget.unpack(size, len(packed))
    except LimitExceeded as refused:
        yield refused
        return
    rtf, whole = unpack(packed, size)
    body = Source(source.path, source.members, rtf)
    yield from said.fresh(read_rtf(body, budget))
    if not whole:
        yield DamagedFile("mail.rtf")


def _attached(storage: Compound, page: int, source: Source, label: str) -> Iterator[Item]:
    properties = _Properties(storage, page)
    name = properties.text(*_FILE_NAMES)
    data = properties.data(_DATA, _BINARY)
    inner = f"__substg1.0_{_DATA:04X}{_STORAGE:04X}"
    if data is not None:
        yield source.member(name or label, data)
    elif any(path.lower() == inner.lower() for path in storage.storages()):
        whole = storage.under(inner)
        message = whole.has("__properties_version1.0")
        yield source.member(f"{name or label}{'.msg' if message else ''}", rebuild(whole))
    elif name:  # a link to a file elsewhere
        yield Part(name, Place(Area.HIDDEN, label="attachment"))
    yield from properties.strings()
