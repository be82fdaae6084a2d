"""Reads single messages (eml) and web pages saved as one (mht): MIME, RFC 2045 to 2049.

The parser is that of the standard library. What it cannot take, a nesting a thousand deep,
is given as the raw text it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    MessageDefect,
    StartBoundaryNotFoundDefect,
)
from email.message import Message
from email.parser import BytesParser

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded
from markscan.extract.encoding import decide
from markscan.extract.extractor import Budget, Item
from markscan.extract.mail.body import Alternatives, html_items, plain_items
from markscan.extract.mail.headers import body_text, header_parts, header_text
from markscan.source import Source

# What the parser stumbles over in heads that nobody should have written.
_BROKEN = (AttributeError, IndexError, KeyError, LookupError, TypeError, ValueError)
_CUT = (
    CloseBoundaryNotFoundDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    StartBoundaryNotFoundDefect,
)
_LOCKED = frozenset(("multipart/encrypted", "application/pgp-encrypted"))
_SEALED = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_NAMING = frozenset(("content-disposition", "content-type"))
_RAW_NAME = re.compile(r"\b(?:file)?name\s*=\s*\"?([^\";]+)", re.IGNORECASE)
_SMALL_PICTURE = 4096  # bytes: a logo, a bullet, a tracking dot; no page fits in


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield head, bodies and attached files of a message, in its order.

    Raises:
        LimitExceeded: a part of it is too large, or there are too many.
        UnreadError: whatever `Source.open` raises.
    """
    if source.size() > budget.limits.member_bytes:
        raise LimitExceeded("limit.member-bytes", allowed=budget.limits.member_bytes)
    try:
        with source.open() as file:
            message = BytesParser(policy=policy.compat32).parse(file)
        parts = list(_leaves(message))
    except RecursionError:
        yield Part(decide(source.read(budget.limits.member_bytes)).text, Place(Area.BODY))
        raise DamagedFile("mail.nesting") from None
    reader = _Reader(source, budget)
    yield from header_parts(iter(message.raw_items()))
    for part in parts:
        yield from reader.part(part)
    if any(isinstance(defect, _CUT) for defect in _defects(message, parts)):
        yield DamagedFile("mail.cut")


class _Reader:
    """Reads the parts of one message."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self._source = source
        self._budget = budget
        self._alternatives = Alternatives()
        self._count = 0

    def part(self, part: Message) -> Iterator[Item]:
        """Yield one leaf: text, or a file; what is too large is told and passed over."""
        self._budget.entry()
        self._count += 1
        kind = part.get_content_type()
        name = _name(part)
        try:
            if kind in _LOCKED or (kind in _SEALED and _is_enveloped(part)):
                yield EncryptedFile("mail.encrypted")
            elif kind == "message/rfc822":
                yield from self._inner(part, name)
            else:
                yield from self._leaf(part, kind, name)
        except LimitExceeded as refused:
            if name:
                yield Part(name, Place(Area.HIDDEN, label="attachment"))
            yield refused

    def _leaf(self, part: Message, kind: str, name: str) -> Iterator[Item]:
        data = _payload(part)
        self._budget.unpack(len(data), max(len(data) * 3 // 4, 1))
        if not _is_attached(part) and kind in ("text/plain", "text/html"):
            text = body_text(data, _charset(part))
            source, budget = self._source, self._budget
            if kind == "text/html":
                yield from self._alternatives.fresh(html_items(text, source, budget))
            else:
                yield from self._alternatives.told(plain_items(text, source, budget))
        elif data and not self._is_ornament(part, kind, data):
            yield self._source.member(name or self._unnamed(part, kind), data)

    def _inner(self, part: Message, name: str) -> Iterator[Item]:
        """Yield a message inside this one as a file of its own."""
        inner = part.get_payload(0) if part.is_multipart() else None
        if not isinstance(inner, Message):
            data = _payload(part)
        else:
            try:
                data = inner.as_bytes(policy=policy.compat32.clone(max_line_length=0))
            except (*_BROKEN, UnicodeError):
                yield DamagedFile("mail.inner")
                return
            name = name or header_text(str(inner.get("Subject", "")))[:80]
        self._budget.unpack(len(data), len(data))
        stem = name.removesuffix(".eml") or f"message {self._count}"
        yield self._source.member(f"{stem}.eml", data)

    def _is_ornament(self, part: Message, kind: str, data: bytes) -> bool:
        return kind.startswith("image/") and len(data) < _SMALL_PICTURE and not _is_attached(part)

    def _unnamed(self, part: Message, kind: str) -> str:
        place = str(part.get("Content-Location", "")).replace("\\", "/").rstrip("/")
        ending = kind.partition("/")[2].removeprefix("x-").partition("+")[0]
        return header_text(place.rpartition("/")[2]) or f"part {self._count}.{ending}"


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that are no multiparts, in order; messages inside are leaves."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() != "message/rfc822" and part.is_multipart():
            inner = [one for one in part.get_payload() if isinstance(one, Message)]
            waiting.extend(reversed(inner))
            # What stands around the parts is shown by old programs only, but is there.
            around = (part.epilogue, part.preamble)
            waiting.extend(_aside(text) for text in around if text and not text.isascii())
        else:
            yield part


def _aside(text: str) -> Message:
    aside = Message()
    aside.set_payload(text)
    return aside


def _payload(part: Message) -> bytes:
    if part.is_multipart():  # a report, a message of a kind that we do not know
        return part.as_bytes(policy=policy.compat32)
    try:
        data = part.get_payload(decode=True)
    except _BROKEN:
        data = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return data if isinstance(data, bytes) else b""


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset("")
    except _BROKEN:
        return ""


def _name(part: Message) -> str:
    try:
        name = part.get_filename("") or ""
    except _BROKEN:
        name = "\ufffd"
    if "\ufffd" in name:  # the library gives up on raw bytes
        heads = (raw for head, raw in part.raw_items() if head.lower() in _NAMING)
        found = next(filter(None, map(_RAW_NAME.search, heads)), None)
        name = found[1] if found else name
    return header_text(name)


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except _BROKEN:
        return True


def _is_enveloped(part: Message) -> bool:
    try:
        return str(part.get_param("smime-type", "enveloped-data")).startswith("envel")
    except _BROKEN:
        return True


def _defects(message: Message, parts: list[Message]) -> Iterator[MessageDefect]:
    for one in (*message.walk(), *parts):
        broken = one.defects
        # One letter out of place is nothing lost; an end that does not fit is.
        stray = any(isinstance(defect, InvalidBase64CharactersDefect) for defect in broken)
        yield from (d for d in broken if not (stray and isinstance(d, InvalidBase64LengthDefect)))
