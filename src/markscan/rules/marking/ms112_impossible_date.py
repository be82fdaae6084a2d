"""MS112 impossible-date: the date does not exist, or lies before the day of issue."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.marking import EndDate
from markscan.rules.proper_form import level_word
from markscan.rules.rule import Case, Example, Hit, Rule, once, with_defect
from markscan.wording import Text

_BEFORE_ISSUE = Text(
    "解密时间早于成文日期", "the date of declassification lies before the day of issue"
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for 2月30日, and for a date before the document was issued."""
    for seen in with_defect(case, "bad-date"):
        yield Hit((seen,), {"level": level_word(case, seen.marking)})
    for seen in once(case.visible):
        period = seen.marking.period
        if case.issued and isinstance(period, EndDate) and period.last_day < case.issued:
            yield Hit((seen,), {"level": level_word(case, seen.marking)}, message=_BEFORE_ISSUE)


RULE = Rule(
    code="MS112",
    name=Text("解密时间不可能", "Impossible or contradictory date"),
    trigger=Text(
        "日期不存在（2月30日），或者早于成文日期",
        "the date does not exist (2月30日), or lies before the day of issue",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第20条；《保守国家秘密法实施条例》第19条（期限自标明的制发日起计算）",
        "Secrets law art. 20; its regulation art. 19 (periods count from the day of issue)",
    ),
    message=Text("解密时间不是有效的日期", "the date of declassification does not exist"),
    fix=Text(
        "请核对后改为成文日期之后的实际日期，写作“密级★解密时间”，如“{level}★2030年12月31日”。",
        "Check it and write a real date after the day of issue, such as “{level}★2030年12月31日”.",
    ),
    judge=judge,
    found=(
        Example("机密★2030年2月30日\n关于召开会议的通知"),
        Example("机密★2031年13月1日\n关于召开会议的通知"),
        Example("机密★2024年1月1日\n关于召开会议的通知\n某某市人民政府\n2025年3月1日"),
    ),
    clean=(
        Example("机密★2030年2月28日\n关于召开会议的通知"),
        Example("机密★2030年12月31日\n关于召开会议的通知\n某某市人民政府\n2025年3月1日"),
        Example("关于会议的通知\n机密★10年\n2030年2月30日"),
    ),
)
