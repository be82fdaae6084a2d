"""What a store keeps of a judgement beside its findings: how long it holds, and of what level.

A file that is not changed is examined again on the first day on which a rule may say something
else of it. Rules that look at the day of a case are few; what each of them waits for stands here,
rather a day too many than one too few. What the law in force changes is no matter of a single
file (store/identity.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from markscan.end_date import end
from markscan.finding import MarkingEvidence, Zone
from markscan.marking import Condition, EndDate
from markscan.rules.exam_paper import exam_markings, told_days
from markscan.rules.leak.marked_place import in_force
from markscan.rules.leak.ms333_left_on_medium import LONGEST
from markscan.rules.lifecycle.ms502_ends_soon import WITHIN
from markscan.rules.rule import VISIBLE, Case

_DAY = timedelta(days=1)
_COUNTING = frozenset({"MS333", "MS502"})  # say how many days, so otherwise each day


def wake(case: Case, codes: Collection[str]) -> date | None:
    """Return the first day after that of the case on which it may be judged otherwise, or None.

    Args:
        codes: of the rules that found something.
    """
    coming = [day for day in _days(case, codes) if day > case.today]
    return min(coming, default=None)


def highest_rank(case: Case) -> int:
    """Return the rank of the highest state level in force where an office marks; 0 without one.

    Markings in names, headers, properties and out of sight are too weak to tell by themselves.
    """
    ranks = [0]
    for seen in in_force(case, "cn-state"):
        level = case.levels.find("cn-state", seen.marking.level or "")
        if level is not None and seen.place.area in VISIBLE and seen.zone is not Zone.WEAK:
            ranks.append(level.rank)
    return max(ranks)


def _days(case: Case, codes: Collection[str]) -> Iterator[date]:
    """Yield days on which a rule may say something else, some of them past."""
    today = case.today
    undated = case.issued is None and "MS109" in codes  # its limit is counted from today
    # What fulfils a condition may be told anywhere in the text (MS509).
    waiting = any(isinstance(m.marking.period, Condition) for m in case.visible)
    if case.reuse or undated or waiting or not _COUNTING.isdisjoint(codes):
        yield today + _DAY
    if "MS224" in codes:  # which century a year of two digits means
        yield date(today.year + 1, 1, 1)
    for seen in case.markings:
        for last in _ends(case, seen):
            yield from _around(last)
    if exam_markings(case):
        for days in told_days(case):
            yield from (date(days.last.year, 1, 1), days.first, *_around(days.last))
    if case.location is not None and case.location.kind == "removable" and case.markings:
        changed = case.changed()
        if changed is not None:
            yield changed + (LONGEST + 1) * _DAY


def _ends(case: Case, seen: MarkingEvidence) -> Iterator[date]:
    ending = end(seen.marking, case.issued, case.law)
    if ending is not None:
        yield ending.last_day
    if isinstance(seen.marking.period, EndDate):
        yield seen.marking.period.last_day


def _around(last: date) -> Iterator[date]:
    """Yield the day from which an end is near, the last day, and the one after it."""
    for days in (-WITHIN, 0, 1):
        number = last.toordinal() + days
        if date.min.toordinal() <= number <= date.max.toordinal():
            yield date.fromordinal(number)
