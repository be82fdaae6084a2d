"""MS304 registered-title: the title of a registered document stands where no secret may lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.document import Area
from markscan.finding import Input, Severity, Verdict
from markscan.rules.excerpt.example_document import ENTRY, ORIGINAL, REGISTER, SECOND, TITLE
from markscan.rules.leak.outside import name_outside
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Name the entries whose title stands here and nothing else of them."""
    return name_outside(case, "title")


RULE = Rule(
    code="MS304",
    name=Text("登记的机要文件标题外露", "Title of a registered document in an unclassified place"),
    trigger=Text(
        "未标密级的文件中出现台账登记密件的标题（繁简、拼音、一字之差视为相同），存放在公开、未列入策略或者"
        "不得存放国家秘密的位置；允许存放内部文件的位置降为中；已解密、已到期的不报",
        "an unmarked file holds the title of a registered document, in any script, but for one "
        "character at most, where no state secrets may lie; medium where internal papers may lie; "
        "released and expired documents are left out",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.TO_VERIFY,
    basis=Text(
        "九三学社中央机关保密工作规定第11条（标题、发文字号属于文件内容）",
        "Jiusan Society secrecy rules art. 11 (title and number are content of the document)",
    ),
    message=Text(
        "出现台账登记密件（{entries}）的标题，存放在{place}",
        "the title of a registered document ({entries}) stands here, in {place}",
    ),
    fix=Text(
        "请先会同定密责任人核实是否为该密件的标题：属实的，删除标题或者改用不涉密的概述，也可以移入涉密"
        "位置；该文件确已公开发布的，请在台账中登记解密。",
        "First verify with the classification officer whether it is the title of that document. "
        "If so, remove it, put it in words that give nothing away, or move the file to a "
        "classified place; if the document has been published, note its release in the register.",
    ),
    judge=judge,
    found=(
        Example(f"工作简报\n学习了《{TITLE}》。", task=Task.SCAN, highest="", register=REGISTER),
        Example(f"目录\n{TITLE}\n第3页", task=Task.SCAN, highest="", register=REGISTER),
        Example(
            "工作简报\n學習了《關於青禾渡口整修工程安排的通知》。",
            task=Task.SCAN,
            kind="public",
            highest="",
            register=REGISTER,
        ),
        Example("工作台账", name=f"{TITLE}.txt", highest="", register=REGISTER),
        Example(
            "工作台账",
            parts=((Area.PROPERTY, "title", TITLE),),
            task=Task.SCAN,
            highest="",
            register=REGISTER,
        ),
    ),
    clean=(
        Example(f"学习了《{TITLE}》。", task=Task.SCAN, register=REGISTER),
        Example(f"学习了《{TITLE}》。", task=Task.SCAN, highest="mimi", register=REGISTER),
        Example(f"学习了《{TITLE}》。\n{SECOND}", task=Task.SCAN, highest="", register=REGISTER),
        Example(f"秘密★5年\n学习了《{TITLE}》。", task=Task.SCAN, highest="", register=REGISTER),
        Example(
            "学习了《关于召开年度总结会议的通知》。", task=Task.SCAN, highest="", register=REGISTER
        ),
        Example(
            f"学习了《{TITLE}》。",
            task=Task.SCAN,
            highest="",
            register=((replace(ENTRY, declassified=date(2025, 1, 1)), ORIGINAL),),
        ),
    ),
    needs=(Input.REGISTER,),
)
