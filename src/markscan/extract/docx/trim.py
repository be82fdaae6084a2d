"""Cuts out of WordprocessingML what cannot matter, so that the thorough reader sees half of it.

Most elements of a part say how text is set. An expression drops them at memory speed; the
parser would hand each one over as two calls.
"""

from __future__ import annotations

import re

# Empty elements that neither hold nor hide text nor count pages.
# Grouped by their first letters: an expression tries its branches one by one.
_SETTING = (
    rb"a(?:djustRightInd|utoSpaceD[EN])|b(?:Cs|ottom|ookmarkStart|ookmarkEnd)?"
    rb"|c(?:antSplit|nfStyle|ontextualSpacing|ols)|docGrid|end|grid(?:Col|Span)|hideMark"
    rb"|i(?:Cs|nd|lvl|nside[HV])?|jc|k(?:ern|eepNext|eepLines|insoku)|l(?:ang|eft)"
    rb"|n(?:oProof|umId)|o(?:utlineLvl|verflowPunct)|p(?:roofErr|osition|gSz|gMar)"
    rb"|r(?:Fonts|ight)|s(?:zCs|pacing|napToGrid|tart)"
    rb"|t(?:cW|op|bl(?:W|Look|Ind|Layout|CellSpacing|Header)|rHeight|extAlignment|opLinePunct)"
    rb"|u|v(?:Align|Merge)|w(?:idowControl|ordWrap|ebHidden)?"
)
_ALWAYS = re.compile(rb"<w:(?:" + _SETTING + rb")(?:\s[^<>]*)?/>")
# Where no colour or size hides, they do not matter either.
_PLAIN = re.compile(rb"<w:(?:color|sz|" + _SETTING + rb")(?:\s[^<>]*)?/>")
_EMPTY = (b"<w:rPr></w:rPr>", b"<w:pPr></w:pPr>", b"<w:tcBorders></w:tcBorders>")
_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


def trim(data: bytes, spaces: dict[str, str], looks_matter: bool) -> bytes:
    """Return UTF-8 XML without elements that only set text.

    Args:
        data: well-formed or not; returned as it is where the cut could touch text.
        spaces: what its prefixes mean.
        looks_matter: whether colours and sizes may hide something.
    """
    if spaces.get("w") not in _SPACES or b"<!" in data or data.count(b"<") != data.count(b">"):
        return data
    data = (_ALWAYS if looks_matter else _PLAIN).sub(b"", data)
    for empty in _EMPTY:
        data = data.replace(empty, b"")
    return data
