"""Draws PDF pages: for text recognition, and to see what a reader sees."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from markscan.document import Box
from markscan.errors import DamagedFile
from markscan.extract.pdf.surface import frame_of

_INCH = 72  # points
_FINE = 200  # dots an inch for text recognition: a character of body text has 40 pixels
_COARSE = 72
_MOST_PIXELS = 16_000_000  # of a drawn page: A3 at 200 dots an inch has 8 million
_INK = 12  # of 255: what differs less from its ground is not seen


def page_picture(document: Any, index: int, most_pixels: int) -> bytes:
    """Return one page as a BMP file.

    Raises:
        DamagedFile: it cannot be drawn.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise DamagedFile("pdf.pages-damaged", pages=str(index + 1), count=1)
    try:
        rows, width = _drawn(page, _FINE, min(most_pixels, _MOST_PIXELS), pdfium.FPDFBitmap_BGR)
    finally:
        pdfium.FPDF_ClosePage(page)
    # A negative height says that the top row comes first.
    sizes = struct.pack("<IiiHHIIiiII", 40, width, -len(rows), 1, 24, 0, rows.nbytes, 0, 0, 0, 0)
    return struct.pack("<2sIHHI", b"BM", 54 + rows.nbytes, 0, 0, 54) + sizes + rows.tobytes()


def unseen(page: Any, boxes: Sequence[Box]) -> list[bool]:
    """Tell for each of `boxes` that nothing is drawn on `page` within it."""
    rows, width = _drawn(page, _COARSE, _MOST_PIXELS, pdfium.FPDFBitmap_Gray)
    scale = len(rows) / max(frame_of(page).height, 1)
    found = []
    for box in boxes:
        top, bottom = max(math.floor(box.top * scale), 0), math.ceil(box.bottom * scale)
        left, right = max(math.floor(box.left * scale), 0), math.ceil(box.right * scale)
        cut = rows[top:bottom, left : min(right, width)]
        found.append(not cut.size or int(cut.max()) - int(cut.min()) < _INK)
    return found


def _drawn(page: Any, dots: int, most: int, form: int) -> tuple[np.ndarray[Any, Any], int]:
    """Return the rows of a drawn page, each of a multiple of 4 bytes, and its width in pixels."""
    _, _, _, _, _, _, across, down = frame_of(page)
    across, down = max(across, 1.0), max(down, 1.0)
    scale = min(dots / _INCH, math.sqrt(most / (across * down)))
    width, height = max(int(across * scale), 1), max(int(down * scale), 1)
    channels = 3 if form == pdfium.FPDFBitmap_BGR else 1
    stride = (width * channels + 3) // 4 * 4
    rows = np.full((height, stride), 255, np.uint8)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, form, rows.ctypes.data, stride)
    if bitmap:
        try:
            flags = pdfium.FPDF_ANNOT if form == pdfium.FPDFBitmap_BGR else 0
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
    return rows, width
