"""State markings that stand where no reader of the document looks."""

from __future__ import annotations

import re

from markscan.document import Area
from markscan.finding import MarkingEvidence, Role
from markscan.rules.beside import mail_subject
from markscan.rules.end_date import expired
from markscan.rules.rule import VISIBLE, Case

_CHOICES = 3  # different markings out of sight are a list to choose from, no marking
# The last word of a label tells text that no application shows as text but that nobody hid:
# alternative text, fields and formulas, targets of links, comments of the markup.
_BESIDE = re.compile(
    r"(?:alt|field|formula|format|filter|range|scenario|page|hyperlink|link|validation|name"
    r"|comment|declaration|cut|entity|package|properties|expression|text|value|title)$"
)
# The name of a file inside a mail, which has an outcome of its own; programs of a page, which
# hold markings to choose from.
_NONE = ("attachment", "script", "style", "template")


def hidden(case: Case) -> list[MarkingEvidence]:
    """Return the state markings in force in text that was hidden: runs, rows, sheets, slides."""
    return [seen for seen in _unseen(case) if _was_hidden(seen)]


def aside(case: Case) -> list[MarkingEvidence]:
    """Return those in properties, comments, notes, alternative text and tracked deletions."""
    return [seen for seen in _unseen(case) if not _was_hidden(seen)]


def shown_elsewhere(case: Case) -> bool:
    """Return whether a reader sees a state marking of any kind, or part of the file is unread.

    What was not read may bear it.
    """
    roles = {Role.MARKING, Role.TEMPLATE, Role.EXAM, Role.VOIDED, Role.REFERENCE}
    return bool(case.own_problems) or any(
        seen.marking.scheme == "cn-state" and seen.role in roles and seen.place.area in VISIBLE
        for seen in case.markings
    )


def _unseen(case: Case) -> list[MarkingEvidence]:
    found = [
        seen
        for seen in case.state
        if seen.place.area not in VISIBLE
        and seen.place.area is not Area.FILENAME
        and not seen.place.label.endswith(_NONE)
        and not mail_subject(case, seen)
    ]
    different = {(seen.marking.level, seen.marking.period_code) for seen in found}
    if not found or len(different) >= _CHOICES or _about_something_else(case):
        return []
    return [seen for seen in found if not expired(case, seen.marking)]


def _was_hidden(seen: MarkingEvidence) -> bool:
    return seen.place.area is Area.HIDDEN and _BESIDE.search(seen.place.label) is None


def _about_something_else(case: Case) -> bool:
    kind = case.context()
    return kind.about_markings or kind.template or kind.fiction or kind.exam
