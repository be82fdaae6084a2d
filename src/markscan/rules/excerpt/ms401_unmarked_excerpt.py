"""MS401 unmarked-excerpt: an unmarked file holds passages of a registered document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markscan.finding import Input, Severity, Verdict
from markscan.marking import Duration
from markscan.match.excerpts import Reuse
from markscan.rules.derivation import Member, mark_words
from markscan.rules.excerpt.ending import derived
from markscan.rules.excerpt.example_register import ENTRY, ONE, TAKEN, TEXT, TWO, one
from markscan.rules.excerpt.reuse_kinds import (
    ids,
    is_copy,
    judged_otherwise,
    level_taken,
    own_marking,
    rank_taken,
    same_stretch,
    surest_first,
    told,
)
from markscan.rules.excerpt.taking import doubtful, excerpted
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_MUCH = 90.0  # bits: less is a clause that another office may write as well
_COPY = Text(
    "没有国家秘密标志的文件是登记密件“{entry}”的复制件：与原件相同的占原件 {share}（原件{there}），"
    "应按“{mark}”管理",
    "the unmarked file is a copy of the registered document “{entry}”: {share} of it stand here "
    "({there} of the original), to be handled as “{mark}”",
)
_REVIEW = Text(
    "文件没有国家秘密标志，有少量文字与登记密件“{entry}”相同（原件{there}，占原件 {share}），"
    "须由人核对是否摘录",
    "the unmarked file shares a few words with the registered document “{entry}” ({there} of the "
    "original, {share} of it): a person must look whether they were taken from it",
)
_LOOK = Text(
    "请对照原件核对：属于摘录、引用的，按原件的密级、保密期限和知悉范围标注管理；属于通用表述的，"
    "可不处理。涉及的登记密件：{entries}。",
    "Compare it with the original: if it is an excerpt, mark and handle it as the original is; "
    "a common phrase needs nothing. Registered documents concerned: {entries}.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Tell of each document from which passages are taken; of weak traces once for all."""
    if own_marking(case) is not None or judged_otherwise(case):
        return
    found = _apart(case, excerpted(case))
    whole = derived(case, found).mark if len(found) > 1 else ""
    for reuse in found:
        # One file has one mark: that of all that it was taken from, else of the highest.
        values = {**told(case, reuse), "mark": whole or _mark(case, found[0])}
        bits = sum(seen.bits for seen in reuse.passages)
        yield Hit(
            surest_first(reuse),
            values,
            message=_COPY if is_copy(reuse) else None,
            severity=Severity.HIGH if bits < _MUCH else None,
        )
    # The same words may stand in two documents: told with the one of which there is more.
    weak = [reuse for reuse in doubtful(case) if not any(same_stretch(reuse, one) for one in found)]
    if weak:
        evidence = tuple(seen for reuse in weak for seen in reuse.passages)
        values = {**told(case, weak[0]), "entries": ids(weak)}
        yield Hit(
            *(evidence, values),
            severity=Severity.LOW,
            message=_REVIEW,
            fix=_LOOK,
            verdict=Verdict.MENTION,
        )


def _apart(case: Case, reuses: Sequence[Reuse]) -> list[Reuse]:
    """Without the documents whose passages another, as high, has here as well."""
    found: list[Reuse] = []
    for reuse in sorted(reuses, key=lambda each: -rank_taken(case, each)):
        if not any(same_stretch(reuse, one) for one in found):
            found.append(reuse)
    return found


def _mark(case: Case, reuse: Reuse) -> str:
    """The mark of what was taken, by level and last day: 机密★2035年3月1日."""
    return mark_words(level_taken(case, reuse), "", Member.of(reuse.entry).until)


RULE = Rule(
    code="MS401",
    name=Text("未标密文件摘录登记密件", "Excerpt of a registered document in an unmarked document"),
    trigger=Text(
        "读者看得到的地方没有国家秘密标志的文件，有登记密件（未解密、未到期）的文字。"
        "相同的只有一两句常用话的降为高；只有零星相同、可能是通用表述的，降为低，请人核对",
        "a file without a state marking that a reader sees holds text of a registered document in "
        "force. High where it is a common sentence or two; low where so little is alike that it "
        "may be a common phrase: a person must look",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.EXCERPT_UNMARKED,
    basis=Text(
        "《保守国家秘密法实施条例》第18条、第27条第5项；《国家秘密文件、资料和其他物品标志的规定》"
        "第8条",
        "Regulation on the secrets law arts. 18 and 27(5); marking rules 1990 art. 8",
    ),
    message=Text(
        "文件没有国家秘密标志，摘录了登记密件“{entry}”的 {share}（原件{there}），应按“{mark}”管理",
        "the unmarked file holds {share} of the registered document “{entry}” ({there} of the "
        "original), to be handled as “{mark}”",
    ),
    fix=Text(
        "请按原件密级、保密期限、知悉范围标注管理，或者删除摘录内容。",
        "Mark and handle it by the level, period and scope of the original, or take the excerpt "
        "out.",
    ),
    judge=judge,
    found=(
        Example(f"关于做好有关工作的通知\n各单位：\n{TAKEN}", register=ONE),
        Example(TEXT, task=Task.SCAN, register=TWO),
        Example(f"关于做好有关工作的通知\n各单位：\n{TAKEN[4:20]}，其余另行通知。", register=ONE),
        Example(f"工作动态\n{TAKEN}", register=one(period=None, ends=None)),
    ),
    clean=(
        Example(f"机密★10年\n关于做好有关工作的通知\n各单位：\n{TAKEN}", register=ONE),
        Example("关于做好有关工作的通知\n各单位：\n请按时参加会议并做好准备。", register=ONE),
        Example(
            f"关于做好有关工作的通知\n各单位：\n{TAKEN}", register=one(declassified=ENTRY.issued)
        ),
        Example(
            f"关于做好有关工作的通知\n各单位：\n{TAKEN}",
            register=one(period=Duration(6, "M"), ends=ENTRY.issued),
        ),
        Example(f"关于做好有关工作的通知\n各单位：\n{TAKEN}"),
    ),
    needs=(Input.REGISTER,),
)
