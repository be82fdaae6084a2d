"""MS406 compilation-end: a compilation ends before its longest member."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.finding import Input, Severity, Verdict
from markscan.marking import EndDate, LongTerm
from markscan.rules.excerpt.ending import derived, last_taken, own_end, sentence
from markscan.rules.excerpt.example_register import (
    ENTRY,
    OTHER_ENTRY,
    OTHER_TEXT,
    TEXT,
    TWO,
    one,
)
from markscan.rules.excerpt.reuse_kinds import (
    cover_marking,
    is_compilation,
    surest_first,
    told,
)
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_DECIDE = Text(
    "请按最长保密期限标注。由于{why}，请由定密责任人确定。",
    "It lasts as long as its longest member. A person must decide, as {why}.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Compare the end of a compilation with the latest end of all its members."""
    cover = cover_marking(case)
    if cover is None:  # MS401
        return
    until, found = own_end(case, cover), excerpted(case)
    ends = [(end, reuse) for reuse in found if (end := last_taken(reuse)) is not None]
    if until is None or not ends:
        return
    latest, longest = max(ends, key=lambda each: each[0])
    if latest <= until or not is_compilation(case):  # MS403
        return
    right = derived(case, found, cover)
    values = {
        **told(case, longest),
        "own": shown(case, cover.marking),
        "until": sentence(longest.entry),
        "mark": right.mark,
        "why": right.why,
    }
    yield Hit((*surest_first(longest), cover), values, fix=None if right.mark else _DECIDE)


_SIGNED = "某某局\n2026年1月1日"
_LASTING = replace(OTHER_ENTRY, period=EndDate(2040, 5, 1), ends=date(2040, 5, 1))
_UNENDING = one(period=LongTerm(), ends=None)
_LONG = ((ENTRY, TEXT), (_LASTING, OTHER_TEXT))

RULE = Rule(
    code="MS406",
    name=Text("汇编件期限短于最长期限", "Compilation ends before its longest member"),
    trigger=Text(
        "汇编封面、首页的标志比其中最晚解密的登记密件先到期，不论那一件的密级高低，按最后一日比较；"
        "汇编自身的解密时间算不出的不报",
        "the marking on the cover of a compilation ends before the registered document in it that "
        "lasts longest, whatever its level; last days are compared. Not judged where the end of "
        "the compilation cannot be told",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第8条；民政局保密工作制度第15条",
        "Marking rules 1990 art. 8; a civil affairs bureau's secrecy rules art. 15",
    ),
    message=Text(
        "汇编标为“{own}”，早于其中的登记密件“{entry}”解密：它{until}（收入 {share}，原件{there}）",
        "the compilation is marked “{own}” and ends before the registered document “{entry}” in "
        "it, which {until} ({share} of it, {there} of the original)",
    ),
    fix=Text(
        "请按最长保密期限标注封面：“{mark}”。",
        "Mark the cover with the longest period: “{mark}”.",
    ),
    judge=judge,
    found=(
        Example(f"机密★5年\n有关材料\n{TEXT}\n{OTHER_TEXT}\n{_SIGNED}", register=TWO),
        Example(f"机密★5年\n有关材料\n{TEXT}\n{OTHER_TEXT}", register=TWO),
        Example(f"机密★10年\n有关材料\n{TEXT}\n{OTHER_TEXT}\n{_SIGNED}", register=_LONG),
        Example(f"机密★2030年12月31日\n有关文件汇编\n{TEXT}", register=TWO),
        Example(
            f"机密★2030年12月31日\n有关文件汇编\n{TEXT}", register=one(period=LongTerm(), ends=None)
        ),
    ),
    clean=(
        Example(f"机密★10年\n有关材料\n{TEXT}\n{OTHER_TEXT}\n{_SIGNED}", register=TWO),
        Example(f"机密★2035年3月1日\n有关文件汇编\n{TEXT}", register=TWO),
        Example(f"机密★10年\n有关材料\n{TEXT}\n{OTHER_TEXT}", register=TWO),
        Example(f"机密★5年\n有关文件汇编\n{OTHER_TEXT}\n{_SIGNED}", register=TWO),
    ),
    needs=(Input.REGISTER,),
)
