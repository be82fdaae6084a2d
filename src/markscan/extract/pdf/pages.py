"""The pages of a PDF: text where there is any, and by OCR, if asked for, what is drawn."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from enum import Enum
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from markscan.document import Area, Box, Page, Part, Place
from markscan.errors import LimitExceeded, UnreadError
from markscan.extract.extractor import Budget, Item
from markscan.extract.page_lines import WATERMARK
from markscan.extract.pdf.annotations import Annotations, melt
from markscan.extract.pdf.chars import Sight
from markscan.extract.pdf.drawing import page_picture, unseen
from markscan.extract.pdf.lines import Line, lines_of
from markscan.extract.pdf.objects import Objects
from markscan.extract.pdf.surface import (
    Frame,
    covered_by_image,
    frame_of,
    image_share,
    shows_something,
)
from markscan.extract.pdf.tally import Meter, Tally
from markscan.extract.pdf.text import is_garbled, page_text

_DENSEST = 100_000  # characters on one page from which boxes cost more than they tell
_SCAN = 0.9  # share of unpainted characters on a picture that makes them its OCR layer
_STAMPED = 50  # so few characters on a scan are what the scanner put there: a name, a date
_ILLUSTRATED = 0.3  # share of a page from which a picture may be a document of its own


class _State(Enum):
    """What recognition could add to a page."""

    TEXT = 0  # nothing
    DAMAGED = 1  # nothing either: it cannot be drawn
    PICTURE = 2  # all of it
    GARBLED = 3  # all of it: its characters have no known meaning
    ILLUSTRATED = 4  # the words on its pictures


class Pages:
    """Reads the pages of one open document."""

    def __init__(
        self,
        document: Any,
        notes: Annotations,
        objects: Objects,
        meter: Meter,
        tally: Tally,
        budget: Budget,
    ) -> None:
        """Read with `notes` what lies upon the pages; `tally` learns what is missing."""
        self._document = document
        self._notes = notes
        self._objects = objects
        self._meter = meter
        self._tally = tally
        self._budget = budget
        self._spent = False  # whether no more pictures may be read

    def items(self) -> Generator[Item, None, None]:
        """Yield the pages, each with its lines and what lies upon it."""
        count = pdfium.FPDF_GetPageCount(self._document)
        limits = self._budget.limits
        for index in range(min(count, limits.pages)):
            items, state = self._page(index)
            yield from items
            yield from self._recognised(index, items, state)
        if count > limits.pages:
            yield LimitExceeded("limit.pages", allowed=limits.pages)

    def _page(self, index: int) -> tuple[list[Item], _State]:
        """Return what is on a page. No handle of it outlives this call."""
        page = pdfium.FPDF_LoadPage(self._document, index)
        if not page:
            self._tally.damaged.append(index + 1)
            return [], _State.DAMAGED
        number = index + 1
        frame = frame_of(page)
        items: list[Item] = [Page(number, round(frame.width, 2), round(frame.height, 2))]
        try:
            parts, state = self._text(page, frame, number)
            items += parts
            items += self._notes.read(page, number, frame)
        finally:
            pdfium.FPDF_ClosePage(page)
        if self._notes.has_pictures:
            items += self._drawn_notes(index, frame, _known(items))
        return items, state

    def _text(self, page: Any, frame: Frame, number: int) -> tuple[list[Part], _State]:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            self._tally.damaged.append(number)
            return [], _State.DAMAGED
        try:
            count = pdfium.FPDFText_CountChars(text_page)
            self._meter.expect(count)
            layers = self._objects.has_layers_off
            if (number <= self._budget.limits.layout_pages or layers) and count <= _DENSEST:
                parts = _line_parts(text_page, page, frame, number, layers)
            else:
                text = page_text(text_page)
                parts = [Part(text, Place(Area.BODY, number))] if text.strip() else []
            if not parts:
                state = _State.PICTURE if shows_something(page) else _State.TEXT
            elif is_garbled(text_page, "".join(part.text for part in parts)):
                state = _State.GARBLED
            elif count <= _STAMPED and _is_stamped(text_page, page, frame):
                state = _State.PICTURE
            else:
                state = self._illustrated(text_page, page, frame)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        self._tally.read += bool(parts)
        return parts, state

    def _illustrated(self, text_page: Any, page: Any, frame: Frame) -> _State:
        if self._budget.recognise is None or self._spent:
            return _State.TEXT
        if image_share(page, frame) < _ILLUSTRATED:
            return _State.TEXT
        layer = _is_ocr_layer(lines_of(text_page, page, frame))
        return _State.TEXT if layer else _State.ILLUSTRATED

    def _drawn_notes(self, index: int, frame: Frame, known: str) -> list[Item]:
        """Return the words drawn in stamps, on buttons and the like, but for those in `known`."""
        page = pdfium.FPDF_LoadPage(self._document, index)
        if not page:
            return []
        melt(page)
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(self._document, index)
        text_page = page and pdfium.FPDFText_LoadPage(page)
        try:
            if not text_page or pdfium.FPDFText_CountChars(text_page) > _DENSEST:
                return []
            return [
                Part(line.text, Place(Area.COMMENT, index + 1, "drawing", line.box))
                for line in lines_of(text_page, page, frame)
                if _bare(line.text) not in known
            ]
        finally:
            if text_page:
                pdfium.FPDFText_ClosePage(text_page)
            if page:
                pdfium.FPDF_ClosePage(page)

    def _recognised(self, index: int, items: list[Item], state: _State) -> Iterator[Item]:
        """Yield what OCR finds on a page, or note what is missing."""
        number = index + 1
        budget = self._budget
        lines: list[Part] = []
        read = state in (_State.TEXT, _State.DAMAGED)
        if not read and budget.recognise is not None and not self._spent:
            draw = partial(page_picture, self._document, index, budget.limits.picture_pixels)
            size = next(item for item in items if isinstance(item, Page))
            place = Place(Area.IMAGE, number, box=Box(0, 0, size.width, size.height))
            try:
                lines = budget.recognise(draw, place, budget)
                read = True
            except LimitExceeded as refusal:
                self._spent = True
                yield refusal
            except UnreadError as problem:
                yield problem
            known = _known(items) if lines else ""
            yield from (line for line in lines if _bare(line.text) not in known)
        if state is _State.PICTURE:
            self._tally.read += read
            self._tally.pictures += [] if read else [number]
        elif state is _State.GARBLED and not lines:
            self._tally.garbled.append(number)


def _line_parts(text_page: Any, page: Any, frame: Frame, number: int, layers: bool) -> list[Part]:
    lines = lines_of(text_page, page, frame)
    scanned = _is_ocr_layer(lines) and covered_by_image(page, frame)
    off = unseen(page, [line.box for line in lines]) if layers else [False] * len(lines)
    parts = []
    for line, is_off in zip(lines, off, strict=True):
        shown = line.sight is Sight.SHOWN or (scanned and line.sight is Sight.UNPAINTED)
        area = Area.BODY if shown and (scanned or not is_off) else Area.HIDDEN
        place = Place(area, number, box=line.box)
        if line.slanted and area is Area.BODY:
            place = Place(Area.TEXTBOX, number, WATERMARK, line.box)
        parts.append(Part(line.text, place, style=line.style))
    return parts


def _is_stamped(text_page: Any, page: Any, frame: Frame) -> bool:
    """Tell whether the few characters of a page stand on a scan that has no text of its own."""
    return covered_by_image(page, frame) and not _is_ocr_layer(lines_of(text_page, page, frame))


def _is_ocr_layer(lines: list[Line]) -> bool:
    total = sum(len(line.text) for line in lines)
    unpainted = sum(len(line.text) for line in lines if line.sight is Sight.UNPAINTED)
    return unpainted > _SCAN * total


def _bare(text: str) -> str:
    return "".join(text.split())


def _known(items: list[Item]) -> str:
    return "\n".join(_bare(item.text) for item in items if isinstance(item, Part))
