"""Reads the table of strings that the cells of a workbook share.

Source: [MS-XLS] 2.4.265 (SST), 2.5.293 (strings), 2.5.86 (phonetics).
"""

from __future__ import annotations

import struct
from codecs import utf_16_le_decode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from markscan.extract.ole.excel.records import as_text
from markscan.extract.xlsx.strings import PERIOD

_COUNTS = struct.Struct("<II")
_HEAD = struct.Struct("<HB")
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08
_PHONETIC = 14  # where its characters begin


class Said(NamedTuple):
    """What one string shows, and what it does not."""

    shown: str
    hidden: str = ""
    phonetic: str = ""


@dataclass(slots=True)
class Strings:
    """The strings of a workbook, by number.

    `special` has those with more to say than their text. `rest` is what of the table's
    bytes could not be read; `is_cut` tells that its last string has no end.
    """

    shown: list[str] = field(default_factory=list)
    special: dict[int, Said] = field(default_factory=dict)
    used: bytearray = field(default_factory=bytearray)
    rest: bytes = b""
    is_cut: bool = False

    @property
    def has_periods(self) -> bool:
        """Whether one of them is followed by a number that says something."""
        return any(PERIOD in said.shown for said in self.special.values())


def read_strings(pieces: list[bytes], hides: Callable[[int], bool]) -> Strings:
    """Return the table in `pieces`: the data of its record and of those that continue it.

    Args:
        pieces: at least one.
        hides: tells whether a font, by its number, cannot be seen.
    """
    strings = Strings()
    if len(pieces[0]) < _COUNTS.size:
        strings.rest = b"".join(pieces)
        return strings
    count = _COUNTS.unpack_from(pieces[0])[1]
    reader = _Reader(pieces, _COUNTS.size)
    try:
        reader.read(count, strings, hides)
    except struct.error:
        # A wrong count alone is no harm: a cell that misses its string will tell.
        strings.rest = reader.rest()
        strings.is_cut = bool(reader.cut)
        strings.shown += [reader.cut] if reader.cut else []
    strings.used = bytearray(len(strings.shown))
    return strings


def read_string(pieces: list[bytes]) -> str:
    """Return a single string that may go on in further records [MS-XLS] 2.4.268."""
    strings = Strings()
    reader = _Reader(pieces, 0)
    try:
        reader.read(1, strings, bool)
    except struct.error:
        return reader.cut
    return strings.shown[0]


class _Reader:
    """Reads strings that may begin in one piece and end in another."""

    def __init__(self, pieces: list[bytes], at: int) -> None:
        self._pieces = pieces
        self._number = 0
        self._piece = pieces[0]
        self._at = at
        self.cut = ""  # what there is of a string without its end

    def rest(self) -> bytes:
        return self._piece[self._at :] + b"".join(self._pieces[self._number + 1 :])

    def read(self, count: int, strings: Strings, hides: Callable[[int], bool]) -> None:
        """Add `count` strings.

        Raises:
            struct.error: there are fewer.
        """
        add = strings.shown.append
        special = strings.special
        unpack = _HEAD.unpack_from
        for number in range(count):
            while self._at >= len(self._piece):
                self._next()
            piece, at = self._piece, self._at
            length, flags = unpack(piece, at)
            at += 3
            runs = extra = 0
            if flags & _RICH:
                runs = struct.unpack_from("<H", piece, at)[0]
                at += 2
            if flags & _EXTENDED:
                extra = struct.unpack_from("<I", piece, at)[0]
                at += 4
            end = at + (length << 1 if flags & _WIDE else length)
            if end <= len(piece):
                raw = piece[at:end]
                text = utf_16_le_decode(raw, "replace")[0] if flags & _WIDE else str(raw, "latin-1")
                self._at = end
            else:
                self._at = at
                text = self._across(length, flags)
            add("" if text.isspace() else text)
            if runs or extra:
                self._look(special, number, text, self._take(4 * runs), self._take(extra), hides)
            elif PERIOD in text:
                special[number] = Said(text)

    def _next(self) -> None:
        if self._number + 1 >= len(self._pieces):
            raise struct.error("the strings end too early")
        self._number += 1
        self._piece = self._pieces[self._number]
        self._at = 0

    def _across(self, left: int, flags: int) -> str:
        """Return a string that goes on in the next piece, where its flags are repeated."""
        texts: list[str] = []
        try:
            while True:
                wide = flags & _WIDE
                there = (len(self._piece) - self._at) >> wide
                take = min(left, there)
                end = self._at + (take << wide)
                texts.append(as_text(self._piece[self._at : end], flags))
                self._at = end
                left -= take
                if not left:
                    return "".join(texts)
                self._next()
                if not self._piece:
                    continue
                flags = self._piece[0]
                self._at = 1
        except struct.error:
            self.cut = "".join(texts)
            raise

    def _take(self, length: int) -> bytes:
        end = self._at + length
        if end <= len(self._piece):
            there = self._piece[self._at : end]
            self._at = end
            return there
        found: list[bytes] = []
        while True:
            found.append(self._piece[self._at : self._at + length])
            self._at += len(found[-1])
            length -= len(found[-1])
            if not length:
                return b"".join(found)
            self._next()

    def _look(
        self,
        special: dict[int, Said],
        number: int,
        text: str,
        runs: bytes,
        extra: bytes,
        hides: Callable[[int], bool],
    ) -> None:
        """Note what a string says beside its text, and what of it is not seen."""
        shown, hidden = _split(text, runs, hides)
        phonetic = _phonetic(extra)
        if hidden.strip() or phonetic or PERIOD in text:
            special[number] = Said(shown, hidden, phonetic)


def _split(text: str, runs: bytes, hides: Callable[[int], bool]) -> tuple[str, str]:
    """Return what of a text is set in fonts to be seen, and the rest."""
    cuts = list(struct.iter_unpack("<HH", runs))
    if not any(hides(font) for _, font in cuts):
        return text, ""
    # Places count UTF-16 units.
    units = text.encode("utf-16-le", "surrogatepass")
    pieces: dict[bool, list[bytes]] = {False: [], True: []}
    last, is_hidden = 0, False
    for at, font in [*cuts, (len(units) // 2, 0)]:
        if at >= last:
            pieces[is_hidden].append(units[2 * last : 2 * at])
            last, is_hidden = at, hides(font)
    shown, hidden = (as_text(b"".join(pieces[key]), _WIDE) for key in (False, True))
    return shown, hidden


def _phonetic(extra: bytes) -> str:
    if len(extra) <= _PHONETIC:
        return ""
    count = struct.unpack_from("<H", extra, _PHONETIC - 2)[0]
    return as_text(extra[_PHONETIC : _PHONETIC + 2 * count], _WIDE).strip("\0 ")
