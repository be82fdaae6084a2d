"""Reads documents that are one XML file, and XML of any other kind."""

from markscan.extract.flat_xml.reader import read as extract

__all__ = ["extract"]
