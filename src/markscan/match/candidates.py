"""Picks the lines, cells and fields that may be a marking: only those around an anchor.

A marking is a whole line, cell, header, stamp, file-name token or metadata value. The
automaton finds the anchors (level words and the like) in the folded text of the whole
document; only the lines they stand in are parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from markscan.document import Area, Document, Span
from markscan.fold import Folded, fold
from markscan.match.terms import Hits

# Parts are folded in one go, joined by a character that the fold never drops.
BORDER = "\0"
_LINE_ENDS = ("\n", BORDER, "\f", "\v", "\u2028", "\u2029", "\x85")
_LINE_END = re.compile("[" + "".join(_LINE_ENDS) + "]")
SIGN = "㊙"
# No marking is longer than 60 characters; white space around it may be.
_REACH = 160
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line or cell around an anchor.

    `span` is where its stripped text stands in the part. `prose` tells that it is too
    long for a marking, then `text` is only a window around the anchor.
    """

    part: int
    span: Span
    text: str
    prose: bool


@dataclass(frozen=True, slots=True)
class JoinedText:
    """The parts of a document as one text, folded, with the ways back.

    `starts` holds where each part begins in `text`, in code points.
    """

    text: str
    starts: tuple[int, ...]
    folded: Folded

    @classmethod
    def of(cls, document: Document) -> JoinedText:
        """Join and fold the parts of `document`."""
        starts, at = [], 0
        for part in document.parts:
            starts.append(at)
            at += len(part.text) + 1
        text = BORDER.join(part.text for part in document.parts)
        return cls(text, tuple(starts), fold(text))

    def locate(self, start: int, end: int) -> tuple[int, Span]:
        """Return part and span in its text of [start, end) of the joined text."""
        part = bisect_right(self.starts, start) - 1
        base = self.starts[part]
        return part, Span(start - base, end - base)


def candidates(document: Document, joined: JoinedText, anchors: Hits) -> Iterator[Candidate]:
    """Yield each line that holds an anchor once, in reading order."""
    anchored = set(anchors.starts.tolist())
    # Folded it is one character of many words: it is sought as it stands.
    signs = (found.start() for found in re.finditer(SIGN, joined.text))
    done = -1
    for at in sorted(anchored.union(signs)):
        if at < done:
            continue
        part = bisect_right(joined.starts, at) - 1
        start, end, cut = _line(joined.text, at)
        done = max(end, at + 1)
        if document.parts[part].place.area is Area.CELL and not cut:
            # A cell is one candidate, however many lines it has.
            cell = joined.starts[part], joined.starts[part] + len(document.parts[part].text)
            if cell[1] - cell[0] <= LONGEST:
                start, end = cell
                done = end
        yield _candidate(joined, start, end, prose=cut)


def _candidate(joined: JoinedText, start: int, end: int, *, prose: bool) -> Candidate:
    raw = joined.text[start:end]
    text = raw.strip()
    first = start + len(raw) - len(raw.lstrip())
    part, span = joined.locate(first, first + len(text))
    return Candidate(part, span, text, prose or len(text) > LONGEST)


def _line(text: str, at: int) -> tuple[int, int, bool]:
    """The line around `at`, at most _REACH characters to each side, and whether it was cut."""
    low = max(0, at - _REACH)
    start = max(text.rfind(end, low, at) for end in _LINE_ENDS) + 1
    cut = start == 0 and low > 0
    found = _LINE_END.search(text, at, at + _REACH)
    end = found.start() if found else min(len(text), at + _REACH)
    cut = cut or (found is None and end < len(text))
    return (low if start == 0 else start), end, cut


_COLUMN = re.compile(r"\s*\|\s*|\t+|[ \u00a0]{2,}|\u3000{2,}")


def columns(candidate: Candidate) -> Iterator[Candidate]:
    """Yield the columns of a line that tabs or wide gaps divide; nothing if there is one."""
    if len(_COLUMN.findall(candidate.text)) == 0:
        return
    at = 0
    for gap in [*_COLUMN.finditer(candidate.text), None]:
        end = gap.start() if gap else len(candidate.text)
        text = candidate.text[at:end]
        if text:
            start = candidate.span.start + at
            yield Candidate(candidate.part, Span(start, start + len(text)), text, prose=False)
        at = gap.end() if gap else end


_MARKUP = re.compile(r"^[#>*_~\s]+|[#*_~\s]+$")


def without_markup(text: str) -> str:
    """Return a line of Markdown without the signs around it: `**机密★10年**`."""
    return _MARKUP.sub("", text)
