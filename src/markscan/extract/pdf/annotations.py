"""What lies upon a PDF page: comments, links and the values of form fields."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from markscan.document import Area, Box, GivenName, Part, Place
from markscan.extract.extractor import Budget, Item
from markscan.extract.pdf.metadata import attached, shorts, wide
from markscan.extract.pdf.surface import Frame
from markscan.source import Source

_MOST = 20_000  # annotations of one page
_LONGEST_ADDRESS = 4096  # bytes of a link's address
_SPOKEN_FIELDS = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)
# May have a drawing of their own with words that stand nowhere else.
_DRAWN = (
    pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_FREETEXT,
    pdfium.FPDF_ANNOT_WATERMARK,
    pdfium.FPDF_ANNOT_REDACT,
    pdfium.FPDF_ANNOT_SCREEN,
)
_DRAWN_FIELDS = (pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


@contextmanager
def form_of(document: Any) -> Iterator[Any]:
    """Open the form of `document`, None where it has none, and close it at the end."""
    if pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_NONE:
        yield None
        return
    # PDFium keeps a pointer to `info`: it must live as long as the form.
    info = pdfium.FPDF_FORMFILLINFO(version=2)
    form = pdfium.FPDFDOC_InitFormFillEnvironment(document, info)
    try:
        yield form or None
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)


class Annotations:
    """Reads the annotations of one document's pages."""

    def __init__(self, document: Any, form: Any, source: Source, packed: int, budget: Budget):
        self._document = document
        self._form = form
        self._source = source
        self._packed = packed
        self._budget = budget
        self._fields: set[tuple[str, str]] = set()
        self.values: set[str] = set()  # of all fields that a page shows
        self.has_pictures = False  # whether the last page read has one with words of its own

    def read(self, page: Any, number: int, frame: Frame) -> Iterator[Item]:
        """Yield the parts and files of one page's annotations."""
        self.has_pictures = False
        for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
            note = pdfium.FPDFPage_GetAnnot(page, index)
            if not note:
                continue
            try:
                kind = pdfium.FPDFAnnot_GetSubtype(note)
                if kind in _DRAWN or (kind == pdfium.FPDF_ANNOT_WIDGET and self._is_drawn(note)):
                    self.has_pictures |= bool(pdfium.FPDFAnnot_HasKey(note, b"AP"))
                yield from self._annotation(note, number, frame)
            finally:
                pdfium.FPDFPage_CloseAnnot(note)

    def _annotation(self, note: Any, number: int, frame: Frame) -> Iterator[Item]:
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        box = _box(note, frame)
        if kind == pdfium.FPDF_ANNOT_POPUP:  # repeats the note it belongs to
            return
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            yield from self._field(note, number, box)
            return
        texts = [("", _string(note, b"Contents")), ("author", _string(note, b"T"))]
        if kind == pdfium.FPDF_ANNOT_LINK:
            texts.append(("link", self._address(note)))
        for label, text in texts:
            if text.strip():
                text = text.replace("\r\n", "\n").replace("\r", "\n")
                yield Part(text, Place(_area(note, Area.COMMENT), number, label, box))
        if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
            handle = pdfium.FPDFAnnot_GetFileAttachment(note)
            if handle:
                yield from attached(handle, self._source, self._packed, self._budget)

    def _is_drawn(self, note: Any) -> bool:
        """Tell whether a field's words stand in its drawing and not in its value."""
        form = self._form
        return not form or pdfium.FPDFAnnot_GetFormFieldType(form, note) in _DRAWN_FIELDS

    def _field(self, note: Any, number: int, box: Box | None) -> Iterator[Part]:
        form = self._form
        if not form or pdfium.FPDFAnnot_GetFormFieldType(form, note) not in _SPOKEN_FIELDS:
            return
        name = wide(lambda b, n: pdfium.FPDFAnnot_GetFormFieldName(form, note, shorts(b), n))
        value = wide(lambda b, n: pdfium.FPDFAnnot_GetFormFieldValue(form, note, shorts(b), n))
        self.values.add(value.strip())
        if value.strip() and (name, value) not in self._fields:
            self._fields.add((name, value))
            place = Place(_area(note, Area.CELL), number, GivenName(name), box)
            yield Part(value.replace("\r", "\n"), place)

    def _address(self, note: Any) -> str:
        link = pdfium.FPDFAnnot_GetLink(note)
        action = link and pdfium.FPDFLink_GetAction(link)
        if not action:
            return ""
        size = pdfium.FPDFAction_GetURIPath(self._document, action, None, 0)
        if not 1 < size <= _LONGEST_ADDRESS:
            return ""
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(self._document, action, buffer, size)
        return buffer.value.decode("utf-8", "replace")


def melt(page: Any) -> None:
    """Make the annotations of `page` part of it, hidden ones too; it must be loaded anew.

    PDFium tells the words drawn in a stamp, on a button or in a watermark only like this.
    """
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if note:
            pdfium.FPDFAnnot_SetFlags(note, pdfium.FPDF_ANNOT_FLAG_PRINT)
            pdfium.FPDFPage_CloseAnnot(note)
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT)


def _area(note: Any, area: Area) -> Area:
    return Area.HIDDEN if pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN else area


def _string(note: Any, key: bytes) -> str:
    return wide(lambda b, n: pdfium.FPDFAnnot_GetStringValue(note, key, shorts(b), n))


def _box(note: Any, frame: Frame) -> Box | None:
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(note, rect):
        return None
    return Box(*frame.box(rect.left, rect.top, rect.right, rect.bottom))
