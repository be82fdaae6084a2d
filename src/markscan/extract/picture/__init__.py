"""The extractor of picture files: their metadata, and by OCR, if asked for, their text."""

from markscan.extract.picture.reader import read as extract

__all__ = ["extract"]
