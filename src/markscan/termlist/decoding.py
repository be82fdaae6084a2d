"""The text of a list: UTF-8 or GB 18030, as editors and Excel write it."""

from __future__ import annotations

import codecs

from markscan.termlist.term import Source

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),  # what Excel calls Unicode text
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(source: Source) -> str:
    """Return the text of `source`, line ends as they are.

    Raises:
        LexiconError: it is neither UTF-8 nor GB 18030, nor UTF-16 with its mark.
    """
    content = source.content
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise _unreadable(source, error.start) from None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        raise _unreadable(source, first) from None


def _unreadable(source: Source, offset: int) -> Exception:
    line = source.content.count(b"\n", 0, offset) + 1
    return source.wrong("不是 UTF-8 或 GB18030 编码", "is neither UTF-8 nor GB 18030", line)
