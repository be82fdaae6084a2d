"""The level bars that the paths of a PDF page paint, those inside forms too."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from markscan.extract.page_strokes import THICKEST, Rule
from markscan.extract.pdf.surface import Frame

_MOST_OBJECTS = 20_000  # of a page looked at, those in forms counted
_MOST_POINTS = 4_000  # of the paths of a page
_DEEPEST = 8  # forms in forms
_FARTHEST = 1e6  # points: nothing real lies beyond
_HAIR = 0.5  # points: how thick the thinnest line is shown
_RECTANGLE = 5  # segments
_TALLEST = 4 * THICKEST  # as PDFium measures a bar: with ends and joins of its outline
_SHORTEST = 3.0  # points: shorter pieces make no line together

Matrix = tuple[float, float, float, float, float, float]
Points = list[tuple[float, float]]


def rules_of(page: Any, frame: Frame) -> Iterator[Rule]:
    """Yield the level bars of a page; a reader's eye makes lines of those that meet."""
    return _Ruler(frame).rules(page)


class _Ruler:
    """Measures the paths of one page."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._objects = _MOST_OBJECTS
        self._points = _MOST_POINTS
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._at = ctypes.c_float(), ctypes.c_float()
        self._paint = [ctypes.c_uint() for _ in range(4)]
        self._matrix = pdfium.FS_MATRIX()

    def rules(self, page: Any) -> Iterator[Rule]:
        """Yield the bars of a page."""
        for index in range(min(pdfium.FPDFPage_CountObjects(page), self._objects)):
            yield from self._of(pdfium.FPDFPage_GetObject(page, index), None, 0)

    def _of(self, item: Any, outer: Matrix | None, depth: int) -> Iterator[Rule]:
        self._objects -= 1
        if self._objects < 0:
            return
        match pdfium.FPDFPageObj_GetType(item):
            case pdfium.FPDF_PAGEOBJ_PATH if self._points > 0:
                yield from self._path(item, outer)
            case pdfium.FPDF_PAGEOBJ_FORM if depth < _DEEPEST:
                matrix = self._placed(item, outer)
                for index in range(min(pdfium.FPDFFormObj_CountObjects(item), self._objects)):
                    yield from self._of(
                        pdfium.FPDFFormObj_GetObject(item, index), matrix, depth + 1
                    )

    def _placed(self, item: Any, outer: Matrix | None) -> Matrix:
        """Return what takes the item's own coordinates to those of the page."""
        m = self._matrix
        if not pdfium.FPDFPageObj_GetMatrix(item, m):
            m = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
        a, b, c, d, e, f = m.a, m.b, m.c, m.d, m.e, m.f
        if outer is None:
            return a, b, c, d, e, f
        g, h, i, j, k, n = outer
        return (
            a * g + b * i, a * h + b * j,
            c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + n,
        )  # fmt: skip

    def _path(self, item: Any, outer: Matrix | None) -> Iterator[Rule]:
        if outer is None and self._is_no_bar(item):
            return
        fill, stroked = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(item, fill, stroked):
            return
        if not (fill.value or stroked.value):
            return
        colour = self._colour(item, bool(fill.value))
        if colour is None:
            return
        matrix = self._placed(item, outer)
        thick = self._thickness(item, matrix) if stroked.value else 0.0
        for points in self._figures(item):
            rule = self._rule(points, matrix, thick, colour)
            if rule is not None and (stroked.value or len(points) > 2):
                yield rule

    def _is_no_bar(self, item: Any) -> bool:
        """Tell, faster than by its corners, that a path of one figure is no level bar."""
        if pdfium.FPDFPath_CountSegments(item) > _RECTANGLE:
            return False
        if not pdfium.FPDFPageObj_GetBounds(item, *self._edges):
            return True
        left, bottom, right, top = (edge.value for edge in self._edges)
        left, top, right, bottom = self._frame.box(left, top, right, bottom)
        return right - left < _SHORTEST or bottom - top > _TALLEST

    def _rule(self, points: Points, matrix: Matrix, thick: float, colour: str) -> Rule | None:
        a, b, c, d, e, f = matrix
        xs = [a * x + c * y + e for x, y in points]
        ys = [b * x + d * y + f for x, y in points]
        left, top, right, bottom = self._frame.box(min(xs), max(ys), max(xs), min(ys))
        if not -_FARTHEST < left + top + right + bottom < _FARTHEST:  # or not a number
            return None
        if right - left < _SHORTEST or bottom - top + thick > THICKEST:
            return None
        return Rule(left, top - thick / 2, right, bottom + thick / 2, colour)

    def _thickness(self, item: Any, matrix: Matrix) -> float:
        width = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(item, width)
        return max(width.value * math.hypot(matrix[2], matrix[3]), _HAIR)

    def _colour(self, item: Any, filled: bool) -> str | None:
        """Return "#rrggbb", "" where it is no plain colour, None where nothing is painted."""
        ask = pdfium.FPDFPageObj_GetFillColor if filled else pdfium.FPDFPageObj_GetStrokeColor
        if not ask(item, *self._paint):
            return ""
        red, green, blue, alpha = (value.value for value in self._paint)
        return f"#{red:02x}{green:02x}{blue:02x}" if alpha else None

    def _figures(self, item: Any) -> Iterator[Points]:
        """Yield the corners of the figures of a path that have straight sides only."""
        x, y = self._at
        points: Points = []
        straight = True
        for index in range(max(pdfium.FPDFPath_CountSegments(item), 0)):
            self._points -= 1
            if self._points < 0:
                return
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1 and straight:
                    yield points
                points, straight = [], True
            straight = straight and kind != pdfium.FPDF_SEGMENT_BEZIERTO
            if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                points.append((x.value, y.value))
        if len(points) > 1 and straight:
            yield points
