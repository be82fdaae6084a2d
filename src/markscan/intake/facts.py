"""What a document says of itself, as far as it can mean one thing only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markscan.finding import Element, MarkingEvidence, Zone
from markscan.marking import Period, Unusable
from markscan.match.elements import TextLine, title_end
from markscan.rules import Case
from markscan.rules.stated import stated


@dataclass(frozen=True, slots=True)
class Facts:
    """Level (a code of cn-state), period, day of issue, number and title; what is in doubt
    or not there is empty. `levels` counts the levels that its own marking could be."""

    level: str = ""
    period: Period | None = None
    issued: date | None = None
    number: str = ""
    title: str = ""
    levels: int = 0


def facts_of(cases: Sequence[Case]) -> Facts:
    """Return what the file of `cases` says of itself.

    Several official documents in one file have several days, numbers and titles: of those
    none is taken.
    """
    marked = [seen for case in cases for seen in case.visible if seen.marking.level]
    own = [seen for seen in marked if seen.zone is Zone.STRONG] or marked
    levels = list(dict.fromkeys(seen.marking.level or "" for seen in own))
    level = levels[0] if len(levels) == 1 else ""
    period = _period(own) if level else None
    if len(cases) != 1:
        return Facts(level, period, levels=len(levels))
    case = cases[0]
    number = case.elements().first(Element.NUMBER)
    return Facts(
        level,
        period,
        stated(case).issued,
        "".join(case.text(number).split()) if number is not None else "",
        _title(case),
        len(levels),
    )


def _period(own: Iterable[MarkingEvidence]) -> Period | None:
    """The one period that stands in these markings; None where there is none, or several."""
    told = {seen.marking.period for seen in own} - {None}
    usable = [period for period in told if not isinstance(period, Unusable)]
    return usable[0] if len(usable) == len(told) == 1 else None


def _title(case: Case) -> str:
    """The title over all its lines, without blanks and what Markdown puts before it."""
    found = case.elements().first(Element.TITLE)
    if found is None:
        return ""
    lines = case.lines()
    start = next((n for n, line in enumerate(lines) if _is_at(line, found.part, found.span)), None)
    stop = title_end(lines, start) if start is not None else 0
    return "".join(line.bare for line in lines[start:stop]).lstrip("#") if stop else ""


def _is_at(line: TextLine, part: int, span: object) -> bool:
    return line.part == part and line.span == span
