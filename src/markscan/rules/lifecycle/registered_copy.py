"""Tells which registered document a file is, and how that one ended."""

from __future__ import annotations

from datetime import date

from markscan.register import Entry
from markscan.rules.excerpt.reuse_kinds import is_copy
from markscan.rules.rule import Case
from markscan.wording import Text

_RELEASED = Text("解密", "was declassified")
_EXPIRED = Text("保密期限届满", "reached the end of its period")


def registered_as(case: Case) -> Entry | None:
    """Return the entry of which the file is a copy, in force or not; None where it is none.

    Of two versions the one of which more stands here.
    """
    return next((reuse.entry for reuse in case.reuse if is_copy(reuse)), None)


def ended(entry: Entry, today: date) -> tuple[date, Text] | None:
    """Return on which day `entry` ceased to be secret and how; None while it is in force."""
    if entry.in_force(today):
        return None
    if entry.declassified is not None and entry.declassified <= today:
        return entry.declassified, _RELEASED
    return (entry.ends, _EXPIRED) if entry.ends is not None else None
