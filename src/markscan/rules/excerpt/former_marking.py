"""Tells whether a file bears the marking that its registered document had before a change."""

from __future__ import annotations

from markscan.finding import MarkingEvidence
from markscan.marking import EndDate, Period
from markscan.match.excerpts import Reuse
from markscan.register import Entry
from markscan.rules.excerpt.reuse_kinds import is_copy
from markscan.rules.rule import Case

Written = tuple[str, str]  # level and period, equal where two markings say the same


def former_markings(case: Case, entry: Entry) -> list[MarkingEvidence]:
    """Return the markings in sight and in force that `entry` had, and has no longer."""
    now = written(entry.level, entry.period)
    before = {written(change.level, change.period) for change in entry.changes} - {now}
    seen = case.visible if before else []
    return [each for each in seen if of(each) in before]


def is_former(case: Case, reuse: Reuse) -> bool:
    """Return whether the file is a document whose change was not shown on it (MS503)."""
    return is_copy(reuse) and bool(former_markings(case, reuse.entry))


def of(seen: MarkingEvidence) -> Written:
    """Return what a marking says."""
    return written(seen.marking.level or "", seen.marking.period)


def written(level: str, period: Period | None) -> Written:
    """Return what a marking of this level and period says."""
    if isinstance(period, EndDate):
        return level, period.last_day.isoformat()
    return level, period.code if period is not None else ""
