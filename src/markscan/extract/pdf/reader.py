"""Reads a PDF from its first page to its last, and tells what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import chain
from typing import Any

import pypdfium2.raw as pdfium

from markscan.document import Area, GivenName, Part, Place
from markscan.errors import DamagedFile
from markscan.extract.extractor import Budget, Item
from markscan.extract.pdf.annotations import Annotations, form_of
from markscan.extract.pdf.metadata import (
    attachments,
    bookmarks,
    page_labels,
    properties,
    signatures,
    xfa,
)
from markscan.extract.pdf.objects import Objects
from markscan.extract.pdf.open import opened
from markscan.extract.pdf.pages import Pages
from markscan.extract.pdf.tally import Meter, Tally
from markscan.source import Source


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the properties, pages, lines, notes and attached files of a PDF.

    Raises:
        EncryptedFile: it asks for a password, and none that was given fits.
        DamagedFile: it has no page that can be read.
        NoTextLayer: all its pages are pictures, and nobody recognises text here.
        LimitExceeded: it has more characters or lines than allowed.
        UnreadError: whatever `source.read` raises.
    """
    data = source.read()
    meter = Meter(budget.limits)
    tally = Tally()
    with ExitStack() as stack:
        document, whole, encrypted = stack.enter_context(opened(data, budget.passwords))
        form = stack.enter_context(form_of(document))
        objects = Objects(data, encrypted)
        for item in _before(document, data, objects, budget):
            yield meter.count(item)
        notes = Annotations(document, form, source, len(data), budget)
        pages = Pages(document, notes, objects, meter, tally, budget)
        for item in stack.enter_context(closing(pages.items())):
            yield meter.count(item)
        for item in chain(_unshown_fields(objects, notes), xfa(document, len(data), budget)):
            yield meter.count(item)
        yield from attachments(document, source, len(data), budget)
    if not whole:
        yield DamagedFile("pdf.salvaged")
    yield from tally.problems()


def _before(document: Any, data: bytes, objects: Objects, budget: Budget) -> Iterator[Item]:
    count = min(pdfium.FPDF_GetPageCount(document), budget.limits.pages)
    yield from properties(document, data, objects, budget)
    yield from bookmarks(document)
    yield from page_labels(document, count)
    yield from signatures(document)


def _unshown_fields(objects: Objects, notes: Annotations) -> Iterator[Part]:
    """Yield the values of form fields that stand on no page, and the hints of all."""
    for name, value in objects.fields():
        if value.strip() and value.strip() not in notes.values:
            notes.values.add(value.strip())
            yield Part(value.replace("\r", "\n"), Place(Area.HIDDEN, label=GivenName(name)))
