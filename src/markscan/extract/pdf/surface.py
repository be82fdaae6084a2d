"""The surface of a PDF page: its size as shown, and what is painted on it besides text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

WHITE = 250  # from which red, green and blue, of 255, make white
_MOST_OBJECTS = 20_000  # of a page looked at
_MOST_INNER = 100  # of those within one form
_SCANNED = 0.8  # share of a page that an image covers

Edges = tuple[float, float, float, float]  # left, top, right, bottom


class Frame(NamedTuple):
    """Maps PDFium's page coordinates to points from the top left of the page as shown."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float

    def box(self, left: float, top: float, right: float, bottom: float) -> Edges:
        """Return left, top, right, bottom as shown for two corners in page coordinates."""
        a, b, c, d, e, f, _, _ = self
        x1, x2 = a * left + c * top + e, a * right + c * bottom + e
        y1, y2 = b * left + d * top + f, b * right + d * bottom + f
        if x1 > x2:
            x1, x2 = x2, x1
        return (x1, y1, x2, y2) if y1 <= y2 else (x1, y2, x2, y1)


def frame_of(page: Any) -> Frame:
    """Return the frame of `page`: its crop box and its rotation taken into account."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    left, top, right, bottom = bounds.left, bounds.top, bounds.right, bounds.bottom
    width, height = right - left, top - bottom
    match pdfium.FPDFPage_GetRotation(page):
        case 1:
            return Frame(0, 1, 1, 0, -bottom, -left, height, width)
        case 2:
            return Frame(-1, 0, 0, 1, right, -bottom, width, height)
        case 3:
            return Frame(0, -1, -1, 0, top, right, height, width)
        case _:
            return Frame(1, 0, 0, -1, -left, top, width, height)


def image_share(page: Any, frame: Frame) -> float:
    """Return the share of the page that images cover; 1 for a scan, more where they overlap."""
    area = 0.0
    for kind, (left, bottom, right, top), item in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE or (
            kind == pdfium.FPDF_PAGEOBJ_FORM and _holds_image(item)
        ):
            x1, y1, x2, y2 = frame.box(left, top, right, bottom)
            across, down = min(x2, frame.width) - max(x1, 0), min(y2, frame.height) - max(y1, 0)
            if across > 0 and down > 0:
                area += across * down
    size = frame.width * frame.height
    return area / size if size > 0 else 0.0


def covered_by_image(page: Any, frame: Frame) -> bool:
    """Tell whether images cover nearly the whole page, as in a scan."""
    return image_share(page, frame) >= _SCANNED


def _holds_image(form: Any) -> bool:
    return any(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFFormObj_GetObject(form, index))
        == pdfium.FPDF_PAGEOBJ_IMAGE
        for index in range(min(pdfium.FPDFFormObj_CountObjects(form), _MOST_INNER))
    )


def shows_something(page: Any) -> bool:
    """Tell whether a page without text has anything to see on it: images, drawings, forms."""
    return any(
        kind != pdfium.FPDF_PAGEOBJ_TEXT or (box[2] > box[0] and box[3] > box[1])
        for kind, box, _ in _objects(page)
    )


def _objects(page: Any) -> Iterator[tuple[int, tuple[float, float, float, float], Any]]:
    """Yield kind, (left, bottom, right, top) in page coordinates, and handle."""
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetBounds(item, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            yield pdfium.FPDFPageObj_GetType(item), (left, bottom, right, top), item


def grounds(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield the boxes of what is painted, in page coordinates, against which white shows."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    paint = [ctypes.c_uint() for _ in range(4)]
    for kind, box, item in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke) or not fill.value:
                continue
            known = pdfium.FPDFPageObj_GetFillColor(item, *paint)
            red, green, blue, alpha = (value.value for value in paint)
            if known and (alpha == 0 or min(red, green, blue) >= WHITE):
                continue
            yield box
        elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
            yield box
