"""MS328 draft: a draft or proof of a registered document is not marked."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Input, Severity, Verdict
from markscan.rules.excerpt.example_document import (
    FIRST,
    ORIGINAL,
    REGISTER,
    SECOND,
    THIRD,
    UNMARKED,
)
from markscan.rules.excerpt.reuse_kinds import judged_otherwise, told
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.leak.draft_words import draft_word
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_MOST = 0.5  # of the registered document: shorter pieces are excerpts, not drafts


def judge(case: Case) -> Iterator[Hit]:
    """Look for an unmarked file that calls itself a draft and is half the document or more."""
    if case.visible or judged_otherwise(case):
        return
    drafts = [reuse for reuse in excerpted(case) if reuse.reach >= _MOST]
    word = draft_word(case) if drafts else None
    if word is not None:
        yield Hit((drafts[0].passages[0],), told(case, drafts[0]) | {"word": word})


RULE = Rule(
    code="MS328",
    name=Text("过程稿、废页未按密件管理", "Drafts of a classified document unmarked"),
    trigger=Text(
        "未标密级的文件含有台账登记密件的一半以上，文件名或者文首有草稿、征求意见稿、送审稿、清样等字样",
        "an unmarked file holds half of a registered document or more, and its name or first lines "
        "call it a draft or a proof",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_MISSING,
    basis=Text(
        "《党政机关公文处理工作条例》第30条（确定密级前按拟定密级采取措施）；"
        "《保守国家秘密法实施条例》第25条",
        "Official documents regulation art. 30 (handled at the proposed level until decided); "
        "Secrets regulation art. 25",
    ),
    message=Text(
        "是台账登记密件“{entry}”的过程稿（{word}，原件的 {share}），没有密级标志",
        "a draft ({word}) of the registered document “{entry}” ({share} of it) without a marking",
    ),
    fix=Text(
        "请按拟定密级“{level}”标注，移入涉密位置；不再需要的过程稿按涉密载体销毁。",
        "Mark it with the proposed level “{level}” and move it to a classified place; drafts that "
        "are no longer needed are destroyed as classified carriers.",
    ),
    judge=judge,
    found=(
        Example(UNMARKED, name="通知（送审稿）.txt", task=Task.SCAN, register=REGISTER),
        Example("（征求意见稿）\n" + UNMARKED, task=Task.SCAN, register=REGISTER),
        Example(FIRST + SECOND + THIRD, name="第2稿.txt", register=REGISTER),
    ),
    clean=(
        Example(ORIGINAL, name="通知（送审稿）.txt", task=Task.SCAN, register=REGISTER),
        Example(UNMARKED, task=Task.SCAN, register=REGISTER),
        Example(SECOND, name="送审稿.txt", task=Task.SCAN, register=REGISTER),
        Example(UNMARKED, name="通知（送审稿）.txt", task=Task.SCAN),
    ),
    needs=(Input.REGISTER,),
)
