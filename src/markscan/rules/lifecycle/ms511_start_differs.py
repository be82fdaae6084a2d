"""MS511 start-differs: day of issue on the face and in the register differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.finding import Element, Input, Severity, Verdict
from markscan.marking import Duration
from markscan.rules.derivation import day_text
from markscan.rules.excerpt.example_document import ENTRY, FIRST, ORIGINAL, REGISTER, TITLE
from markscan.rules.lifecycle.registered_copy import registered_as
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Compare the days where a period of years, months or days counts from one of them."""
    entry = registered_as(case)
    if entry is None or entry.issued is None or not entry.in_force(case.today):
        return
    counted = [m for m in case.visible if isinstance(m.marking.period, Duration)]
    if counted and case.issued is not None and case.issued != entry.issued:
        seen = case.elements().first(Element.DATE) or counted[0]
        values: dict[str, object] = {
            "entry": entry.id,
            "mark": shown(case, counted[0].marking),
            "here": day_text(case.issued),
            "there": day_text(entry.issued),
        }
        yield Hit((seen,), values)


RULE = Rule(
    code="MS511",
    name=Text("期限起算日缺失或冲突", "Start of the period unclear"),
    trigger=Text(
        "文件是台账登记的密件，标有年、月、日计的保密期限，文上的成文日期与台账的制发日不同",
        "the file is a registered document marked with a period of years, months or days, and its "
        "day of issue differs from that in the register",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法实施条例》第19条（保密期限自标明的制发日起计算）",
        "Secrets regulation art. 19 (a period counts from the day of issue stated)",
    ),
    message=Text(
        "“{mark}”的起算日不一致：文上为{here}，台账（“{entry}”）为{there}",
        "the period of “{mark}” begins on two days: {here} in the text, {there} in the register "
        "(“{entry}”)",
    ),
    fix=Text(
        "请核定制发日或者通知日，更正台账或者文件。",
        "Find out the day of issue or of notice, and correct the register or the document.",
    ),
    judge=judge,
    found=(
        Example(ORIGINAL.replace("3月5日", "3月15日"), task=Task.SCAN, register=REGISTER),
        Example(ORIGINAL, register=((replace(ENTRY, issued=date(2024, 2, 5)), ORIGINAL),)),
        Example(
            ORIGINAL,
            task=Task.SCAN,
            register=((replace(ENTRY, issued=date(2023, 3, 5)), ORIGINAL),),
        ),
    ),
    clean=(
        Example(
            f"{ORIGINAL}\n某某市水务局办公室复印\n2025年3月2日", task=Task.SCAN, register=REGISTER
        ),
        Example(
            ORIGINAL.replace(TITLE, "关于码头泊位调整情况的报告").replace("2024年3", "2025年3"),
            task=Task.SCAN,
            register=REGISTER,
        ),
        Example(ORIGINAL, register=REGISTER),
        Example(ORIGINAL.replace("3月5日", "3月15日")),
        Example(f"机密★10年\n工作情况\n{FIRST}\n2025年3月1日", register=REGISTER),
        Example(ORIGINAL, register=((replace(ENTRY, issued=None), ORIGINAL),)),
    ),
    needs=(Input.REGISTER,),
)
