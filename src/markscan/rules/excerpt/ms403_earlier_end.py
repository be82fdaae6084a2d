"""MS403 earlier-end: an excerpt ends before what it was taken from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markscan.finding import Input, MarkingEvidence, Severity, Verdict
from markscan.marking import Condition, Duration, EndDate, LongTerm
from markscan.match.excerpts import Reuse
from markscan.rules.excerpt.citing import first_ids
from markscan.rules.excerpt.ending import derived, last_taken, own_end, sentence
from markscan.rules.excerpt.example_register import ONE, TAKEN, one
from markscan.rules.excerpt.former_marking import is_former
from markscan.rules.excerpt.reuse_kinds import (
    is_compilation,
    own_marking,
    surest_first,
    told,
)
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_UNDATED = Text(
    "文件没有成文日期，标为“{own}”，按今天制发计算也早于原件解密：摘录的登记密件“{entry}”{until}"
    "（占原件 {share}，原件{there}）",
    "the file bears no date and is marked “{own}”; issued today it would end before its original: "
    "the registered document “{entry}” {until} ({share} of it, {there} of the original)",
)
_DECIDE = Text(
    "不得早于原件解密。由于{why}，请由定密责任人确定保密期限或者解密条件。"
    "涉及的登记密件：{entries}。",
    "It must not end before the original. A person must decide, as {why}. "
    "Registered documents concerned: {entries}.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Name the documents that last beyond the file's own end once, the longest first."""
    own = own_marking(case)
    if own is None:  # MS401
        return
    until = own_end(case, own)
    others = (reuse for reuse in excerpted(case) if not is_former(case, reuse))  # MS503
    ends = [(last_taken(reuse), reuse) for reuse in others]
    later = [
        (end, reuse) for end, reuse in ends if until is not None and end is not None and end > until
    ]
    if later and not is_compilation(case):  # MS406
        later.sort(key=lambda each: each[0], reverse=True)
        yield _hit(case, own, [reuse for _, reuse in later])


def _hit(case: Case, own: MarkingEvidence, later: Sequence[Reuse]) -> Hit:
    reuse = later[0]
    right = derived(case, excerpted(case), own)
    values = {
        **told(case, reuse),
        "own": shown(case, own.marking),
        "until": sentence(reuse.entry),
        "mark": right.mark,
        "why": right.why,
        "entries": first_ids(later),
    }
    undated = case.issued is None and isinstance(own.marking.period, Duration)
    fix = None if right.mark else _DECIDE
    return Hit((*surest_first(reuse), own), values, message=_UNDATED if undated else None, fix=fix)


_DATED = one(period=EndDate(2031, 6, 30), ends=date(2031, 6, 30))
_ASSUMED = one(period=None, assumed=True, ends=date(2045, 3, 1))
_BODY = f"关于做好有关工作的通知\n各单位：\n{TAKEN}\n某某局\n2025年6月1日"

RULE = Rule(
    code="MS403",
    name=Text("摘录件解密时间早于原件", "Excerpt ends before the source"),
    trigger=Text(
        "文件的国家秘密标志比所摘录的登记密件先到期，按最后一日比较，不按年数比较；原件为长期、"
        "解密条件的，有确定日期的标志都早于它；原件未标期限的，按法定上限推定。本文件没有"
        "成文日期的，按今天制发计算",
        "the file's marking ends before the registered document that it holds passages of. Last "
        "days are compared, never years; any date is before 长期 or a condition; an original "
        "without a period lasts to the legal default. A file without a date counts as issued today",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法实施条例》第18条、第27条第5项；《国家秘密文件、资料和其他物品标志的规定》"
        "第8条",
        "Regulation on the secrets law arts. 18 and 27(5); marking rules 1990 art. 8",
    ),
    message=Text(
        "文件标为“{own}”，早于原件解密：摘录的登记密件“{entry}”{until}"
        "（占原件 {share}，原件{there}）",
        "the file is marked “{own}” and ends before its original: the registered document "
        "“{entry}” {until} ({share} of it, {there} of the original)",
    ),
    fix=Text(
        "请改为“{mark}”。涉及的登记密件：{entries}。",
        "Change it to “{mark}”. Registered documents concerned: {entries}.",
    ),
    judge=judge,
    found=(
        Example(f"机密★5年\n{_BODY}", register=ONE),
        Example(f"机密★6年\n{_BODY}", register=_DATED),
        Example(f"机密★10年\n{_BODY}", register=one(period=LongTerm(), ends=None)),
        Example(f"机密★2030年12月31日\n{_BODY}", register=ONE),
        Example(f"机密★10年\n{_BODY}", register=one(period=Condition("启用前"), ends=None)),
        Example(f"机密★15年\n{_BODY}", register=_ASSUMED),
        Example(f"机密★5年\n关于做好有关工作的通知\n各单位：\n{TAKEN}", register=ONE),
    ),
    clean=(
        Example(f"机密★10年\n{_BODY}", register=ONE),
        Example(f"机密★7年\n{_BODY}", register=_DATED),
        Example(f"机密★启用前\n{_BODY}", register=ONE),
        Example(f"机密★10年\n关于做好有关工作的通知\n各单位：\n{TAKEN}", register=ONE),
        Example(f"机密★5年\n{_BODY}", register=one(ends=None)),
    ),
    needs=(Input.REGISTER,),
)
