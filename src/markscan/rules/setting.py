"""Where on its page the marking at the head of a draft is set, and in what fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markscan.document import Area, Box, Layout, Line, Page, Place, Run
from markscan.finding import Element, Evidence, MarkingEvidence
from markscan.match.typearea import type_area
from markscan.match.zones import is_level_field, label_beside
from markscan.rules.agreement import agreement
from markscan.rules.beside import attached_from, starts
from markscan.rules.rule import Case

_BLANK = re.compile(r"\s+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_RED = re.compile(r"#[c-f][0-9a-f][0-5][0-9a-f][0-5][0-9a-f]")
_TOP_THIRD = 1 / 3


@dataclass(frozen=True, slots=True)
class Setting:
    """A line of the layout that holds a piece of evidence.

    `area` is the type area of its page (版心), None where it is not known.
    """

    line: Line
    page: Page
    area: Box | None

    @property
    def from_left(self) -> float | None:
        """How far right of the type area's left edge it begins, in points."""
        return None if self.area is None else self.line.box.left - self.area.left

    @property
    def from_right(self) -> float | None:
        """How far left of the type area's right edge it ends, in points."""
        return None if self.area is None else self.area.right - self.line.box.right

    @property
    def on_the_right(self) -> bool:
        """Whether it begins in the right half of the page."""
        return self.line.box.left > self.page.width / 2

    def runs_with(self, text: str) -> list[Run]:
        """Return the runs of the line that hold Han characters of `text`."""
        return [run for run in self.line.runs if set(_HAN.findall(run.text)) & set(text)]


def head_marking(case: Case) -> MarkingEvidence | None:
    """Return the marking at the head of an official document; None where there is none to set.

    A labelled cell of a form or cover sheet is no head (标志 art. 3), nor is a telegram's or
    an attachment's.
    """
    found = agreement(case)
    if found is None or not case.elements().official or case.elements().telegram:
        return None
    head = found.head
    if starts(head) >= attached_from(case):
        return None
    labelled = "label" in head.marking.defects or is_level_field(
        _BLANK.sub("", label_beside(case.document, head.part))
    )
    return None if labelled or head.place.area is Area.IMAGE else head


def setting(case: Case, seen: Evidence) -> Setting | None:
    """Return how the line of `seen` is set; None where that is not known."""
    layout = case.layout()
    if layout is None:
        return None
    text = _BLANK.sub("", case.text(seen))
    place = case.document.parts[seen.part].place
    for line in layout.lines:
        same_label = not line.place.label or line.place.label == place.label
        same_page = place.page is None or line.place.page == place.page
        here = place.box is None or _level_with(line.box, place.box)
        if same_label and same_page and here and text in _BLANK.sub("", line.text):
            page = next((p for p in layout.pages if p.number == line.place.page), None)
            if page is not None:
                return Setting(line, page, type_area(layout, page.number))
    return None


def _level_with(one: Box, other: Box) -> bool:
    """Whether two boxes stand at the same height."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0


def blanks_before(case: Case, seen: Evidence) -> str:
    """Return the blanks by which a line of plain text sets `seen` off; empty if there is text."""
    text = case.document.parts[seen.part].text
    before = text[text.rfind("\n", 0, seen.span.start) + 1 : seen.span.start]
    return "" if before.strip() else before


def letter_line(layout: Layout | None) -> Box | None:
    """Return the first red double line of a letter (信函格式, GB/T 9704—2012, 10.1).

    None where page one has none in its upper third.
    """
    if layout is None or not layout.pages:
        return None
    page = layout.pages[0]
    for stroke in layout.strokes:
        red = stroke.double and _RED.fullmatch(stroke.colour) is not None
        wide = stroke.box.right - stroke.box.left > page.width / 2
        high = stroke.page == page.number and stroke.box.top < _TOP_THIRD * page.height
        if red and wide and high:
            return stroke.box
    return None


def above(case: Case, head: MarkingEvidence, *elements: Element) -> bool:
    """Return whether one of these elements of the draft stands above its marking."""
    return any(
        each.element in elements and _higher(each.place, head.place, starts(each) < starts(head))
        for each in case.draft().elements.found
    )


def _higher(one: Place, other: Place, before: bool) -> bool:
    """Whether one place is above the other: by boxes on one page, else by the order of text."""
    if one.box is None or other.box is None or one.page != other.page:
        return before
    return one.box.bottom <= other.box.top
