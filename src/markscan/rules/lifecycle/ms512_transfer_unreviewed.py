"""MS512 transfer-unreviewed: a document in force went to the archives without a review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.end_date import after
from markscan.finding import Input, Severity, Verdict
from markscan.marking import Duration
from markscan.register import Entry
from markscan.rules.derivation import day_text
from markscan.rules.excerpt.example_document import ENTRY, ORIGINAL, UNMARKED
from markscan.rules.lifecycle.registered_copy import of_copy
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_YEAR = Duration(1, "Y")


def judge(case: Case) -> Iterator[Hit]:
    """Look at kept copies of the document."""
    yield from of_copy(case, of_entry)


def of_entry(entry: Entry, today: date) -> Hit | None:
    """Report an entry that was in force when it was handed over, and not reviewed before.

    No rule says how old a review may be; one of the year before counts, as it is a yearly duty.
    """
    day = entry.transferred
    if day is None or day > today or not entry.in_force(day):
        return None
    decided = (*entry.reviewed, *(change.day for change in entry.changes))
    if any(each <= day <= (after(each, _YEAR) or day) for each in decided):
        return None
    return Hit(values={"entry": entry.id, "day": day_text(day)})


_GIVEN = replace(ENTRY, transferred=date(2025, 9, 1))
_UNSEEN = ((_GIVEN, ORIGINAL),)
_LONG_AGO = ((replace(_GIVEN, reviewed=(date(2024, 3, 6),)), ORIGINAL),)
_SEEN = ((replace(_GIVEN, reviewed=(date(2025, 8, 1),)), ORIGINAL),)
_RELEASED = ((replace(_GIVEN, declassified=date(2025, 8, 1)), ORIGINAL),)


RULE = Rule(
    code="MS512",
    name=Text("移交档案前未解密审核", "No declassification review before transfer to archives"),
    trigger=Text(
        "台账记有移交档案馆的日期，移交时密件仍在保密期内，此前一年内没有审核、变更记录",
        "the register has a day of transfer to the archives on which the document was in force, "
        "and no review or change within the year before",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密解密暂行办法》第4条（移交各级国家档案馆前必审核）；《国家秘密定密管理暂行规定》第37条（2014）",
        "Provisional rule on declassification art. 4 (review before transfer to the archives); "
        "classification rules 2014 art. 37",
    ),
    message=Text(
        "密件“{entry}”于{day}移交档案馆，移交前一年内没有解密审核记录",
        "“{entry}” was handed over to the archives on {day} without a recorded review in the year "
        "before",
    ),
    fix=Text(
        "请补做解密审核，结果通知档案馆，并登记审核日期。",
        "Review it now, tell the archives the result, and record the day of the review.",
    ),
    judge=judge,
    of_entry=of_entry,
    found=(
        Example(ORIGINAL, task=Task.SCAN, register=_UNSEEN),
        Example(UNMARKED, task=Task.SCAN, register=_UNSEEN),
        Example(ORIGINAL, task=Task.SCAN, register=_LONG_AGO),
    ),
    clean=(
        Example(ORIGINAL, task=Task.SCAN, register=_SEEN),
        Example(ORIGINAL, task=Task.SCAN, register=_RELEASED),
        Example(ORIGINAL, task=Task.SCAN, register=((ENTRY, ORIGINAL),)),
        Example(ORIGINAL, register=_UNSEEN),
    ),
    needs=(Input.REGISTER,),
)
