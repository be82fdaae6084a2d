"""Inspections that the calendar asks for: on the eve of holidays, and in each period (MS514).

An office inspects itself before 五一, 国庆 and 春节 (lexicons/inspections.toml says whence). An
inspection is due from some days before the holiday until a run has reached its end since; where
none has when the holiday comes it was missed, which is told until a run makes up for it or the
next one is due.

An office that inspects itself each month or quarter says so in its configuration: then one is due
in each of them from the first day, until a run has reached its end since.
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from markscan.data import folder
from markscan.errors import LexiconError
from markscan.wording import INTERFACE, Text


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection: the holiday, its first day, and from when a run counts as on its eve."""

    holiday: Text
    day: date
    since: date


@dataclass(frozen=True, slots=True)
class Period:
    """A month or quarter that has no inspection yet: its name, first and last day."""

    name: Text
    since: date
    last: date


def due_in_period(day: date, last: date | None, every: str) -> Period | None:
    """Return the month or quarter of `day` if it has no inspection yet, else None.

    Args:
        last: when a run last reached its end, None if never.
        every: `monthly` or `quarterly`; anything else asks for none.
    """
    months = {"monthly": 1, "quarterly": 3}.get(every)
    if months is None:
        return None
    first = (day.month - 1) // months * months + 1
    since = date(day.year, first, 1)
    if last is not None and last >= since:
        return None
    key = "inspection.month" if months == 1 else "inspection.quarter"
    quarter = (day.month + 2) // 3
    name = INTERFACE[key].fill(year=day.year, month=day.month, quarter=quarter)
    end = first + months - 1
    return Period(name, since, date(day.year, end, monthrange(day.year, end)[1]))


def due(day: date, last: date | None) -> Inspection | None:
    """Return the inspection that is due or was missed on `day`; None if none is.

    Args:
        day: today.
        last: when a run last reached its end, None if never.

    Raises:
        LexiconError: the table of holidays says something that cannot be meant.
    """
    begun = [each for each in _around(day) if each.since <= day]
    latest = max(begun, key=lambda each: each.since, default=None)
    if latest is None or (last is not None and last >= latest.since):
        return None
    return latest


def _around(day: date) -> Iterator[Inspection]:
    """Yield the inspections of the years before, of and after `day`."""
    path = folder("lexicons") / "inspections.toml"
    table = _table(path)
    try:
        lead = timedelta(days=table["lead-days"]["value"])
        for row in table["holiday"]:
            name = Text(row["name"]["zh"], row["name"]["en"])
            days = [each for each in row.get("days", ()) if abs(each.year - day.year) <= 1]
            if "every-year" in row:
                years = range(day.year - 1, day.year + 2)
                days += [date.fromisoformat(f"{year}-{row['every-year']}") for year in years]
            for first in days:
                yield Inspection(name, first, first - lead)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LexiconError(Text(f"{path.name}：{error}", f"{path.name}: {error}")) from None


@cache
def _table(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
