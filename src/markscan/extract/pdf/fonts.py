"""The stand-in font PDFium gets for the East Asian fonts a PDF names but does not embed.

PDFium drops a text object whose glyphs have no outline. On a machine without Chinese
fonts that loses characters drawn one by one, so what is read would depend on the fonts
installed. One font with a square for every character makes the result the same
everywhere, and spares the search through the system's font folders.
"""

from __future__ import annotations

import ctypes
import functools
import struct
from typing import Any

import pypdfium2.raw as pdfium

_EM = 1000
_HANDLE = 1  # any number but 0: there is one font only
_LATIN = frozenset({0, 2})  # Windows character sets ANSI and symbol: PDFium has fonts for them
_GB2312 = 134


def square_font() -> bytes:
    """Return a TrueType font that draws a square of 0.8 em for every character."""
    glyph = struct.pack(">5hHH4B", 1, 100, 0, 900, 800, 3, 0, 1, 1, 1, 1)
    glyph += struct.pack(">8h", 100, 0, 800, 0, 0, 800, 0, -800)
    many_to_one = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1)
    head = struct.pack(">IIIIHHQQ", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0)
    head += struct.pack(">4hHHhhh", 0, -200, _EM, 800, 0, 8, 2, 0, 0)
    hhea = struct.pack(">IhhhHhhh", 0x10000, 800, -200, 0, _EM, 0, 0, 900)
    return _assemble(
        {
            b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + many_to_one,
            b"glyf": glyph,
            b"head": head,
            b"hhea": hhea + struct.pack(">hhh4hhH", 1, 0, 0, 0, 0, 0, 0, 0, 1),
            b"hmtx": struct.pack(">Hhh", _EM, 0, 100),
            b"loca": struct.pack(">HHH", 0, 0, len(glyph) // 2),
            b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 2, *[0] * 8),
        }
    )


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, len(tables) * 16 - 64)
    start = len(directory) + 16 * len(tables)
    body = b""
    for tag, data in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, 0, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return directory + body


@functools.cache
def install() -> Any:
    """Make PDFium use the stand-in font, for this whole process.

    A process that draws pages for a person to look at must not call this. Returns the
    structure PDFium keeps a pointer to; the cache keeps it alive.
    """
    font = square_font()

    def map_font(
        _self: Any, _weight: int, _italic: int, charset: int, _pitch: int, _face: Any, _exact: Any
    ) -> int | None:
        return None if charset in _LATIN else _HANDLE

    def font_data(_self: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        if table:  # one table, or the header of a collection: we have whole fonts only
            return 0
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    answers = {
        "Release": lambda _self: None,
        "EnumFonts": lambda _self, _mapper: None,
        "MapFont": map_font,
        "GetFont": lambda _self, _face: None,
        "GetFontData": font_data,
        "GetFaceName": lambda _self, _font, _buffer, _size: 0,
        "GetFontCharset": lambda _self, _font: _GB2312,
        "DeleteFont": lambda _self, _font: None,
    }
    info = pdfium.FPDF_SYSFONTINFO(version=1)
    for name, kind in pdfium.FPDF_SYSFONTINFO._fields_:
        if name in answers:
            setattr(info, name, kind(answers[name]))
    pdfium.FPDF_SetSystemFontInfo(info)
    return info
