"""The Word extractor (docx, docm, dotx, dotm)."""

from markscan.extract.docx.reader import read as extract

__all__ = ["extract"]
