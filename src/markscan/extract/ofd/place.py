"""Puts the characters of text objects on the page: GB/T 33190—2016, 8.5 and 11.2-11.3.

A text code says where its first character stands and how far it is from each character to
the next; what is drawn at one go, along one line, is a piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import hypot
from typing import NamedTuple

from markscan.extract.ofd.geometry import (
    IDENTITY,
    NO_STEPS,
    POINTS,
    Matrix,
    Rect,
    Steps,
    bounds,
    known_sums,
    number,
    steps,
    sums,
    times,
)
from markscan.extract.ofd.records import Ground, Kind, Picture, Text
from markscan.extract.ofd.resources import BLACK, Resources, is_white

_A4 = (210.0, 297.0)
_SMALLEST = 2.0  # points; smaller text cannot be read
_ASCENT, _DESCENT = 0.88, 0.12  # of the size, above and below the baseline
_FAR = 2.0  # a wider gap parts two things drawn one after the other, in em
_BACK = 0.5  # a step back as wide starts anew, in em
_OFF = 0.35  # as far across the line is another line, in em
_APART = 0.5  # a wider gap parts two things of a line of which each gap counts, in em
_NARROW = 0.5  # width of a character that is not Chinese, in em
_SHORT = 400  # characters of distances worth remembering
_RIGHT = (1.0, 0.0)
_GRID = 256  # rows and columns in which filled areas are noted
_MOST_GROUNDS = 20_000


class Look(NamedTuple):
    """How text is set; the size in points, the colour "#rrggbb" or "" """

    font: str
    size: float
    colour: str
    bold: bool


class Piece(NamedTuple):
    """Characters drawn at one go along one line; lengths are points, those of `box` millimetres."""

    text: str
    along: tuple[float, float]  # the direction of writing, of length 1
    start: float  # along it
    end: float
    level: float  # across it
    box: Rect
    look: Look
    hidden: bool


class Sheet:
    """A page in millimetres, and where something is painted that white text stands out from."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._rows: list[int] = []
        self._noted = 0
        self._waiting: list[tuple[Ground | Picture, Matrix, Resources]] = []
        self.is_tiled = False  # what is put there now covers the page, whatever lies off it

    def paint(self, item: Ground | Picture, matrix: Matrix, resources: Resources) -> None:
        """Note a filled area or a picture."""
        self._waiting.append((item, matrix, resources))
        if len(self._waiting) > _MOST_GROUNDS:
            self._settle()

    def is_painted(self, box: Rect) -> bool:
        """Tell whether the middle of a box lies on something painted."""
        self._settle()
        if not self._rows:
            return False
        row = self._row(box.y + box.height / 2)
        return bool(self._rows[row] >> self._column(box.x + box.width / 2) & 1)

    def _settle(self) -> None:
        """Fill the grid, which is not done before white text asks for it."""
        for item, matrix, resources in self._waiting:
            if self._noted >= _MOST_GROUNDS or not (self.width > 0 and self.height > 0):
                break
            if isinstance(item, Ground) and is_white(resources.colour(item.fill, item.pen)):
                continue
            self._noted += 1
            x, y, width, height = item.box
            box = bounds(matrix, x, y, x + width, y + height)
            if not self._rows:
                self._rows = [0] * _GRID
            left, right = self._column(box.x), self._column(box.x + box.width)
            columns = (1 << (right + 1)) - (1 << left)
            for row in range(self._row(box.y), self._row(box.y + box.height) + 1):
                self._rows[row] |= columns
        self._waiting.clear()

    def misses(self, box: Rect) -> bool:
        """Tell whether a box lies off the page."""
        x, y, width, height = box
        return not self.is_tiled and (
            x > self.width or y > self.height or x + width < 0 or y + height < 0
        )

    def _column(self, x: float) -> int:
        return min(max(int(x / self.width * _GRID), 0), _GRID - 1)

    def _row(self, y: float) -> int:
        return min(max(int(y / self.height * _GRID), 0), _GRID - 1)


def sheet_of(area: Rect | None) -> Sheet:
    """Return a page of this size; an A4 sheet where it is none."""
    if area is None or area.width <= 0 or area.height <= 0:
        return Sheet(*_A4)
    return Sheet(area.width, area.height)


