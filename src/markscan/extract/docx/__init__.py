"""The Word extractor (docx, docm, dotx, dotm), loaded when the first document is met."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.extract.extractor import Budget, Extractor, Item
from markscan.source import Source


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of a Word document and the files in it.

    Raises:
        DamagedFile: it is no package at all.
        LimitExceeded: it has more text than allowed; all up to there has been yielded.
        UnreadError: whatever `Source.open` raises.
    """
    from markscan.extract.docx.reader import read  # late: most files are none

    return read(source, budget)


EXTRACTOR = Extractor(name="docx", formats=frozenset({"docx"}), version=1, extract=extract)
