"""Asks the occurrence model about markings that are less than full, and about no others.

A level word alone, without star or period, may be a marking that a typist left half done, or a
heading, a label, a word of a list. Where it stands on a line or in a cell of its own, the
model may raise what the rules of place pass over, and drop what they kept for its place alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markscan.classify.shipped import Shipped
from markscan.document import Area, Document, Span
from markscan.finding import Role, Zone
from markscan.match.context import Context
from markscan.match.reading import Parsed

if TYPE_CHECKING:
    from markscan.classify.occurrence import OccurrenceModel, Reading

_WORD = re.compile(r"[绝絕]\s*[密]|[机機]\s*[密]|[秘祕]\s*[密]")
_ASKED = frozenset({Area.BODY, Area.CELL, Area.TEXTBOX})
_UNSURE = frozenset({"placeholder", "multi", "typo"})


class WeakCases:
    """What the model says of the weak cases of one document. Built once a document."""

    def __init__(
        self,
        document: Document,
        context: Context,
        parsed: Sequence[Parsed],
        shipped: Shipped[OccurrenceModel],
    ) -> None:
        """Look at nothing yet: most documents have no weak case."""
        self._document = document
        self._context = context
        self._parsed = parsed
        self._shipped = shipped

    def settle(self, one: Parsed, zone: Zone, role: Role | None) -> Role | None:
        """Return the role of a marking that is not full, where the rules gave it `role`."""
        if not self._weak(one, zone):
            return role
        context = self._context
        if role is None:
            quoting = context.about_markings or context.fiction or context.template
            if quoting or context.exam or context.company:
                return None
            reading = self._read(one)
            raised = reading is not None and reading.marks >= self._shipped.model.limits["sure"]
            return Role.MARKING if raised else None
        if role is Role.MARKING and one.marking.period is None:
            reading = self._read(one)
            if reading is None or reading.marks >= self._shipped.model.limits["hardly"]:
                return role
            return Role.REFERENCE if reading.kind == "reference" else None
        return role

    def _weak(self, one: Parsed, zone: Zone) -> bool:
        marking = one.marking
        place = self._document.parts[one.candidate.part].place
        return (
            marking.scheme == "cn-state"
            and marking.level is not None
            and not one.labelled
            and not _UNSURE & set(marking.defects)
            and "nostar" in marking.defects
            and zone in (Zone.STRONG, Zone.LINE)
            and place.area in _ASKED
            and not place.is_repeated
        )

    def _read(self, one: Parsed) -> Reading | None:
        """What the model says of the level word of a candidate; None if it is not found."""
        candidate = one.candidate
        part = self._document.parts[candidate.part]
        found = _WORD.search(part.text, candidate.span.start, candidate.span.end)
        if found is None:
            return None
        span = Span(*found.span())
        levels = 0
        if part.row is not None:
            rows = (self._document.parts[p.candidate.part].row for p in self._parsed)
            levels = sum(row == part.row for row in rows)
        return self._shipped.model.judge(self._document, candidate.part, span, levels)
