"""Decodes the bytes of RTF: by the font's character set, by the document's code page.

RTF Specification 1.9.1, "Font Table" (fcharset, cpg) and "Character Set" (ansicpg).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SYMBOL = "symbol"
WESTERN = "cp1252"
WIDE = frozenset(("gb18030", "cp950", "cp932", "cp949", "johab", "utf-8"))

_BY_CHARSET = {
    0: WESTERN, 2: SYMBOL, 77: "mac-roman", 78: "cp932", 79: "cp949", 80: "gb18030", 81: "cp950",
    83: "cp1255", 84: "cp1256", 85: "mac-greek", 86: "mac-turkish", 87: "cp874",
    88: "mac-latin2", 89: "mac-cyrillic", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 179: "cp1256", 180: "cp1256", 181: "cp1255", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
_TWO_BYTES = re.compile(rb"[\x81-\xfe][\xa1-\xfe]")
_HIGH_PAIRS = re.compile(rb"(?:[\xa1-\xf7][\xa1-\xfe]){2}")
# What common Chinese writing is made of: ASCII, its signs, and the first level of GB 2312.
_COMMON_GB = re.compile(rb"(?:[\x20-\x7e]|[\xa1-\xa3][\xa1-\xfe]|[\xb0-\xd7][\xa1-\xfe])+")


@dataclass(slots=True)
class Font:
    """One entry of the font table: its codec, "" where that is the document's."""

    codec: str = ""
    is_wingdings: bool = False


@dataclass(slots=True)
class Fonts:
    """The font table, and the codec of what no font decides."""

    document: str = WESTERN
    table: dict[int, Font] = field(default_factory=dict)
    current: int = 0  # the entry that is being read

    def codec(self, number: int) -> str:
        """Return the codec of a font."""
        font = self.table.get(number)
        return (font.codec if font else "") or self.document

    def is_wingdings(self, number: int) -> bool:
        """Tell whether a font shows stars in place of letters."""
        font = self.table.get(number)
        return font is not None and font.is_wingdings

    def entry(self) -> Font:
        """Return the entry that is being read."""
        return self.table.setdefault(self.current, Font())


def by_charset(number: int) -> str:
    """Return the codec of a character set; "" where it leaves it to the document."""
    return _BY_CHARSET.get(number, "")


def decode(data: bytes, codec: str, document: str) -> tuple[str, int, bytes]:
    """Return the text, how many places were broken, and the half character at the end.

    Args:
        data: the bytes of a run.
        codec: of the font.
        document: the codec of the document's code page.
    """
    if data.isascii():
        return data.decode("ascii"), 0, b""
    if codec == SYMBOL:
        return data.decode("latin-1"), 0, b""
    try:
        if codec == WESTERN:
            return _decode_western(data, document), 0, b""
        return data.decode(codec), 0, b""
    except UnicodeDecodeError as error:
        if codec not in WIDE:
            return data.decode(codec, "replace").replace("\ufffd", ""), 0, b""
        if error.end == len(data) and len(data) - error.start < 4 and "incomplete" in error.reason:
            return data[: error.start].decode(codec, "replace"), 0, data[error.start :]
    text = data.decode(codec, "replace")
    return text, text.count("\ufffd"), b""


def _decode_western(data: bytes, document: str) -> str:
    """Decode bytes that a Western font should set.

    Many programs name no character set, or a wrong one, and write in the system's code page.
    """
    if document in WIDE and _TWO_BYTES.search(data):
        try:
            return data.decode(document)
        except UnicodeDecodeError:
            pass
    if _HIGH_PAIRS.search(data) and _COMMON_GB.fullmatch(data):
        return data.decode("gb18030", "replace")
    return data.decode(WESTERN, "replace").replace("\ufffd", "")
