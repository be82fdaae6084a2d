"""What the style sheets of a page hide: by element, by class and by name.

CSS 2.2, "Selectors", as far as one simple selector goes; Word's own properties for the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from markscan.document import Area

_CONDITIONAL = re.compile(r"@media[^{}@]*+\{(?:[^{}@]*+\{[^{}@]*+\})*+[^{}@]*+\}")
_SELECTOR = re.compile(r"([a-z][\w:-]*)?(?:([.#])([^\s.#:>+~\[]+))?", re.IGNORECASE)
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|font-size\s*:\s*(?:0+(?:\.0*)?(?:p[xt]|r?em|%)?|[01](?:\.\d+)?p[xt])\s*(?:!|;|$)"
    r"|opacity\s*:\s*0(?:\.0*)?\s*(?:!|;|$))",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?:^|;)\s*color\s*:\s*(?:#?fff(?:fff)?|white|rgba?\(\s*255\s*,\s*255\s*,\s*255\b[^)]*\))"
    r"\s*(?:!|;|$)",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"mso-element\s*:\s*(header|footer|footnote|endnote|comment)\b", re.I)
_TELLING = re.compile(r"display|visib|mso-|font-size|opacity|color", re.IGNORECASE)
_AREAS = {
    "header": Area.HEADER, "footer": Area.FOOTER, "footnote": Area.NOTE, "endnote": Area.NOTE,
    "comment": Area.COMMENT,
}  # fmt: skip
_MOST_RULES = 10_000


class Style(NamedTuple):
    """What a style does to the text of an element."""

    hidden: bool = False
    white: bool = False
    area: Area | None = None

    def then(self, other: Style) -> Style:
        """Return both, `other` with the last word."""
        return Style(
            self.hidden or other.hidden, self.white or other.white, other.area or self.area
        )


def read_style(declarations: str) -> Style:
    """Return what the declarations of one rule or attribute do."""
    if _TELLING.search(declarations) is None:
        return Style()
    element = _ELEMENT.search(declarations)
    return Style(
        _HIDDEN.search(declarations) is not None,
        _WHITE.search(declarations) is not None,
        _AREAS[element[1].lower()] if element else None,
    )


@dataclass(slots=True)
class Styles:
    """The rules of a page that hide something."""

    rules: dict[str, Style] = field(default_factory=dict)

    def read(self, sheet: str) -> None:
        """Take a style sheet; what holds for print or a narrow screen only is left out."""
        first, *pieces = sheet.split("/*")
        sheet = "".join((first, *(piece.partition("*/")[2] for piece in pieces)))
        for rule in _CONDITIONAL.sub("", sheet).split("}"):
            selectors, _, declarations = rule.rpartition("{")
            style = read_style(declarations)
            if style == Style() or len(self.rules) > _MOST_RULES:
                continue
            for selector in selectors.split(","):
                found = _SELECTOR.fullmatch(selector.strip(" \t\r\n<!->"))
                if found is not None and found[0]:
                    self.rules[found[0].lower()] = style

    def of(self, name: str, classes: str, id: str) -> Style:
        """Return what the rules do to an element."""
        rules = self.rules
        if not rules:
            return _PLAIN
        style = rules.get(name, _PLAIN)
        for key in (*(f".{word}" for word in classes.lower().split()), f"#{id.lower()}"):
            for selector in (key, name + key):
                if selector in rules:
                    style = style.then(rules[selector])
        return style


_PLAIN = Style()
