"""Files that are no lists, whatever their name says: workbooks, documents, archives.

Read as a list, some of them would pass: in GB 18030 hardly any two bytes mean nothing.
"""

from __future__ import annotations

from markscan.termlist.term import Source
from markscan.wording import Text

_ZIP, _OLE, _PDF, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf"
_PACKED = (b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf", b"\x1f\x8b", b"\xfd7zXZ")
# Names of members, which stand in an archive as they are.
_SHEETS = (b"xl/workbook", b"opendocument.spreadsheet")
_TEXTS = (b"word/document", b"opendocument.text")
_MARKUP = (b"<html", b"<!doctype html", b"<?xml", b"<table")
_HEAD = 1024  # bytes in which markup begins

_AS_CSV = Text(
    "请在 Excel 中另存为 CSV（UTF-8）", "in Excel, save it as CSV UTF-8 and name that file"
)
_AS_TEXT = Text(
    "请把词条另存为纯文本（.txt，UTF-8），一行一条",
    "save its terms as plain text (.txt, UTF-8), one a line",
)


def refuse_foreign(source: Source) -> None:
    """Refuse what is no list by its first bytes.

    Raises:
        LexiconError: says what the file is and how to make a list of it.
    """
    content = source.content
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if head.startswith(_PDF):
        raise _wrong(source, Text("是 PDF 文件", "is a PDF"), _AS_TEXT)
    if head.startswith(_RTF):
        raise _wrong(source, Text("是 RTF 文档", "is an RTF document"), _AS_TEXT)
    if content.startswith(_ZIP) and any(name in content for name in _SHEETS):
        raise _workbook(source)
    if content.startswith(_ZIP) and any(name in content for name in _TEXTS):
        raise _document(source)
    # A document may hold a workbook, which is seldom the other way round.
    if content.startswith(_OLE) and _wide("WordDocument") in content:
        raise _document(source)
    if content.startswith(_OLE) and any(_wide(name) in content for name in ("Workbook", "Book")):
        raise _workbook(source)
    if content.startswith(_OLE):
        raise _wrong(
            source, Text("是 Office 文件或加密的文件", "is an Office or encrypted file"), _AS_TEXT
        )
    if content.startswith((_ZIP, *_PACKED)):
        raise _wrong(source, Text("是压缩文件", "is an archive"), _AS_TEXT)
    if head.lower().startswith(_MARKUP):
        raise _wrong(source, Text("是网页或 XML 文件", "is a web page or XML"), _AS_TEXT)


def _workbook(source: Source) -> Exception:
    return _wrong(source, Text("是 Excel 工作簿", "is an Excel workbook"), _AS_CSV)


def _document(source: Source) -> Exception:
    return _wrong(source, Text("是 Word 文档", "is a Word document"), _AS_TEXT)


def _wrong(source: Source, what: Text, do: Text) -> Exception:
    return source.wrong(f"{what.zh}，不是词库：{do.zh}", f"{what.en}, no term list: {do.en}")


def _wide(name: str) -> bytes:
    """A name as compound files hold it."""
    return name.encode("utf-16-le")
