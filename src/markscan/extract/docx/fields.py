"""What fields and symbols of a Word document say in words.

Field codes: ECMA-376 part 1, 17.16.5. Symbols: the code charts of the Wingdings fonts.
"""

from __future__ import annotations

import re

# Instructions that number, date and point; unless they hold more than ASCII they say nothing.
_SILENT = (
    "PAGE|NUMPAGES|SECTIONPAGES|SECTION|PAGEREF|TOC|SEQ|REF|NOTEREF|STYLEREF|DATE|TIME"
    "|CREATEDATE|SAVEDATE|PRINTDATE|EDITTIME|NUMWORDS|NUMCHARS|FILESIZE|FORMTEXT|FORMCHECKBOX"
    "|FORMDROPDOWN|EMBED|SHAPE|MERGEFORMAT"
)
_NOISE = re.compile(rf"\s*(?:(?:{_SILENT})\b[ -~]*|HYPERLINK +\\l +\"_[ -~]*|=[ -~]*)?\s*", re.I)
_NOISE_BYTES = re.compile(
    rf"\s*(?:(?:{_SILENT})\b[ -%'-~]*|HYPERLINK +\\l +(?:\"|&quot;)_[ -~]*)?\s*".encode(), re.I
)

# Characters of the private use area and of the symbol fonts that stand for stars, which
# markings are made with.
_WINGDINGS = {0xAB: "★", 0xB6: "☆", 0xB5: "✪", 0xAA: "✦", 0xA9: "✧"}


def is_noise(code: bytes) -> bool:
    """Tell whether a piece of an instruction, as bytes of XML, surely says nothing."""
    return bool(_NOISE_BYTES.fullmatch(code))


def spoken(codes: str) -> str:
    """Return those of the instructions, one a line, that carry words of the author."""
    lines = [line.strip() for line in codes.split("\n")]
    return "\n".join(line for line in lines if line and not _NOISE.fullmatch(line))


def symbol(font: str, code: str) -> str:
    """Return the character that a w:sym element shows, "" where it names none."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if font.lower().startswith("wingdings") and font.lower() != "wingdings 3":
        star = _WINGDINGS.get(number & 0xFF) if number < 0x100 or number >= 0xF000 else None
        if star and font.lower() == "wingdings":
            return star
    if not 0x20 <= number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return ""
    return chr(number)
