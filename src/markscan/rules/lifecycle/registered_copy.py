"""Tells which registered document a file is, how that one ended, and what is due for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from markscan.register import Entry
from markscan.rules.excerpt.reuse_kinds import has_title, is_copy
from markscan.rules.leak.location_words import bars_state_secrets
from markscan.rules.rule import Case, Hit, Task
from markscan.wording import Text

_RELEASED = Text("解密", "was declassified")
_FULFILLED = Text("满足解密条件", "fulfilled its condition of release")
_EXPIRED = Text("保密期限届满", "reached the end of its period")


def registered_as(case: Case) -> Entry | None:
    """Return the entry of which the file is a copy, in force or not; None where it is none.

    Of two versions the one of which more stands here. What has the text under another title is
    a document of its own.
    """
    return next((reuse.entry for reuse in case.reuse if is_copy(reuse) and has_title(reuse)), None)


def ended(entry: Entry, today: date) -> tuple[date, Text] | None:
    """Return on which day `entry` ceased to be secret and how; None while it is in force."""
    if entry.in_force(today):
        return None
    for day, how in ((entry.declassified, _RELEASED), (entry.fulfilled, _FULFILLED)):
        if day is not None and day <= today:
            return day, how
    return (entry.ends, _EXPIRED) if entry.ends is not None else None


def of_copy(case: Case, of_entry: Callable[[Entry, date], Hit | None]) -> Iterator[Hit]:
    """Yield what `of_entry` says of the entry of which the file is a kept copy, if anything.

    Of copies that a scan meets where they may lie: elsewhere other rules say what is worse.
    """
    barred = case.location is not None and bars_state_secrets(case.location)
    entry = registered_as(case) if case.task is Task.SCAN and not barred else None
    hit = of_entry(entry, case.today) if entry is not None else None
    if hit is not None:
        yield replace(hit, evidence=tuple(case.visible[:1]))
