"""MS411 paraphrase: a registered document is summed up or put in other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markscan.finding import Evidence, Input, Severity, Verdict
from markscan.match.excerpts import Reuse
from markscan.rules.excerpt.example_register import ENTRY, ONE, REST, TAKEN, TEXT, one
from markscan.rules.excerpt.reuse_kinds import own_rank, rank_taken, told
from markscan.rules.excerpt.taking import doubtful
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_MANY = 3  # short passages that are no accident together
_BITS = 60.0  # how improbable they must be in public text, together: formulas are not
_SPREAD = 0.4  # of the registered document, between the first of them and the last
_TOP = 6  # lines in which a bulletin names itself
_BULLETIN = re.compile(
    r"(?:简报|快报|专报|动态|信息|要情|摘要|综述|消息稿?|新闻稿|通讯稿?|内参|参阅|纪实|综合)"
    r"(?:[（(]?第.{1,8}期[）)]?|[（(].{1,12}[）)])?"
)
_LONGEST = 30  # characters of such a line
_CITED = Text(
    "文件引用登记密件“{entry}”的标题或者文号，并有少量文字与它相同（原件{there}，占原件 {share}），"
    "可能概括、改写了它的内容",
    "the file cites the title or number of the registered document “{entry}” and shares some words "
    "with it ({there} of the original, {share} of it): it may sum it up in other words",
)
_REPORTED = Text(
    "简报、信息、消息稿引用登记密件“{entry}”的标题或者文号，可能概括了它的内容",
    "a bulletin or news item cites the title or number of the registered document “{entry}” and "
    "may sum it up",
)


def judge(case: Case) -> Iterator[Hit]:
    """Tell of each document that weak traces together show to be the source."""
    if not case.reuse:
        return
    weak = {reuse.entry.number: reuse for reuse in doubtful(case)}
    bulletin = _bulletin(case)
    for known in case.reuse:
        if not known.entry.in_force(case.today) or own_rank(case) >= rank_taken(case, known):
            continue
        reuse = weak.get(known.entry.number)
        message = _said(reuse, known, bulletin)
        if message is None:
            continue
        evidence: tuple[Evidence, ...] = (*(reuse.passages if reuse else ()), *known.citations)
        yield Hit(evidence, told(case, reuse or known), message=message)


def _said(reuse: Reuse | None, known: Reuse, bulletin: bool) -> Text | None:
    """The sentence of what was seen of one document; None where it is too little.

    `reuse` is what stands here of its content, all of it weak; None where nothing does, or
    where passages are surely taken and other rules speak.
    """
    if reuse is not None and known.citations:
        return _CITED
    if reuse is not None:
        return RULE.message if _spread(reuse) else None
    nothing_taken = known.tier is None or not known.passages
    return _REPORTED if bulletin and known.citations and nothing_taken else None


def _spread(reuse: Reuse) -> bool:
    """Whether many short passages come from all over the document."""
    starts = [seen.source.start for seen in reuse.passages]
    ends = [seen.source.end for seen in reuse.passages]
    reach = max(ends) - min(starts)
    if len(starts) < _MANY or sum(seen.bits for seen in reuse.passages) < _BITS:
        return False
    return reach >= _SPREAD * max(reuse.entry.size, 1)


def _bulletin(case: Case) -> bool:
    """Whether the file is a bulletin, digest or news item (简报、信息、消息稿), by its head."""
    return any(
        len(line.bare) <= _LONGEST and "。" not in line.bare and _BULLETIN.search(line.bare)
        for line in islice(case.lines(), _TOP)
    )


# Turned round and far from each other: what is nearer proves the rest, and is an excerpt.
_LAST = f"{REST[72:88]}，各方配合密切，资金也已经到位，沿线群众普遍表示欢迎。"
_MIDDLE = f"随后{TAKEN[22:38]}，验收的同志逐项看了现场并提出几点改进的建议，大家表示赞同。"
_FIRST = f"前期{TAKEN[4:20]}，今后还要坚持下去。"
_SPREAD_OUT = f"{_LAST}{_MIDDLE}{_FIRST}"
_TITLE = "青禾渡口改造和白石仓布局调整方案"
_TITLED = one(title=_TITLE)

RULE = Rule(
    code="MS411",
    name=Text("概括、改写密件内容", "Paraphrase or summary of a registered document"),
    trigger=Text(
        "文件没有标志或者密级低于登记密件，没有整段相同，而有三处以上零星文字分别见于该密件各处；"
        "或者引用它的标题、文号并有零星文字相同；或者简报、信息、消息稿引用它的标题、文号",
        "a file unmarked or marked below a registered document has no long passage of it, but "
        "three or more short ones from all over it; or cites its title or number and shares some "
        "words; or is a bulletin or news item that cites it",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.EXCERPT_UNMARKED,
    basis=Text(
        "《保守国家秘密法实施条例》第18条第3项；《派生国家秘密定密管理暂行办法》第7条第3项；"
        "九三学社中央机关保密工作规定第11条",
        "Regulation on the secrets law art. 18(3); rules on derived classification art. 7(3); "
        "Jiusan Society secrecy rules art. 11",
    ),
    message=Text(
        "文件多处文字与登记密件“{entry}”相同（原件{there}，合计占原件 {share}），"
        "可能概括、改写了它的内容",
        "the file shares words with the registered document “{entry}” in many places ({there} of "
        "the original, {share} of it in all): it may sum it up in other words",
    ),
    fix=Text(
        "请判定是否需要派生定密：属于概括、改写的，按原件“{level}”级管理。",
        "Decide whether derived classification is needed: what sums the original up is handled "
        "as {level}, like it.",
    ),
    judge=judge,
    found=(
        Example(f"有关情况\n{_SPREAD_OUT}", register=ONE),
        Example(f"秘密★5年\n有关情况\n{_SPREAD_OUT}", register=ONE),
        Example(
            f"有关情况\n按照《{_TITLE}》的要求，{TAKEN[4:20]}，其余另行通知。", register=_TITLED
        ),
        Example(f"市政动态第3期\n近日印发《{_TITLE}》，各方反映良好。", register=_TITLED),
    ),
    clean=(
        Example(f"机密★10年\n有关情况\n{_SPREAD_OUT}", register=ONE),
        Example(f"有关情况\n{_FIRST}", register=ONE),
        Example(f"有关情况\n请按《{_TITLE}》抓好落实。", register=_TITLED),
        Example(f"有关情况\n{TEXT}", register=_TITLED),
        Example(f"有关情况\n{_SPREAD_OUT}", register=one(declassified=ENTRY.issued)),
    ),
    needs=(Input.REGISTER,),
)
