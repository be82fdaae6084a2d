"""Decodes what stands in the head of a message.

Encoded words: RFC 2047. Chinese mailers break a character across two words, name GB 2312
where they use GBK or GB 18030, and write raw bytes into headers; all of it is read.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.extract.encoding import decide

# Headers that programs write for programs, in ASCII; of these no word is told.
_WIRE = re.compile(
    r"received|return-path|message-id|references|in-reply-to|date|delivered-to|mime-version|"
    r"content-.*|list-.*|arc-.*|dkim-.*|domainkey-.*|authentication-results|received-spf|precedence|"
    r"x-(?:mailer|priority|mimeole|msmail-.*|ms-.*|spam-.*|received|google-.*|originating-ip|uid.*|"
    r"mozilla-.*|account-key|virus-.*|antiabuse|forefront-.*|qq-.*|coremail-.*|cm-.*)",
    re.IGNORECASE,
)
# A run of encoded words, and one of them.
_WORDS = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=(?:\s*=\?[^?\s]+\?[bBqQ]\?[^?]*\?=)*")
_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_CHINESE = frozenset(("gb2312", "gbk", "cp936", "hz"))
# What mailers call a text whose encoding they do not know.
_UNKNOWN = frozenset(("", "ascii", "iso8859-1", "cp1252", "latin_1"))


def header_parts(headers: Iterator[tuple[str, str]]) -> Iterator[Part]:
    """Yield the headers that may hold words, each a property labelled with its name.

    Args:
        headers: names and raw values, bytes that are no ASCII as lone surrogates.
    """
    for name, raw in headers:
        text = header_text(raw)
        if text and not (text.isascii() and _WIRE.fullmatch(name)):
            yield Part(text, Place(Area.PROPERTY, label=name))


def header_text(raw: str) -> str:
    """Return the text of a header value, unfolded and decoded."""
    if not raw.isascii():
        raw = body_text(raw.encode("utf-8", "surrogateescape"), "")
    return " ".join(_WORDS.sub(_decoded, raw).split())


def body_text(data: bytes, charset: str) -> str:
    """Return `data` as text, by the charset that is claimed if its bytes fulfil it."""
    name = _codec(charset)
    if name in _UNKNOWN:
        return decide(data).text
    try:
        return data.decode(name).removeprefix("\ufeff")
    except (UnicodeError, ValueError):
        return decide(data).text


def _codec(charset: str) -> str:
    """Return the codec that a charset means; "" for one that nobody knows."""
    try:
        name = codecs.lookup(charset.strip().strip("\"'").removeprefix("x-")).name
    except (LookupError, ValueError):
        return ""
    if not codecs.lookup(name)._is_text_encoding or name in ("punycode", "idna", "undefined"):
        return ""
    return "gb18030" if name in _CHINESE - {"hz"} else name


def _decoded(run: re.Match[str]) -> str:
    """Decode encoded words that follow one another, as one where their charset is one."""
    texts: list[tuple[str, bytes]] = []
    for charset, form, content in _WORD.findall(run[0]):
        data = _bytes(form, content)
        if texts and texts[-1][0].lower() == charset.lower():
            texts[-1] = (charset, texts[-1][1] + data)
        else:
            texts.append((charset, data))
    return "".join(body_text(data, charset) for charset, data in texts)


def _bytes(form: str, content: str) -> bytes:
    raw = content.encode("utf-8", "surrogateescape")
    if form in "qQ":
        return quopri.decodestring(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:
        return b""
