"""Compares the markings of a file with what may lie where it lies."""

from __future__ import annotations

from collections.abc import Iterable

from markscan.document import Area
from markscan.finding import MarkingEvidence, Severity, Zone
from markscan.policy import Location
from markscan.rules.end_date import expired
from markscan.rules.rule import VISIBLE, Case


def in_force(case: Case, *schemes: str) -> list[MarkingEvidence]:
    """Return the markings of these schemes that mark the file, have a level and have not ended."""
    return [
        seen
        for seen in case.effective(*schemes)
        if _rank(case, seen) is not None and not expired(case, seen.marking)
    ]


def above_ceiling(case: Case, *schemes: str) -> list[MarkingEvidence]:
    """Return those of them whose level may not lie here; empty where no policy applies.

    Of schemes other than state secrets only where the policy speaks of them.
    """
    location = case.location
    if location is None:
        return []
    return [
        seen
        for seen in in_force(case, *schemes)
        if _judged(location, seen.marking.scheme) and not _fits(case, location, seen)
    ]


def not_placed(case: Case, *schemes: str) -> list[MarkingEvidence]:
    """Return the markings in force that the policy does not place here by name.

    A place that no policy lists admits none of them.
    """
    location = case.location
    listed = location is not None and location.listed
    return [
        seen
        for seen in in_force(case, *schemes)
        if location is None or not listed or not _fits(case, location, seen)
    ]


def gravest(case: Case, found: Iterable[MarkingEvidence], worth: Severity) -> MarkingEvidence:
    """Return the highest of `found` (at least one), of equals the one that is worth most."""
    return max(found, key=lambda seen: (_rank(case, seen) or 0, lessened(seen, worth)))


def lessened(seen: MarkingEvidence, worth: Severity) -> Severity:
    """Return what a marking is worth: less than `worth` where an office would not put it."""
    if seen.place.area is Area.FILENAME:
        return min(worth, Severity.MEDIUM)
    if seen.place.area not in VISIBLE or seen.zone is Zone.WEAK:
        return min(worth, Severity.HIGH)
    return worth


def _rank(case: Case, seen: MarkingEvidence) -> int | None:
    level = case.levels.find(seen.marking.scheme, seen.marking.level or "")
    return level.rank if level is not None else None


def _fits(case: Case, location: Location, seen: MarkingEvidence) -> bool:
    level = case.levels.find(seen.marking.scheme, seen.marking.level or "")
    return level is not None and location.allows(level)


def _judged(location: Location, scheme: str) -> bool:
    """Whether the policy says what may lie here of `scheme`; of state secrets the law does."""
    named = any(name == scheme for name, _ in location.highest)
    return scheme == "cn-state" or (location.listed and (named or location.kind == "public"))
