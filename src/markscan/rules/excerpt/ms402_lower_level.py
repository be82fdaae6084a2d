"""MS402 lower-level: an excerpt is marked below what it was taken from."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Input, Severity, Verdict
from markscan.rules.excerpt.citing import first_ids
from markscan.rules.excerpt.example_register import ENTRY, ONE, TAKEN, TEXT, one
from markscan.rules.excerpt.former_marking import is_former
from markscan.rules.excerpt.reuse_kinds import (
    is_compilation,
    own_marking,
    own_rank,
    rank_taken,
    surest_first,
    told,
)
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Name the documents of levels above the file's own once, the highest first."""
    own = own_marking(case)
    if own is None:  # MS401
        return
    others = (reuse for reuse in excerpted(case) if not is_former(case, reuse))  # MS503
    above = [reuse for reuse in others if rank_taken(case, reuse) > own_rank(case)]
    if not above or is_compilation(case):  # MS405
        return
    above.sort(key=lambda reuse: -rank_taken(case, reuse))
    values = {**told(case, above[0]), "own": shown(case, own.marking), "entries": first_ids(above)}
    yield Hit((*surest_first(above[0]), own), values)


RULE = Rule(
    code="MS402",
    name=Text("摘录件密级低于原件", "Excerpt marked lower than the source"),
    trigger=Text(
        "文件标有国家秘密标志，密级低于所摘录的登记密件；摘录涉及密点的，与密点的密级比较",
        "the file bears a state marking below the level of the registered document that it holds "
        "passages of; below that of its 密点 where these are touched",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法实施条例》第18条、第27条第5项；《派生国家秘密定密管理暂行办法》第8条",
        "Regulation on the secrets law arts. 18 and 27(5); rules on derived classification art. 8",
    ),
    message=Text(
        "文件标为“{own}”，摘录了“{level}”级内容：登记密件“{entry}”的 {share}（原件{there}）",
        "the file is marked “{own}” and holds {level} content: {share} of the registered document "
        "“{entry}” ({there} of the original)",
    ),
    fix=Text(
        "请提高到原件密级“{level}”，保密期限、知悉范围与原件一致。涉及的登记密件：{entries}。",
        "Raise it to the level of the original, “{level}”; period and scope as there. "
        "Registered documents concerned: {entries}.",
    ),
    judge=judge,
    found=(
        Example(f"秘密★5年\n关于做好有关工作的通知\n各单位：\n{TAKEN}", register=ONE),
        Example(f"秘密★10年\n{TEXT}", task=Task.SCAN, register=ONE),
        Example(
            f"工作动态\n秘密★5年\n{TAKEN}",
            name="工作动态.txt",
            task=Task.SCAN,
            highest="mimi",
            register=ONE,
        ),
    ),
    clean=(
        Example(f"机密★10年\n关于做好有关工作的通知\n各单位：\n{TAKEN}", register=ONE),
        Example(
            f"秘密★5年\n关于做好有关工作的通知\n各单位：\n{TAKEN}",
            register=one(level="mimi"),
        ),
        Example(
            f"秘密★5年\n关于做好有关工作的通知\n各单位：\n{TAKEN}",
            register=one(declassified=ENTRY.issued),
        ),
        Example(f"关于做好有关工作的通知\n各单位：\n{TAKEN}", register=ONE),
    ),
    needs=(Input.REGISTER,),
)
