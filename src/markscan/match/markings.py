"""Decides for each candidate whether it is a marking, and what it is doing there.

The grammar reads the string; the zone and the kind of text decide whether it counts.
A full state marking (★ and a period that can be read) counts wherever it stands on its
own; anything less counts only where an office marks (law-and-rules, 3.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markscan.document import Area, Document, Place, Span
from markscan.finding import MarkingEvidence, Role, Zone
from markscan.marking import Condition, Marking, Unusable
from markscan.match.candidates import Candidate, columns, without_markup
from markscan.match.context import Context
from markscan.match.grammar import parse, parse_filename
from markscan.match.zones import Zones, column_is_ledger, is_level_field, label_beside

# A string of the form of a marking inside a sentence: a mention.
_MENTION = re.compile(r"[绝絕机機秘祕]\s?密[级級]?\s?[★☆]")
_EXAM_EVENT = re.compile("启用|考试|试卷|试题|开考|成绩")
# A line that announces an example of a marking.
_INTRODUCTION = re.compile(
    r"(?:例如|示例|样例|举例|如下|标注为|标为|写作|写成|写法|形式为|格式为)[^\n。]{0,8}[:：]?$"
)
_DEMOTED = {Zone.STRONG: Zone.LINE, Zone.WEAK: Zone.PROSE, Zone.LINE: Zone.PROSE}
# Faults that leave a state marking less than full.
_LESS = frozenset({"nostar", "star-glyph", "typo", "order", "multi"})
# Schemes that say what a file is wherever they stand on a line of their own.
_NOTES = frozenset({"openness", "scope", "lifecycle"})
_CROWD = 3  # different markings this near to each other are a list of examples
_CROWD_LINES = 400  # characters


@dataclass(frozen=True, slots=True)
class Parsed:
    """A candidate that the grammar reads."""

    candidate: Candidate
    marking: Marking
    labelled: bool  # stands beside a cell that says 密级, or in a field of that name


def parsed_candidates(document: Document, found: Iterable[Candidate]) -> Iterator[Parsed | None]:
    """Yield what the grammar reads; None for each mention inside a sentence."""
    for candidate in found:
        if candidate.prose:
            if _MENTION.search(candidate.text):
                yield None
            continue
        read = list(_read(document, candidate))
        yield from read
        if not read and _MENTION.search(candidate.text):
            yield None


def _read(document: Document, candidate: Candidate) -> Iterator[Parsed]:
    part = document.parts[candidate.part]
    if part.place.area is Area.FILENAME:
        if marking := parse_filename(candidate.text):
            yield Parsed(candidate, marking, labelled=False)
        return
    label = part.place.label if part.place.area is Area.PROPERTY else ""
    label = label or label_beside(document, candidate.part)
    if label and is_level_field(label) and len(label) <= 12:
        marking = parse(candidate.text) or parse(f"密级：{candidate.text}")
        if marking:
            yield Parsed(candidate, marking, labelled=True)
        return
    text = candidate.text
    if marking := parse(text) or parse(without_markup(text)):
        yield Parsed(candidate, marking, labelled="label" in marking.defects)
        return
    for column in columns(candidate):
        if (marking := parse(column.text)) and _full(marking):
            yield Parsed(column, marking, labelled=False)


def marking_evidence(
    document: Document, context: Context, read: list[Parsed]
) -> Iterator[MarkingEvidence]:
    """Yield the markings among `read` that count, each with zone and role."""
    zones = Zones(document)
    levels = [p.candidate.part for p in read if _is_cell(document, p)]
    crowd = _crowded(read)
    for parsed in read:
        zone = zones.zone(parsed.candidate)
        if parsed.labelled and zone is Zone.LINE:
            zone = Zone.STRONG
        in_crowd = parsed in crowd and zone is not Zone.STRONG
        if (context.about_markings and not _is_field(document, parsed)) or in_crowd:
            zone = _DEMOTED.get(zone, zone)
        if _introduced(document, parsed.candidate):
            zone = Zone.PROSE
        role = _role(parsed.marking, zone, context)
        if role is None:
            continue
        unlabelled = _is_cell(document, parsed) and not parsed.labelled
        if unlabelled and column_is_ledger(document, parsed.candidate.part, levels):
            role = Role.REFERENCE
        yield _evidence(document, parsed, zone, role)


def _role(marking: Marking, zone: Zone, context: Context) -> Role | None:
    """What the marking does in this zone; None where it only speaks about markings."""
    if marking.scheme != "cn-state":
        return _other_role(marking, zone)
    if zone is Zone.PROSE:
        return None
    if "placeholder" in marking.defects or (
        marking.level is None and "multi" not in marking.defects
    ):
        return None if context.template or context.about_markings else Role.TEMPLATE
    if zone is not Zone.STRONG and not _full(marking):
        return None
    if zone is Zone.STRONG and _bare(marking) and not context.official:
        return None
    if _of_exam(marking, context):
        return Role.EXAM
    return Role.TEMPLATE if context.template else Role.MARKING


def _other_role(marking: Marking, zone: Zone) -> Role | None:
    if marking.scheme in _NOTES or marking.scheme == "checkbox":
        return Role.MARKING if zone is not Zone.PROSE else None
    if zone is Zone.STRONG or (zone is Zone.WEAK and marking.scheme != "docno"):
        return Role.MARKING
    return Role.MARKING if zone is Zone.LINE and marking.period is not None else None


def _of_exam(marking: Marking, context: Context) -> bool:
    """Return whether it is the marking of an examination paper, by its words or the text's."""
    match marking.period:
        case Condition(event):
            return context.exam or _EXAM_EVENT.search(event) is not None
        case None:
            return context.exam
        case _:
            return False


