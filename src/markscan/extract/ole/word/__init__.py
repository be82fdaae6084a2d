"""Word binaries (doc, dot, wps): a text cut into stories, and tables that tell of it."""

from markscan.extract.ole.word.reader import read as extract

__all__ = ["extract"]
