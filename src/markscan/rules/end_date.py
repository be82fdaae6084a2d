"""Tells whether a marking of a case has ended (保密期限届满), extensions noted on it included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markscan.end_date import end
from markscan.marking import Marking
from markscan.rules.rule import Case


@dataclass(frozen=True, slots=True)
class Extension:
    """A note that the period was extended (延长保密期限); `until` is None if no day can be told."""

    until: date | None


def extension(case: Case) -> Extension | None:
    """Return the extension that lasts longest; None where the file bears no such note."""
    notes = [seen.marking for seen in case.effective("lifecycle") if seen.marking.level == "extend"]
    ends = [end(note, case.issued, case.law) for note in notes]
    days = [ending.last_day for ending in ends if ending is not None]
    if not notes:
        return None
    return Extension(max(days) if len(days) == len(ends) else None)


def expired(case: Case, marking: Marking) -> bool:
    """Return whether the written period of `marking` ended before the day of the case."""
    ending = end(marking, case.issued, case.law)
    if ending is None or ending.assumed or ending.last_day >= case.today:
        return False
    longer = extension(case)
    return longer is None or (longer.until is not None and longer.until < case.today)
