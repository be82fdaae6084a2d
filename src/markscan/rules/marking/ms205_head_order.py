"""MS205 head-order: 份号, 密级 and 紧急程度 do not stand one below the other in this order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from markscan.document import Area
from markscan.finding import Element, Evidence, MarkingEvidence, Severity, Verdict
from markscan.match.draft import Draft
from markscan.rules.agreement import repeated
from markscan.rules.official_draft import copy_numbers, line_around, marked
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_NAMES = (
    Text("份号", "copy number"),
    Text("密级和保密期限", "marking"),
    Text("紧急程度", "urgency"),
)
_COPY, _MARKING, _URGENCY = range(3)
_BESIDE = Text("“{one}”和“{other}”同在一行", "{one} and {other} stand on one line")
_BELOW = Text("“{one}”排在“{other}”下方", "{one} stands below {other}")
# 份号, or an urgency that the marking was written together with.
_BEFORE = re.compile(r"^\s*(?:(?P<copy>\d{6})|(?P<urgency>特急|加急|特提|平急|急件))(?!\d)")
_BEHIND = re.compile(r"(?:(?P<copy>(?<!\d)\d{6})|(?P<urgency>特急|加急|特提|平急|急件))\s*$")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where one of the three stands: `kind` is its place in the order of the standard."""

    kind: int
    seen: Evidence
    area: tuple[Area, str]  # and for a text box which
    line: tuple[int, int]  # part, and where the line begins in it


def judge(case: Case) -> Iterator[Hit]:
    """Look for two of the three on one line, or in another order from the top."""
    draft = case.draft()
    own = (seen for seen in case.visible if draft.holds(seen) and not repeated(case, seen))
    marking = next(own, None)
    if marked(case) is None or marking is None or draft.elements.telegram:
        return
    spots = _spots(case, draft, marking)
    faults, told = [], set()
    for one, other in combinations(spots, 2):
        if _beside(case, one, other):
            names = sorted((one.kind, other.kind))
            faults.append(_BESIDE.fill(one=_NAMES[names[0]], other=_NAMES[names[1]]))
            told |= {frozenset(names)}
    for above, below in pairwise(sorted(spots, key=lambda spot: spot.line)):
        pair = frozenset({above.kind, below.kind})
        if above.area == below.area and above.kind > below.kind and pair not in told:
            faults.append(_BELOW.fill(one=_NAMES[below.kind], other=_NAMES[above.kind]))
    if faults:
        fault = Text("，".join(each.zh for each in faults), ", and ".join(f.en for f in faults))
        yield Hit((marking,), {"fault": fault})


def _spots(case: Case, draft: Draft, marking: MarkingEvidence) -> list[_Spot]:
    """Those of the three that stand above the title, each once."""
    seen: dict[int, Evidence] = {_MARKING: marking}
    copy_number, urgency = next(copy_numbers(case, draft), None), draft.first(Element.URGENCY)
    if copy_number is not None:
        seen[_COPY] = copy_number
    if urgency is not None:
        seen[_URGENCY] = urgency
    for kind in _written_together(case, marking) - set(seen):
        seen[kind] = marking
    return [
        _Spot(kind, each, _area(case, each), (each.part, line_around(case, each)[0]))
        for kind, each in sorted(seen.items())
        if (each.part, each.span.start) < draft.title_at
    ]


def _written_together(case: Case, marking: MarkingEvidence) -> set[int]:
    """What stands on the line of the marking and was read as part of it: 机密★10年 特急."""
    text = line_around(case, marking)[1]
    found = [each for each in (_BEFORE.search(text), _BEHIND.search(text)) if each]
    kinds = {_COPY for each in found if each["copy"]}
    return kinds | {_URGENCY for each in found if each["urgency"]}


def _area(case: Case, seen: Evidence) -> tuple[Area, str]:
    place = case.document.parts[seen.part].place
    if place.area is Area.TEXTBOX and place.box is None:
        return place.area, f"{place.label} {seen.part}"  # where it stands is not known
    return place.area, ""


def _beside(case: Case, one: _Spot, other: _Spot) -> bool:
    """Whether two stand on one line: of the text, of a table, or at one height of a page."""
    if one.line == other.line:
        return True
    first, second = (case.document.parts[each.seen.part] for each in (one, other))
    if first.row is not None and first.row == second.row:
        return first.place.label != second.place.label  # lines of one cell stand below another
    a, b = first.place.box, second.place.box
    if one.seen.part == other.seen.part or a is None or b is None:
        return False
    if first.place.page != second.place.page:
        return False
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


RULE = Rule(
    code="MS205",
    name=Text("版头要素顺序不符", "Order of copy number, marking and urgency wrong"),
    trigger=Text(
        "份号、密级和保密期限、紧急程度没有按此顺序自上而下排列，或者两项同在一行",
        "copy number, marking and urgency do not stand in this order from the top, or two of them "
        "stand on one line",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text("GB/T 9704—2012 7.2.1—7.2.3", "GB/T 9704—2012, 7.2.1 to 7.2.3"),
    message=Text("版头要素排列不符：{fault}", "the head is not in order: {fault}"),
    fix=Text(
        "请按份号、密级和保密期限、紧急程度的顺序，自上而下分行顶格排列。",
        "Set copy number, marking and urgency one below the other in this order, flush left.",
    ),
    judge=judge,
    found=(
        Example("机密★10年\n000001\n关于召开会议的通知\n各县人民政府："),
        Example("000001\n特急\n机密★10年\n某某市人民政府文件\n关于召开会议的通知"),
        Example("000001　　机密★10年\n某某市人民政府文件\n关于召开会议的通知"),
        Example("000001\n秘密★5年 特急\n关于召开会议的通知\n各县人民政府："),
    ),
    clean=(
        Example("000001\n机密★10年\n特急\n某某市人民政府文件\n关于召开会议的通知"),
        Example("机密★10年\n特急\n关于召开会议的通知\n各县人民政府："),
        Example("000001\n机密★10年\n关于召开会议的通知\n各县人民政府："),
        Example("特急\n000001\n关于召开会议的通知\n各县人民政府："),
        Example("000001\n机密★10年\n关于特急\n事项的通知\n各县人民政府：\n以下事项特急"),
    ),
    drafts_only=True,
)
