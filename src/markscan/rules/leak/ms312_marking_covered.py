"""MS312 marking-covered: a copy begins like its original, but without the marking."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Element, Input, Severity, Verdict
from markscan.rules.excerpt.example_document import (
    HEAD,
    ORIGINAL,
    REGISTER,
    SECOND,
    THIRD,
    UNMARKED,
)
from markscan.rules.excerpt.reuse_kinds import is_copy, judged_otherwise, told
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.leak.draft_words import draft_word
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

# Ideographs of the original before which a copy of its head begins to agree with it: marking,
# copy number and urgency stand before, and the pieces compared lie up to twelve apart.
_HEAD = 30


def judge(case: Case) -> Iterator[Hit]:
    """Look for a whole copy with its head, in which no place bears or bore a marking.

    A draft has no marking yet (MS328); one that was deleted is MS313.
    """
    marked = any(seen.marking.scheme == "cn-state" for seen in case.markings)
    whole = [reuse for reuse in excerpted(case) if is_copy(reuse)]
    if marked or not whole or case.own_problems or judged_otherwise(case):
        return
    first = min(whole[0].passages, key=lambda seen: seen.source.start)
    headed = first.source.start <= _HEAD and _headed(case)
    if headed and draft_word(case) is None:
        yield Hit((first,), told(case, whole[0]))


def _headed(case: Case) -> bool:
    found = case.elements()
    return any(found.first(each) is not None for each in (Element.ISSUER, Element.NUMBER))


RULE = Rule(
    code="MS312",
    name=Text("密级被涂抹、遮盖", "Marking painted over or covered in a copy"),
    trigger=Text(
        "文件是台账登记密件的复制件（原件的九成以上），从版头起与原件一致，而全文没有任何国家秘密标志；"
        "过程稿和标志见于修订记录的，由其他规则报告",
        "the file is a copy of a registered document (nine tenths of it and more), agrees with it "
        "from the head on, and has no state-secret marking anywhere; drafts and tracked deletions "
        "have rules of their own",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.MARKING_MISSING,
    basis=Text(
        "《保守国家秘密法》第22条；《保守国家秘密法实施条例》第27条第5项（复制件视同原件管理）",
        "Secrets law art. 22; its regulation art. 27(5) (a copy is handled as the original)",
    ),
    message=Text(
        "从首页起与登记密件“{entry}”一致（原件的 {share}），却没有标志，可能被涂抹、遮盖或者裁去",
        "the same as the registered document “{entry}” from the first page on ({share} of it), but "
        "without a marking: it may have been painted over, covered or cut off",
    ),
    fix=Text(
        "请收回复制件，恢复标志，按原件“{level}”管理，并查明标志何时去除。",
        "Call the copy in, restore the marking, handle it as the original (“{level}”), and find "
        "out when the marking was taken off.",
    ),
    judge=judge,
    found=(
        Example(UNMARKED, task=Task.SCAN, register=REGISTER),
        Example(UNMARKED, task=Task.SCAN, highest="", register=REGISTER),
        Example("特急\n" + UNMARKED, register=REGISTER),
    ),
    clean=(
        Example(ORIGINAL, task=Task.SCAN, register=REGISTER),
        Example(UNMARKED, task=Task.SCAN),
        Example(HEAD + "会议定于下周召开，请准时参加。", task=Task.SCAN, register=REGISTER),
        Example(SECOND + THIRD, task=Task.SCAN, register=REGISTER),
        Example(UNMARKED, name="通知（送审稿）.txt", task=Task.SCAN, register=REGISTER),
        Example(
            UNMARKED,
            parts=((Area.DELETED, "word/document.xml", "机密★10年"),),
            task=Task.SCAN,
            register=REGISTER,
        ),
    ),
    needs=(Input.REGISTER,),
)
