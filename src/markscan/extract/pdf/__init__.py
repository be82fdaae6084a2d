"""The PDF extractor. PDFium does the reading; it is loaded when the first PDF is met.

PDFium is not safe to use from several threads: a process reads one PDF at a time.
"""

from __future__ import annotations

from collections.abc import Iterator

from markscan.extract.extractor import Budget, Extractor, Item
from markscan.source import Source


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the properties, pages, lines, notes and attached files of a PDF.

    The first `budget.limits.layout_pages` pages come as one part for each line, with its
    box and style; each later page comes as one part.

    Raises:
        EncryptedFile: it asks for a password.
        DamagedFile: it has no page that can be read.
        NoTextLayer: all its pages are pictures.
        LimitExceeded: it has more characters or lines than allowed.
        UnreadError: whatever `source.read` raises.
    """
    from markscan.extract.pdf.reader import read  # late: PDFium takes long to load

    return read(source, budget)


EXTRACTOR = Extractor(name="pdf", formats=frozenset({"pdf"}), version=1, extract=extract)