class Placer:
    """Places the texts of one document.

    Args:
        resources: of the document.
        parted: whether pieces end at blanks and at gaps of half a character.
    """

    def __init__(self, resources: Resources, *, parted: bool = False) -> None:
        self._resources = resources
        self._parted = parted
        self._looks: dict[tuple[Kind, float, str | None, str], Look] = {}

    def place(self, text: Text, outer: Matrix, sheet: Sheet) -> Iterable[Piece]:
        """Return the pieces of `text`, which stands in a unit put on the sheet by `outer`."""
        matrix = text.matrix if outer is IDENTITY else times(text.matrix, outer)
        upright = not text.delta_y and matrix[1] == 0 == matrix[2] and matrix[0] > 0 < matrix[3]
        if upright and not (self._parted and _has_gaps(text)):
            piece = self._upright(text, matrix, sheet)
            if piece is not None:
                return (piece,)
        return self._turned(text, matrix, sheet)

    def _turned(self, text: Text, matrix: Matrix, sheet: Sheet) -> Iterator[Piece]:
        """Yield the pieces of text in any direction and any number of lines."""
        a, b, c, d, e, f = matrix
        size = text.kind.size
        across, up = hypot(a, b) or 1.0, hypot(c, d) or 1.0
        look = self._look(text, round(size * up * POINTS, 2))
        unseen = text.hidden or 0 < look.size < _SMALLEST
        is_pale = self._is_pale(text, look)
        em = (size or 1.0) * text.kind.stretch
        for string, x, y, length, downward in _stretches(text, em, self._parted):
            if downward:
                scale, ux, uy = up, c, d
                reach = bounds(matrix, x, y - _ASCENT * size, x + size, y + length)
            else:
                scale, ux, uy = across, a, b
                reach = bounds(matrix, x, y - _ASCENT * size, x + length, y + _DESCENT * size)
            if length < 0:
                ux, uy = -ux, -uy
            ux, uy = round(ux / scale, 3) + 0.0, round(uy / scale, 3) + 0.0
            px, py = (a * x + c * y + e) * POINTS, (b * x + d * y + f) * POINTS
            start = px * ux + py * uy
            hidden = (
                unseen
                or (not text.tiled and sheet.misses(reach))
                or (is_pale and not sheet.is_painted(reach))
            )
            yield Piece(
                string, (ux, uy),
                start, start + abs(length) * scale * POINTS, py * ux - px * uy,
                reach, look, hidden,
            )  # fmt: skip

    def _upright(self, text: Text, matrix: Matrix, sheet: Sheet) -> Piece | None:
        """Return what most text is, one piece from left to right; None where it is not."""
        string, kind = text.text, text.kind
        a, _, _, d, e, f = matrix
        x, y = number(text.x), number(text.y)
        em = (kind.size or 1.0) * kind.stretch
        if text.delta_x:
            count, total, least, most = _sums(text.delta_x)
            rest = len(string) - count
            if rest < 1 or least < -_BACK * em or most > _FAR * em:
                return None
            length = total + _width(string[-rest:], em) if count else _unmeasured(text, x, em)
        else:
            length = _unmeasured(text, x, em)
        if length < 0:
            return None
        height = d * kind.size
        look = self._look(text, round(height * POINTS, 2))
        left, baseline, width = a * x + e, d * y + f, a * length
        reach = Rect(left, baseline - _ASCENT * height, width, height)
        hidden = (
            text.hidden
            or 0 < look.size < _SMALLEST
            or (not text.tiled and sheet.misses(reach))
            or (look.colour != BLACK and self._is_pale(text, look) and not sheet.is_painted(reach))
        )
        start = left * POINTS
        end = start + width * POINTS
        return Piece(string, _RIGHT, start, end, baseline * POINTS, reach, look, hidden)

    def _is_pale(self, text: Text, look: Look) -> bool:
        """Tell whether nothing but white is painted."""
        if look.colour == BLACK or not is_white(look.colour):
            return False
        return text.line is None or is_white(self._resources.colour(text.line or None, ""))

    def _look(self, text: Text, size: float) -> Look:
        key = (text.kind, size, text.fill, text.pen)
        look = self._looks.get(key)
        if look is None:
            font = self._resources.fonts.get(text.kind.font)
            colour = self._resources.colour(text.fill, text.pen)
            bold = text.kind.bold or (font is not None and font.bold)
            look = Look(font.name if font else "", size, colour, bold)
            if len(self._looks) < 10_000:
                self._looks[key] = look
        return look


