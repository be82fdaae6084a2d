"""MS113 vague-condition: nobody can tell when the condition of declassification is met."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.proper_form import level_word
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for 适时解密, 另行通知, 待定, 必要时."""
    for seen in with_defect(case, "cond-vague"):
        yield Hit((seen,), {"level": level_word(case, seen.marking)})


RULE = Rule(
    code="MS113",
    name=Text("解密条件不明确", "Vague declassification condition"),
    trigger=Text(
        "解密条件写作适时解密、另行通知、待定、必要时、视情",
        "the condition is 适时解密, 另行通知, 待定, 必要时 or 视情",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密定密管理暂行规定》第22条（2014）（解密条件应当明确、具体、合法）",
        "Classification rules 2014 art. 22 (conditions must be clear, concrete and lawful)",
    ),
    message=Text(
        "解密条件不明确，无法判断何时解密",
        "the condition does not tell when the secret ends",
    ),
    fix=Text(
        "请写明可以判断的条件，如“{level}★开标前”、“{level}★任务完成后”，或者写具体期限，如“{level}★5年”。",
        "Write a condition that can be told to be met, such as “{level}★开标前” or "
        "“{level}★任务完成后”, "
        "or a period, such as “{level}★5年”.",
    ),
    judge=judge,
    found=(
        Example("机密★适时解密\n关于召开会议的通知"),
        Example("机密★另行通知\n关于召开会议的通知"),
        Example("秘密★待定\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★开标前\n关于召开会议的通知"),
        Example("秘密★任务完成后\n关于召开会议的通知"),
        Example("关于会议的通知\n会议时间另行通知，材料适时解密。"),
    ),
)
