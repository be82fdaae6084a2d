"""What the headers of a picture tell: its size, the words written into it, whether it is whole.

Only what someone may have written is taken: titles, subjects, keywords, comments. Sources:
ISO/IEC 15948 (PNG), ISO/IEC 10918-1 and JFIF 1.02 (JPEG), GIF89a, RFC 9649 (WebP), [MS-WMF]
2.2.2 (bitmaps), IPTC IIM 4.2.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from markscan.errors import LimitExceeded
from markscan.extract.encoding import decide
from markscan.extract.extractor import Budget
from markscan.extract.picture import tiff
from markscan.extract.xmp import read_xmp

_LONGEST = 1 << 20  # bytes of one packed text
_MOST = 1000  # texts
_MOST_BLOCKS = 1_000_000
_PAGE_LIKE = 500  # pixels of either side: smaller ones are emblems and decoration
_SCREEN = 96.0  # dots an inch where a picture does not tell
_PHOTOSHOP = b"Photoshop 3.0\x00"
_IPTC = re.compile(rb"\x1c\x02([\x05\x0f\x14\x19\x28\x37\x50\x69\x74\x78])([\x00-\x7f].)", re.S)
_IPTC_NAMES = {5: "title", 15: "category", 20: "category", 25: "keywords", 40: "instructions"}
_IPTC_NAMES |= {80: "author", 105: "headline", 116: "copyright", 120: "caption"}
_FRAME_MARKERS = frozenset((*range(0xC0, 0xD0),)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset((0x01, *range(0xD0, 0xD9)))


@dataclass(slots=True)
class Headers:
    """What the headers tell. `size` is in points; None where they do not tell it."""

    size: tuple[float, float] | None = None
    pixels: tuple[int, int] | None = None
    texts: list[tuple[str, str]] = field(default_factory=list)
    whole: bool = True
    refusal: LimitExceeded | None = None

    def add(self, name: str, raw: bytes | str) -> None:
        """Note the words `raw`; bytes in whatever encoding they are."""
        text = raw if isinstance(raw, str) else decide(raw.rstrip(b"\x00")).text
        if len(self.texts) < _MOST:
            self.texts.append((name, text.replace("\x00", " ").strip()))

    def measure(self, width: int, height: int, across: float = 0, down: float = 0) -> None:
        """Note the size in pixels, and the dots an inch, 0 if untold."""
        across, down = (dots if 20 < dots < 5000 else _SCREEN for dots in (across, down))
        if width > 0 and height > 0:
            self.pixels = (width, height)
            self.size = (round(width * 72 / across, 2), round(height * 72 / down, 2))


def read_headers(data: bytes, budget: Budget) -> Headers:
    """Return what the headers of the picture `data` tell. Never raises for what they hold."""
    headers = Headers()
    try:
        if data.startswith(b"\x89PNG"):
            _png(data, headers, budget)
        elif data.startswith(b"\xff\xd8"):
            _jpeg(data, headers)
        elif data.startswith(b"GIF8"):
            _gif(data, headers)
        elif data.startswith(b"BM"):
            _bmp(data, headers)
        elif data.startswith(b"RIFF"):
            _webp(data, headers)
        else:
            _tiff(data, headers)
            headers.whole = tiff.is_whole(data)
    except (struct.error, IndexError):
        headers.whole = False
    for name, text in read_xmp(data):
        headers.add(name, text)
    return headers


def may_be_page(data: bytes, budget: Budget) -> bool:
    """Tell whether a picture in a document is large enough to be a page of text."""
    pixels = read_headers(data, budget).pixels
    return pixels is not None and min(pixels) >= _PAGE_LIKE


def _tiff(data: bytes, headers: Headers, *, measured: bool = False) -> None:
    for name, raw in tiff.texts(data):
        headers.add(name, raw)
    frames = tiff.frames(data)
    if frames and not measured:
        headers.size = frames[0].size
        headers.pixels = frames[0].pixels


def _png(data: bytes, headers: Headers, budget: Budget) -> None:
    width = height = 0
    across = down = 0.0
    at, ended = 8, False
    while at + 12 <= len(data) and not ended:
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size] if kind not in (b"IDAT", b"fdAT") else b""
        at += size + 12
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", body)
        elif kind == b"pHYs":
            x, y, unit = struct.unpack_from(">IIB", body)
            across, down = (x * 0.0254, y * 0.0254) if unit == 1 else (0.0, 0.0)
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            _png_text(kind, body, headers, budget)
        elif kind == b"eXIf":
            _tiff(body, headers, measured=True)
        ended = kind == b"IEND"
    headers.whole = ended and at <= len(data)
    headers.measure(width, height, across, down)


def _png_text(kind: bytes, body: bytes, headers: Headers, budget: Budget) -> None:
    key, _, rest = body.partition(b"\x00")
    packed = kind == b"zTXt"
    if kind == b"iTXt":
        packed = rest[:1] == b"\x01"
        rest = rest[2:].split(b"\x00", 2)[-1]
    elif packed:
        rest = rest[1:]
    if packed and len(headers.texts) < _MOST:
        unpacker = zlib.decompressobj()
        try:
            text = unpacker.decompress(rest, _LONGEST)
            budget.unpack(len(text), len(rest))
        except zlib.error:
            headers.whole = False
            return
        except LimitExceeded as refusal:
            headers.refusal = refusal
            return
        if unpacker.unconsumed_tail:
            headers.refusal = LimitExceeded("limit.member-bytes", allowed=_LONGEST)
        rest = text
    name = key.decode("latin-1")
    if not rest.startswith((b"<?xpacket", b"<x:xmpmeta")):
        headers.add(name, rest)
    elif packed:  # what is not packed is found in the file itself
        for label, value in read_xmp(rest):
            headers.add(label, value)


def _jpeg(data: bytes, headers: Headers) -> None:
    across = down = 0.0
    at = 2
    for _ in range(_MOST_BLOCKS):
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if data[at] != 0xFF or marker in (0xD9, 0xDA):
            break
        if marker in _BARE_MARKERS:
            at += 2
            continue
        (size,) = struct.unpack_from(">H", data, at + 2)
        body = data[at + 4 : at + 2 + size]
        at += 2 + max(size, 2)
        if marker in _FRAME_MARKERS:
            height, width = struct.unpack_from(">HH", body, 1)
            headers.measure(width, height, across, down)
        elif marker == 0xFE:
            headers.add("comment", body)
        elif marker == 0xE0 and body.startswith(b"JFIF\x00"):
            unit, x, y = struct.unpack_from(">BHH", body, 7)
            across, down = ((0, 0), (x, y), (x * 2.54, y * 2.54))[unit if unit < 3 else 0]
        elif marker == 0xE1 and body.startswith(b"Exif\x00\x00"):
            _tiff(body[6:], headers, measured=True)
        elif marker == 0xED and body.startswith(_PHOTOSHOP):
            _iptc(body, headers)
    headers.whole = data.rfind(b"\xff\xd9") >= at


def _iptc(body: bytes, headers: Headers) -> None:
    for match in _IPTC.finditer(body):
        (size,) = struct.unpack(">H", match[2])
        name = _IPTC_NAMES.get(match[1][0], "other")
        headers.add(f"iptc {name}", body[match.end() : match.end() + size])


def _gif(data: bytes, headers: Headers) -> None:
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    headers.measure(width, height)
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    for _ in range(_MOST_BLOCKS):
        kind = data[at]
        if kind == 0x21:
            blocks, at = _sub_blocks(data, at + 2, keep=data[at + 1] in (0x01, 0xFE))
            if blocks:
                headers.add("comment", blocks)
        elif kind == 0x2C:
            flags = data[at + 9]
            at += 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
            _, at = _sub_blocks(data, at, keep=False)
        else:
            headers.whole = kind == 0x3B
            return
    headers.whole = False


def _sub_blocks(data: bytes, at: int, *, keep: bool) -> tuple[bytes, int]:
    blocks = []
    while size := data[at]:
        if keep:
            blocks.append(data[at + 1 : at + 1 + size])
        at += size + 1
    return b"".join(blocks), at + 1


def _bmp(data: bytes, headers: Headers) -> None:
    (start,) = struct.unpack_from("<I", data, 10)
    (head,) = struct.unpack_from("<I", data, 14)
    if head == 12:
        width, height, _, depth = struct.unpack_from("<HHHH", data, 18)
        headers.measure(width, height)
        packing = 0
    else:
        width, height, _, depth, packing, _, x, y = struct.unpack_from("<iiHHIIii", data, 18)
        headers.measure(width, abs(height), x * 0.0254, y * 0.0254)
    if packing in (0, 3):
        row = (width * depth + 31) // 32 * 4
        headers.whole = start + row * abs(height) <= len(data)


def _webp(data: bytes, headers: Headers) -> None:
    (total,) = struct.unpack_from("<I", data, 4)
    headers.whole = total + 8 <= len(data) + 1
    for kind, body in _riff(data):
        if kind == b"VP8X":
            w, h = (int.from_bytes(body[i : i + 3], "little") + 1 for i in (4, 7))
            headers.measure(w, h)
        elif kind == b"VP8L" and headers.size is None:
            (bits,) = struct.unpack_from("<I", body, 1)
            headers.measure((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        elif kind == b"VP8 " and headers.size is None:
            w, h = struct.unpack_from("<HH", body, 6)
            headers.measure(w & 0x3FFF, h & 0x3FFF)
        elif kind == b"EXIF":
            _tiff(body.removeprefix(b"Exif\x00\x00"), headers, measured=True)


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    for _ in range(_MOST_BLOCKS):
        if at + 8 > len(data):
            return
        kind, size = struct.unpack_from("<4sI", data, at)
        yield kind, data[at + 8 : at + 8 + (size if kind != b"ANMF" else 0)]
        at += 8 + size + size % 2
