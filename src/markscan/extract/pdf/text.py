"""The text of a PDF page as one string: fast, without boxes and fonts."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium

_EAST = "0-9\u2605\u2606\u2e80-\u303f\u31c0-\u9fff\uf900-\ufaff\uff01-\uffee"
_GAP = re.compile(rf"(?<=[{_EAST}]) (?=[{_EAST}])")
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x01-\x08\x0b-\x1f]")
_CLEAN = {0: None, 0xAD: None, 0x0D: None, 0x02: "-", 0xFFFE: "-", 0xA0: " "}
_SAMPLE = 32  # characters of a page asked whether PDFium knows what they mean
_GARBLED = 0.3  # the share of meaningless characters from which a page cannot be judged
_FEWEST = 8  # on fewer characters no share is taken: bullets and icons are private use


def page_text(text_page: Any) -> str:
    """Return the text of a page with a line feed at each line end.

    A space that PDFium made up from a distance is left out between Chinese characters,
    stars and digits; spaces that stand in the file stay.
    """
    text = _written(text_page, pdfium.FPDFText_CountChars(text_page))
    return _without_gaps(text_page, text).translate(_CLEAN)


def raw_text(text_page: Any) -> str:
    """Return the characters of a page, each at PDFium's index of it."""
    count = pdfium.FPDFText_CountChars(text_page)
    text = _written(text_page, count)
    if len(text) == max(count, 0):
        return text
    codes = [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    return "".join(
        chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd" for code in codes
    )


def _written(text_page: Any, count: int) -> str:
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    return bytes(buffer)[: max(written - 1, 0) * 2].decode("utf-16-le", "ignore")


def _without_gaps(text_page: Any, text: str) -> str:
    made_up = []
    for gap in _GAP.finditer(text):
        index = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, gap.start())
        if index >= 0 and pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            made_up.append(gap.start())
    if not made_up:
        return text
    pieces = [text[a + 1 : b] for a, b in zip([-1, *made_up], [*made_up, len(text)], strict=True)]
    return "".join(pieces)


def is_garbled(text_page: Any, text: str) -> bool:
    """Tell whether too much of `text` has no known meaning to be judged."""
    visible = len(text) - sum(map(text.count, " \n\t\u3000"))
    if visible < _FEWEST:
        return False
    if len(_MEANINGLESS.findall(text)) > _GARBLED * visible:
        return True
    count = pdfium.FPDFText_CountChars(text_page)
    step = max(count // _SAMPLE, 1)
    asked = range(0, count, step)
    unknown = sum(pdfium.FPDFText_HasUnicodeMapError(text_page, i) == 1 for i in asked)
    return bool(unknown > _GARBLED * len(asked))
