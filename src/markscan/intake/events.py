"""What becomes of a registered document (密件台账): reviews, changes, returns, transfer, release.

Each function takes the entry as it is and returns it as it is from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from markscan.end_date import end
from markscan.errors import RegisterError
from markscan.lexicon import law_for, read_levels
from markscan.marking import Condition, EndDate, Marking, Period
from markscan.register import Change, Entry
from markscan.wording import REGISTER

_SCHEME = "cn-state"


def _reviewed(entry: Entry, day: date | None) -> Entry:
    kept = entry.reviewed[:-1] if day is None else tuple(sorted({*entry.reviewed, day}))
    return replace(entry, reviewed=kept)


def _returned(entry: Entry, day: date | None) -> Entry:
    return replace(entry, returned=day)


def _transferred(entry: Entry, day: date | None) -> Entry:
    return replace(entry, transferred=day)


def _fulfilled(entry: Entry, day: date | None) -> Entry:
    if not isinstance(entry.period, Condition):
        raise RegisterError(REGISTER["event.no-condition"].fill(id=entry.id))
    return replace(entry, fulfilled=day)


def _declassified(entry: Entry, day: date | None) -> Entry:
    return replace(entry, declassified=day)


# Every event by the name that a user gives it. Without a day the latest of its kind is undone.
EVENTS: Mapping[str, Callable[[Entry, date | None], Entry]] = {
    "reviewed": _reviewed,
    "returned": _returned,
    "transferred": _transferred,
    "fulfilled": _fulfilled,
    "declassified": _declassified,
}
_AHEAD = frozenset({"declassified"})  # may be decided for a day to come


def recorded(entry: Entry, event: str, day: date | None, today: date) -> Entry:
    """Return `entry` with `event` on `day`; with None the latest of its kind is taken back.

    Raises:
        RegisterError: the day is before its issue or to come, or it cannot happen to it.
    """
    if day is not None:
        _refuse_day(entry, day, None if event in _AHEAD else today)
    return EVENTS[event](entry, day)


def changed(entry: Entry, level: str, period: Period | None, day: date, today: date) -> Entry:
    """Return `entry` with another level or period, and what it had in its history.

    Args:
        entry: as it is.
        level: code of cn-state; empty: stays.
        period: the new one, counted from its day of issue like the old; None: stays.
        day: of the decision.
        today: the day of the entry.

    Raises:
        RegisterError: nothing changes, the day cannot be, it would end before its issue, or a
            密点 would be above the document.
    """
    new = replace(entry, level=level or entry.level, period=period or entry.period)
    if (new.level, new.period) == (entry.level, entry.period):
        raise RegisterError(REGISTER["event.no-change"].fill(id=entry.id))
    _refuse_day(entry, day, today)
    before = entry.changes[-1].day if entry.changes else day
    if day < before:
        raise RegisterError(REGISTER["event.before-last"].fill(id=entry.id, day=before))
    _refuse_points_above(entry, new.level)
    law = law_for(entry.issued, today)
    ending = end(Marking(_SCHEME, new.level, new.period), entry.issued, law)
    if ending is None and isinstance(new.period, EndDate):
        raise RegisterError(REGISTER["add.ends-early"])
    return replace(
        new,
        ends=ending.last_day if ending is not None else None,
        assumed=ending.assumed if ending is not None else False,
        fulfilled=None if period is not None else entry.fulfilled,
        changes=(
            *entry.changes,
            Change(day, entry.level, entry.period, entry.ends, entry.fulfilled),
        ),
    )


def unchanged(entry: Entry) -> Entry:
    """Return `entry` as it was before its last change of level or period.

    Raises:
        RegisterError: none was recorded, or a 密点 would be above the document.
    """
    if not entry.changes:
        raise RegisterError(REGISTER["event.never-changed"].fill(id=entry.id))
    *before, last = entry.changes
    _refuse_points_above(entry, last.level)
    return replace(
        entry,
        level=last.level,
        period=last.period,
        ends=last.ends,
        assumed=last.ends is not None and last.period is None,
        fulfilled=last.fulfilled,
        changes=tuple(before),
    )


def _refuse_day(entry: Entry, day: date, latest: date | None) -> None:
    if entry.issued is not None and day < entry.issued:
        raise RegisterError(REGISTER["event.early"].fill(id=entry.id, day=day))
    if latest is not None and day > latest:
        raise RegisterError(REGISTER["event.to-come"].fill(id=entry.id, day=day))


def _refuse_points_above(entry: Entry, level: str) -> None:
    ranks = {each.code: each for each in read_levels() if each.scheme == _SCHEME}
    if any(ranks[point.level].rank > ranks[level].rank for point in entry.points):
        raise RegisterError(REGISTER["add.point-above"].fill(level=ranks[level].zh))
