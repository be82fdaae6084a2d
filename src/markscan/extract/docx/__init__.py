"""The Word extractor (docx, docm, dotx, dotm)."""

from __future__ import annotations

from markscan.document import Layout
from markscan.extract.docx.reader import read as extract
from markscan.extract.extractor import Budget
from markscan.source import Source

__all__ = ["extract", "layout"]


def layout(source: Source, budget: Budget) -> Layout:
    """Return how the first pages are set. Raises UnreadError."""
    from markscan.extract.docx.typography import layout as read  # late: python-docx is slow to load

    return read(source, budget)
