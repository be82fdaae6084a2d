"""The text of a list: UTF-8 or GB 18030, as editors and Excel write it."""

from __future__ import annotations

import codecs

from markscan.termlist.term import Source

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does
    (codecs.BOM_UTF16_LE, "utf-16"),  # what Excel calls Unicode text
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Text in GB 18030 does not begin with so many characters that are UTF-8 by accident.
_NO_ACCIDENT = 8


def decoded(source: Source) -> str:
    """Return the text of `source`; line ends as they are, but "\\n" for those of an old Mac.

    Raises:
        LexiconError: it is neither UTF-8 nor GB 18030, nor UTF-16 with its mark, or holds
            a byte of zero, as no text does.
    """
    text = _decoded(source)
    return text if "\n" in text else text.replace("\r", "\n")


def _decoded(source: Source) -> str:
    content = source.content
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                raise _unreadable(source, error.start, encoding) from None
    if (nul := content.find(0)) >= 0:
        raise source.wrong(
            "不是 UTF-8 或 GB18030 文本，含有空字节；如是 UTF-16 文本，请另存为 UTF-8",
            "is no text in UTF-8 or GB 18030: it holds a zero byte; save UTF-16 as UTF-8",
            content.count(b"\n", 0, nul) + 1,
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    start = content[:first].decode("utf-8")
    if len(start.encode("ascii", "ignore")) + _NO_ACCIDENT <= len(start):
        raise source.wrong(
            "文件是 UTF-8 编码，但这一行有损坏的字节",
            "is in UTF-8, but this line has broken bytes",
            start.count("\n") + 1,
        )
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        raise _unreadable(source, first, "utf-8") from None


def _unreadable(source: Source, offset: int, encoding: str) -> Exception:
    line = source.content[:offset].decode(encoding, "ignore").count("\n") + 1
    return source.wrong(
        "不是 UTF-8 或 GB18030 编码，请另存为 UTF-8",
        "is neither UTF-8 nor GB 18030; save it as UTF-8",
        line,
    )
