"""Finds the draft itself in its file: behind the form and the cover that may stand before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from markscan.decision import Decision
from markscan.document import Document, Span
from markscan.finding import Element, ElementEvidence, Evidence
from markscan.match.compilation import compilation_title
from markscan.match.elements import (
    Elements,
    TextLine,
    find_elements,
    of_head,
    text_lines,
    title_end,
)
from markscan.match.margins import in_margins

_DATED = re.compile(r"(?:\d{4}|[一二][〇○零Oo0].{2})年")
_HEAD = 60  # lines in which the head of a paper ends, were there a cover before it


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft itself, without the form and the cover that stand before it in its file.

    `document` is that of the case with those and the lines in the margins blanked: parts and
    offsets are the same. `margins` are the parts in the margins, by index.
    """

    document: Document
    elements: Elements
    margins: frozenset[int] = frozenset()

    def lines(self) -> Iterator[TextLine]:
        """Yield its lines with text, in reading order."""
        return text_lines(self.document)

    def holds(self, seen: Evidence) -> bool:
        """Return whether `seen` stands in the draft itself, not on its cover or form."""
        return bool(seen.span.cut(self.document.parts[seen.part].text).strip())

    def first(self, element: Element) -> ElementEvidence | None:
        """Return its first element of this kind; None if there is none."""
        return self.elements.first(element)

    @property
    def title_at(self) -> tuple[int, int]:
        """Part and offset of its title; its end where none is recognised."""
        title = self.first(Element.TITLE)
        return (title.part, title.span.start) if title else (len(self.document.parts), 0)


def find_draft(document: Document, elements: Elements, decision: Decision | None) -> Draft:
    """Return the draft in `document`, whose elements and whose form are given."""
    margins = in_margins(document)
    aside = [(n, Span(0, len(document.parts[n].text))) for n in sorted(margins)]
    if decision is not None:
        aside += decision.taken
    if aside:
        document = _blanked(document, aside)
        elements = find_elements(document)
    cover = _cover_end(document, elements)
    if cover is not None:
        part, offset = cover
        before = [(n, Span(0, len(document.parts[n].text))) for n in range(part)]
        document = _blanked(document, [*before, (part, Span(0, offset))])
        elements = find_elements(document)
    return Draft(document, elements, margins)


def _blanked(document: Document, stretches: Iterable[tuple[int, Span]]) -> Document:
    """Return the document with blanks in these stretches, line ends kept."""
    parts = list(document.parts)
    for index, span in stretches:
        text = parts[index].text
        gap = "".join("\n" if each == "\n" else " " for each in span.cut(text))
        parts[index] = parts[index]._replace(text=text[: span.start] + gap + text[span.end :])
    return replace(document, parts=tuple(parts))


def _cover_end(document: Document, found: Elements) -> tuple[int, int] | None:
    """Part and offset at which the head behind a cover begins; None without a cover.

    A cover has a title and short lines; behind it come a head and a title, mostly the same.
    """
    first = found.first(Element.TITLE)
    if first is None:
        return None
    lines = list(islice(text_lines(document), _HEAD))
    at = next((n for n, each in enumerate(lines) if _same_place(each, first)), len(lines))
    stop, title = title_end(lines, at), _joined(lines, at)
    compiled = compilation_title(document) is not None  # then the next title is a member's
    head: TextLine | None = None
    for n in range(stop, len(lines)):
        following = _joined(lines, n)
        other = following and not compiled and not _running(lines[stop:n])
        if head is not None and (following == title or other):
            return head.part, head.span.start
        if head is None and of_head(lines[n]) and not _DATED.match(lines[n].bare):
            head = lines[n]
    return None


def _running(lines: list[TextLine]) -> bool:
    return any("。" in line.text or line.bare.endswith(("：", ":")) for line in lines)


def _same_place(line: TextLine, seen: Evidence) -> bool:
    return line.part == seen.part and line.span.start == seen.span.start


def _joined(lines: list[TextLine], start: int) -> str:
    stop = title_end(lines, start)
    return "".join(line.bare for line in lines[start:stop]) if stop else ""
