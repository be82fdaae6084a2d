"""Takes apart a file in which several official documents stand one behind the other (一件多文).

Each is judged by itself: its own head, its own day of issue. A document that another one
passes on (转发) stays with it, and so do attachments and the members of a compilation.
"""

from __future__ import annotations

import re
from dataclasses import replace

from markscan.document import Area, Document, Part
from markscan.match.elements import (
    TextLine,
    is_addressee,
    is_issuer,
    of_head,
    own_number,
    text_lines,
    title_end,
)

_HEAD_LINES = 8  # from a heading or number to the title behind it
_MOST = 200  # documents in one file
_ISSUER = re.compile(r".{2,40}[府委厅局部院办会室组司团校所处站党队]文件")
# Minutes (纪要格式, GB/T 9704—2012, 10.3) have a heading and the number of their issue.
_MINUTES = re.compile(r".{2,40}纪要")
_ISSUE = re.compile(r"[（(〔\[]?(?:[12]\d{3}[〕\]年]?)?第?\d{1,4}[号期次][）)]?")
# Titles under which one document holds others: passed on, or compiled.
_TOGETHER = re.compile(r"转发|批转|转办|转报|汇编|选编|文件集|合订本")
_ATTACHMENT = re.compile(r"附件[\d一二三四五六七八九十]{0,3}[:：]?")
_ENDING = re.compile(r"年.+日$|印发$")
_SENTENCE = re.compile(r"。")
# Parts that belong to the file, not to one place in it; they go with the first document.
_OF_FILE = frozenset({Area.PROPERTY, Area.FILENAME, Area.HEADER, Area.FOOTER, Area.COMMENT})


def split(document: Document) -> tuple[Document, ...]:
    """Return the official documents in `document`, in order; itself where it holds one.

    Every part keeps its place; the line numbers of a plain text go on from piece to piece.
    """
    lines = list(text_lines(document))
    starts = _starts(lines)
    if len(starts) < 2:
        return (document,)
    cuts = [(0, 0), *((lines[at].part, lines[at].span.start) for at in starts[1:])]
    ends = [*cuts[1:], (len(document.parts), 0)]
    pieces = [
        _piece(document, cut, end, first=not number)
        for number, (cut, end) in enumerate(zip(cuts, ends, strict=True))
    ]
    if _TOGETHER.search("".join(line.bare for line in lines[:_HEAD_LINES])):
        return (document,)
    return tuple(pieces)


def _starts(lines: list[TextLine]) -> list[int]:
    """Return the lines with which documents begin: only heads behind a finished document."""
    starts: list[int] = []
    said = False  # running text has been seen since the last head
    at = 0
    while at < len(lines) and len(starts) < _MOST:
        title = _head_at(lines, at) if said or not starts else 0
        if title:
            first = _first_of_head(lines, at, starts[-1] if starts else -1)
            if not any(_ATTACHMENT.fullmatch(line.bare) for line in lines[max(0, first - 2) : at]):
                starts.append(first)
                said = False
            at = title
            continue
        said = said or _SENTENCE.search(lines[at].text) is not None
        at += 1
    return starts


def _head_at(lines: list[TextLine], at: int) -> int:
    """Return where the title ends of a head that this line announces; 0 if it does not."""
    line = lines[at]
    if _MINUTES.fullmatch(line.bare):
        for stop in range(at + 1, min(at + 3, len(lines))):
            if _ISSUE.fullmatch(lines[stop].bare):
                return stop + 1
    numbered = own_number(line.text) is not None
    if not numbered and not _ISSUER.fullmatch(line.bare):
        stop = title_end(lines, at)
        return stop if "关于" in line.bare and _addressed(lines, stop) else 0
    for start in range(at + 1, min(at + _HEAD_LINES, len(lines))):
        numbered = numbered or own_number(lines[start].text) is not None
        if stop := title_end(lines, start):
            return stop if numbered or _addressed(lines, stop) else 0
        if _SENTENCE.search(lines[start].text):
            return 0
    return 0


def _addressed(lines: list[TextLine], behind: int) -> bool:
    return 0 < behind < len(lines) and is_addressee(lines[behind])


def _first_of_head(lines: list[TextLine], at: int, after: int) -> int:
    """Return the first line of the head that `at` belongs to: copy number, marking, urgency."""
    while at - 1 > after and (of_head(lines[at - 1]) or is_issuer(lines[at - 1])):
        if _ENDING.search(lines[at - 1].bare):
            break  # the day of issue of the document before
        at -= 1
    return at


def _piece(
    document: Document, cut: tuple[int, int], end: tuple[int, int], *, first: bool
) -> Document:
    parts: list[Part] = []
    for index, part in enumerate(document.parts):
        if part.place.area in _OF_FILE:
            if first:
                parts.append(part)
            continue
        start = cut[1] if index == cut[0] else 0
        stop = end[1] if index == end[0] else len(part.text)
        inside = cut[0] <= index <= end[0] and start < stop
        if inside:
            parts.append(_cut(document, part, start, stop))
    return replace(document, parts=tuple(parts))


def _cut(document: Document, part: Part, start: int, stop: int) -> Part:
    if (start, stop) == (0, len(part.text)):
        return part
    place = part.place
    if document.format == "text":
        place = place._replace(line=(place.line or 1) + part.text.count("\n", 0, start))
    return part._replace(text=part.text[start:stop], place=place)
