"""Which cell formats of a workbook hide their text, and which say words beside a number.

Sources: [MS-XLS] 2.4.122 (Font), 2.4.353 (XF), 2.4.188 (Palette), 2.5.161 (colours).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from markscan.extract.xlsx.words import Affix, affix, format_words, hides_text

_TINY = 40  # twips: two points or less cannot be read
_WHITE, _BLACK, _MIXED = 0xFFFFFF, 0x000000, -1
_FIXED = {0: _BLACK, 1: _WHITE, 64: _BLACK, 65: _WHITE, 0x7FFF: _BLACK}
_PALETTE = {8: _BLACK, 9: _WHITE}
_TEXT = 64  # the system's colour of text: what it looks like as a ground depends
_NONE, _SOLID = 0, 1
_MOST = 1 << 16


@dataclass(slots=True)
class Styles:
    """The formats of one workbook, gathered record by record."""

    fonts: list[bytes] = field(default_factory=list)
    palette: dict[int, int] = field(default_factory=lambda: dict(_PALETTE))
    forms: list[bytes] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    affixes: dict[int, Affix] = field(default_factory=dict)  # by format
    _hiding_codes: set[int] = field(default_factory=set)
    _known: dict[int, bool] = field(default_factory=dict)

    def add_code(self, number: int, code: str) -> None:
        """Take a number format."""
        if len(self.codes) < _MOST:
            self.codes[number] = code

    def set_palette(self, data: bytes) -> None:
        """Take the colours of the workbook."""
        colours = struct.iter_unpack("<BBBx", data[2 : 2 + (len(data) - 2) // 4 * 4])
        for number, (red, green, blue) in enumerate(colours, 8):
            self.palette[number] = red << 16 | green << 8 | blue

    def words(self) -> Iterator[str]:
        """Yield the words that number formats write."""
        for code in dict.fromkeys(self.codes.values()):
            words = _look(code)[2]
            if words:
                yield words

    def settle(self) -> None:
        """Find which formats say words, once all is gathered."""
        affixes = {}
        for number, written in self.codes.items():
            hides, found, _ = _look(written)
            if hides:
                self._hiding_codes.add(number)
            if found:
                affixes[number] = found
        if affixes:
            for number, form in enumerate(self.forms):
                if (code := _code_of(form)) in affixes:
                    self.affixes[number] = affixes[code]

    def hides(self, number: int) -> bool:
        """Tell whether nobody can see the text of a cell in this format."""
        known = self._known.get(number)
        if known is None:
            form = self.forms[number] if number < len(self.forms) else b""
            known = len(form) >= 16 and (
                _code_of(form) in self._hiding_codes or self._is_lost(form)
            )
            self._known[number] = known
        return known

    def hides_font(self, number: int) -> bool:
        """Tell whether nobody can see a font on white."""
        font = self._font(number)
        return font is not None and (font[0] <= _TINY or self._colour(font[1]) == _WHITE)

    def _font(self, number: int) -> tuple[int, int] | None:
        """Return height and colour of a font."""
        number -= number > 4  # there is no font 4
        if number >= len(self.fonts) or len(self.fonts[number]) < 6:
            return None
        height, colour = struct.unpack_from("<H2xH", self.fonts[number])
        return height, colour

    def _is_lost(self, form: bytes) -> bool:
        font = self._font(int.from_bytes(form[:2], "little"))
        if font is None:
            return False
        height, colour = font
        if len(form) >= 20:
            pattern, back = struct.unpack_from("<I", form, 14)[0] >> 26, form[18] & 0x7F
        else:
            pattern, back = form[10] & 0x3F, form[8] & 0x7F
        if pattern == _NONE:
            ground = _WHITE
        else:
            ground = self._colour(back) if pattern == _SOLID and back != _TEXT else _MIXED
        return height <= _TINY or self._colour(colour) == ground

    def _colour(self, number: int) -> int:
        """Return a colour as RRGGBB; those nobody changed keep a number of their own."""
        fixed = _FIXED.get(number)
        if fixed is not None:
            return fixed
        number += 8 * (number < 8)
        return self.palette.get(number, 0x1000000 + number)


def _code_of(form: bytes) -> int:
    return int.from_bytes(form[2:4], "little")


@lru_cache(maxsize=1024)
def _look(code: str) -> tuple[bool, Affix | None, str]:
    """Return whether a number format hides text, what it writes around numbers, its words."""
    if code.isascii():
        return code.count(";") >= 3 and hides_text(code), None, ""
    return hides_text(code), affix(code), format_words(code)
