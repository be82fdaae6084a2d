"""The OFD extractor (GB/T 33190—2016, the fixed-layout format of Chinese offices).

A zip package of XML, read here: an index names documents, a document its pages, a page the
objects drawn on it, a text object its characters with the distance from each to the next.
"""

from markscan.extract.ofd.layout import layout
from markscan.extract.ofd.reader import read as extract

__all__ = ["extract", "layout"]
