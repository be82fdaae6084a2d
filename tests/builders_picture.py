"""Small pictures, byte by byte: what stands in their headers is what the tests are about."""

from __future__ import annotations

import struct
import zlib

WIDTH, HEIGHT = 40, 20


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A grey picture with `chunks` (kind and content) before its pixels."""
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\x00" + b"\x80" * WIDTH) * HEIGHT)
    every = ((b"IHDR", head), *chunks, (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in every)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """The frame of a JPEG: `segments` (marker and content), a size, pixels that are none."""
    frame = struct.pack(">BHHB", 8, HEIGHT, WIDTH, 1) + b"\x01\x11\x00"
    every = (*segments, (0xC0, frame), (0xDA, b"\x01\x01\x00\x00\x3f\x00"))
    body = b"".join(struct.pack(">BBH", 0xFF, m, len(c) + 2) + c for m, c in every)
    return b"\xff\xd8" + body + b"\x00" * 50 + b"\xff\xd9"


def iptc(*records: tuple[int, bytes]) -> bytes:
    """The content of an APP13 segment with `records` (dataset and words)."""
    body = b"".join(b"\x1c\x02" + struct.pack(">BH", n, len(words)) + words for n, words in records)
    return b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(body)) + body


def tiff(
    *pages: dict[int, bytes | int], order: str = "<", exif: dict[int, bytes] | None = None
) -> bytes:
    """A TIFF of one strip a page, with fields by tag: numbers, or bytes as ASCII text."""
    out = bytearray((b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(order + "I", 8))
    for number, page in enumerate(pages):
        fields: dict[int, bytes | int] = {256: WIDTH, 257: HEIGHT, 258: 8, 259: 1, 262: 1, 277: 1}
        fields |= {278: HEIGHT, 279: WIDTH * HEIGHT, 273: 0} | page
        if exif and not number:
            fields[0x8769] = 0
        count = len(fields)
        data_at = len(out) + 2 + 12 * count + 4
        entries, data = b"", b""
        for tag, value in sorted(fields.items()):
            if tag == 273:
                value = data_at + len(data)
                data += b"\x80" * (WIDTH * HEIGHT)
            elif tag == 0x8769:
                value = data_at + len(data)
                data += _directory(exif or {}, value, order)
            if isinstance(value, int):
                entries += struct.pack(order + "HHII", tag, 4, 1, value)
            else:
                value = value.ljust(5, b"\x00")
                entries += struct.pack(order + "HHII", tag, 2, len(value), data_at + len(data))
                data += value + b"\x00" * (len(value) % 2)
        after = data_at + len(data) if number + 1 < len(pages) else 0
        out += struct.pack(order + "H", count) + entries + struct.pack(order + "I", after) + data
    return bytes(out)


def _directory(fields: dict[int, bytes], at: int, order: str) -> bytes:
    data_at = at + 2 + 12 * len(fields) + 4
    entries, data = b"", b""
    for tag, value in sorted(fields.items()):
        entries += struct.pack(order + "HHII", tag, 7, len(value), data_at + len(data))
        data += value
    return struct.pack(order + "H", len(fields)) + entries + bytes(4) + data


def gif(*comments: bytes) -> bytes:
    """A GIF with comments before its one picture."""
    head = b"GIF89a" + struct.pack("<HHBBB", 2, 2, 0x80, 0, 0) + b"\x00\x00\x00\xff\xff\xff"
    notes = b"".join(b"\x21\xfe" + bytes([len(c)]) + c + b"\x00" for c in comments)
    picture = b"\x2c" + struct.pack("<HHHHB", 0, 0, 2, 2, 0) + b"\x02\x03\x44\x02\x05\x00"
    return head + notes + picture + b"\x3b"


def bmp(width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A grey bitmap of 24 bits."""
    return struct.pack("<2sIHHI", b"BM", 0, 0, 0, 54) + dib(width, height)


def dib(width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A bitmap as metafiles hold it: without the header of its file."""
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 2835, 2835, 0, 0)
    return head + b"\x80" * ((width * 3 + 3) // 4 * 4 * height)


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """The container of a WebP: a canvas, then `chunks`."""
    canvas = bytes(4) + (WIDTH - 1).to_bytes(3, "little") + (HEIGHT - 1).to_bytes(3, "little")
    body = b"".join(
        kind + struct.pack("<I", len(c)) + c + b"\x00" * (len(c) % 2)
        for kind, c in ((b"VP8X", canvas), *chunks)
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def emf(*records: bytes) -> bytes:
    """An EMF of `records`, see the functions below."""
    head = struct.pack("<II", 1, 88) + bytes(32) + b" EMF" + bytes(44)
    return head + b"".join(records) + struct.pack("<IIIII", 14, 20, 0, 0, 20)


def emf_text(text: str, y: int) -> bytes:
    """The record of text drawn at the height `y`."""
    raw = text.encode("utf-16-le")
    body = bytes(28) + struct.pack("<iiII", 0, y, len(text), 76) + bytes(24) + raw
    body += bytes(-len(body) % 4)
    return struct.pack("<II", 84, len(body) + 8) + body


def emf_plus_text(text: str) -> bytes:
    """The record of text drawn by EMF+."""
    raw = text.encode("utf-16-le")
    raw += bytes(-len(raw) % 4)
    inner = struct.pack("<HHII", 0x401C, 0, 12 + 28 + len(raw), 28 + len(raw))
    inner += struct.pack("<III4f", 0, 0, len(text), 0, 0, 0, 0) + raw
    body = struct.pack("<I", len(inner) + 4) + b"EMF+" + inner
    return struct.pack("<II", 70, len(body) + 8) + body


def emf_bitmap(width: int, height: int) -> bytes:
    """The record of a bitmap (EMR_STRETCHDIBITS)."""
    bitmap = dib(width, height)
    body = bytes(40) + struct.pack("<IIII", 80, 40, 120, len(bitmap) - 40) + bytes(16) + bitmap
    return struct.pack("<II", 81, len(body) + 8) + body


def wmf(*records: tuple[int, bytes]) -> bytes:
    """A placeable WMF of `records` (function and content of an even length)."""
    out = b"\xd7\xcd\xc6\x9a" + bytes(18) + struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0)
    for kind, body in (*records, (0, b"")):
        out += struct.pack("<IH", 3 + len(body) // 2, kind) + body
    return out
