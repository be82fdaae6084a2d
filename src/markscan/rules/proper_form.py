"""Says how a marking should be written, and how a sentence names the one that was seen."""

from __future__ import annotations

from markscan.finding import MarkingEvidence
from markscan.marking import EndDate, Marking
from markscan.rules.rule import Case, Hit
from markscan.wording import Text


def proper(marking: Marking) -> str:
    """Return the right form; empty for schemes that have no fixed form.

    Where a person must supply the period the word 保密期限 stands in its place
    (机密★保密期限, 定密2014 art. 24), so too in that of one beyond the legal limit, which no
    sentence may recommend. A year or month alone becomes its last day.
    """
    if marking.canonical is None:
        return ""
    level, star, period = marking.canonical.partition("★")
    if period == "?" or "over-limit" in marking.defects:
        return f"{level}{star}保密期限"
    if isinstance(marking.period, EndDate):
        last = marking.period.last_day
        return f"{level}{star}{last.year}年{last.month}月{last.day}日"
    return marking.canonical


def level_word(case: Case, marking: Marking) -> str:
    """Return the level as the law writes it: 机密. Empty where none can be read."""
    if marking.level is None:
        return ""
    level = case.levels.find(marking.scheme, marking.level)
    return level.zh if level is not None else ""


def shown(case: Case, marking: Marking) -> str:
    """Return the marking as a sentence names it: 机密★10年, or 机密 where no period stands."""
    if marking.canonical is None or marking.canonical.endswith("★?"):
        return level_word(case, marking)
    return marking.canonical


def rewrite(seen: MarkingEvidence, faults: dict[str, Text], otherwise: Text) -> Hit:
    """Return a hit that names the faults and gives the right form.

    Args:
        seen: the marking; its defects pick the words.
        faults: words for the braces {fault}, by tag of defect.
        otherwise: the fix where there is no right form to give.
    """
    right, told = proper(seen.marking), [faults[t] for t in seen.marking.defects if t in faults]
    fault = Text("、".join(each.zh for each in told), ", ".join(each.en for each in told))
    return Hit((seen,), {"right": right, "fault": fault}, fix=None if right else otherwise)
