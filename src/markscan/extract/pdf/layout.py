"""How the first pages of a PDF are set: lines of text and ruled lines, as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from markscan.document import Layout, Line, Page, Stroke
from markscan.extract.extractor import Budget
from markscan.extract.page_lines import Glyphs, Look, page_lines
from markscan.extract.page_strokes import page_strokes
from markscan.extract.pdf.chars import Ink
from markscan.extract.pdf.drawing import unseen
from markscan.extract.pdf.lines import strokes_of
from markscan.extract.pdf.objects import Objects
from markscan.extract.pdf.open import opened
from markscan.extract.pdf.ruling import rules_of
from markscan.extract.pdf.surface import Frame, frame_of
from markscan.source import Source

_DENSEST = 20_000  # characters: a page with more is a plan or a table, no official document


def layout(source: Source, budget: Budget) -> Layout:
    """Return what is seen on the first pages, in reading order.

    A page that cannot be opened is left out: `extract` says so. PDF knows no type area, and
    like `extract` nothing here tells a watermark that the page itself paints from its text.

    Raises:
        EncryptedFile: it asks for a password, and none that was given fits.
        DamagedFile: it has no page that can be read.
        UnreadError: whatever `source.read` raises.
    """
    data = source.read()
    pages: list[Page] = []
    lines: list[Line] = []
    strokes: list[Stroke] = []
    with opened(data, budget.passwords) as (document, _, encrypted):
        count = pdfium.FPDF_GetPageCount(document)
        has_layers_off = Objects(data, encrypted).has_layers_off
        for index in range(min(count, budget.limits.layout_pages)):
            page = pdfium.FPDF_LoadPage(document, index)
            if not page:
                continue
            try:
                frame = frame_of(page)
                number, width, height = index + 1, round(frame.width, 2), round(frame.height, 2)
                pages.append(Page(number, width, height))
                shown = page_lines(_rows(page, frame), number)
                lines += _on_layers(shown, page) if has_layers_off else shown
                strokes += page_strokes(rules_of(page, frame), number, width, height)
            finally:
                pdfium.FPDF_ClosePage(page)
    return Layout(tuple(pages), tuple(lines), tuple(strokes))


def _on_layers(lines: list[Line], page: Any) -> list[Line]:
    """Return the lines that show, which those of a layer that is off do not."""
    off = unseen(page, [line.box for line in lines])
    return [line for line, is_off in zip(lines, off, strict=True) if not is_off]


def _rows(page: Any, frame: Frame) -> Iterator[list[Glyphs]]:
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return
    try:
        if pdfium.FPDFText_CountChars(text_page) > _DENSEST:
            return
        looks: dict[Ink, Look] = {}
        for row in strokes_of(text_page, page, frame):
            glyphs = [
                Glyphs(s.text, s.ink.along, s.start, s.end, s.level, s.box, _look(s.ink, looks))
                for s in row
            ]
            if not all(g.text.isspace() for g in glyphs):
                yield glyphs
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _look(ink: Ink, looks: dict[Ink, Look]) -> Look:
    look = looks.get(ink)
    if look is None:
        look = looks[ink] = Look(ink.style.font, ink.style.size, ink.colour, ink.bold)
    return look
