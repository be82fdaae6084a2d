"""Lengths of WordprocessingML, DrawingML and VML, all returned in points.

ST_TwipsMeasure and the universal measures: ECMA-376 part 1, 22.9.2; VML: part 4, 19.1.2.19.
"""

from __future__ import annotations

import math

EMU = 12700.0  # of a point
_MOST = 100_000.0  # points; nothing on a page is as long
_UNITS = {
    "pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0, "px": 0.75,
}  # fmt: skip


def number(value: str | None, default: float = 0.0) -> float:
    """Return a number, `default` where `value` is none that could be meant."""
    try:
        found = float(value) if value else default
    except ValueError:
        return default
    return found if math.isfinite(found) and abs(found) <= _MOST * EMU else default


def length(value: str | None, part: float, default: float = 0.0) -> float:
    """Return a length in points: a bare number is in `part` points, others name their unit.

    `default` is returned where nothing, or nonsense, is said.
    """
    text = (value or "").strip().lower()
    unit = _UNITS.get(text[-2:])
    found = number(text[:-2], math.inf) * unit if unit else number(text, math.inf) * part
    return found if abs(found) <= _MOST else default


def twips(value: str | None, default: float = 0.0) -> float:
    """Return a length that is in twentieths of a point unless it says otherwise."""
    return length(value, 1 / 20, default)


def emu(value: str | None, default: float = 0.0) -> float:
    """Return a length that is in English metric units."""
    return length(value, 1 / EMU, default)


def pixels(value: str | None, default: float = 0.0) -> float:
    """Return a length of a VML style, in pixels unless it says otherwise."""
    return length(value, 0.75, default)
