"""What the office should look at in level and period of a document that it registers or changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markscan.end_date import after
from markscan.lexicon import law_for, read_levels
from markscan.marking import Duration, EndDate, LongTerm, Period
from markscan.match.grammar.periods import over_limit
from markscan.register import Entry
from markscan.wording import REGISTER, Text

_LONGEST = (date.max, 1)  # of 长期: no condition comes later


def concerns(entry: Entry, today: date) -> Iterator[Text]:
    """Yield what is doubtful in level and period of `entry`, and what follows where it has none."""
    if (limit := _over_limit(entry, today)) is not None:
        level = read_levels().find("cn-state", entry.level)
        zh = level.zh if level is not None else entry.level
        yield REGISTER["add.over-limit"].fill(level=zh, limit=limit)
    if isinstance(entry.period, LongTerm):
        yield REGISTER["add.long-term"]
    if entry.issued is None and isinstance(entry.period, Duration | None):
        yield REGISTER["add.no-issued"]
    elif entry.period is None:
        yield REGISTER["add.no-period"]
    if not entry.in_force(today):
        yield REGISTER["add.ended"]


def lasting(period: Period, issued: date) -> tuple[date, int]:
    """Return by what periods from `issued` compare: the greater lasts longer.

    A condition has no date and counts for longer than any; 长期 for longer still.
    """
    match period:
        case EndDate():
            return period.last_day, 0
        case Duration() if (last := after(issued, period)) is not None:
            return last, 0
        case LongTerm():
            return _LONGEST
        case _:
            return date.max, 0


def _over_limit(entry: Entry, today: date) -> int | None:
    """The years that the law allows for the level, where the period has more (法20).

    Older documents may have more by right: they are registered as they are.
    """
    limit = law_for(entry.issued, today).limit_years.get(entry.level)
    if limit is None:
        return None
    if isinstance(entry.period, Duration):
        return limit if over_limit(entry.period, years=limit) else None
    latest = after(entry.issued or today, Duration(limit, "Y"))
    if not isinstance(entry.period, EndDate) or latest is None:
        return None
    return limit if entry.period.last_day > latest else None
