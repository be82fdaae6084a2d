"""A PDF from its bare objects, and the oldest of its encryptions."""

from __future__ import annotations

import hashlib
import zlib

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_ID = b"0123456789abcdef"


def pdf_of(objects: dict[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A file of these objects; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(objects) + 1
    return bytes(
        out + b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    )


def stream(content: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object with further `entries` in its dictionary."""
    if packed:
        content, entries = zlib.compress(content), entries + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def string(text: str) -> bytes:
    """A string object in UTF-16."""
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().encode()


def one_page(
    content: bytes,
    *,
    page: bytes = b"",
    catalogue: bytes = b"",
    resources: bytes = b"",
    more: dict[int, bytes] | None = None,
    trailer: bytes = b"",
) -> bytes:
    """A page of 200 by 100 points in Helvetica (/H); objects from 10 on are `more`."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R"
        b"/Resources<</Font<</H 5 0 R>>%s>>%s>>" % (resources, page),
        4: stream(content),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    return pdf_of(objects | (more or {}), b"/Root 1 0 R" + trailer)


def encrypted(password: bytes, content: bytes) -> bytes:
    """One page of `content` under RC4 of 40 bits (ISO 32000-1, 7.6.2 and 7.6.3)."""
    user = (password + _PADDING)[:32]
    owner = _rc4(hashlib.md5(user).digest()[:5], user)
    rights = (-4 & 0xFFFFFFFF).to_bytes(4, "little")
    key = hashlib.md5(user + owner + rights + _ID).digest()[:5]
    of_content = hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2)).digest()[:10]
    entry = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (
        owner.hex().encode(),
        _rc4(key, _PADDING).hex().encode(),
    )
    identity = b"<%s>" % _ID.hex().encode()
    trailer = b"/Encrypt %s/ID[%s%s]" % (entry, identity, identity)
    return one_page(_rc4(of_content, content), trailer=trailer)


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
