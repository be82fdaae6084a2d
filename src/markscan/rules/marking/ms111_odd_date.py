"""MS111 odd-date: period or date has extra words, or another form of date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.finding import MarkingEvidence, Severity, Verdict
from markscan.marking import EndDate
from markscan.rules.marking.ms109_over_limit import latest_end
from markscan.rules.proper_form import rewrite
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text

_FAULTS = {
    "tail": Text("期限或者解密时间前后有多余字词", "extra words stand around the period or date"),
    "date-form": Text(
        "解密时间没有完整写成“×年×月×日”", "the date is not written in full as ×年×月×日"
    ),
}
_OTHERWISE = Text(
    "请只写期限本身，如“5年”，或者解密时间，如“2030年12月31日”。",
    "Write only the period, such as 5年, or the date, such as 2030年12月31日.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for 2030-12-31, 2030年底, 至…止, 5年期, （自…起）."""
    for seen in with_defect(case, *_FAULTS):
        hit = rewrite(seen, _FAULTS, _OTHERWISE)
        yield replace(hit, fix=_OTHERWISE) if _unlawful(case, seen) else hit


def _unlawful(case: Case, seen: MarkingEvidence) -> bool:
    """Return whether the date, written out, lies where the law forbids it: MS109 says where."""
    period, latest = seen.marking.period, latest_end(case, seen.marking)
    return isinstance(period, EndDate) and latest is not None and period.last_day > latest


RULE = Rule(
    code="MS111",
    name=Text("期限、解密时间写法不规范", "Period or date not in the canonical form"),
    trigger=Text(
        "多出字词或者用了别的日期写法：2030-12-31、2030.12.31、20301231、2030年、2030年底、"
        "至…止、…解密、…前、5年期、5年以内、（自…起）",
        "extra words or another form of date: 2030-12-31, 2030.12.31, 20301231, 2030年, 2030年底, "
        "至…止, …解密, …前, 5年期, 5年以内, （自…起）",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密定密管理暂行规定》第24条（2014）（密级★保密期限、密级★解密时间）",
        "Classification rules 2014 art. 24 (level★period, level★date)",
    ),
    message=Text(
        "保密期限或者解密时间写法不规范：{fault}",
        "the period or date is not in the regular form: {fault}",
    ),
    fix=Text("请改为“{right}”。", "Write “{right}”."),
    judge=judge,
    found=(
        Example("机密★2030-12-31\n关于召开会议的通知"),
        Example("机密★至2030年12月31日\n关于召开会议的通知"),
        Example("机密★2030年\n关于召开会议的通知"),
        Example("机密★5年期\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★2030年12月31日\n关于召开会议的通知"),
        Example("机密★5年\n关于召开会议的通知"),
        Example("关于会议的通知\n会议时间：2030-12-31"),
    ),
)
