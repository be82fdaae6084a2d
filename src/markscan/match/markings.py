"""Decides for each candidate whether it is a marking, and what it is doing there.

The grammar reads the string; the zone and the kind of text decide whether it counts.
A full state marking (★ and a period that can be read) counts wherever it stands on its
own; anything less counts only where an office marks (law-and-rules, 3.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from markscan.classify.shipped import Shipped
from markscan.document import Area, Document
from markscan.finding import MarkingEvidence, Role, Zone
from markscan.marking import Condition, EndDate, Marking, Unusable
from markscan.match.candidates import Candidate
from markscan.match.context import Context
from markscan.match.elements import text_lines, title_end
from markscan.match.headed import Headed
from markscan.match.ledgers import Ledgers
from markscan.match.lines import Lines
from markscan.match.reading import Parsed, read
from markscan.match.weak_cases import WeakCases
from markscan.match.zones import Zones, is_level_field, starts_text

if TYPE_CHECKING:
    from markscan.classify.occurrence import OccurrenceModel

# A string of the form of a marking inside a sentence: a mention.
_MENTION = re.compile(r"[绝絕机機秘祕]\s?密[级級]?\s?[★☆]")
_EXAM_EVENT = re.compile("启用|考试|试卷|试题|开考|成绩")
# The line before an example of a marking: 标注示例： or a question.
_INTRODUCTION = re.compile(
    r"(?:例如|示例|样例|举例|如下|标注为|标为|写作|写成|写法|形式为|格式为)[^\n。]{0,8}$"
    r"|[^\n]{5}[:：?？]$|[(（]\s*[)）][。.]?$"
)
_DEMOTED = {Zone.STRONG: Zone.LINE, Zone.WEAK: Zone.PROSE, Zone.LINE: Zone.PROSE}
# Where a text quotes markings. Its headers, properties and stamps are its own.
_RUNNING = frozenset({Area.BODY, Area.CELL, Area.NOTE, Area.COMMENT})
_QUOTES = ("“", "‘", '"', "'", "「", "『")
_CLOSED = ("”", "’", "」", "』")
_ENDS = ("。", "；", "，", ";", ",", ".", "！", "？")
_RUNNING_LINE = 15  # characters of a line that goes on in the next
_FIELDS = frozenset({Area.CELL, Area.PROPERTY})
# Faults that leave a state marking less than full.
_LESS = frozenset({"nostar", "star-glyph", "typo", "order", "multi"})
_BARE = frozenset({"nostar", "no-period", "space", "trad", "zw", "ruby", "glyph", "suffix"})
# Schemes that say what a file is wherever they stand on a line of their own.
_NOTES = frozenset({"openness", "scope", "lifecycle", "checkbox"})
_REACH = 160  # characters before a marking in which the line before it ends
_LONGEST_LABEL = 5  # 密 级： on a line of its own
_TITLE_WITHIN = 6  # lines


def parsed_candidates(document: Document, found: Iterable[Candidate]) -> Iterator[Parsed | None]:
    """Yield what the grammar reads; None for each mention inside a sentence."""
    for candidate in found:
        if candidate.prose:
            if _MENTION.search(candidate.text):
                yield None
            continue
        read_here = list(read(document, candidate))
        yield from read_here
        if not read_here and _MENTION.search(candidate.text):
            yield None


def marking_evidence(
    document: Document,
    context: Context,
    parsed: list[Parsed],
    today: date,
    shipped: Shipped[OccurrenceModel],
) -> Iterator[MarkingEvidence]:
    """Yield the markings among `parsed` that count, each with zone and role.

    Those of the state are voided if a stamp says that the file is released by `today`. The
    model `shipped` settles those that are less than full.
    """
    weak = WeakCases(document, context, parsed, shipped)
    zones, lines = Zones(document), Lines(document)
    headed = Headed(document, parsed)
    crowd = headed.crowded(_RUNNING)
    ledgers = Ledgers(document, {one.candidate.part for one in parsed})
    released = any(_releases(one.marking, today) for one in parsed)
    zoned = [
        Zone.PROSE if index in crowd else _zone(document, context, zones, lines, headed, one)
        for index, one in enumerate(parsed)
    ]
    marked = any(
        zone is Zone.STRONG and _full(one.marking) for one, zone in zip(parsed, zoned, strict=True)
    )
    for one, zone in zip(parsed, zoned, strict=True):
        role = weak.settle(one, zone, _role(document, one, zone, context))
        if role is None and marked and _bears_again(document, one):
            role = Role.MARKING
        if role is None:
            continue
        if role is Role.MARKING and one.marking.scheme == "cn-state":
            if not one.labelled and ledgers.hold(one.candidate.part):
                role = Role.REFERENCE
            elif released:
                role = Role.VOIDED
        place = lines.place(one.candidate.part, one.candidate.span.start)
        yield MarkingEvidence(
            part=one.candidate.part,
            span=one.candidate.span,
            marking=_shown(document, context, one),
            place=place,
            zone=zone,
            role=role,
        )


def _zone(
    document: Document, context: Context, zones: Zones, lines: Lines, headed: Headed, one: Parsed
) -> Zone:
    """What the place is worth in this kind of text."""
    zone = zones.zone(one.candidate)
    if one.labelled and zone is Zone.LINE:
        zone = Zone.STRONG
    if document.parts[one.candidate.part].place.area not in _RUNNING:
        return zone
    if _introduced(document, one.candidate) or lines.fenced(
        one.candidate.part, one.candidate.span.start
    ):
        return Zone.PROSE
    if _cited(document, one.candidate, zone):
        return Zone.PROSE
    if context.quotes_markings and not starts_text(document, one.candidate):
        return Zone.PROSE
    if context.quotes_markings or (context.law and not headed.numbered(one)):
        return _DEMOTED[zone]
    return zone


def _role(document: Document, one: Parsed, zone: Zone, context: Context) -> Role | None:
    """What the marking does in this zone; None where it only speaks about markings."""
    marking = one.marking
    if zone is Zone.PROSE:
        return None
    if marking.scheme != "cn-state":
        return _other_role(marking, zone, context)
    unreadable = marking.level is None and "multi" not in marking.defects
    if unreadable and {"typo", "nostar"} <= set(marking.defects):
        at_head = zone is Zone.STRONG and context.official and not context.about_markings
        return Role.TEMPLATE if at_head else None
    if "placeholder" in marking.defects or unreadable:
        return None if context.template or context.about_markings else Role.TEMPLATE
    if not _full(marking) and (zone is not Zone.STRONG or context.fiction):
        return None
    named = one.labelled or document.parts[one.candidate.part].place.area is Area.FILENAME
    if _bare(marking) and not named and not context.official and not _titled(document, one):
        return None
    if _of_exam(marking, context):
        return Role.EXAM
    return Role.TEMPLATE if context.template else Role.MARKING


def _bears_again(document: Document, one: Parsed) -> bool:
    """Whether a header, footer or watermark of a marked document is a level and nothing else."""
    repeated = document.parts[one.candidate.part].place.is_repeated
    return repeated and one.marking.level is not None and one.marking.scheme == "cn-state"


def _titled(document: Document, one: Parsed) -> bool:
    """Whether the level is the first line of a text with a title: a speech, a report."""
    if not starts_text(document, one.candidate):
        return False
    lines = list(islice(text_lines(document), _TITLE_WITHIN))
    return any(title_end(lines, at) for at in range(len(lines)))


def _other_role(marking: Marking, zone: Zone, context: Context) -> Role | None:
    if marking.scheme in _NOTES or zone is Zone.STRONG:
        return Role.MARKING
    if marking.scheme == "cn-internal" and zone is Zone.LINE and context.official:
        return Role.MARKING  # 内部资料 注意保存 under the title
    if zone is Zone.WEAK:
        return Role.MARKING if marking.scheme != "docno" else None
    return Role.MARKING if marking.period is not None else None


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
    return marking.period is None and set(marking.defects) <= _BARE


def _releases(marking: Marking, today: date) -> bool:
    """Return whether it is a stamp of release that has taken effect (标志 art. 7)."""
    if marking.scheme != "lifecycle" or marking.level != "decl":
        return False
    return not isinstance(marking.period, EndDate) or marking.period.last_day <= today


def _introduced(document: Document, candidate: Candidate) -> bool:
    """Return whether the line before announces an example: 标注示例："""
    part = document.parts[candidate.part]
    start = candidate.span.start
    text = part.text[max(0, start - _REACH) : start].rstrip()
    if start <= _REACH and not text and candidate.part and part.place.area is Area.BODY:
        before = document.parts[candidate.part - 1]
        text = before.text[-_REACH:].rstrip() if before.place.area is Area.BODY else ""
    line = text[-40:].rpartition("\n")[2]
    is_label = len(line.strip()) <= _LONGEST_LABEL and is_level_field(line)
    return not is_label and _INTRODUCTION.search(line) is not None


def _cited(document: Document, candidate: Candidate, zone: Zone) -> bool:
    """Return whether a line is a quotation, or the rest of one that wraps in a PDF."""
    text = candidate.text
    if any(sign in text for sign in _CLOSED) and not any(sign in text for sign in _QUOTES):
        return True
    if not text.startswith(_QUOTES):
        return False
    if zone is Zone.LINE or text.endswith(_ENDS):
        return True
    part = document.parts[candidate.part]
    before = document.parts[candidate.part - 1] if candidate.part else None
    if before is None or part.place.box is None or before.place.page != part.place.page:
        return False
    return len(before.text) > _RUNNING_LINE and not before.text.endswith((*_ENDS, "：", ":"))


def _shown(document: Document, context: Context, one: Parsed) -> Marking:
    """The marking as it counts here: a form's label is no fault, a company's word its own."""
    marking = one.marking
    if one.labelled and document.parts[one.candidate.part].place.area in _FIELDS:
        # The label is the cell or field beside it: a form may label its fields.
        marking = replace(marking, defects=tuple(d for d in marking.defects if d != "label"))
    if context.company and marking.scheme == "cn-state" and "nostar" in marking.defects:
        # Without the state's sign, a company's level word is its own (law-and-rules, 1.8).
        return Marking("cn-company", marking.level, marking.period)
    return marking
