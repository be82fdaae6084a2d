"""Tells a marking that heads a document among others from one in a list of examples.

A compilation holds documents one behind the other, each with its own marking (标志 1990 art. 8);
a text about markings holds examples. Both have several markings close together, and only the
first have the head of a document behind each of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from markscan.document import Area, Document
from markscan.match.compilation import compilation_title
from markscan.match.elements import TextLine, text_lines, title_end
from markscan.match.reading import Parsed

_CROWD = 3  # different markings this near to each other are a list of examples
_CROWD_LINES = 400  # characters
_HEAD = 7  # lines behind a marking in which the head of its document stands
_NUMBER = re.compile(r"[^\s×XxＸ〇○]{2,12}[〔\[［(（](?:19|20)\d{2}[〕\]］)）]\s?\d{1,5}号")


class Headed:
    """The markings of one document, and what stands behind each of them."""

    def __init__(self, document: Document, parsed: Sequence[Parsed]) -> None:
        self._document = document
        self._parsed = parsed

    def numbered(self, one: Parsed) -> bool:
        """Return whether the head of a document with a number (发文字号) follows."""
        return any(_NUMBER.fullmatch(line.bare) for line in self._behind(one))

    def crowded(self, running: frozenset[Area]) -> set[int]:
        """Return the indices of those among several different state markings close together.

        Only of those in the areas `running`: what a header, a property or the file name says is
        no example in a list. In a compilation, those that head a member or the cover are none.
        """
        state = [
            (index, one)
            for index, one in enumerate(self._parsed)
            if one.marking.scheme == "cn-state"
            and self._document.parts[one.candidate.part].place.area in running
        ]
        found = set()
        for at, (index, one) in enumerate(state):
            near = {
                (other.marking.level, other.marking.period_code)
                for _, other in state[max(0, at - 4) : at + 5]
                if _distance(other, one) < _CROWD_LINES
            }
            if len(near) >= _CROWD and not self._bears_member(one):
                found.add(index)
        return found

    def _bears_member(self, one: Parsed) -> bool:
        title = self._cover
        if title is None:
            return False
        behind = self._behind(one)
        return any(
            line == title or title_end(behind, at) or _NUMBER.fullmatch(line.bare)
            for at, line in enumerate(behind)
        )

    @cached_property
    def _cover(self) -> TextLine | None:
        return compilation_title(self._document)

    @cached_property
    def _lines(self) -> list[TextLine]:
        return list(text_lines(self._document))

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        return [(line.part, line.span.end) for line in self._lines]

    @cached_property
    def _marked(self) -> set[tuple[int, int]]:
        """Part and end of the lines on which markings stand."""
        return {self._line_of(one) for one in self._parsed if one.marking.scheme == "cn-state"}

    def _line_of(self, one: Parsed) -> tuple[int, int]:
        at = bisect_right(self._ends, (one.candidate.part, one.candidate.span.start))
        return self._ends[at] if at < len(self._ends) else (len(self._document.parts), 0)

    def _behind(self, one: Parsed) -> list[TextLine]:
        """Return the lines behind the marking up to the next marking."""
        at = bisect_right(self._ends, (one.candidate.part, one.candidate.span.start)) + 1
        behind: list[TextLine] = []
        for line in self._lines[at : at + _HEAD]:
            if (line.part, line.span.end) in self._marked:
                break
            behind.append(line)
        return behind


def _distance(a: Parsed, b: Parsed) -> int:
    """How far apart two candidates stand, in characters; a part counts for 40."""
    if a.candidate.part == b.candidate.part:
        return abs(a.candidate.span.start - b.candidate.span.start)
    return 40 * abs(a.candidate.part - b.candidate.part)
