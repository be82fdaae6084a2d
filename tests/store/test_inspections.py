"""Inspections on the eve of holidays: when they are due, and when the holidays are."""

import math
from datetime import date, datetime, timedelta

import pytest

from markscan.store.inspections import _around, due, due_in_period


@pytest.mark.parametrize(
    ("day", "last", "holiday"),
    [
        (date(2026, 4, 15), date(2026, 2, 10), None),
        (date(2026, 4, 16), date(2026, 4, 15), "五一节"),
        (date(2026, 4, 20), date(2026, 4, 16), None),
        (date(2026, 5, 3), date(2026, 4, 15), "五一节"),
        (date(2026, 5, 3), date(2026, 5, 2), None),
        (date(2026, 8, 1), date(2026, 4, 15), "五一节"),
        (date(2026, 9, 20), date(2026, 5, 2), "国庆节"),
        (date(2026, 2, 3), date(2026, 1, 31), "春节"),
        (date(2026, 1, 31), None, "国庆节"),
        (date(2027, 1, 23), date(2026, 9, 20), "春节"),
        (date(2027, 1, 21), date(2026, 9, 20), None),
    ],
)
def test_an_inspection_is_due_from_before_its_holiday_until_it_is_made(day, last, holiday):
    found = due(day, last)

    assert (found.holiday.zh if found is not None else None) == holiday


def new_moon(near):
    """Return the new moon nearest to a day, in Beijing (mean phase and largest terms, Meeus 49)."""
    k = round((near.year + (near.timetuple().tm_yday - 1) / 365.25 - 2000) * 12.3685)
    t = k / 1236.85
    jde = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    sun = math.radians(2.5534 + 29.10535670 * k)
    moon = math.radians(201.5643 + 385.81693528 * k)
    node = math.radians(160.7108 + 390.67050284 * k)
    jde += -0.40720 * math.sin(moon) + 0.17241 * math.sin(sun) + 0.01608 * math.sin(2 * moon)
    jde += 0.01039 * math.sin(2 * node) + 0.00739 * math.sin(moon - sun)
    jde += -0.00514 * math.sin(moon + sun) + 0.00208 * math.sin(2 * sun)
    terrestrial = datetime(2000, 1, 1, 12) + timedelta(days=jde - 2451545.0)
    return terrestrial - timedelta(seconds=70) + timedelta(hours=8)


def test_every_spring_festival_is_the_day_of_a_new_moon():
    days = {
        each.day
        for year in range(2025, 2036)
        for each in _around(date(year, 6, 1))
        if each.holiday.zh == "春节"
    }

    assert {day.year for day in days} == set(range(2025, 2036))
    assert {day: new_moon(day).date() for day in days} == {day: day for day in days}
    assert all((1, 20) < (day.month, day.day) < (2, 21) for day in days)


@pytest.mark.parametrize(
    ("day", "last", "every", "period"),
    [
        (date(2026, 3, 1), None, "monthly", ("2026年3月", date(2026, 3, 1), date(2026, 3, 31))),
        (date(2026, 3, 9), date(2026, 2, 28), "monthly", "2026年3月"),
        (date(2026, 3, 9), date(2026, 3, 1), "monthly", None),
        (date(2028, 2, 9), None, "monthly", ("2028年2月", date(2028, 2, 1), date(2028, 2, 29))),
        (date(2026, 5, 9), date(2026, 3, 31), "quarterly", "2026年第2季度"),
        (date(2026, 12, 31), None, "quarterly", "2026年第4季度"),
        (date(2026, 6, 30), date(2026, 4, 1), "quarterly", None),
        (date(2026, 6, 30), None, "", None),
    ],
)
def test_a_month_or_quarter_without_an_inspection_is_told(day, last, every, period):
    found = due_in_period(day, last, every)

    if isinstance(period, tuple):
        assert (found.name.zh, found.since, found.last) == period
    else:
        assert (found.name.zh if found is not None else None) == period
