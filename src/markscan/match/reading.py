"""Reads a candidate with what stands around it: its label, its period, the next line.

A form splits a marking over cells and fields (密级 | 机密 | 保密期限 | 5年), a typist over
two lines, a stamp names the marking that took the place of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markscan.document import Area, Document, Span
from markscan.marking import Marking
from markscan.match.candidates import Candidate, columns, without_markup
from markscan.match.grammar import parse, parse_filename
from markscan.match.zones import is_level_field, label_beside

_STATE_LEVELS = {"juemi": "绝密", "jimi": "机密", "mimi": "秘密"}
_WRAPPED = frozenset({"日", "月", "年", "1日", "0日"})
_OTHER = frozenset({"cn-work", "cn-internal", "cn-commercial"})
_RUNNING = frozenset({Area.HEADER, Area.FOOTER})
_PAGE_NUMBER = re.compile(r"^\s*[—–-]?\s*\d{1,4}\s*[—–-]\s*|\s*[—–-]\s*\d{1,4}\s*[—–-]?\s*$")
_BLANK = re.compile(r"\s+")
_PERIOD_FIELD = re.compile(r"(?:保密)?期限[:：]?")
_LONGEST_LABEL = 12
_REACH = 200  # characters behind a line in which the next one begins
_CELLS_AHEAD = 6  # where the period of a form may stand behind its level
# What a stamp of change says is now in force (标志 art. 7).
_CHANGED_TO = re.compile(r"(?:变更|调整|更改|修改|改)为(.+?)[)）\]】〕]?$")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A candidate that the grammar reads.

    `labelled` tells that it stands beside a cell that says 密级, or in a field of that name.
    """

    candidate: Candidate
    marking: Marking
    labelled: bool


def read(document: Document, candidate: Candidate) -> Iterator[Parsed]:
    """Yield what `candidate` says as markings, usually one or none."""
    part = document.parts[candidate.part]
    if part.place.area is Area.FILENAME:
        if marking := parse_filename(candidate.text):
            yield Parsed(candidate, marking, labelled=False)
        return
    if _level_label(document, candidate):
        yield from _field(document, candidate)
        return
    if part.place.area is Area.CELL and "\n" in candidate.text:
        lines = list(_lines_of(candidate))
        if _apart(parse(candidate.text), [parse(line.text) for line in lines]):
            for line in lines:
                yield from read(document, line)
            return
    marking = _whole(document, candidate)
    if marking is None or marking.scheme == "docno":
        beside = list(_columns(candidate))
        if marking is None or beside:
            yield from beside
            return
    labelled = "label" in marking.defects
    yield Parsed(candidate, marking, labelled)
    if (current := _in_force(candidate.text, marking)) is not None:
        yield Parsed(candidate, current, labelled=labelled or marking.scheme == "checkbox")


def _apart(together: Marking | None, lines: list[Marking | None]) -> bool:
    """Whether the lines of a cell are to be read one by one: the marking is one of them."""
    state = [each for each in lines if each is not None and each.scheme == "cn-state"]
    if together is None or any(each.period is not None for each in state):
        return True
    return bool(state) and together.period is None


def _lines_of(candidate: Candidate) -> Iterator[Candidate]:
    """Yield the lines of a cell as candidates of their own."""
    for found in re.finditer(r"[^\n]+", candidate.text):
        text = found[0].strip()
        start = candidate.span.start + found.start() + found[0].index(text)
        yield Candidate(candidate.part, Span(start, start + len(text)), text, prose=False)


def _level_label(document: Document, candidate: Candidate) -> bool:
    """Whether a cell or property of this candidate is named as one that holds a level."""
    place = document.parts[candidate.part].place
    label = place.label if place.area is Area.PROPERTY else label_beside(document, candidate.part)
    label = _BLANK.sub("", label)
    return 0 < len(label) <= _LONGEST_LABEL and is_level_field(label)


def _field(document: Document, candidate: Candidate) -> Iterator[Parsed]:
    period = _period_ahead(document, candidate.part)
    marking = parse(candidate.text)
    if period and (marking is None or marking.period is None):
        marking = parse(f"密级：{candidate.text}保密期限：{period}") or marking
    marking = marking or parse(f"密级：{candidate.text}")
    if marking is not None:
        yield Parsed(candidate, marking, labelled=True)


