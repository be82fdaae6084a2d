"""The PDF extractor. PDFium does the reading.

PDFium is not safe to use from several threads: a process reads one PDF at a time. The
first `budget.limits.layout_pages` pages come as one part for each line, with its box and
style; each later page comes as one part. Pages without text are drawn and recognised, if
`budget.recognise` is there to do it.
"""

from markscan.extract.pdf.layout import layout
from markscan.extract.pdf.reader import read as extract

__all__ = ["extract", "layout"]
