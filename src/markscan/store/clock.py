"""The clock that runs from a confirmed leak: it is to be reported within 24 hours (MS513).

A state secret that has leaked, or may have, is reported to the secrecy administration of the
same level and to the department above within 24 hours, and the damage is contained at once
(保密法实施条例 2024, 第61条). The clock of a finding begins when it was found: as the person who
confirms it says, else when that is entered. It stands for all copies, and stops when the report
is noted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from markscan.finding import Severity
from markscan.store.verdicts import Verdict

LIMIT = timedelta(hours=24)
_LEAKS = ("MS3", "MS4")  # where files lie and leaks; excerpts, compilations, copies


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock: `verdict` is what began it, `reports` what was noted since; none: it runs."""

    verdict: Verdict
    reports: tuple[Verdict, ...] = ()

    @property
    def due(self) -> datetime:
        """When the report must have been made."""
        return self.verdict.began + LIMIT


def starts(verdict: Verdict) -> bool:
    """Tell whether this verdict begins a clock: a critical finding of these groups, confirmed."""
    return (
        verdict.kind == "confirmed"
        and verdict.severity == Severity.CRITICAL
        and verdict.rule.startswith(_LEAKS)
    )


def running(history: Iterable[Verdict]) -> list[Clock]:
    """Return the clocks that run after `history`, the one due first at the front."""
    return [each for each in clocks(history) if not each.reports]


def clocks(history: Iterable[Verdict]) -> list[Clock]:
    """Return the clocks of all that is confirmed after `history`, the one due first at the front.

    A second confirmation of what is confirmed gives no more time; the earliest time at which it
    is said to have been found counts. What is withdrawn or dismissed everywhere it was confirmed
    needs no report; confirmed again, it has the time that it had, unless it was reported.
    """
    standing: dict[str, dict[bytes | None, Verdict]] = {}
    begun: dict[str, Clock] = {}
    unreported: dict[str, Verdict] = {}
    for each in history:
        folders = standing.setdefault(each.content, {})
        clock = begun.get(each.content)
        if each.kind == "reported":
            if clock is not None:
                begun[each.content] = replace(clock, reports=(*clock.reports, each))
        elif starts(each):
            folders.setdefault(each.under, each)
            first = clock.verdict if clock is not None else unreported.get(each.content, each)
            began = min(first, each, key=lambda verdict: verdict.began)
            begun[each.content] = Clock(began, clock.reports if clock is not None else ())
        else:
            folders.pop(each.under, None)
            if not folders and clock is not None:
                del begun[each.content]
                unreported.pop(each.content, None)
                if not clock.reports:
                    unreported[each.content] = clock.verdict
    return sorted(begun.values(), key=lambda clock: clock.due)
