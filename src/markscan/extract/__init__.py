"""Turns a file into parts of text. One format family a file, listed here.

To add a format, write extract/NAME.py, add it to EXTRACTORS and teach sniff its first bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from markscan.errors import UnsupportedFormat
from markscan.extract import archive, closed, docx, pdf, plain
from markscan.extract.extractor import Budget, Extractor, Item, Limits
from markscan.source import Source

__all__ = ["EXTRACTORS", "Budget", "Extractor", "Item", "Limits", "extract"]

EXTRACTORS: tuple[Extractor, ...] = (
    plain.EXTRACTOR,
    docx.EXTRACTOR,
    pdf.EXTRACTOR,
    archive.EXTRACTOR,
    closed.EXTRACTOR,
)

_BY_FORMAT = {name: extractor for extractor in EXTRACTORS for name in extractor.formats}


def extract(source: Source, format: str, budget: Budget) -> Iterator[Item]:
    """Yield the text of `source` and the files inside it, in reading order.

    Raises:
        UnreadError: it could not be read to its end. What was yielded before stands.
    """
    budget.enter(source)
    extractor = _BY_FORMAT.get(format)
    if extractor is None:
        raise UnsupportedFormat("unsupported", format=format)
    yield from extractor.extract(source, budget)
