"""MS109 over-limit: the period is longer than the law allows for the level."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markscan.end_date import after
from markscan.finding import Severity, Verdict
from markscan.marking import Duration, EndDate, Marking
from markscan.match.grammar.periods import over_limit
from markscan.rules.proper_form import level_word
from markscan.rules.rule import Case, Example, Hit, Rule, once
from markscan.wording import Text

_DATE = Text(
    "解密时间超过法定上限：自成文日期（未写的按今日）起，{level}级最迟到{latest}",
    "the date lies beyond the legal maximum: from the day of issue (today if none is stated), "
    "{level} lasts to {latest} at most",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for 秘密★20年, and for a date later than the day of issue allows."""
    for seen in once(case.visible):
        limit = case.law.limit_years.get(seen.marking.level or "")
        level = level_word(case, seen.marking)
        match seen.marking.period:
            case Duration() as period if limit is not None and _too_long(case, period, limit):
                values = {"level": level, "limit": limit, "right": f"{level}★{limit}年"}
                yield Hit((seen,), values)
            case EndDate() as until if limit is not None:
                latest = latest_end(case, seen.marking)
                if latest is not None and until.last_day > latest:
                    day = _written(latest)
                    values = {"level": level, "limit": limit, "latest": day}
                    yield Hit((seen,), values | {"right": f"{level}★{day}"}, message=_DATE)


def latest_end(case: Case, marking: Marking) -> date | None:
    """Return the last day that the law allows for the level; None where it sets no limit.

    A document without a date is issued today at the latest, as far as anyone can tell.
    """
    limit = case.law.limit_years.get(marking.level or "")
    return after(case.issued or case.today, Duration(limit, "Y")) if limit is not None else None


def _too_long(case: Case, period: Duration, limit: int) -> bool:
    """Compare the last days where the day of issue is stated; else what is certain."""
    if case.issued is not None and period.amount > 0:
        last, latest = after(case.issued, period), after(case.issued, Duration(limit, "Y"))
        if last is not None and latest is not None:
            return last > latest
    return over_limit(period, years=limit)


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


RULE = Rule(
    code="MS109",
    name=Text("保密期限超法定上限", "Period beyond the statutory maximum"),
    trigger=Text(
        "绝密超过30年、机密超过20年、秘密超过10年（年、月、日折算），或者解密时间晚于成文日期加上限",
        "绝密 over 30, 机密 over 20, 秘密 over 10 years (months and days converted), or a date "
        "later "
        "than the day of issue plus that maximum",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text("《保守国家秘密法》第20条", "Secrets law art. 20"),
    message=Text(
        "保密期限超过法定上限：{level}级最长{limit}年",
        "the period exceeds the legal maximum: {limit} years for {level}",
    ),
    fix=Text(
        "请由定密责任人核对定密依据，改为不超过“{right}”；保密事项范围另有规定的，在定密记录中注明条款。",
        "Check the basis of the decision and write at most “{right}”. Where the catalogue of "
        "secret "
        "matters provides otherwise, note its clause in the record.",
    ),
    judge=judge,
    found=(
        Example("秘密★20年\n关于召开会议的通知"),
        Example("机密★30年\n关于召开会议的通知"),
        Example("秘密★2040年12月31日\n关于召开会议的通知\n某某市人民政府\n2025年3月1日"),
        Example("秘密★121个月\n关于召开会议的通知"),
        Example("绝密★2099年12月31日\n关于召开会议的通知"),
    ),
    clean=(
        Example("秘密★10年\n关于召开会议的通知"),
        Example("绝密★30年\n关于召开会议的通知"),
        Example("秘密★2035年3月1日\n关于召开会议的通知\n某某市人民政府\n2025年3月1日"),
        Example("关于会议的通知\n如标注“秘密★20年”，即超过法定上限。"),
    ),
)
