"""Finds where titles and document numbers of registered documents stand (标题、发文字号)."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from markscan.document import Area, Document
from markscan.fingerprint import HanText
from markscan.fingerprint.surprisal import surprisals
from markscan.match.candidates import JoinedText
from markscan.register.names import SHORTEST, Names
from markscan.register.wordings import TELLING

_NAMED = re.compile(
    r"《([^《》\0]{4,90})》|〈([^〈〉\0]{4,90})〉|“([^“”\0]{8,90})”|「([^「」\0]{8,90})」"
    r"|『([^『』\0]{8,90})』"
)
# 附件1, 转发：, Re: before a title.
_LEAD = re.compile(
    r"(?:(?:附件?[\d一二三四五六七八九十]{0,3}|转发|答复|回复|re|fwd?|主题)\s{0,4}[:：.、]\s{0,4}){1,3}",
    re.IGNORECASE,
)
_APART = re.compile(r"[\0。！？；]")  # no title goes on behind it
_WIDE = 3  # characters for each ideograph of a title, at most
_TITLE_LINE = 60  # characters of a line that may be a title
# What stands around the title in a file's name: 【机密】…（定稿）, 03-…副本(1).
_BEFORE = re.compile(r"[【\[（(][^】\]）)]{0,20}[】\]）)]|\d{1,8}[.、_\- ]")
_BEHIND = re.compile(
    r"(?:[（(【\[][^（）()【】\[\]]{0,20}[）)】\]]|(?:副本|复印件|扫描件|草稿|定稿|终稿|v?\d{1,8}))$",
    re.IGNORECASE,
)
_DRESSES = 4  # such things on either side


# Entry, what of it is cited, and where in the joined text, half-open in code points.
Citation = tuple[int, Literal["title", "number"], int, int]


def named(names: Names, document: Document, joined: JoinedText) -> Iterator[Citation]:
    """Yield the number of an entry, what of it is cited, and where in the joined text.

    Args:
        names: of the registered documents.
        document: what `joined` was joined from.
        joined: its text.
    """
    folded = joined.folded
    yield from dict.fromkeys((*_numbers(names, joined), *_in_file_names(names, document, joined)))
    spans = np.array(list(_title_candidates(document, joined)), np.intp).reshape(-1, 2)
    within = np.searchsorted(folded.origin, spans)
    for (start, end), (first, last) in zip(spans.tolist(), within.tolist(), strict=True):
        if last - first < SHORTEST:
            continue
        for entry in names.titled(folded.text[first:last]):
            yield entry, "title", start, end


def _numbers(names: Names, joined: JoinedText) -> Iterator[Citation]:
    """Yield the numbers that stand anywhere in the text, written as numbers are."""
    folded = joined.folded
    if "号" in joined.text or "號" in joined.text:
        for entry, start, end in names.numbered(folded.text):
            yield entry, "number", int(folded.origin[start]), int(folded.origin[end - 1]) + 1


def _in_file_names(names: Names, document: Document, joined: JoinedText) -> Iterator[Citation]:
    """Yield the numbers that stand in the names of files, as people write them there."""
    folded = joined.folded
    for part, start in zip(document.parts, joined.starts, strict=True):
        if part.place.area is not Area.FILENAME:
            continue
        stem = part.text.rpartition(".")[0] or part.text
        first, last = np.searchsorted(folded.origin, (start, start + len(stem))).tolist()
        for entry, begin, end in names.numbered(folded.text[first:last], file_name=True):
            begin, end = first + begin, first + end
            yield entry, "number", int(folded.origin[begin]), int(folded.origin[end - 1]) + 1


def in_prose(
    names: Names, joined: JoinedText, text: HanText, known: Sequence[Citation]
) -> Iterator[Citation]:
    """Yield where else titles stand, anywhere in `text`, the ideographs of `joined`.

    Up to two characters may be changed, but no letter, digit or numeral: they tell one year's
    notice from the next. What is proven must be improbable in public text. What is `known`
    by its own line or its quotation marks is not told again.
    """
    found = names.titles.find(text.units)
    if not found:
        return
    columns = np.array([(each.start, each.end) for each in found], np.int64)
    bits = surprisals(text.units, columns[:, 0], columns[:, 1])
    taken = _Taken(known)
    folded = joined.folded
    for each, rate in zip(found, bits.tolist(), strict=True):
        first, last = int(text.origin[each.start]), int(text.origin[each.end - 1]) + 1
        if rate * each.covered < TELLING or last - first > _WIDE * (each.end - each.start):
            continue
        within = np.searchsorted(folded.origin, (first, last))
        written = folded.text[within[0] : within[1]]
        if _APART.search(written) or names.titles.check(written) != each.check:
            continue
        if taken.take(each.entry, first, last):
            yield each.entry, "title", first, last


class _Taken:
    """Where titles are told already, by entry."""

    def __init__(self, known: Sequence[Citation]) -> None:
        self._ends: dict[int, list[tuple[int, int]]] = {}
        for entry, kind, start, end in known:
            if kind == "title":
                insort(self._ends.setdefault(entry, []), (end, start))

    def take(self, entry: int, start: int, end: int) -> bool:
        """Whether nothing is told there of `entry`; from now on it is."""
        ends = self._ends.setdefault(entry, [])
        at = bisect_right(ends, (start, end))
        if at < len(ends) and ends[at][1] < end:
            return False
        ends.insert(at, (end, start))
        return True


def _title_candidates(document: Document, joined: JoinedText) -> Iterator[tuple[int, int]]:
    """Yield what may be a title: 《…》, a line of its own or two, a file's name, a property."""
    for found in _NAMED.finditer(joined.text):
        yield found.span(found.lastindex or 0)
    before = (0, 0)  # the line before, which a title may begin on
    for part, start in zip(document.parts, joined.starts, strict=True):
        if part.place.area in (Area.FILENAME, Area.PROPERTY):
            stem = part.text
            if part.place.area is Area.FILENAME:
                stem = stem.rpartition(".")[0] or stem
            yield start, start + len(stem)
            if dressed := _LEAD.match(stem):
                yield start + dressed.end(), start + len(stem)
            core, skipped = _undressed(stem)
            yield start + skipped, start + skipped + len(core)
            continue
        at = start
        for line in part.text.splitlines(keepends=True):
            bare = line.strip()
            if 1 < len(bare) <= _TITLE_LINE and "。" not in bare:
                lead = at + line.index(bare[0])
                here = (lead, lead + len(bare))
                yield here
                if dressed := _LEAD.match(bare):
                    yield lead + dressed.end(), here[1]
                if before[1] and here[1] - before[0] <= 2 * _TITLE_LINE:
                    yield before[0], here[1]
                before = here
            elif bare:
                before = (0, 0)
            at += len(line)


def _undressed(stem: str) -> tuple[str, int]:
    """Return a file's name without what stands around the title, and how much stood before."""
    core, skipped = stem, 0
    for _ in range(_DRESSES):
        if found := _BEFORE.match(core):
            core, skipped = core[found.end() :], skipped + found.end()
        if found := _BEHIND.search(core):
            core = core[: found.start()].rstrip(" _-")
    return core, skipped