def _full(marking: Marking) -> bool:
    """Return whether level and ★ stand in order and nothing unreadable follows them."""
    unusable = isinstance(marking.period, Unusable) and "bad-date" not in marking.defects
    return marking.scheme == "cn-state" and not _LESS & set(marking.defects) and not unusable


def _bare(marking: Marking) -> bool:
    """Return whether it is a level word and nothing else."""
    return marking.period is None and set(marking.defects) <= {
        "nostar", "no-period", "space", "trad", "zw", "ruby", "glyph", "suffix",
    }  # fmt: skip


def _introduced(document: Document, candidate: Candidate) -> bool:
    """Return whether the line before announces an example: 标注示例："""
    text = document.parts[candidate.part].text[: candidate.span.start].rstrip()
    if not text and candidate.part and document.parts[candidate.part].place.area is Area.BODY:
        before = document.parts[candidate.part - 1]
        text = before.text.rstrip() if before.place.area is Area.BODY else ""
    return _INTRODUCTION.search(text[-40:]) is not None


def _is_cell(document: Document, parsed: Parsed) -> bool:
    return document.parts[parsed.candidate.part].place.area is Area.CELL


def _is_field(document: Document, parsed: Parsed) -> bool:
    place = document.parts[parsed.candidate.part].place
    return place.area is Area.PROPERTY and is_level_field(place.label)


def _crowded(read: list[Parsed]) -> list[Parsed]:
    """Those that stand among several different state markings of one part or one page."""
    state = [p for p in read if p.marking.scheme == "cn-state"]
    crowd = []
    for index, parsed in enumerate(state):
        near = {
            (p.marking.level, p.marking.period_code)
            for p in state[max(0, index - 4) : index + 5]
            if _distance(p, parsed) < _CROWD_LINES
        }
        if len(near) >= _CROWD:
            crowd.append(parsed)
    return crowd


def _distance(a: Parsed, b: Parsed) -> int:
    """How far apart two candidates stand, in characters; a part counts for 40."""
    if a.candidate.part == b.candidate.part:
        return abs(a.candidate.span.start - b.candidate.span.start)
    return 40 * abs(a.candidate.part - b.candidate.part)


def _evidence(document: Document, parsed: Parsed, zone: Zone, role: Role) -> MarkingEvidence:
    candidate, marking = parsed.candidate, parsed.marking
    place: Place = document.parts[candidate.part].place
    if parsed.labelled and place.area in {Area.CELL, Area.PROPERTY} and "label" in marking.defects:
        # The label is the cell or field beside it: a form may label its fields.
        marking = replace(marking, defects=tuple(d for d in marking.defects if d != "label"))
    return MarkingEvidence(
        part=candidate.part,
        span=Span(candidate.span.start, candidate.span.end),
        marking=marking,
        place=document.place_of(candidate.part, candidate.span.start),
        zone=zone,
        role=role,
    )
