"""MS419 quoted-original: a reply or forward carries registered text below the new one."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Input, Severity, Verdict
from markscan.rules.excerpt.example_document import FIRST, ORIGINAL, REGISTER, SECOND
from markscan.rules.excerpt.quoted_mail import quoted_from
from markscan.rules.excerpt.reuse_kinds import judged_otherwise, told
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for taken passages of which all stand in the quoted mail."""
    if case.visible or judged_otherwise(case):
        return
    found = excerpted(case)
    start = quoted_from(case.document) if found else None
    if start is None:
        return
    for reuse in found:
        quoted = [seen for seen in reuse.passages if (seen.part, seen.span.start) >= start]
        if quoted:
            yield Hit(tuple(quoted), told(case, reuse))


_HEADED = "-----原始邮件-----\n发件人：甲某\n发送时间：2025年3月1日\n主题：安排\n\n"

RULE = Rule(
    code="MS419",
    name=Text("回信、转发带出原文", "Quoted original in a reply or forward"),
    trigger=Text(
        "没有国家秘密标志的邮件，在新写的文字之下引用的原邮件中有登记密件的内容",
        "an unmarked mail quotes, below its new text, an earlier mail that holds content of a "
        "registered document",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.EXCERPT_UNMARKED,
    basis=Text(
        "《保守国家秘密法》第29条、第31条；《保守国家秘密法实施条例》第27条第5项",
        "Secrets law arts. 29 and 31; its regulation art. 27(5)",
    ),
    message=Text(
        "回复或者转发的邮件引用了登记密件“{entry}”的内容（原件的 {share}，{there}）",
        "a reply or forward quotes content of the registered document “{entry}” ({share} of it, "
        "{there})",
    ),
    fix=Text(
        "请删除引文，改走涉密渠道；已经发出的，立即报告保密工作机构，不得自行删除。",
        "Take the quotation out and use a classified channel; if it was sent, report it at once "
        "and delete nothing.",
    ),
    judge=judge,
    found=(
        Example(f"请阅处。\n{_HEADED}{FIRST}{SECOND}", task=Task.SCAN, register=REGISTER),
        Example(
            f"收到，谢谢。\n\n发件人: 甲某\n日期: 2025年3月1日\n\n{FIRST}",
            name="答复.eml",
            register=REGISTER,
        ),
        Example(f"Please see below.\nOn 5 March 2025, A wrote:\n> {FIRST}", register=REGISTER),
        Example(
            f"{_HEADED}{FIRST}",
            parts=((Area.PROPERTY, "subject", "转发：安排"),),
            task=Task.SCAN,
            register=REGISTER,
        ),
    ),
    clean=(
        Example(f"请阅处。\n{FIRST}\n{_HEADED}收到。", task=Task.SCAN, register=REGISTER),
        Example(f"发件人：甲某\n主题：安排\n\n{FIRST}", task=Task.SCAN, register=REGISTER),
        Example(f"请阅处。\n{_HEADED}请准时参加会议。", task=Task.SCAN, register=REGISTER),
        Example(f"请阅处。\n{_HEADED}{FIRST}"),
        Example(f"{ORIGINAL}\n{_HEADED}收到。", register=REGISTER),
    ),
    needs=(Input.REGISTER,),
)
