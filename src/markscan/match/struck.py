"""Finds markings through which a line runs: they are void (标志 1990, art. 7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from markscan.document import Area, Document, Layout
from markscan.finding import MarkingEvidence, Role

_SEEN = frozenset({Area.BODY, Area.CELL, Area.TEXTBOX})


def voided(
    document: Document, markings: tuple[MarkingEvidence, ...], layout: Callable[[], Layout | None]
) -> tuple[MarkingEvidence, ...]:
    """Return `markings`, those of the state that are struck out as voided.

    The layout is read only where one of them is in force.
    """
    if not any(seen.effective and seen.marking.scheme == "cn-state" for seen in markings):
        return markings
    found = layout()
    struck = {
        (line.place.label, run.text.strip())
        for line in (found.lines if found is not None else ())
        for run in line.runs
        if run.struck and run.text.strip()
    }
    return tuple(
        replace(seen, role=Role.VOIDED) if _is_struck(document, seen, struck) else seen
        for seen in markings
    )


def _is_struck(document: Document, seen: MarkingEvidence, struck: set[tuple[str, str]]) -> bool:
    if not struck or not seen.effective or seen.place.area not in _SEEN:
        return False
    text = seen.span.cut(document.parts[seen.part].text)
    return any(label == seen.place.label and run in text for label, run in struck)
