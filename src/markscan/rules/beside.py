"""What stands beside the head of a document: its attachments, its title, the files inside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from markscan.document import Area
from markscan.finding import Element, Evidence, MarkingEvidence, Outcome, Status
from markscan.match.elements import TextLine
from markscan.rules.rule import VISIBLE, Case

MAIL = frozenset({"eml", "mht", "ole-msg", "tnef"})
# Names of drawings (图纸、地图、图表), as the last words of a title or file name.
_DRAWN = (
    r"(?:图纸|平面图|立面图|剖面图|示意图|布防图|部署图|布置图|分布图|结构图|施工图|设计图|原理图|电路图"
    r"|地形图|地图|航拍图|影像图|走向图|路线图|线路图|管线图|拓扑图|效果图|位置图|规划图|竣工图|装配图"
    r"|零件图|大样图|附图|图册|工程图|方位图|态势图)"
)
_TABLE = r"(?:统计表|一览表|明细表|数据表|测算表|分布表|图表)"
_DRAWING_NAME = re.compile(
    rf"(?:{_DRAWN}|{_TABLE})[\d一二三四五六七八九十（）()_\-.、 ]*(?:\.[A-Za-z0-9]{{1,5}})?$"
    r"|\.(?:dwg|dxf|dwf|vsdx?|shp|kmz|kml|cdr)$",
    re.IGNORECASE,
)
_DRAWING_TITLE = re.compile(rf"[^。；，:：]{{0,40}}{_DRAWN}(?:[（(].{{1,12}}[）)])?")
_TITLE_LINES = 6  # lines among which the title of a drawing stands


def starts(seen: Evidence) -> tuple[int, int]:
    """Return part and offset where `seen` begins."""
    return seen.part, seen.span.start


def ranks(case: Case) -> dict[str, int]:
    """Return the rank of each level of the state, by code."""
    return {level.code: level.rank for level in case.levels if level.scheme == "cn-state"}


def attachments(case: Case) -> list[tuple[int, int]]:
    """Return part and offset where each attachment behind the document begins.

    Its own marking may stand on the line before the heading 附件 as well as behind it. A file
    that is an attachment and nothing else has none.
    """
    title = case.elements().first(Element.TITLE)
    if title is None:
        return []
    marked = sorted(
        (seen for seen in case.markings if seen.marking.scheme == "cn-state"), key=starts
    )
    before: TextLine | None = None
    found: list[tuple[int, int]] = []
    headings = {
        starts(each)
        for each in case.elements().all(Element.ATTACHMENT)
        if starts(each) > starts(title)
    }
    for line in case.lines() if headings else ():
        here = (line.part, line.span.start)
        if here in headings:
            above = before is not None and _stands_on(marked, before)
            found.append((before.part, before.span.start) if before and above else here)
        before = line
    return found


def _stands_on(ordered: list[MarkingEvidence], line: TextLine) -> bool:
    """Whether one of the markings, ordered by where they start, stands on `line`."""
    first = bisect_left(ordered, (line.part, line.span.start), key=starts)
    behind = bisect_left(ordered, (line.part, line.span.end), key=starts)
    return any(on_line(seen, line) for seen in ordered[first:behind])


def attached_from(case: Case) -> tuple[int, int]:
    """Return part and offset from which on attachments stand; the end where there is none."""
    return next(iter(attachments(case)), (len(case.document.parts), 0))


def on_line(seen: Evidence, line: TextLine) -> bool:
    """Return whether `seen` stands on `line`."""
    within = line.span.start <= seen.span.start and seen.span.end <= line.span.end
    return seen.part == line.part and within


def mail_subject(case: Case, seen: MarkingEvidence) -> bool:
    """Return whether `seen` stands in the subject of a mail."""
    subject = "subject" in seen.place.label.lower()
    return case.document.format in MAIL and seen.place.area is Area.PROPERTY and subject


def drawing_title(case: Case) -> TextLine | None:
    """Return the line among the first that is the title of a drawing; None if there is none.

    Only where the document is no official document: one of those may end in 示意图, too.
    """
    if case.elements().official:
        return None
    lines = islice(case.lines(), 200)
    decision = case.decision
    outside = (
        line for line in lines if decision is None or not decision.holds(line.part, line.span)
    )
    top = islice(outside, _TITLE_LINES)
    return next((line for line in top if _DRAWING_TITLE.fullmatch(line.bare)), None)


def own_name(member: Outcome) -> str:
    """Return the name of a file inside, without the files and folders around it."""
    return re.split(r"[/\\]", member.locator.rpartition("!")[2])[-1]


def is_drawing(member: Outcome) -> bool:
    """Return whether the name of a file says that it is a drawing, map, chart or table."""
    return _DRAWING_NAME.search(own_name(member)) is not None


def marks(member: Outcome) -> Iterator[MarkingEvidence]:
    """Yield the state markings that a reader of a file sees and that are in force."""
    return (
        seen
        for seen in member.markings
        if seen.effective and seen.marking.scheme == "cn-state" and seen.place.area in VISIBLE
    )


def examined(member: Outcome) -> bool:
    """Return whether the text of a file was read: nothing of it can be said otherwise."""
    return member.status is Status.EXAMINED
