"""MS508 review-overdue: a document of the register was not reviewed within a year."""

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
from markscan.rules.lifecycle.registered_copy import of_copy, registered_as
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_YEAR = Duration(1, "Y")


def judge(case: Case) -> Iterator[Hit]:
    """Look at kept copies of what was reviewed before: an export tells of no reviews."""
    entry = registered_as(case)
    if entry is not None and entry.reviewed:
        yield from of_copy(case, of_entry)


def of_entry(entry: Entry, today: date) -> Hit | None:
    """Report an entry in force that was neither reviewed nor decided on for more than a year.

    Before the first review it counts from the day of issue.
    """
    began = (entry.issued,) if entry.issued is not None else ()
    days = (*began, *entry.reviewed, *(change.day for change in entry.changes))
    last = max((day for day in days if day <= today), default=None)
    until = after(last, _YEAR) if last is not None else None
    if last is None or until is None or today <= until or not entry.in_force(today):
        return None
    values: dict[str, object] = {"entry": entry.id, "last": day_text(last)}
    return Hit(values=values | {"until": day_text(until)})


_LATE = ((replace(ENTRY, reviewed=(date(2024, 12, 20),)), ORIGINAL),)
_DONE = ((replace(ENTRY, reviewed=(date(2024, 12, 20), date(2025, 12, 20))), ORIGINAL),)
_ENDED = ((replace(ENTRY, reviewed=(date(2024, 12, 20),), ends=date(2025, 3, 5)), ORIGINAL),)


RULE = Rule(
    code="MS508",
    name=Text("年度审核逾期", "Annual review overdue"),
    trigger=Text(
        "台账登记的密件在保密期内，一年以上没有审核、变更记录；没有记录的从制发日起算。扫描时只看记有审核的密件",
        "a registered document in force was neither reviewed nor changed for more than a year, "
        "counted from its issue where nothing is recorded. A scan looks at documents with recorded "
        "reviews only",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第24条（应当每年审核所确定的国家秘密）",
        "Secrets law art. 24 (what was classified is reviewed each year)",
    ),
    message=Text(
        "密件“{entry}”上次审核（或者制发、变更）在{last}，应当在{until}前再次审核",
        "“{entry}” was last reviewed, issued or changed on {last}; the next review was due by "
        "{until}",
    ),
    fix=Text(
        "请审核是否仍须保密，作出决定并登记：markscan register record reviewed {entry}。",
        "Review whether it must stay secret, decide, and record it: markscan register record "
        "reviewed {entry}.",
    ),
    judge=judge,
    of_entry=of_entry,
    found=(
        Example(ORIGINAL, task=Task.SCAN, register=_LATE),
        Example(UNMARKED, task=Task.SCAN, register=_LATE),
        Example(ORIGINAL, task=Task.SCAN, highest="jimi", register=_LATE),
    ),
    clean=(
        Example(ORIGINAL, task=Task.SCAN, register=_DONE),
        Example(ORIGINAL, task=Task.SCAN, register=_ENDED),
        Example(ORIGINAL, task=Task.SCAN, register=((ENTRY, ORIGINAL),)),
        Example(ORIGINAL, register=_LATE),
        Example(ORIGINAL, task=Task.SCAN, highest="", register=_LATE),
    ),
    needs=(Input.REGISTER,),
)
