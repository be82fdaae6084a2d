"""When what was taken from registered documents ends, and when the file does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markscan.end_date import end
from markscan.finding import MarkingEvidence
from markscan.marking import Condition, LongTerm
from markscan.match.excerpts import Reuse
from markscan.register import Entry
from markscan.rules.derivation import Derived, Member, day_words, derive, period_words
from markscan.rules.end_date import extension
from markscan.rules.excerpt.reuse_kinds import level_taken
from markscan.rules.rule import Case
from markscan.wording import Text

FOREVER = date.max  # conditions and 长期: no date is later


def own_end(case: Case, seen: MarkingEvidence) -> date | None:
    """Return the last day of the file's marking, `FOREVER` without a date; None if unknown.

    A period that is not written and only assumed tells nothing here (MS102 does). What bears
    no day of issue counts as issued today: a file that lies here was issued no later.
    """
    if isinstance(seen.marking.period, Condition | LongTerm):
        return FOREVER
    longer = extension(case)
    if longer is not None:
        return longer.until
    ending = end(seen.marking, case.issued or case.today, case.law)
    return ending.last_day if ending is not None and not ending.assumed else None


def last_taken(reuse: Reuse) -> date | None:
    """Return the last day of a registered document, `FOREVER` without a date; None if unknown."""
    if reuse.entry.ends is not None:
        return reuse.entry.ends
    return FOREVER if isinstance(reuse.entry.period, Condition | LongTerm) else None


def derived(case: Case, reuses: Iterable[Reuse], own: MarkingEvidence | None = None) -> Derived:
    """Return the mark that follows from what was taken, and not below the file's own level."""
    members = []
    for reuse in reuses:
        level = level_taken(case, reuse)
        members.append(Member.of(reuse.entry, level.code if level is not None else ""))
    code = own.marking.level if own is not None else None
    least = case.levels.find("cn-state", code) if code is not None else None
    return derive(members, case.issued or case.today, case.law, case.levels, least=least)


def sentence(entry: Entry) -> Text:
    """Return until when a registered document binds, as the end of a sentence about it."""
    if entry.ends is not None and entry.assumed:
        day = day_words(entry.ends)
        return Text(
            f"未标保密期限，按法定上限推定到 {day}",
            f"names no period and by the legal default lasts to {entry.ends} (assumed)",
        )
    if entry.ends is not None:
        return Text(f"到 {day_words(entry.ends)}解密", f"lasts to {entry.ends}")
    if isinstance(entry.period, LongTerm):
        return Text("为长期", "is long-term")
    if isinstance(entry.period, Condition):
        words = period_words(entry.period)
        return Text(f"以“{words}”为解密条件", f"lasts to a condition (“{words}”)")
    return Text("的解密时间不明", "ends nobody knows when")
