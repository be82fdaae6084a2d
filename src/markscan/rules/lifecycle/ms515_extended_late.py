"""MS515 extended-late: a period was extended after it had ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.finding import Input, Severity, Verdict
from markscan.marking import Duration
from markscan.register import Change, Entry
from markscan.rules.derivation import day_text
from markscan.rules.excerpt.example_document import ENTRY, ORIGINAL, UNMARKED
from markscan.rules.lifecycle.registered_copy import of_copy
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look at kept copies of the document."""
    yield from of_copy(case, of_entry)


def of_entry(entry: Entry, today: date) -> Hit | None:
    """Report an entry whose latest late decision came after the end that it was to move."""
    for change in reversed(entry.changes):
        if change.ends is not None and change.ends < change.day <= today:
            values: dict[str, object] = {"entry": entry.id, "ended": day_text(change.ends)}
            return Hit(values=values | {"day": day_text(change.day)})
    return None


_YEARS = Duration(1, "Y")
_ENTRY = replace(ENTRY, period=Duration(3, "Y"), ends=date(2027, 3, 5))
_LATE = (
    (
        replace(_ENTRY, changes=(Change(date(2025, 3, 6), "jimi", _YEARS, date(2025, 3, 5)),)),
        ORIGINAL,
    ),
)
_IN_TIME = (
    (
        replace(_ENTRY, changes=(Change(date(2025, 3, 5), "jimi", _YEARS, date(2025, 3, 5)),)),
        ORIGINAL,
    ),
)
_SHOWN = ORIGINAL.replace("10年", "3年")


RULE = Rule(
    code="MS515",
    name=Text("延期未在届满前作出", "Extended after the period had ended"),
    trigger=Text(
        "台账记有变更决定，决定之日原保密期限已经届满",
        "the register has a decision to change a document that was made after its period had ended",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第24条；《国家秘密定密管理暂行规定》第27条、第30条（2014）",
        "Secrets law art. 24; classification rules 2014 arts. 27 and 30",
    ),
    message=Text(
        "密件“{entry}”的保密期限已于{ended}届满，{day}才决定变更：届满时已自行解密",
        "the period of “{entry}” ended on {ended}, and the change was decided on {day} only: by "
        "then it had been declassified",
    ),
    fix=Text(
        "请由定密责任人核对：仍须保密的，须重新确定密级、保密期限和知悉范围；不再保密的，作解密标志。",
        "Let a person with authority check it: if it must be secret, classify it anew; if not, "
        "note the release.",
    ),
    judge=judge,
    of_entry=of_entry,
    found=(
        Example(_SHOWN, task=Task.SCAN, register=_LATE),
        Example(UNMARKED, task=Task.SCAN, register=_LATE),
        Example(_SHOWN, task=Task.SCAN, highest="jimi", register=_LATE),
    ),
    clean=(
        Example(_SHOWN, task=Task.SCAN, register=_IN_TIME),
        Example(ORIGINAL, task=Task.SCAN, register=((ENTRY, ORIGINAL),)),
        Example(_SHOWN, register=_LATE),
    ),
    needs=(Input.REGISTER,),
)
