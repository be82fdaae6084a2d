"""Which cell formats hide their text, and which say words beside a number.

ECMA-376 part 1, 18.8 (styles), 18.8.3 (colours).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeVar

from markscan.extract.markup import to_utf8
from markscan.extract.xlsx.words import Affix, affix, format_words, hides_text, unescape

_T = TypeVar("_T")

_TINY = 2.0  # points: less cannot be read
_WHITE, _BLACK = "FFFFFF", "000000"
_INDEXED = {"0": _BLACK, "1": _WHITE, "8": _BLACK, "9": _WHITE, "64": _BLACK, "65": _WHITE}
_THEMED = {"0": _WHITE, "1": _BLACK}
_PALE = 0.1  # a tint below leaves white white
_MOST_FORMATS = 1 << 17  # Excel allows 65,490

_PREFIX = re.compile(rb"<(/?)[\w.-]+:")
_ATTRIBUTE = re.compile(rb"\s([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_COLOUR = re.compile(rb"<(?:fgColor|color)\s([^<>]*)>")
_SIZE = re.compile(rb"<sz\s[^<>]*?val\s*=\s*[\"']([^\"']*)")
_PATTERN = re.compile(rb"<patternFill\s[^<>]*?patternType\s*=\s*[\"']([^\"']*)")
_FORMAT = re.compile(rb"<numFmt\s([^<>]*)>")


@dataclass(slots=True)
class Styles:
    """The cell formats that matter, by their number as a cell writes it."""

    hiding: set[str] = field(default_factory=set)
    affixes: dict[str, Affix] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)  # said by number formats


def attributes_of(raw: bytes) -> dict[str, str]:
    """Return the attributes of a tag, without prefixes."""
    return {
        name.rpartition(b":")[2].decode("ascii", "replace"): unescape(
            (one or other).decode("utf-8", "replace")
        )
        for name, one, other in _ATTRIBUTE.findall(b" " + raw)
    }


def colour_of(said: dict[str, str]) -> str:
    """Return one name for a colour, however it is given; "" where it is left open."""
    try:
        tint = float(said.get("tint") or 0)
    except ValueError:
        tint = 0.0
    theme = said.get("theme")
    if theme is not None:
        faint = abs(tint) < _PALE
        return _THEMED[theme] if faint and theme in _THEMED else f"theme {theme} {tint:.3f}"
    indexed = said.get("indexed")
    if indexed is not None:
        return _INDEXED.get(indexed, f"indexed {indexed}")
    return said.get("rgb", "")[-6:].upper()


def is_tiny(size: str) -> bool:
    """Tell whether a font size in points is too small to read."""
    try:
        return float(size or "nan") <= _TINY
    except ValueError:
        return False


def is_white(said: dict[str, str]) -> bool:
    """Tell whether the colour of a run is white."""
    return colour_of(said) == _WHITE


def read_styles(data: bytes) -> Styles:
    """Return what a styles part hides and says."""
    data, _ = to_utf8(data)
    if b"<styleSheet" not in data:
        data = _PREFIX.sub(rb"<\1", data)
    codes: dict[str, str] = {}
    styles = Styles()
    for raw in _FORMAT.findall(data):
        said = attributes_of(raw)
        code = said.get("formatCode", "")
        codes[said.get("numFmtId", "")] = code
        if not code.isascii() and (words := format_words(code)):
            styles.words.append(words)
    hiding_formats = {number for number, code in codes.items() if hides_text(code)}
    affixes = {
        number: found
        for number, code in codes.items()
        if not code.isascii() and (found := affix(code))
    }
    fonts = [_font(piece) for piece in _items(data, b"fonts", rb"<font[\s/>]")]
    fills = [_fill(piece) for piece in _items(data, b"fills", rb"<fill[\s/>]")]
    for number, piece in enumerate(_items(data, b"cellXfs", rb"<xf[\s/>]")):
        said = attributes_of(piece.partition(b">")[0])
        colour, tiny = _pick(fonts, said.get("fontId", "0"), (_BLACK, False))
        ground = _pick(fills, said.get("fillId", "0"), _WHITE)
        form = said.get("numFmtId", "")
        if tiny or colour == ground or form in hiding_formats:
            styles.hiding.add(str(number))
        if form in affixes:
            styles.affixes[str(number)] = affixes[form]
    return styles


def _items(data: bytes, section: bytes, opening: bytes) -> list[bytes]:
    """Return the items of a section, each up to the next."""
    start = data.find(b"<" + section)
    end = data.find(b"</" + section + b">", start)
    if start < 0:
        return []
    body = data[data.find(b">", start) : end if end >= 0 else len(data)]
    return re.split(opening, body, maxsplit=_MOST_FORMATS)[1:]


def _font(piece: bytes) -> tuple[str, bool]:
    found = _COLOUR.search(piece)
    size = _SIZE.search(piece)
    return (
        (colour_of(attributes_of(found[1])) if found else "") or _BLACK,
        bool(size and is_tiny(size[1].decode("ascii", "replace"))),
    )


def _fill(piece: bytes) -> str:
    """Return the colour behind a text, "mixed" where there are several."""
    if b"<gradientFill" in piece:
        return "mixed"
    found = _PATTERN.search(piece)
    pattern = found[1] if found else b"none"
    if pattern == b"none":
        return _WHITE
    colour = _COLOUR.search(piece) if pattern == b"solid" else None
    return (colour_of(attributes_of(colour[1])) if colour else "") or "mixed"


def _pick(items: list[_T], number: str, otherwise: _T) -> _T:
    try:
        return items[int(number)]
    except (ValueError, IndexError):
        return otherwise
