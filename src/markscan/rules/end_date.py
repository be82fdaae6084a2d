"""Tells whether a marking of a case has ended (保密期限届满)."""

from __future__ import annotations

from markscan.end_date import end
from markscan.marking import Marking
from markscan.rules.rule import Case


def expired(case: Case, marking: Marking) -> bool:
    """Return whether the written period of `marking` ended before the day of the case."""
    ending = end(marking, case.issued, case.law)
    return ending is not None and not ending.assumed and ending.last_day < case.today
