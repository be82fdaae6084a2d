"""Which styles of a Word document hide their text.

ECMA-376 part 1, 17.7 (styles) and 17.3.2 (run properties).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from markscan.extract.markup import by_local_name, read_events

TINY = 4  # half points: 2 pt and less cannot be read

# One expression each: with a literal in front the search runs at memory speed.
_WHITE = re.compile(rb":color\s[^>]*[\"'][Ff]{6}[\"']")
_TINY = re.compile(rb":sz\s[^>]*val\s*=\s*[\"'](?:0*\d[\"']|\d*[^\d\"'])")


_ELEMENT = re.compile(rb"<w:(basedOn|vanish|specVanish|color|sz|shd|highlight)\b([^<>]*)>")
_SHADE = re.compile(rb"<w:shd\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb"\bw:(\w+)\s*=\s*\"([^\"]*)\"")


class Look(NamedTuple):
    """What decides whether text can be seen; None where nothing is said."""

    vanish: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    shaded: bool | None = None

    def over(self, base: Look) -> Look:
        """Return this look where it says something, `base` elsewhere."""
        return Look(*(b if a is None else a for a, b in zip(self, base, strict=True)))

    def hides(self, coloured_ground: bool) -> bool:
        """Tell whether a reader sees nothing of such text."""
        white = self.white and not self.shaded and not coloured_ground
        return bool(self.vanish or self.tiny or white)


PLAIN = Look()


@dataclass(slots=True)
class Styles:
    """What the styles of a document hide. Looks are kept only where they say something."""

    default: Look = PLAIN  # of text whose paragraph names no style
    base: Look = PLAIN  # docDefaults
    looks: dict[str, Look] = field(default_factory=dict)
    shaded_tables: frozenset[str] = frozenset()

    @property
    def hides_by_default(self) -> bool:
        """Whether text may be hidden that names no style."""
        return any((self.default.vanish, self.default.white, self.default.tiny))

    @property
    def say_something(self) -> bool:
        """Whether any style, or the default, tells how text looks."""
        return bool(self.looks) or self.default != PLAIN

    def hiding_names(self) -> list[str]:
        """Return the styles that may hide the text they are given to."""
        return [name for name, look in self.looks.items() if look.vanish or look.white or look.tiny]


def is_on(value: str | None) -> bool:
    """Return what an on/off property says; it is on when it says nothing (17.17.4)."""
    return value not in ("0", "false", "off", "none")


def is_white(value: str | None) -> bool:
    """Tell whether a colour value is white."""
    return (value or "").lower() == "ffffff"


def is_shade(attributes: dict[str, str]) -> bool:
    """Tell whether a shading gives the text a ground that is not white."""
    fill = attributes.get("fill", "auto").lower()
    pattern = attributes.get("val", "clear").lower()
    return fill not in ("auto", "ffffff", "none") or pattern not in ("clear", "nil")


def is_tiny(value: str | None) -> bool:
    """Tell whether a font size, in half points or with a unit, is too small to read."""
    try:
        if value and value.endswith("pt"):
            return float(value[:-2]) * 2 <= TINY
        return float(value or "nan") <= TINY
    except ValueError:
        return False


def change_look(look: Look, local: str, attributes: dict[str, str]) -> Look:
    """Return `look` after one run property; all names without namespaces."""
    value = attributes.get("val")
    if local in ("vanish", "specVanish"):
        return look._replace(vanish=is_on(value))
    if local == "color":
        return look._replace(white=is_white(value))
    if local == "sz":
        return look._replace(tiny=is_tiny(value))
    if local == "shd":
        return look._replace(shaded=is_shade(attributes) or look.shaded)
    if local == "highlight":
        return look._replace(shaded=value not in (None, "none", "white") or look.shaded)
    return look


def may_hide(data: bytes) -> bool:
    """Tell whether run properties among these bytes of UTF-8 XML could hide text."""
    return b"anish" in data or may_be_white(data) or may_be_tiny(data)


def may_be_white(data: bytes) -> bool:
    """Tell whether these bytes of UTF-8 XML hold white as the colour of text."""
    return _WHITE.search(data) is not None


def may_be_tiny(data: bytes) -> bool:
    """Tell whether these bytes of UTF-8 XML hold a size too small to read."""
    return _TINY.search(data) is not None


def read_styles(data: bytes, shades: bool) -> Styles:
    """Return what styles.xml hides.

    Args:
        data: the part, in any encoding.
        shades: whether the colours of table styles matter too. Without them a part that
            hides nothing, which is nearly every one, is told by its bytes alone.
    """
    if not shades and b"\0" not in data[:64] and not _styles_may_hide(data):
        return Styles()
    reader = _StyleReader()
    if _is_usual(data):
        _read_pieces(data, reader)
    else:
        read_events(data, reader.start, reader.end)
    return reader.result()


def _is_usual(data: bytes) -> bool:
    head = data[:2000]
    return b"<w:styles " in head and b"='" not in data and b"<!" not in data and b"&" not in data


def _read_pieces(data: bytes, reader: _StyleReader) -> None:
    """Hand the reader what it listens to, found by expressions: ten times faster."""
    head, *pieces = data.split(b"<w:style ")
    defaults = head.find(b"<w:rPrDefault"), head.find(b"</w:rPrDefault>")
    if 0 <= defaults[0] < defaults[1]:
        reader.start(" rPrDefault", {})
        _read_elements(head[defaults[0] : defaults[1]], reader)
        reader.end(" rPrDefault")
    for piece in pieces:
        tag, _, content = piece.partition(b">")
        attributes = _attributes(tag)
        reader.start(" style", attributes)
        if attributes.get("type") == "table":
            # Of table styles only their colours count, and one is enough.
            if any(is_shade(_attributes(shade)) for shade in _SHADE.findall(content)):
                reader.shade()
        elif not tag.endswith(b"/"):
            _read_elements(content, reader)
        reader.end(" style")


def _read_elements(data: bytes, reader: _StyleReader) -> None:
    for name, attributes in _ELEMENT.findall(data):
        reader.start(f" {name.decode()}", _attributes(attributes))


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(tag)
    }


def _styles_may_hide(data: bytes) -> bool:
    # Table styles are most of the part and colour header rows white on dark; as looks of
    # runs they do not count.
    pieces = data.split(b"<w:style ")
    return may_hide(b"".join(p for p in pieces if b'w:type="table"' not in p[: p.find(b">")]))


@dataclass(slots=True)
class _Style:
    kind: str
    base: str
    look: Look = PLAIN
    shaded: bool = False


_TELLING = frozenset(("basedOn", "vanish", "specVanish", "color", "sz", "shd", "highlight"))


class _StyleReader:
    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._open: _Style | None = None
        self._defaults = PLAIN
        self._in_defaults = False
        self._default_name = ""
        self._conditional = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        style = self._open
        if local == "style":
            self._start_style(by_local_name(attributes))
        elif local == "rPrDefault":
            self._in_defaults = True
        elif local == "tblStylePr":
            self._conditional += 1
        elif local not in _TELLING:
            return
        elif style is None:
            if self._in_defaults:
                self._defaults = change_look(self._defaults, local, by_local_name(attributes))
        elif local == "basedOn":
            style.base = by_local_name(attributes).get("val", "")
        else:
            said = by_local_name(attributes)
            if local == "shd" and is_shade(said):
                style.shaded = True
            if not self._conditional:
                style.look = change_look(style.look, local, said)

    def _start_style(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "paragraph")
        self._open = _Style(kind, "")
        identity = attributes.get("styleId", "")
        self._styles[identity] = self._open
        if kind == "paragraph" and is_on(attributes.get("default", "0")):
            self._default_name = identity

    def end(self, name: str) -> None:
        local = name.rsplit(" ", 1)[-1]
        if local == "style":
            self._open = None
        elif local == "rPrDefault":
            self._in_defaults = False
        elif local == "tblStylePr":
            self._conditional -= 1

    def shade(self) -> None:
        """Note that the open style colours its ground."""
        if self._open is not None:
            self._open.shaded = True

    def result(self) -> Styles:
        looks = {}
        shaded = set()
        for name, style in self._styles.items():
            look = style.look
            colours = style.shaded
            seen = {name}
            base = style.base
            while base in self._styles and base not in seen and len(seen) < 32:
                seen.add(base)
                look = look.over(self._styles[base].look)
                colours = colours or self._styles[base].shaded
                base = self._styles[base].base
            if look != PLAIN:
                looks[name] = look
            if style.kind == "table" and colours:
                shaded.add(name)
        default = looks.get(self._default_name, PLAIN).over(self._defaults)
        return Styles(default, self._defaults, looks, frozenset(shaded))
