"""MS110 long-term: the period is 长期 or 永久."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.proper_form import level_word
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text

_OTHER_WORD = Text(
    "没有终点的期限应写作“长期”，不写“永久”",
    "a period without end is written 长期, not 永久",
)
_REWRITE = Text("请改为“{level}★长期”。", "Write “{level}★长期”.")


def judge(case: Case) -> Iterator[Hit]:
    """Look for 长期 and its other words in state-secret markings.

    Where the organisation's catalogue says 长期, only the other words are faults.
    """
    for seen in with_defect(case, "long", "long-word"):
        limit = case.law.limit_years.get(seen.marking.level or "")
        if seen.marking.scheme != "cn-state" or limit is None:
            continue
        values: dict[str, object] = {"level": level_word(case, seen.marking), "limit": limit}
        if not case.profile.long_term_allowed:
            yield Hit((seen,), values)
        elif "long-word" in seen.marking.defects:
            yield Hit((seen,), values, severity=Severity.LOW, message=_OTHER_WORD, fix=_REWRITE)


RULE = Rule(
    code="MS110",
    name=Text("期限标为长期或永久", "Indefinite period"),
    trigger=Text("保密期限写作长期、永久、永远、长远", "the period is 长期, 永久, 永远 or 长远"),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密定密管理暂行规定》第22条（2014）（除保密事项范围有明确规定外，不得确定为长期）",
        "Classification rules 2014 art. 22 (never indefinite unless the catalogue of secret "
        "matters "
        "says so)",
    ),
    message=Text(
        "{level}级保密期限没有终点，除保密事项范围有明确规定外不得确定为长期",
        "the period of this {level} never ends, which only the catalogue of secret matters can "
        "allow",
    ),
    fix=Text(
        "请填写不超过{limit}年的具体期限，如“{level}★{limit}年”以内；确有依据的，"
        "在定密记录中注明保密事项范围条款，并写作“{level}★长期”，不写“永久”。",
        "Write a period of at most {limit} years, up to “{level}★{limit}年”. Where there is a "
        "basis, "
        "note the clause in the record and write “{level}★长期”, not 永久.",
    ),
    judge=judge,
    found=(
        Example("机密★长期\n关于召开会议的通知"),
        Example("绝密★永久\n关于召开会议的通知"),
        Example("密级：机密★长期\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★20年\n关于召开会议的通知"),
        Example("某某集团 核心商密 长期\n关于产品配方的说明"),
        Example("关于会议的通知\n国家秘密的保密期限不得确定为长期，例如“机密★长期”。"),
    ),
)
