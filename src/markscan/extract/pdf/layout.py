"""How the first pages of a PDF are set: each stretch of a line that is set alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium

from markscan.document import Area, Box, Layout, Line, Page, Place, Run
from markscan.extract.extractor import Budget
from markscan.extract.pdf.chars import Ink, Sight, Stroke
from markscan.extract.pdf.lines import strokes_of
from markscan.extract.pdf.open import opened
from markscan.extract.pdf.surface import Frame, frame_of
from markscan.source import Source

_DENSEST = 20_000  # characters: a page with more is a plan or a table, no official document


def layout(source: Source, budget: Budget) -> Layout:
    """Return what is seen on the first pages, in reading order.

    A page that cannot be opened is left out: `extract` says so.

    Raises:
        EncryptedFile: it asks for a password, and none that was given fits.
        DamagedFile: it has no page that can be read.
        UnreadError: whatever `source.read` raises.
    """
    data = source.read()
    pages: list[Page] = []
    runs: list[Run] = []
    with opened(data, budget.passwords) as (document, _, _):
        count = pdfium.FPDF_GetPageCount(document)
        for index in range(min(count, budget.limits.layout_pages)):
            page = pdfium.FPDF_LoadPage(document, index)
            if not page:
                continue
            try:
                frame = frame_of(page)
                pages.append(Page(index + 1, round(frame.width, 2), round(frame.height, 2)))
                runs += _page_runs(page, frame, index + 1)
            finally:
                pdfium.FPDF_ClosePage(page)
    lines = (Line(r.text, r.place, r.place.box or Box(0, 0, 0, 0), (r,)) for r in runs)
    return Layout(tuple(pages), tuple(lines))


def _page_runs(page: Any, frame: Frame, number: int) -> list[Run]:
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return []
    try:
        if pdfium.FPDFText_CountChars(text_page) > _DENSEST:
            return []
        return [
            _run(ink, list(strokes), number)
            for sight, line in strokes_of(text_page, page, frame)
            if sight is Sight.SHOWN
            for ink, strokes in _set_alike(line)
        ]
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _set_alike(line: list[Stroke]) -> Iterator[tuple[Ink, list[Stroke]]]:
    for ink, strokes in groupby(line, key=lambda stroke: stroke.ink):
        found = list(strokes)
        if any(stroke.text.strip() for stroke in found):
            yield ink, found


def _run(ink: Ink, strokes: list[Stroke], number: int) -> Run:
    inked = [stroke.box for stroke in strokes if stroke.text.strip()]
    left, top, right, bottom = zip(*inked, strict=True)
    box = Box(min(left), min(top), max(right), max(bottom))
    text = "".join(stroke.text for stroke in strokes).strip()
    place = Place(Area.BODY, number, box=box)
    return Run(text, place, ink.style.font, ink.style.size, ink.colour, ink.bold)
