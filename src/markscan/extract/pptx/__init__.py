"""The slides extractor (pptx, pptm, ppsx, ppsm, potx, potm)."""

from markscan.extract.pptx.reader import read as extract

__all__ = ["extract"]
