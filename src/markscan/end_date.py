"""Computes when a marking ends (保密期限届满).

A period counts from the day of issue (条例19) and ends on the same day of its last year
or month, 29 February becoming 28 February; the document is released on the following
day. No statute fixes the last day; this is the reading that keeps it longest
(law-and-rules, 1.3).
"""

from __future__ import annotations

import calendar
import math
from dataclasses import dataclass
from datetime import date, timedelta

from markscan.lexicon import Law
from markscan.marking import Duration, EndDate, Marking


@dataclass(frozen=True, slots=True)
class End:
    """The last day on which a marking binds.

    `assumed` tells that no period is written and the legal default was taken
    (定密2014 art. 24): good for a reminder, never for a finding.
    """

    last_day: date
    assumed: bool = False


def end(marking: Marking, issued: date | None, law: Law) -> End | None:
    """Return the end of a state-secret marking; None where it cannot be computed.

    Conditions and 长期 have no date; a duration has none without a day of issue, and what
    is no period at all (0年, a date before the day of issue) ends nothing.
    """
    match marking.period:
        case EndDate() as until:
            contradicts = issued is not None and until.last_day < issued
            return None if contradicts else End(until.last_day)
        case Duration() as duration if issued is not None and duration.amount > 0:
            last = after(issued, duration)
            return End(last) if last is not None else None
        case None if issued is not None and marking.level in law.default_years:
            years = law.default_years[marking.level]
            last = after(issued, Duration(years, "Y"))
            return End(last, assumed=True) if last is not None else None
        case _:
            return None


def after(issued: date, duration: Duration) -> date | None:
    """Return the last day of `duration` from `issued`; None past the year 9999."""
    whole = {"Y": 12, "M": 1}.get(duration.unit, 0) * duration.amount
    try:
        if whole and whole == int(whole):
            return _months_after(issued, int(whole))
        days = {"W": 7.0, "D": 1.0, "H": 1 / 24}.get(duration.unit, 0.0) * duration.amount
        return issued + timedelta(days=math.ceil(days or duration.months * 30))
    except (OverflowError, ValueError):
        return None


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
