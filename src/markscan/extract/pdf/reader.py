"""Reads a PDF from its first page to its last, and tells what could not be read."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import chain
from typing import Any

import pypdfium2.raw as pdfium

from markscan.document import Area, Page, Part, Place
from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract.extractor import Budget, Item, Limits
from markscan.extract.pdf import fonts
from markscan.extract.pdf.annotations import Annotations, form_of
from markscan.extract.pdf.chars import Frame, Sight, covered_by_image, frame_of, shows_something
from markscan.extract.pdf.lines import lines_of
from markscan.extract.pdf.metadata import attachments, bookmarks, properties
from markscan.extract.pdf.salvage import rebuilt
from markscan.extract.pdf.text import is_garbled, page_text
from markscan.source import Source

_DENSEST = 100_000  # characters on one page from which boxes cost more than they tell
_TAIL = 1 << 16  # bytes at the end of a whole file that hold the word "startxref"
_SCAN = 0.9  # share of unpainted characters on a picture that makes them its OCR layer
_MOST_RANGES = 30  # page ranges named in a message


class _Meter:
    """Counts what one file has yielded against its limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._characters = 0
        self._parts = 0

    def expect(self, characters: int) -> None:
        """Raise LimitExceeded when so many characters more would be too many."""
        if self._characters + characters > self._limits.text_characters:
            raise LimitExceeded("limit.characters", allowed=self._limits.text_characters)

    def count(self, item: Item) -> Item:
        """Count `item` and return it. Raises LimitExceeded."""
        if isinstance(item, Part):
            self.expect(len(item.text))
            self._characters += len(item.text)
            self._parts += 1
            if self._parts > self._limits.parts:
                raise LimitExceeded("limit.parts", allowed=self._limits.parts)
        return item


class _Tally:
    """The numbers of the pages that could not be read as they should."""

    def __init__(self) -> None:
        self.read = 0
        self.pictures: list[int] = []
        self.garbled: list[int] = []
        self.damaged: list[int] = []

    def problems(self) -> Iterator[UnreadError]:
        """Yield one problem for each kind; raise when no page had any text."""
        if self.damaged:
            pages = page_ranges(self.damaged)
            yield DamagedFile("pdf.pages-damaged", pages=pages, count=len(self.damaged))
        if self.garbled:
            yield NoTextLayer(
                "pdf.garbled", pages=page_ranges(self.garbled), count=len(self.garbled)
            )
        if self.pictures and not self.read:
            raise NoTextLayer("pdf.no-text", count=len(self.pictures))
        if self.pictures:
            pages = page_ranges(self.pictures)
            yield NoTextLayer("pdf.pages-without-text", pages=pages, count=len(self.pictures))


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the properties, pages, lines, notes and attached files of a PDF.

    Raises:
        EncryptedFile: it asks for a password.
        DamagedFile: it has no page that can be read.
        NoTextLayer: all its pages are pictures.
        LimitExceeded: it has more characters or lines than allowed.
        UnreadError: whatever `source.read` raises.
    """
    data = source.read()
    meter = _Meter(budget.limits)
    tally = _Tally()
    with ExitStack() as opened:
        document, whole = opened.enter_context(_opened(data))
        form = opened.enter_context(form_of(document))
        for part in chain(properties(document, data), bookmarks(document)):
            yield meter.count(part)
        notes = Annotations(document, form, source, len(data), budget)
        pages = opened.enter_context(closing(_pages(document, notes, meter, tally, budget)))
        for item in pages:
            yield meter.count(item)
        yield from attachments(document, source, len(data), budget)
    if not whole:
        yield DamagedFile("pdf.salvaged")
    yield from tally.problems()


def page_ranges(numbers: list[int]) -> str:
    """Return ascending page numbers as "2-4, 7"; a long list ends in "…"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    words = [str(a) if a == b else f"{a}-{b}" for a, b in ranges[:_MOST_RANGES]]
    return ", ".join(words) + (", …" if len(ranges) > _MOST_RANGES else "")


@contextmanager
def _opened(data: bytes) -> Iterator[tuple[Any, bool]]:
    """Open `data`; tell whether it is whole. PDFium reads from it until it is closed."""
    fonts.install()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document and pdfium.FPDF_GetLastError() in (
        pdfium.FPDF_ERR_PASSWORD,
        pdfium.FPDF_ERR_SECURITY,
    ):
        raise EncryptedFile("pdf.encrypted")
    whole = bool(document) and b"startxref" in data[-_TAIL:]
    if not document or pdfium.FPDF_GetPageCount(document) < 1:
        if document:
            pdfium.FPDF_CloseDocument(document)
        data, whole = rebuilt(data) or b"", False
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None) if data else None
    if not document:
        raise DamagedFile("pdf.damaged")
    try:
        yield document, whole
    finally:
        pdfium.FPDF_CloseDocument(document)


def _pages(
    document: Any, notes: Annotations, meter: _Meter, tally: _Tally, budget: Budget
) -> Generator[Item, None, None]:
    count = pdfium.FPDF_GetPageCount(document)
    limits = budget.limits
    for index in range(min(count, limits.pages)):
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            tally.damaged.append(index + 1)
            continue
        # No handle of a page outlives this block: nothing is yielded while it is open.
        try:
            items = _page(page, index + 1, index < limits.layout_pages, meter, tally)
            items += notes.read(page, index + 1, frame_of(page))
        finally:
            pdfium.FPDF_ClosePage(page)
        yield from items
    if count > limits.pages:
        yield LimitExceeded("limit.pages", allowed=limits.pages)


def _page(page: Any, number: int, layout: bool, meter: _Meter, tally: _Tally) -> list[Item]:
    frame = frame_of(page)
    items: list[Item] = [Page(number, round(frame.width, 2), round(frame.height, 2))]
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        tally.damaged.append(number)
        return items
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        meter.expect(count)
        parts = (
            _line_parts(text_page, page, frame, number)
            if layout and count <= _DENSEST
            else _page_part(text_page, number)
        )
        if parts:
            tally.read += 1
            if is_garbled(text_page, "".join(part.text for part in parts)):
                tally.garbled.append(number)
        elif shows_something(page):
            tally.pictures.append(number)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return [*items, *parts]


def _page_part(text_page: Any, number: int) -> list[Part]:
    text = page_text(text_page)
    return [Part(text, Place(Area.BODY, number))] if text.strip() else []


def _line_parts(text_page: Any, page: Any, frame: Frame, number: int) -> list[Part]:
    lines = lines_of(text_page, page, frame)
    total = sum(len(line.text) for line in lines)
    unpainted = sum(len(line.text) for line in lines if line.sight is Sight.UNPAINTED)
    scanned = unpainted > _SCAN * total and covered_by_image(page, frame)
    parts = []
    for line in lines:
        shown = line.sight is Sight.SHOWN or (scanned and line.sight is Sight.UNPAINTED)
        area = Area.BODY if shown else Area.HIDDEN
        parts.append(Part(line.text, Place(area, number, box=line.box), style=line.style))
    return parts
