"""MS504 release-without-record: a declassification stamp on what the register has in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.finding import Input, MarkingEvidence, Severity, Verdict
from markscan.rules.excerpt.example_document import ENTRY, FIRST, ORIGINAL, REGISTER, UNMARKED
from markscan.rules.lifecycle.registered_copy import registered_as
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Compare the stamp 解密 of a registered document with the register."""
    stamp = next((seen for seen in case.effective("lifecycle") if _releases(seen)), None)
    entry = registered_as(case) if stamp is not None else None
    if stamp is not None and entry is not None and entry.in_force(case.today):
        yield Hit((stamp,), {"entry": entry.id})


def _releases(seen: MarkingEvidence) -> bool:
    return seen.marking.level == "decl" and seen.place.area in VISIBLE


RULE = Rule(
    code="MS504",
    name=Text("解密标志没有解密记录", "Declassification stamp without a record"),
    trigger=Text(
        "文件是台账登记的密件，文上有解密标志，台账没有解密记录，期限也未届满",
        "the file is a registered document with a stamp of declassification, while the register "
        "has no record of it and the period has not ended",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第7条；《国家秘密定密管理暂行规定》第34条（2014）",
        "Marking rules 1990 art. 7; classification rules 2014 art. 34",
    ),
    message=Text(
        "有解密标志，而台账中本件（“{entry}”）仍在保密期限内，没有解密记录",
        "it is stamped as declassified, while by the register this document (“{entry}”) is in "
        "force and no release is recorded",
    ),
    fix=Text(
        "请核对解密决定：已解密的，补登台账；没有解密的，去除解密标志，恢复原标志。核对之前按密件管理。",
        "Check the decision: if it was declassified, record it; if not, take the stamp off and "
        "restore the marking. Until then treat it as classified.",
    ),
    judge=judge,
    found=(
        Example("解密\n" + ORIGINAL, task=Task.SCAN, register=REGISTER),
        Example("已解密\n" + UNMARKED, task=Task.SCAN, register=REGISTER),
        Example("已解密\n" + UNMARKED, register=REGISTER),
    ),
    clean=(
        Example(ORIGINAL, task=Task.SCAN, register=REGISTER),
        Example("已解密\n工作情况\n" + FIRST, task=Task.SCAN, register=REGISTER),
        Example("已解密\n" + UNMARKED, task=Task.SCAN),
        Example(
            "已解密\n" + UNMARKED,
            register=((replace(ENTRY, declassified=date(2025, 2, 1)), ORIGINAL),),
        ),
    ),
    needs=(Input.REGISTER,),
)
