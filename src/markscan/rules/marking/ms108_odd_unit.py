"""MS108 odd-unit: the unit of the period is missing, or not the one the rules want."""

from __future__ import annotations

import math
from collections.abc import Iterator

from markscan.finding import MarkingEvidence, Severity, Verdict
from markscan.marking import Duration
from markscan.rules.proper_form import level_word, rewrite
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text

_OTHERWISE = Text(
    "请按满1年以年计、不足1年以月计、不足1个月以日计的办法书写期限。",
    "Count from one year on in years, below that in months, below one month in days.",
)
_ZERO = Text(
    "期限不能为0，请填写实际的保密期限。", "A period cannot be 0; write the one that was decided."
)
_NO_UNIT = Text(
    "请补写单位：期限以年计的，改为“{right}”。", "Add the unit: “{right}” if years are meant."
)
_CHOOSE = Text(
    "请由定密责任人核定为“{low}”或者“{high}”，也可以标明解密时间。",
    "Let the classifying officer decide between “{low}” and “{high}”, or give a date instead.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for 机密★10, 6月, 30天, 半年, 18个月, 45日, a leading zero."""
    for seen in with_defect(case, "unit"):
        yield _advised(case, seen)


def _advised(case: Case, seen: MarkingEvidence) -> Hit:
    """Return a hit with the right form, or with the two forms to choose from."""
    period, level = seen.marking.period, level_word(case, seen.marking)
    if not isinstance(period, Duration) or seen.marking.canonical is None:
        return rewrite(seen, {}, _OTHERWISE)
    if period.amount == 0:
        return Hit((seen,), fix=_ZERO)
    if seen.marking.canonical.endswith("?"):
        return Hit((seen,), {"right": f"{level}★{period.amount:g}年"}, fix=_NO_UNIT)
    wanted = _amounts(period)
    if wanted is None:
        return rewrite(seen, {}, _OTHERWISE)
    low, high, unit = wanted
    if low == high:
        return Hit((seen,), {"right": f"{level}★{low}{unit}"})
    values: dict[str, object] = {"low": f"{level}★{low}{unit}", "high": f"{level}★{high}{unit}"}
    return Hit((seen,), values, fix=_CHOOSE)


def _amounts(period: Duration) -> tuple[int, int, str] | None:
    """The whole years, months or days that the period lies between; None if it is regular."""
    months = period.months
    if months >= 12 and period.unit != "Y":
        return math.floor(months / 12), math.ceil(months / 12), "年"
    if months >= 12:
        return None if period.amount == int(period.amount) else (*_around(period.amount), "年")
    if period.unit == "D" and period.amount > 31:
        return (*_around(months), "个月")
    if period.unit in {"W", "H"}:
        days = math.ceil(months * 30)
        return (days, days, "日") if days <= 31 else (*_around(months), "个月")
    return None


def _around(amount: float) -> tuple[int, int]:
    return math.floor(amount), math.ceil(amount)


RULE = Rule(
    code="MS108",
    name=Text("期限单位缺失或不规范", "Unit missing or non-standard"),
    trigger=Text(
        "期限没有单位、单位不规范或者应换成更大的单位：机密★10、6月、30天、半年、0.5年、"
        "18个月、24个月、45日、0年、05年",
        "no unit, an odd one, or one that should be larger: 机密★10, 6月, 30天, 半年, 0.5年, "
        "18个月, 24个月, 45日, 0年, 05年",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密定密管理暂行规定》第22条（2014）；《党政干部和涉密人员保密常识必知必读》第15问"
        "（满1年的以年计，1年以内的以月计，1个月以内的可以日计）",
        "Classification rules 2014 art. 22; official primer, question 15 (years from one year on, "
        "months below, days below one month)",
    ),
    message=Text(
        "保密期限没有单位，或者单位不规范",
        "the period has no unit, or not the regular one",
    ),
    fix=Text("请改为“{right}”。", "Write “{right}”."),
    judge=judge,
    found=(
        Example("秘密★6月\n关于召开会议的通知"),
        Example("机密★24个月\n关于召开会议的通知"),
        Example("机密★10\n关于召开会议的通知"),
        Example("秘密★18个月\n关于召开会议的通知"),
        Example("秘密★45日\n关于召开会议的通知"),
        Example("秘密★半年\n关于召开会议的通知"),
    ),
    clean=(
        Example("秘密★6个月\n关于召开会议的通知"),
        Example("秘密★15日\n关于召开会议的通知"),
        Example("机密★2年\n关于召开会议的通知"),
        Example("电影《绝密543》\n本片由某公司出品。"),
    ),
)