Stretch = tuple[str, float, float, float, bool]  # text, x, y, length, whether it runs downward


def _has_gaps(text: Text) -> bool:
    """Tell whether blanks or distances may hold a gap of half a character."""
    if any(map(str.isspace, text.text)):
        return True
    return bool(text.delta_x) and _sums(text.delta_x).most > (_NARROW + _APART) * text.kind.size


def _stretches(text: Text, em: float, parted: bool = False) -> Iterable[Stretch]:
    """Return the stretches of one text code that are written without a gap or a new line."""
    string = text.text
    x, y = number(text.x), number(text.y)
    count = len(string) - 1
    across, down = _sums(text.delta_x), _sums(text.delta_y)
    downward = (down.least != 0 or down.most != 0) and across.least == 0 == across.most
    main, other = (down, across) if downward else (across, down)
    if (
        main.number <= count
        and other.least == 0 == other.most
        and main.least >= -_BACK * em
        and main.most <= _FAR * em
        and not (parted and _has_gaps(text))
    ):
        if main.number or downward:
            rest = string[main.number :] if main.number < count else string[-1]
            length = main.total + _width(rest, em)
        else:
            length = _unmeasured(text, x, em)
        return ((string, x, y, length, downward),)
    xs = steps(text.delta_x, count) if text.delta_x else []
    ys = steps(text.delta_y, count) if text.delta_y else []
    return _broken(string, x, y, xs, ys, em, downward, parted)


def _sums(delta: str) -> Steps:
    if not delta:
        return NO_STEPS
    return known_sums(delta) if len(delta) < _SHORT else sums(delta)


def _unmeasured(text: Text, x: float, em: float) -> float:
    """Return how long a stretch without distances is, as far as its boundary allows."""
    length = _width(text.text, em)
    boundary = text.boundary
    a, b = text.matrix[:2]
    if boundary is None or boundary.width <= 0 or len(text.text) < 2 or b != 0:
        return length
    inside = boundary.width / (abs(a) or 1.0) - x
    return min(length, inside) if inside > 0 else length


def _broken(
    string: str,
    x: float,
    y: float,
    xs: list[float],
    ys: list[float],
    em: float,
    downward: bool,
    parted: bool = False,
) -> Iterator[Stretch]:
    """Yield stretches parted where a step goes far, back, or to another line."""
    far = (_APART if parted else _FAR) * em
    main = ys if downward else xs
    sign = -1.0 if main and max(main) <= 0 else 1.0
    first, first_x, first_y = 0, x, y
    for index in range(len(string) - 1):
        step_x = xs[index] if index < len(xs) else (0.0 if downward else _width(string[index], em))
        step_y = ys[index] if index < len(ys) else 0.0
        onward, aside = (step_y, step_x) if downward else (step_x, step_y)
        x, y = x + step_x, y + step_y
        gap = sign * onward - _width(string[index], em)
        is_blank = parted and string[index].isspace() is not string[index + 1].isspace()
        if abs(aside) > _OFF * em or gap > far or sign * onward < -_BACK * em or is_blank:
            reach = (y - step_y - first_y) if downward else (x - step_x - first_x)
            length = reach + sign * _width(string[index], em)
            yield string[first : index + 1], first_x, first_y, length, downward
            first, first_x, first_y = index + 1, x, y
    reach = (y - first_y) if downward else (x - first_x)
    yield string[first:], first_x, first_y, reach + sign * _width(string[-1], em), downward


def _width(string: str, em: float) -> float:
    """Return about how wide characters are: Chinese ones an em, others half of it."""
    if string.isascii():
        return _NARROW * em * len(string)
    narrow = len(string.encode("ascii", "ignore"))
    return em * (len(string) - (1 - _NARROW) * narrow)
