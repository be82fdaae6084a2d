"""Opens a PDF: with the passwords that were given, and mended where it lost its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from markscan.errors import DamagedFile, EncryptedFile
from markscan.extract.pdf import fonts
from markscan.extract.pdf.salvage import rebuilt

_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
# Older encryption takes bytes, and every system had its own; AES-256 takes UTF-8.
_ENCODINGS = ("utf-8", "latin-1", "gb18030")


class Opened(NamedTuple):
    """An open document: PDFium's handle, whether it is whole, whether it is encrypted."""

    document: Any
    whole: bool
    encrypted: bool


@contextmanager
def opened(data: bytes, passwords: tuple[str, ...]) -> Iterator[Opened]:
    """Open `data`, which must live as long, and close it at the end.

    Raises:
        EncryptedFile: it asks for a password, and none of `passwords` fits.
        DamagedFile: it has no page that can be read.
    """
    fonts.install()
    document = _unlocked(data, passwords)
    whole = bool(document) and _is_whole(data)
    if not document or pdfium.FPDF_GetPageCount(document) < 1:
        if document:
            pdfium.FPDF_CloseDocument(document)
        data, whole = rebuilt(data) or b"", False
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None) if data else None
    if not document:
        raise DamagedFile("pdf.damaged")
    try:
        yield Opened(document, whole, pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _unlocked(data: bytes, passwords: tuple[str, ...]) -> Any:
    """Return the document, None where it cannot be opened at all."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if document or pdfium.FPDF_GetLastError() not in _LOCKED:
        return document
    for code in dict.fromkeys(code for word in passwords for code in _encoded(word)):
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), code)
        if document:
            return document
    raise EncryptedFile("pdf.encrypted")


def _encoded(password: str) -> Iterator[bytes]:
    for encoding in _ENCODINGS:
        try:
            yield password.encode(encoding)
        except UnicodeEncodeError:
            continue


def _is_whole(data: bytes) -> bool:
    """Tell whether nothing is cut off: no object stands behind the last cross-reference."""
    end = data.rfind(b"startxref")
    return end >= 0 and _OBJECT.search(data, end) is None
