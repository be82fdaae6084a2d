"""The PDF extractor. PDFium does the reading.

PDFium is not safe to use from several threads: a process reads one PDF at a time. The
first `budget.limits.layout_pages` pages come as one part for each line, with its box and
style; each later page comes as one part.
"""

from markscan.extract.pdf.reader import read as extract

__all__ = ["extract"]
