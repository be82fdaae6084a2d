"""Cuts HTML into text, tags and comments, each matched in one step.

HTML Standard, 13.2.5 (tokenization), as far as text goes. A tag always ends at the first ">"
outside of quotes, or at the end of the page, so no place is looked at twice.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from markscan.extract.html.styles import Style, Styles, read_style

TOKEN = re.compile(
    r"([^<]*+)(?:<(?:(/?[a-zA-Z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')|=)*+)>"
    r"|!--(?:-?>|(.*?)(?:--!?>|(\Z)))"
    r"|([!?/][^>]*+)>"
    r"|(/?[a-zA-Z!?].*+)"
    r"|())|\Z)",
    re.DOTALL,
)
# The group that each kind of token fills, the text before it aside.
TAG, COMMENT, OPEN_COMMENT, DECLARATION, CUT, SIGN = 2, 3, 4, 5, 6, 7
_NAME = re.compile(r"/?([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"([^\s=>\"'/]+)\s*+(?:=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?+", re.DOTALL
)

INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "data", "dfn",
        "em", "font", "i", "img", "input", "ins", "kbd", "label", "mark", "meter", "nobr", "o:p",
        "output", "progress", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
        "st1:personname", "strike", "strong", "sub", "sup", "time", "tspan", "tt", "u", "var",
        "wbr", "param", "source", "track", "use", "g", "path", "st1:chsdate",
    )
)  # fmt: skip
VOID = frozenset(
    (
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img",
        "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
    )
)  # fmt: skip
RAW = frozenset(("script", "style", "textarea", "title"))  # these hold no tags
# An element of these names ends where the next of its kind begins.
CLOSED_BY_NEXT = frozenset(("p", "li", "dt", "dd", "td", "th", "tr", "option"))

_SPOKEN = frozenset(
    (
        "alt", "title", "placeholder", "value", "summary", "label", "aria-label",
        "aria-description", "content", "standby", "abbr", "srcdoc", "data-title", "data-content",
        "data-original-title",
    )
)  # fmt: skip
_TELLING = re.compile(
    r"style|hidden|alt|title|placeh|value|summary|label|aria-|content|standby|abbr|srcdoc|href"
    r"|src|action|data|background|longdesc|cite|poster|color",
    re.IGNORECASE,
)
_FONTS = re.compile(r"font(?:-family)?\s*:[^;]*", re.IGNORECASE)
_LINKS = frozenset(("href", "src", "action", "data", "background", "longdesc", "cite", "poster"))
_PLAIN = Style()
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)


# What a tag does where nothing else is going on: the usual ones are dealt with at once.
INSIDE, BREAK, BLOCK, CELL, CELL_END, ROW, OTHER = range(7)
_ROLES = {
    "br": BREAK, "td": CELL, "th": CELL, "tr": ROW, "/td": CELL_END, "/th": CELL_END,
    "/tr": CELL_END,
}  # fmt: skip
_OTHERS = RAW | {"table", "pre", "listing", "plaintext", "template", "del", "xml", "meta"}


class Tag(NamedTuple):
    """What a tag says: `style` counts for its element, the rest stands in its attributes."""

    name: str
    is_end: bool
    style: Style = Style()
    said: tuple[tuple[str, str], ...] = ()  # attributes that hold words: name and value
    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()  # addresses that hold their file: "data:..."
    attributes: tuple[tuple[str, str], ...] = ()
    role: int = OTHER

    def get(self, name: str) -> str:
        """Return an attribute, "" where it is not given."""
        return next((value for key, value in self.attributes if key == name), "")


def parse_tag(written: str, styles: Styles) -> Tag:
    """Return what stands between the signs "<" and ">" of a tag."""
    found = _NAME.match(written)
    name = found[1].lower() if found else ""
    if written.startswith("/"):
        return Tag(name, True, role=_role(f"/{name}", name))
    rest = written[found.end() :] if found else ""
    # Most tags only set how things look, whatever their names and classes.
    if not styles.rules and rest.isascii() and _TELLING.search(rest) is None:
        return Tag(name, False, role=_role(name, name))
    attributes = tuple(
        (key.lower(), unescape(double or single or bare))
        for key, double, single, bare in _ATTRIBUTE.findall(rest)
    )
    return _judge(name, attributes, styles)


def _judge(name: str, attributes: tuple[tuple[str, str], ...], styles: Styles) -> Tag:
    said, links, files = [], [], []
    given = dict(attributes)
    for key, value in attributes:
        if key == "face" or (key == "style" and _FONTS.sub("", value).isascii()):
            continue  # the names of Chinese fonts
        if value[:5].lower() == "data:":
            files.append(value)
        elif key in _LINKS:
            if _ADDRESS.match(value) or not value.isascii() or "%" in value:
                links.append(value)
        elif value and (key in _SPOKEN or not value.isascii() or not key.isascii()):
            said.append((key, value if value.isascii() or key.isascii() else f"{key} {value}"))
    style = styles.of(name, given.get("class", ""), given.get("id", ""))
    if "style" in given:
        style = style.then(read_style(given["style"]))
    if "hidden" in given:
        style = style._replace(hidden=True)
    if name == "font" and given.get("color"):
        style = style.then(read_style(f"color:{given['color']}"))
    is_plain = style == _PLAIN and not (said or links or files)
    role = _role(name, name) if is_plain else OTHER
    return Tag(name, False, style, tuple(said), tuple(links), tuple(files), attributes, role)


def _role(key: str, name: str) -> int:
    if name in INLINE:
        return INSIDE
    return OTHER if name in _OTHERS else _ROLES.get(key, BLOCK)
