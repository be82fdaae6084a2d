"""MS516 return-overdue: copies of a document should have gone back by now (清退)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.finding import Input, Severity, Verdict
from markscan.register import Entry
from markscan.rules.derivation import day_text
from markscan.rules.excerpt.example_document import ENTRY, ORIGINAL, UNMARKED
from markscan.rules.lifecycle.registered_copy import of_copy
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look at kept copies of the document."""
    yield from of_copy(case, of_entry)


def of_entry(entry: Entry, today: date) -> Hit | None:
    """Report an entry in force whose day of return has passed without a recorded return."""
    due = entry.return_by
    if due is None or today <= due or entry.returned is not None or not entry.in_force(today):
        return None
    return Hit(values={"entry": entry.id, "day": day_text(due)})


_LENT = replace(ENTRY, return_by=date(2025, 6, 30))
_OVERDUE = ((_LENT, ORIGINAL),)
_BACK = ((replace(_LENT, returned=date(2025, 6, 20)), ORIGINAL),)
_TO_COME = ((replace(_LENT, return_by=date(2026, 1, 1)), ORIGINAL),)
_RELEASED = ((replace(_LENT, declassified=date(2025, 8, 1)), ORIGINAL),)


RULE = Rule(
    code="MS516",
    name=Text("清退逾期", "Return overdue"),
    trigger=Text(
        "台账记有清退时间，已过期而没有清退记录，密件仍在保密期内；持有人调动离岗的须另行清退，台账不记持有人",
        "the register has a day of return that has passed, no return is recorded, and the document "
        "is in force; holders who leave must return theirs as well, but the register names none",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法实施条例》第27条第9项",
        "Regulation on the secrets law art. 27(9)",
    ),
    message=Text(
        "密件“{entry}”应当在{day}前清退，没有清退记录",
        "the copies of “{entry}” should have been returned by {day}, and no return is recorded",
    ),
    fix=Text(
        "请清退，核对份数和份号后登记：markscan register record returned {entry}。",
        "Call the copies in, count them, and record it: markscan register record returned {entry}.",
    ),
    judge=judge,
    of_entry=of_entry,
    found=(
        Example(ORIGINAL, task=Task.SCAN, register=_OVERDUE),
        Example(UNMARKED, task=Task.SCAN, register=_OVERDUE),
        Example(ORIGINAL, task=Task.SCAN, highest="jimi", register=_OVERDUE),
    ),
    clean=(
        Example(ORIGINAL, task=Task.SCAN, register=_BACK),
        Example(ORIGINAL, task=Task.SCAN, register=_TO_COME),
        Example(ORIGINAL, task=Task.SCAN, register=_RELEASED),
        Example(ORIGINAL, register=_OVERDUE),
    ),
    needs=(Input.REGISTER,),
)
