"""Reads Rich Text Format."""

from markscan.extract.rtf.reader import read as extract

__all__ = ["extract"]
