"""MS407 top-secret: a 绝密 document is copied, excerpted or compiled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.finding import Input, Severity, Verdict
from markscan.match.excerpts import Reuse
from markscan.rules.excerpt.example_register import ENTRY, ONE, TAKEN, TEXT, TOP, TOP_ENTRY, one
from markscan.rules.excerpt.reuse_kinds import is_copy, surest_first, told
from markscan.rules.excerpt.taking import copied, excerpted
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_APPROVED = Text(
    "文件摘录、复制、汇编了登记的绝密件“{entry}”的 {share}（原件{there}），台账登记有批准文号",
    "the file takes {share} of the registered top-secret document “{entry}” ({there} of the "
    "original); the register has an approval",
)
_COMPARE = Text(
    "请核对批准的内容、份数与本件一致，并按原件管理。",
    "Check that the approval is for this file, and handle it as the original.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Name each top-secret document of which a copy, an excerpt or a compilation was made."""
    for reuse in excerpted(case):
        if reuse.entry.level == "juemi" and _made(case, reuse):
            hit = Hit(surest_first(reuse), told(case, reuse) | {"level": "绝密"})
            yield _approved(hit) if reuse.entry.approvals else hit


def _made(case: Case, reuse: Reuse) -> bool:
    """Whether something was made of the document: what reads like it may be the original."""
    return not is_copy(reuse) or copied(case, reuse)


def _approved(hit: Hit) -> Hit:
    return Hit(hit.evidence, hit.values, severity=Severity.LOW, message=_APPROVED, fix=_COMPARE)


_BODY = f"关于做好有关工作的通知\n各单位：\n{TAKEN}"
_APPROVED_TOP = ((replace(TOP_ENTRY, approvals=("1",)), TEXT),)

RULE = Rule(
    code="MS407",
    name=Text("复制、摘抄、汇编绝密件", "Top-secret copied, excerpted or compiled"),
    trigger=Text(
        "文件摘录、汇编了登记的绝密件，或者是它的复制件（文件名、复制戳记表明是复制件，或者存放在个人、"
        "移动存储、邮件、同步位置）。台账登记有批准文号的降为低。内容相同而没有复制迹象的，可能是原件，"
        "不报",
        "the file takes passages of a registered 绝密 document, compiles it, or is a copy of it "
        "(its name or a stamp says so, or it lies in a personal, removable, mail or sync "
        "location). Low where the register has an approval. What only reads the same may be the "
        "original",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第26条；《保守国家秘密法实施条例》第29条第4项；"
        "《党政机关公文处理工作条例》第32条",
        "Secrets law art. 26; its regulation art. 29(4); official documents regulation art. 32",
    ),
    message=Text(
        "文件摘录、复制、汇编了登记的绝密件“{entry}”的 {share}（原件{there}）",
        "the file takes {share} of the registered top-secret document “{entry}” ({there} of the "
        "original)",
    ),
    fix=Text(
        "绝密件禁止复制、下载、汇编、摘抄；已有原定密机关、单位或者其上级机关书面同意的，"
        "请登记批准文号。",
        "A top-secret document may not be copied, downloaded, compiled or excerpted; if the "
        "original classifier has agreed in writing, enter the number of the approval.",
    ),
    judge=judge,
    found=(
        Example(f"绝密★20年\n{_BODY}", register=TOP),
        Example(_BODY, task=Task.SCAN, register=TOP),
        Example(f"绝密★10年\n{TEXT}", name="方案 - 副本.txt", task=Task.SCAN, register=TOP),
        Example(f"绝密★20年\n{_BODY}", register=_APPROVED_TOP),
    ),
    clean=(
        Example(f"绝密★10年\n{TEXT}", register=TOP),
        Example(f"绝密★10年\n{TEXT}", task=Task.SCAN, highest="juemi", register=TOP),
        Example(f"机密★10年\n{_BODY}", register=ONE),
        Example(f"绝密★20年\n{_BODY}", register=one(level="juemi", declassified=ENTRY.issued)),
    ),
    needs=(Input.REGISTER,),
)
