"""MS112 impossible-date: the date does not exist, or lies before the day of issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from markscan.end_date import after
from markscan.finding import MarkingEvidence, Severity, Verdict
from markscan.fold import fold
from markscan.marking import Duration, EndDate, Unit
from markscan.rules.proper_form import level_word
from markscan.rules.rule import Case, Example, Hit, Rule, once, with_defect
from markscan.wording import Text

_BEFORE_ISSUE = Text(
    "解密时间早于成文日期", "the date of declassification lies before the day of issue"
)
_DISAGREE = Text(
    "保密期限与解密时间不一致：自成文日期起{period}，到{day}届满",
    "period and date disagree: {period} from the day of issue end on {day}",
)
_KEEP_ONE = Text(
    "请由定密责任人核对，只标一项：“{level}★{period}”或者实际的解密时间。",
    "Let the classifying officer decide, and write one of them: “{level}★{period}” or the date.",
)

# 5年（2030年12月31日）, 10年 至2030年12月31日, in folded text
_BOTH = re.compile(
    r"[★☆*] ?(?P<amount>\d{1,3}) ?(?P<unit>年|个月|日|天)[^\d\n]{0,6}"
    r"(?P<year>\d{4}) ?年 ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日(?! ?起)"
)
_UNITS: dict[str, Unit] = {"年": "Y", "个月": "M", "日": "D", "天": "D"}
_SLACK = timedelta(days=1)  # no statute says whether the last day is counted


def judge(case: Case) -> Iterator[Hit]:
    """Look for 2月30日, a date before the day of issue, and one that the period denies."""
    for seen in with_defect(case, "bad-date"):
        yield Hit((seen,), {"level": level_word(case, seen.marking)})
    for seen in once(case.visible):
        period = seen.marking.period
        if case.issued and isinstance(period, EndDate) and period.last_day < case.issued:
            yield Hit((seen,), {"level": level_word(case, seen.marking)}, message=_BEFORE_ISSUE)
        yield from _contradiction(case, seen)


def _contradiction(case: Case, seen: MarkingEvidence) -> Iterator[Hit]:
    """Compare period and date where a marking has both."""
    both = _BOTH.search(fold(case.text(seen)).text)
    if both is None or case.issued is None:
        return
    try:
        until = date(int(both["year"]), int(both["month"]), int(both["day"]))
    except ValueError:
        return
    last = after(case.issued, Duration(int(both["amount"]), _UNITS[both["unit"]]))
    if last is not None and abs(last - until) > _SLACK:
        values: dict[str, object] = {
            "level": level_word(case, seen.marking),
            "period": f"{both['amount']}{both['unit']}",
            "day": Text(f"{last.year}年{last.month}月{last.day}日", last.isoformat()),
        }
        yield Hit((seen,), values, message=_DISAGREE, fix=_KEEP_ONE)


RULE = Rule(
    code="MS112",
    name=Text("解密时间不可能", "Impossible or contradictory date"),
    trigger=Text(
        "日期不存在（2月30日），或者早于成文日期，或者与同时标注的保密期限不一致",
        "the date does not exist (2月30日), lies before the day of issue, or disagrees with the "
        "period beside it",
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
        Example("机密★5年至2031年3月1日\n关于召开会议的通知\n某某市人民政府\n2025年3月1日"),
    ),
    clean=(
        Example("机密★2030年2月28日\n关于召开会议的通知"),
        Example("机密★2030年12月31日\n关于召开会议的通知\n某某市人民政府\n2025年3月1日"),
        Example("机密★5年至2030年3月1日\n关于召开会议的通知\n某某市人民政府\n2025年3月1日"),
        Example("关于会议的通知\n机密★10年\n2030年2月30日"),
    ),
)
