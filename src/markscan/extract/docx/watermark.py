"""Tells watermarks from text boxes and WordArt by their names and by how they slant.

Word and WPS call theirs PowerPlusWaterMarkObject; those drawn by hand in a header run across
the page. What stands upright or on its side in a header is a text box.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"water\s*mark|水印", re.IGNORECASE)
_ROTATION = re.compile(r"rotation\s*:\s*(-?\d{1,9}(?:\.\d{1,9})?)(fd)?", re.IGNORECASE)
_DEGREE = 60_000  # DrawingML counts angles in as many parts of a degree
_FINE = 65_536.0  # of VML's "fd" are a degree
_LEAST = 5.0  # degrees between a slant and the next right angle


def is_named(attributes: Mapping[str, str]) -> bool:
    """Tell whether a drawing with these attributes (docPr, v:shape) is called a watermark."""
    return any(_NAME.search(attributes.get(key, "")) for key in ("name", "id", "descr", "title"))


def is_slanted(attributes: Mapping[str, str]) -> bool:
    """Tell whether these attributes (a:xfrm, v:shape) turn a shape by less than a right angle."""
    turn = attributes.get("rot", "")
    if turn:
        return turn.lstrip("-").isdecimal() and len(turn) < 12 and _slants(int(turn) / _DEGREE)
    found = _ROTATION.search(attributes.get("style", ""))
    return found is not None and _slants(float(found[1]) / (_FINE if found[2] else 1.0))


def _slants(degrees: float) -> bool:
    return min(degrees % 90, 90 - degrees % 90) > _LEAST