def _period_ahead(document: Document, part: int) -> str:
    """The value of the period field in the next cells of a form; empty if there is none."""
    cells = document.parts[part + 1 : part + 1 + _CELLS_AHEAD]
    for cell, after in pairwise(cells):
        if cell.place.area is not Area.CELL or after.place.area is not Area.CELL:
            return ""
        if _PERIOD_FIELD.fullmatch(_BLANK.sub("", cell.text)) and cell.row == after.row:
            return after.text.strip()
    return ""


def _whole(document: Document, candidate: Candidate) -> Marking | None:
    """The marking of the whole line; of two lines, where the first breaks off."""
    text = candidate.text
    if text.startswith(("|", "《", "「", "『")):
        return None  # a row of a table, a title
    marking = parse(text)
    if marking is None and text.startswith(("#", "*", "_", ">")):
        marking = parse(without_markup(text))
    place = document.parts[candidate.part].place
    if marking is None and (place.area in _RUNNING or place.box is not None):
        marking = parse(_PAGE_NUMBER.sub("", text))
    if marking is not None and marking.scheme == "cn-state" and marking.period is None:
        following = _next_line(document, candidate)
        joined = parse(text + following) if following else None
        if joined is not None and joined.scheme == "cn-state" and joined.period is not None:
            return joined
    if marking is not None and "date-form" in marking.defects:
        following = _following(document, candidate)
        wrapped = parse(text + following) if following in _WRAPPED else None
        return wrapped or marking  # 秘密★2030年12月31 | 日, broken by a narrow box
    return marking


def _next_line(document: Document, candidate: Candidate) -> str:
    """The next line, if a period may stand in it: it begins with ★ or ends the marking."""
    line = _following(document, candidate)
    open_end = candidate.text.endswith(("★", "☆"))
    return line if len(line) <= 20 and (open_end or line.startswith(("★", "☆"))) else ""


def _following(document: Document, candidate: Candidate) -> str:
    """The line behind a candidate, in the same part or the next one of its page."""
    part = document.parts[candidate.part]
    ahead = slice(candidate.span.end, candidate.span.end + _REACH)
    rest = part.text[ahead].lstrip(" \t\u3000").removeprefix("\n")
    if not rest and candidate.part + 1 < len(document.parts):
        after = document.parts[candidate.part + 1]
        same = after.place.area is part.place.area and after.place.page == part.place.page
        rest = after.text[:_REACH] if same else ""
    return rest.split("\n", 1)[0].strip()


def _columns(candidate: Candidate) -> Iterator[Parsed]:
    """The fields of a line that holds several: 密级：机密  保密期限：10年  缓急：特急.

    In a letter the number stands on the right of the line of the marking.
    """
    found = list(columns(candidate))
    numbered = any(_is_number(column.text) for column in found)
    for index, column in enumerate(found):
        marking = parse(column.text)
        if marking is None:
            continue
        after = found[index + 1].text if index + 1 < len(found) else ""
        if marking.period is None and _PERIOD_FIELD.match(after):
            marking = parse(f"{column.text} {after}") or marking
        labelled = "label" in marking.defects
        starred = marking.scheme == "cn-state" and "nostar" not in marking.defects
        ended = marking.scheme in _OTHER and marking.period is not None
        beside_number = marking.scheme == "cn-state" and numbered
        if labelled or starred or ended or beside_number:
            yield Parsed(column, marking, labelled)


def _is_number(text: str) -> bool:
    marking = parse(text)
    return marking is not None and marking.scheme == "docno"


def _in_force(text: str, marking: Marking) -> Marking | None:
    """The state marking that a stamp of change or a ticked box puts in force."""
    if marking.scheme == "checkbox" and marking.level in _STATE_LEVELS:
        right = f"{_STATE_LEVELS[marking.level]}★?"
        return Marking("cn-state", marking.level, None, right, ("nostar", "no-period"))
    if marking.scheme == "lifecycle" and (changed := _CHANGED_TO.search(text)):
        current = parse(changed[1])
        return current if current is not None and current.scheme == "cn-state" else None
    return None
