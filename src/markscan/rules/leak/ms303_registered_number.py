"""MS303 registered-number: the number of a registered document stands where no secret may lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.finding import Input, Severity, Verdict
from markscan.rules.excerpt.example_document import ENTRY, NUMBER, ORIGINAL, REGISTER, SECOND
from markscan.rules.leak.outside import name_outside
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Name the entries whose number stands here and nothing else of them."""
    return name_outside(case, "number")


RULE = Rule(
    code="MS303",
    name=Text("登记的机要文号外露", "Number of a registered document in an unclassified place"),
    trigger=Text(
        "未标密级的文件中出现台账登记密件的发文字号，存放在公开、未列入策略或者不得存放国家秘密的位置；"
        "允许存放内部文件的位置降为中；已解密、已到期的不报",
        "an unmarked file holds the document number of a registered document where no state "
        "secrets may lie; medium where internal papers may lie; released and expired documents "
        "are left out",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.TO_VERIFY,
    basis=Text(
        "九三学社中央机关保密工作规定第11条（标题、发文字号属于文件内容）",
        "Jiusan Society secrecy rules art. 11 (title and number are content of the document)",
    ),
    message=Text(
        "出现台账登记密件（{entries}）的发文字号，存放在{place}",
        "the number of a registered document ({entries}) stands here, in {place}",
    ),
    fix=Text(
        "请先会同定密责任人核实是否为该密件的内容：属实的，删除文号或者移入涉密位置；该文件确已公开发布的，"
        "请在台账中登记解密。",
        "First verify with the classification officer whether it is content of that document. If "
        "so, remove the number or move the file to a classified place; if the document has been "
        "published, note its release in the register.",
    ),
    judge=judge,
    found=(
        Example(f"工作简报\n已按{NUMBER}办理。", task=Task.SCAN, highest="", register=REGISTER),
        Example(
            "待办事项\n学习某水发[2024]7号",
            task=Task.SCAN,
            kind="public",
            highest="",
            register=REGISTER,
        ),
        Example("工作台账", name="某水发〔2024〕7号.txt", highest="", register=REGISTER),
    ),
    clean=(
        Example(f"工作简报\n已按{NUMBER}办理。", task=Task.SCAN, register=REGISTER),
        Example(f"工作简报\n已按{NUMBER}办理。", task=Task.SCAN, highest="jimi", register=REGISTER),
        Example(f"工作简报\n已按{NUMBER}办理。", task=Task.SCAN, highest=""),
        Example(
            f"秘密★5年\n工作简报\n已按{NUMBER}办理。", task=Task.SCAN, highest="", register=REGISTER
        ),
        Example(f"已按{NUMBER}办理。{SECOND}", task=Task.SCAN, highest="", register=REGISTER),
        Example("已按某水发〔2024〕8号办理。", task=Task.SCAN, highest="", register=REGISTER),
        Example(
            f"工作简报\n已按{NUMBER}办理。",
            task=Task.SCAN,
            highest="",
            register=((replace(ENTRY, declassified=date(2025, 1, 1)), ORIGINAL),),
        ),
    ),
    needs=(Input.REGISTER,),
)
