"""Numbers, boxes and matrices as OFD writes them (GB/T 33190—2016, 7.3, 8.2, 11.3).

A matrix (a, b, c, d, e, f) takes (x, y) to (a x + c y + e, b x + d y + f). Lengths are
millimetres; nothing here is ever infinite or no number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

POINTS = 72 / 25.4  # in a millimetre
_FARTHEST = 1e6
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_SHORT = 200  # characters of a matrix worth remembering
_LONGEST_NUMBER = 400  # characters of one number; longer ones are none

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rect(NamedTuple):
    """A box in millimetres."""

    x: float
    y: float
    width: float
    height: float


def number(word: str, otherwise: float = 0.0) -> float:
    """Return the number a word spells, no farther than 1e6 from 0."""
    try:
        value = float(word) if len(word) < _LONGEST_NUMBER else otherwise
    except ValueError:
        return otherwise
    if -_FARTHEST <= value <= _FARTHEST:
        return value
    return otherwise if value != value else max(-_FARTHEST, min(_FARTHEST, value))


def numbers(text: str) -> list[float]:
    """Return all numbers in `text`, whatever parts them."""
    try:
        values = [float(word) for word in text.split()]
        if sum(map(abs, values)) < _FARTHEST:  # which no infinity is, nor what is no number
            return values
    except ValueError:
        pass
    return [number(word) for word in _NUMBER.findall(text)]


def rect_of(text: str | None) -> Rect | None:
    """Return the box "x y width height"; None where it is not written."""
    if not text:
        return None
    try:
        x, y, width, height = map(float, text.split())
        if abs(x) + abs(y) + abs(width) + abs(height) < _FARTHEST:
            return Rect(x, y, width, height)
    except ValueError:
        pass
    values = numbers(text)
    return Rect(*values[:4]) if len(values) >= 4 else None


def matrix_of(ctm: str, boundary: Rect | None) -> Matrix:
    """Return what takes a graphic unit's own coordinates to those around it."""
    if not ctm:
        return (1.0, 0.0, 0.0, 1.0, boundary.x, boundary.y) if boundary else IDENTITY
    matrix = _known_matrix(ctm) if len(ctm) < _SHORT else _matrix(ctm)
    if boundary is None:
        return matrix
    a, b, c, d, e, f = matrix
    return (a, b, c, d, e + boundary.x, f + boundary.y)


def _matrix(ctm: str) -> Matrix:
    values = numbers(ctm)
    a, b, c, d, e, f = values[:6] if len(values) >= 6 else IDENTITY
    return (a, b, c, d, e, f)


_known_matrix = lru_cache(maxsize=1024)(_matrix)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that does first `inner`, then `outer`."""
    if outer is IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i, a * h + b * j,
        c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def bounds(matrix: Matrix, left: float, top: float, right: float, bottom: float) -> Rect:
    """Return the upright box around a box that `matrix` has moved."""
    a, b, c, d, e, f = matrix
    if b == 0 == c:
        x1, x2 = a * left + e, a * right + e
        y1, y2 = d * top + f, d * bottom + f
        return Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
    corners = [(left, top), (right, top), (left, bottom), (right, bottom)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def steps(text: str, count: int) -> list[float]:
    """Return the first `count` distances of a DeltaX or DeltaY, or as many as there are.

    "g n d" stands for n times d (11.3); n may be any number, so it is never written out
    beyond `count`.
    """
    if "g" not in text:
        words = text.split(None, count)
        return numbers(" ".join(words[:count]))
    found: list[float] = []
    words = text.split()
    at = 0
    while at < len(words) and len(found) < count:
        if words[at] == "g":
            if at + 2 < len(words):
                repeats = min(int(number(words[at + 1])), count - len(found))
                found += [number(words[at + 2])] * repeats
            at += 3
        else:
            found.append(number(words[at]))
            at += 1
    return found


class Steps(NamedTuple):
    """A DeltaX or DeltaY summed up."""

    number: int  # of distances
    total: float
    least: float
    most: float


NO_STEPS = Steps(0, 0.0, 0.0, 0.0)


def sums(text: str) -> Steps:
    """Sum up a DeltaX or DeltaY, without writing out what "g n d" repeats."""
    if "g" not in text:
        values = numbers(text)
        if not values:
            return NO_STEPS
        return Steps(len(values), sum(values), min(values), max(values))
    count, total = 0, 0.0
    seen: list[float] = []
    words = iter(text.split())
    for word in words:
        repeats = max(int(number(next(words, "0"))), 0) if word == "g" else 1
        value = number(next(words, "0") if word == "g" else word)
        if repeats:
            count += repeats
            total += repeats * value
            seen.append(value)
    return Steps(count, total, min(seen), max(seen)) if seen else NO_STEPS


known_sums = lru_cache(maxsize=4096)(sums)
