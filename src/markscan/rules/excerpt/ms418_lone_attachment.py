"""MS418 lone-attachment: an attachment of a registered document stands alone and unmarked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.finding import Input, Severity, Verdict
from markscan.rules.excerpt.citing import content
from markscan.rules.excerpt.example_document import ENTRY, ORIGINAL, THIRD
from markscan.rules.excerpt.reuse_kinds import in_force, is_copy, judged_otherwise, told
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for the copy of an attachment without anything of the document it belongs to."""
    if case.state or judged_otherwise(case):
        return
    here = {reuse.entry.id for reuse in case.reuse if content(reuse)}
    for reuse in case.reuse:
        parent = reuse.entry.parent
        if parent and parent not in here and is_copy(reuse) and in_force(case, reuse):
            seen = next(iter(content(reuse)), None)
            if seen is not None:
                yield Hit((seen,), told(case, reuse) | {"parent": parent})


_ALONE = (
    "附件1\n值守安排\n值守分早中晚三班，每班两人，交接时当面清点器材，缺一不得离岗，遇有大风浓雾立即停航"
    "并向调度室报告水位。雨季加派一名巡堤员，沿南北两岸各走一遍，逐桩查看木栈有无松动，发现险情先鸣笛后"
    "通报，夜间另备两盏探照灯和三十只沙袋，由器材员按月核对数量并签字。"
)
_PART = replace(ENTRY, id="K-1/1", parent="K-1", title="", document_number="")
_ATTACHED = ((ENTRY, ORIGINAL), (_PART, _ALONE))

RULE = Rule(
    code="MS418",
    name=Text("附件、正文拆分外流", "Attachment circulated without the marked part"),
    trigger=Text(
        "文件是登记密件附件的复制件，没有任何国家秘密标志，也不含其正文",
        "the file is a copy of a registered document's attachment, has no state marking anywhere "
        "and nothing of the document it belongs to",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.EXCERPT_UNMARKED,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第8条；"
        "GB/T 9704—2012 7.3.7（附件应当与正文一起装订）",
        "Marking rules 1990 art. 8; GB/T 9704—2012, 7.3.7 (attachments are bound with the body)",
    ),
    message=Text(
        "是登记密件“{parent}”的附件“{entry}”（原件的 {share}），与正文分开存放，没有国家秘密标志",
        "attachment “{entry}” of the registered document “{parent}” ({share} of it) stands apart "
        "from it without a state marking",
    ),
    fix=Text(
        "请按“{level}”补标附件，或者与正文合并管理；另传的收回。",
        "Mark the attachment “{level}” or keep it together with the body; call back what was sent.",
    ),
    judge=judge,
    found=(
        Example(_ALONE, task=Task.SCAN, register=_ATTACHED),
        Example(_ALONE, register=_ATTACHED),
        Example(_ALONE, name="附件1.txt", task=Task.SCAN, highest="", register=_ATTACHED),
    ),
    clean=(
        Example("机密★10年\n" + _ALONE, task=Task.SCAN, register=_ATTACHED),
        Example(ORIGINAL + "\n" + _ALONE, task=Task.SCAN, register=_ATTACHED),
        Example(THIRD, task=Task.SCAN, register=_ATTACHED),
        Example(_ALONE, task=Task.SCAN),
    ),
    needs=(Input.REGISTER,),
)
