"""The elements a walk over a slide acts on, and which of its methods takes each.

PresentationML: ECMA-376 part 1, clause 19.3; DrawingML: 20.1 and 21.1.
"""

from __future__ import annotations

import re

SHAPES = frozenset(("sp", "pic", "cxnSp", "graphicFrame", "grpSp", "contentPart"))
PAINT = frozenset(
    (
        "solidFill", "noFill", "gradFill", "pattFill", "blipFill", "grpFill", "srgbClr",
        "schemeClr", "sysClr", "prstClr", "scrgbClr", "hslClr", "lumMod", "lumOff", "shade",
        "tint", "alpha", "satMod", "fillRef",
    )
)  # fmt: skip
STARTS = {
    "cNvPr": "_named", "ph": "_placeholder", "xfrm": "_start_frame", "off": "_offset",
    "ext": "_extent", "chOff": "_offset", "chExt": "_extent", "t": "_start_text",
    "br": "_break", "p": "_start_paragraph", "r": "_start_run", "fld": "_start_run",
    "rPr": "_run_properties", "tbl": "_start_table", "gridCol": "_column", "tr": "_start_row",
    "tc": "_start_cell", "blip": "_blip", "hlinkClick": "_link", "hlinkHover": "_link",
    "hlinkMouseOver": "_link", "AlternateContent": "_start_alternatives",
    "Choice": "_start_branch", "Fallback": "_start_branch", "cSld": "_sheet_name",
    "sld": "_root", "textpath": "_art",
}  # fmt: skip
ENDS = {
    "t": "_end_text", "p": "_end_paragraph", "tbl": "_end_table", "tc": "_end_cell",
    "AlternateContent": "_end_alternatives", "Choice": "_end_branch", "Fallback": "_end_branch",
}  # fmt: skip
# Names that PowerPoint and WPS give by themselves: "Title 1", "文本框 3".
GIVEN_NAME = re.compile(r"[\x00-\x7f]*|[^★☆\d]{1,40} \d+")
ESCAPED_BREAK = re.compile(r"_x000[ABDabd]_")


def number(attributes: dict[str, str], name: str) -> int | None:
    """Return the value of an attribute, None where it is no number."""
    value = attributes.get(name, "")
    if len(value) > 12:
        return None
    try:
        return int(value)
    except ValueError:
        return None
