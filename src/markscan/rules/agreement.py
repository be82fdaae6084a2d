"""Whether all places of a file that bear a marking say the same, and which of them differ.

One disagreement is one finding, however many places take part: it is told by the gravest of
the rules about places that differ, which names all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from markscan.document import Area
from markscan.end_date import end
from markscan.finding import MarkingEvidence, Zone
from markscan.marking import Duration, Marking
from markscan.match.compilation import compilation_title
from markscan.match.elements import TextLine
from markscan.rules.beside import attached_from, starts
from markscan.rules.proper_form import shown
from markscan.rules.rule import VISIBLE, Case, Hit
from markscan.wording import INTERFACE, Text

# Which rule tells of which kind of place, the gravest first.
_GRAVEST = ("MS118", "MS210", "MS212", "MS209", "MS211")
_LONGEST_OF_COVER = 40  # characters; a longer line is running text

_Reach = tuple[tuple[int, int], tuple[int, int]]  # part and offset, twice

_MARKED = Text("{where}标“{mark}”", "{where}: “{mark}”")
_MARGIN = Text("页眉页脚", "header or footer")
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
    places += [_named(case, seen, _where(case, rule, seen)) for rule, seen in ordered]
    listed = Text("，".join(p.zh for p in places), "; ".join(p.en for p in places))
    values: dict[str, object] = {"places": listed, "mark": shown(case, found.head.marking)}
    yield Hit((evidence[0], found.head, *evidence[1:]), values)


def agreement(case: Case) -> Agreement | None:
    """Return what the places of `case` say; None where no reader sees any marking."""
    marked = [seen for seen in case.state if seen.marking.level is not None]
    shown_ones = [seen for seen in marked if seen.place.area in VISIBLE]
    own = [seen for seen in shown_ones if not repeated(case, seen)]
    head = next(iter(own or shown_ones), None)
    if head is None:
        return None
    attached = attached_from(case)
    # Of a stamp of change the old marking and the new one stand side by side (标志 art. 7).
    changed = any(seen.marking.level == "change" for seen in case.effective("lifecycle"))
    apart = changed or compilation_title(case.document) is not None
    differing = []
    reach = _cover_reach(case, head)
    told: set[tuple[str, str | None, str]] = set()
    for seen in marked:
        rule = _rule(case, head, seen, reach)
        if rule is None or same(case, head.marking, seen.marking):
            continue
        if rule in {"MS118", "MS210"} and (apart or starts(seen) >= attached):
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


def _rule(
    case: Case, head: MarkingEvidence, seen: MarkingEvidence, reach: _Reach | None
) -> str | None:
    """Return the code of the rule about the place of `seen`; None for places that never differ."""
    if seen is head:
        return None
    if seen.place.area is Area.FILENAME:
        return "MS211"
    if seen.place.area is Area.PROPERTY:
        return "MS212" if seen.zone is Zone.STRONG else None
    if seen.place.area not in VISIBLE:
        return None
    if repeated(case, seen):
        return "MS209"
    return "MS210" if _cover(case, head, seen, reach) else "MS118"


def repeated(case: Case, seen: MarkingEvidence) -> bool:
    """Return whether it is a header, footer or watermark: what each page shows again."""
    return seen.place.is_repeated or seen.part in case.draft().margins


def _cover(case: Case, head: MarkingEvidence, seen: MarkingEvidence, reach: _Reach | None) -> bool:
    """Whether `head` stands on a cover, and `seen` on the first page behind it."""
    if not case.draft().holds(head):
        return case.draft().holds(seen)  # the title comes again behind the cover
    pages = head.place.page, seen.place.page
    if reach is None or None in pages or pages[0] == pages[1]:
        return False
    return reach[0] < starts(seen) <= reach[1]


def _cover_reach(case: Case, head: MarkingEvidence) -> _Reach | None:
    """Where a cover that bears `head` goes on, and where running text ends it.

    None where `head` does not stand on the first page, or nothing stands behind it.
    """
    if head.place.page is None or head.place.page != first_page(case):
        return None
    behind = (line for line in case.lines() if (line.part, line.span.start) > starts(head))
    first = next(behind, None)
    if first is None:
        return None
    running = next((line for line in chain((first,), behind) if _running([line])), None)
    end = (len(case.document.parts), 0) if running is None else (running.part, running.span.start)
    return (first.part, first.span.start), end


def on_cover(case: Case, seen: MarkingEvidence) -> bool:
    """Return whether a marking stands on a cover.

    That is before the head of the draft, or on a page of short lines before other pages.
    """
    if not case.draft().holds(seen):
        return True
    page = seen.place.page
    if page is None or page != first_page(case):
        return False
    lines = list(case.lines())
    pages = [case.document.parts[line.part].place.page or page for line in lines]
    here = [line for line, of in zip(lines, pages, strict=True) if of == page]
    return max(pages, default=page) > page and not _running(here)


def first_page(case: Case) -> int:
    """Return the page on which the draft begins: behind a form, a cover, a list of contents."""
    draft = case.draft()
    found = [seen.place.page for seen in draft.elements.found if seen.place.page is not None]
    lines = (draft.document.parts[line.part].place.page for line in draft.lines())
    return min(found, default=next((page for page in lines if page is not None), 1))


def _running(lines: list[TextLine]) -> bool:
    return any("。" in line.text or len(line.text) > _LONGEST_OF_COVER for line in lines)


def _named(case: Case, seen: MarkingEvidence, where: Text) -> Text:
    return _MARKED.fill(where=where, mark=shown(case, seen.marking))


def _where(case: Case, rule: str, seen: MarkingEvidence) -> Text:
    if rule == "MS210":
        return _HEAD
    if seen.part in case.draft().margins:
        return _MARGIN
    if seen.place.is_repeated and seen.place.area is Area.TEXTBOX:
        return _WATERMARK
    return INTERFACE[f"place.{seen.place.area.value}"]
