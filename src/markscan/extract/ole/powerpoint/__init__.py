"""Reads PowerPoint binaries (ppt, pps, pot, dps)."""

from markscan.extract.ole.powerpoint.reader import read as extract

__all__ = ["extract"]
