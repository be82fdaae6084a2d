"""The OpenDocument extractor (odt, ods, odp, odg and their templates; packages and flat XML)."""

from markscan.extract.odf.reader import read as extract

__all__ = ["extract"]
