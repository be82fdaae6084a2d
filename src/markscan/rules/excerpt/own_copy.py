"""Reads what a copy of a registered document says of itself: copy number, print run."""

from __future__ import annotations

import re

from markscan.finding import Copy, Element, ElementEvidence
from markscan.match.excerpts import Reuse
from markscan.rules.excerpt.reuse_kinds import is_copy, same_stretch
from markscan.rules.excerpt.taking import stamps
from markscan.rules.rule import Case

_ARABIC = re.compile(r"\d{1,9}")
_FULL = str.maketrans("０１２３４５６７８９", "0123456789")

Counted = tuple[ElementEvidence, int]


def registered_copies(case: Case) -> list[Reuse]:
    """Return the registered documents that the file is a copy of; of versions the first."""
    found: list[Reuse] = []
    for reuse in case.reuse:
        if is_copy(reuse) and not any(same_stretch(reuse, one) for one in found):
            found.append(reuse)
    return found


def copy_number(case: Case) -> Counted | None:
    """Return the copy number (份号) in the head, and where; None where none is read."""
    return _first(case, Element.COPY_NUMBER)


def print_run(case: Case) -> Counted | None:
    """Return how many copies the imprint says were printed, and where; None if it does not."""
    return _first(case, Element.PRINT_RUN)


def copies(case: Case) -> tuple[Copy, ...]:
    """Return which copies of registered documents in force the file is, for the count of a run."""
    if not case.reuse:
        return ()  # the elements of most files are never asked for
    # A photocopy bears the number of what was copied, and a stamp that says so.
    made = next(stamps(case), None) is not None
    number = copy_number(case) if not made else None
    return tuple(
        Copy(reuse.entry.id, reuse.entry.copies, number[1] if number is not None else None)
        for reuse in registered_copies(case)
        if reuse.entry.in_force(case.today)
    )


def _first(case: Case, element: Element) -> Counted | None:
    for seen in case.elements().all(element):
        digits = _ARABIC.search(case.text(seen).translate(_FULL))
        if digits is not None:
            return seen, int(digits[0])
    return None
