"""Reads Excel binaries (xls, xlt, et): the records of BIFF 2 to 8."""

from markscan.extract.ole.excel.reader import read as extract

__all__ = ["extract"]
