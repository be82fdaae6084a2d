"""What a level word means on the papers of a private company (profile.own_star).

A company's own 绝密, 机密, 秘密 are no state secrets (law-and-rules, 1.8): without ★ they
are its own affair; with ★ its drafts break the law (法22). A file that is merely found in
its folders may have come from a state organ: there the ★ keeps its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from markscan.finding import MarkingEvidence
from markscan.marking import Marking
from markscan.profile import Profile
from markscan.rules.rule import Task

_OTHER_SIGN = frozenset({"nostar", "star-glyph"})


def has_star(marking: Marking) -> bool:
    """Return whether it is a state marking that bears ★, in whatever order."""
    return marking.scheme == "cn-state" and not _OTHER_SIGN & set(marking.defects)


def as_judged(
    markings: Iterable[MarkingEvidence], profile: Profile, task: Task
) -> tuple[MarkingEvidence, ...]:
    """Return `markings` as they count on the papers of this kind of organisation."""
    if not profile.own_star:
        return tuple(markings)
    return tuple(_own(seen, task) for seen in markings)


def _own(seen: MarkingEvidence, task: Task) -> MarkingEvidence:
    marking = seen.marking
    if marking.scheme != "cn-state" or not seen.effective:
        return seen
    if not has_star(marking):
        return replace(seen, marking=Marking("cn-company", marking.level, marking.period))
    if task is Task.SCAN:
        return seen
    mixed = Marking("cn-company", marking.level, marking.period, None, ("scheme-mix",))
    return replace(seen, marking=mixed)
