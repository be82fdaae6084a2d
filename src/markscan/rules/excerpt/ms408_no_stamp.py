"""MS408 no-stamp: a copy of a registered document bears no stamp of who copied it (复制戳记)."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Input, Severity, Verdict
from markscan.rules.excerpt.example_register import ONE, TAKEN, TEXT, one
from markscan.rules.excerpt.reuse_kinds import own_marking, surest_first, told
from markscan.rules.excerpt.taking import copied, excerpted, stamped
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look at copies that are marked: of an unmarked one MS401 says more."""
    if own_marking(case) is None or case.own_problems:
        return
    for reuse in excerpted(case):
        forbidden = reuse.entry.level == "juemi" and not reuse.entry.approvals  # MS407
        if copied(case, reuse) and not forbidden and not stamped(case, reuse):
            yield Hit(surest_first(reuse), told(case, reuse))
            return


RULE = Rule(
    code="MS408",
    name=Text("复制件无复制戳记", "Copy without the copier’s stamp"),
    trigger=Text(
        "登记密件的复制件（内容相同，并且文件名表明是副本、复印件，或者存放在个人、移动存储、邮件、同步"
        "位置）没有“××复制、复印、翻印”的戳记文字，也没有台账登记的戳记。没有复制迹象的可能是原件，不报",
        "a copy of a registered document (it reads the same, and its name says that it is a copy, "
        "or it lies in a personal, removable, mail or sync location) bears no words of a copier's "
        "stamp, nor those of the stamp in the register. Without a sign of copying it may be the "
        "original",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法实施条例》第27条第5项；《党政机关公文处理工作条例》第32条",
        "Regulation on the secrets law art. 27(5); official documents regulation art. 32",
    ),
    message=Text(
        "文件是登记密件“{entry}”的复制件（与原件相同的占 {share}，原件{there}），未见复制机关戳记",
        "the file is a copy of the registered document “{entry}” ({share} of it, {there} of the "
        "original) and bears no stamp of the copier",
    ),
    fix=Text(
        "请加盖复制机关戳记并登记；戳记只是图形的，请人核对。",
        "Stamp it with the copier's stamp and register the copy; look whether a stamp is there as "
        "a picture only.",
    ),
    judge=judge,
    found=(
        Example(f"机密★10年\n{TEXT}", name="工作方案 - 副本.txt", task=Task.SCAN, register=ONE),
        Example(f"机密★10年\n{TEXT}", name="工作方案（复印件）.txt", register=ONE),
        Example(
            f"机密★10年\n{TEXT}", task=Task.SCAN, highest="jimi", kind="removable", register=ONE
        ),
    ),
    clean=(
        Example(f"机密★10年\n{TEXT}", register=ONE),
        Example(f"机密★10年\n{TEXT}", task=Task.SCAN, highest="jimi", register=ONE),
        Example(
            f"机密★10年\n{TEXT}\n某某局办公室复制",
            name="工作方案 - 副本.txt",
            task=Task.SCAN,
            register=ONE,
        ),
        Example(
            f"机密★10年\n{TEXT}\n核对无误专用",
            name="工作方案 - 副本.txt",
            task=Task.SCAN,
            register=one(stamp="核对无误专用"),
        ),
        Example(f"机密★10年\n{TAKEN}", name="工作方案 - 副本.txt", task=Task.SCAN, register=ONE),
    ),
    needs=(Input.REGISTER,),
)
