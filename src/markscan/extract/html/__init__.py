"""Reads HTML."""

from markscan.extract.html.reader import read as extract

__all__ = ["extract"]
