"""Brings the names of OpenDocument XML to their usual prefixes, whatever a file calls them.

Namespaces: OASIS OpenDocument 1.3 part 3, 2.2; those of OpenOffice.org 1.0 mean the same.
"""

from __future__ import annotations

import re

_OASIS = re.compile(r"urn:oasis:names:tc:opendocument:xmlns:([\w-]+):\d\.\d")
_OLD = re.compile(r"http://openoffice\.org/200[01]/(\w+)")
# Those whose elements or attributes are read.
_SHORT = {
    "drawing": "draw", "svg-compatible": "svg", "xsl-fo-compatible": "fo",
    **{name: name for name in ("office", "text", "table", "presentation", "style", "meta",
                               "form", "config")},
}  # fmt: skip
_FIXED = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/1999/XSL/Format": "fo",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://openoffice.org/2010/draw": "drawooo",
}


def is_usual(spaces: dict[str, str]) -> bool:
    """Tell whether each prefix is the usual one of its namespace."""
    return all(_prefix(space) in ("", prefix) for prefix, space in spaces.items())


def usual(name: str) -> str:
    """Return "namespace local" as "prefix:local"."""
    space, found, local = name.rpartition(" ")
    return f"{_prefix(space) or '?'}:{local}" if found else name


def _prefix(space: str) -> str:
    known = _OASIS.fullmatch(space) or _OLD.fullmatch(space)
    return _SHORT.get(known[1], "") if known else _FIXED.get(space, "")
