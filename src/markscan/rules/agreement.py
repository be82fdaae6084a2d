"""Whether all places of a file that bear a marking say the same, and which of them differ.

One disagreement is one finding, however many places take part: it is told by the gravest of
the rules about places that differ, which names all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markscan.document import Area
from markscan.finding import Element, MarkingEvidence, Zone
from markscan.marking import Duration, Marking
from markscan.match.elements import text_lines
from markscan.rules.end_date import end
from markscan.rules.proper_form import shown
from markscan.rules.rule import VISIBLE, Case, Hit
from markscan.wording import INTERFACE, Text

# Which rule tells of which kind of place, the gravest first.
_GRAVEST = ("MS118", "MS210", "MS212", "MS209", "MS211")
_RUNNING = frozenset({Area.HEADER, Area.FOOTER})
_COMPILATION = re.compile(r"汇编|选编|文件集|合订本")
_COVER_LINES = 3  # lines between the marking of a cover and that of the first page
_LONGEST_OF_COVER = 40  # characters; a longer line is running text

_MARKED = Text("{where}标“{mark}”", "{where}: “{mark}”")
_WATERMARK = Text("水印", "watermark")
_HEAD = Text("首页", "first page")
_COVER = Text("封面", "cover")


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the head of a file says, and which other markings say something else.

    `differing` pairs each with the code of the rule that speaks of its kind of place.
    """

    head: MarkingEvidence
    differing: tuple[tuple[str, MarkingEvidence], ...]


def disagreement(case: Case, code: str) -> Iterator[Hit]:
    """Yield the one hit that names all that differs, if the rule `code` is the one to tell it."""
    found = agreement(case)
    if found is None or not found.differing:
        return
    told = {rule for rule, _ in found.differing}
    if code != next(rule for rule in _GRAVEST if rule in told):
        return
    ordered = sorted(found.differing, key=lambda each: _GRAVEST.index(each[0]))
    evidence = [seen for _, seen in ordered]
    cover = "MS210" in told
    places = [_named(case, found.head, _COVER if cover else _HEAD)]
    places += [_named(case, seen, _where(rule, seen)) for rule, seen in ordered]
    listed = Text("，".join(p.zh for p in places), "; ".join(p.en for p in places))
    values: dict[str, object] = {"places": listed, "mark": shown(case, found.head.marking)}
    yield Hit((evidence[0], found.head, *evidence[1:]), values)


def agreement(case: Case) -> Agreement | None:
    """Return what the places of `case` say; None where no reader sees any marking."""
    marked = [seen for seen in case.state if seen.marking.level is not None]
    shown_ones = [seen for seen in marked if seen.place.area in VISIBLE]
    own = [seen for seen in shown_ones if not _repeated(seen)]
    head = next(iter(own or shown_ones), None)
    if head is None:
        return None
    attached = _attachments_from(case)
    compiled = _compiled(case)
    differing = []
    told: set[tuple[str, str | None, str]] = set()
    for seen in marked:
        rule = _rule(case, head, seen)
        if rule is None or same(case, head.marking, seen.marking):
            continue
        if rule in {"MS118", "MS210"} and (compiled or _starts(seen) >= attached):
            continue
        key = (rule, seen.marking.level, seen.marking.period_code)
        if key not in told:
            told.add(key)
            differing.append((rule, seen))
    return Agreement(head, tuple(differing))


def same(case: Case, one: Marking, other: Marking) -> bool:
    """Return whether two markings agree: in level, and in the period where both name one."""
    if one.level != other.level:
        return False
    if one.period is None or other.period is None or one.period == other.period:
        return True
    if isinstance(one.period, Duration) and isinstance(other.period, Duration):
        return one.period.months == other.period.months
    ends = [end(each, case.issued, case.law) for each in (one, other)]
    return ends[0] is not None and ends[0] == ends[1]


def _rule(case: Case, head: MarkingEvidence, seen: MarkingEvidence) -> str | None:
    """Return the code of the rule about the place of `seen`; None for places that never differ."""
    if seen is head:
        return None
    if seen.place.area is Area.FILENAME:
        return "MS211"
    if seen.place.area is Area.PROPERTY:
        return "MS212" if seen.zone is Zone.STRONG else None
    if seen.place.area not in VISIBLE:
        return None
    if _repeated(seen):
        return "MS209"
    return "MS210" if _cover(case, head, seen) else "MS118"


def _repeated(seen: MarkingEvidence) -> bool:
    """Whether it is a header, footer or watermark: what each page shows again."""
    return seen.place.area in _RUNNING or "watermark" in seen.place.label


def _cover(case: Case, head: MarkingEvidence, seen: MarkingEvidence) -> bool:
    """Whether `head` stands on a cover, and `seen` on the first page behind it."""
    if head.place.page is not None and head.place.page == seen.place.page:
        return False
    if case.document.format in {"docx", "pdf", "ofd"} and head.place.page != 1:
        return False
    between = [
        line
        for line in text_lines(case.document)
        if _starts(head) < (line.part, line.span.start) < _starts(seen)
    ]
    running = any("。" in line.text or len(line.text) > _LONGEST_OF_COVER for line in between)
    paged = head.place.page != seen.place.page
    return not running and len(between) >= (1 if paged else _COVER_LINES)


def _attachments_from(case: Case) -> tuple[int, int]:
    """Part and offset from which on attachments stand."""
    first = case.elements().first(Element.ATTACHMENT)
    return (first.part, first.span.start) if first else (len(case.document.parts), 0)


def _compiled(case: Case) -> bool:
    title = case.elements().first(Element.TITLE)
    return title is not None and _COMPILATION.search(case.text(title)) is not None


def _starts(seen: MarkingEvidence) -> tuple[int, int]:
    return seen.part, seen.span.start


def _named(case: Case, seen: MarkingEvidence, where: Text) -> Text:
    return _MARKED.fill(where=where, mark=shown(case, seen.marking))


def _where(rule: str, seen: MarkingEvidence) -> Text:
    if rule == "MS210":
        return _HEAD
    if "watermark" in seen.place.label:
        return _WATERMARK
    return INTERFACE[f"place.{seen.place.area.value}"]
