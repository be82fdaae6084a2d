"""The workbook extractor (xlsx, xlsm, xltx, xltm, xlam)."""

from markscan.extract.xlsx.reader import read as extract

__all__ = ["extract"]
