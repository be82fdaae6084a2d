"""MS220 no-issue-date: a period counts from the day of issue, and no such day is stated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.marking import Duration
from markscan.rules.official_draft import marked
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, once
from markscan.wording import Text

_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇○零Ｏ０一二三四五六七八九]{3})"
_DAY = (
    rf"{_YEAR}(?:年[\d元正一二三四五六七八九十]{{1,3}}月[\d一二三四五六七八九十廿]{{1,3}}日"
    r"|[-./]\d{1,2}[-./]\d{1,2})"
)
# A whole line, in brackets below the title, behind a label or the name of the office.
_DATED = re.compile(
    rf"[（(]?{_DAY}[)）]?(?:印发?|印制)?"
    rf"|(?:成文|制发|发文|印发|签发|落款|发布|拟稿)?(?:日期|时间)[:：]{_DAY}"
    rf"|[^。，；：:\d]{{2,30}}{_DAY}(?:印发?)?(?:[（(]?共?印?\d+份[)）]?)?"
)
_OPEN = re.compile(
    rf"(?:[^。，；：:]{{0,30}})(?:{_YEAR}|20[_×xX*＿]{{2}}|[_×xX*＿]{{2,4}})?年"
    r"[_×xX*＿\d元正一二三四五六七八九十]{0,3}月(?:[_×xX*＿\d]{0,3}日)?(?:印发)?"
)
_LONGEST = 60  # characters
_UNFILLED = Text(
    "标有“{mark}”，成文日期没有写全，保密期限无从起算",
    "it is marked “{mark}”, and its date is not filled in: the period has no beginning",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for 机密★10年 on a document whose day of issue is missing or left open."""
    if case.issued is not None or marked(case) is None:
        return
    if case.decision is not None and (case.decision.decided or case.decision.drafted):
        return
    counted = [m for m in once(case.visible) if isinstance(m.marking.period, Duration)]
    lines = [line.bare for line in case.lines() if len(line.bare) <= _LONGEST]
    if counted and not any(_DATED.fullmatch(line) for line in lines):
        unfilled = any(_OPEN.fullmatch(line) for line in lines)
        values: dict[str, object] = {"mark": shown(case, counted[0].marking)}
        yield Hit((counted[0],), values, message=_UNFILLED if unfilled else None)


RULE = Rule(
    code="MS220",
    name=Text("缺制发日期", "No issue date"),
    trigger=Text(
        "保密期限是若干年、月、日，而文内没有成文日期和印发日期，或者日期没有写到日",
        "the period is a number of years, months or days, and neither date of signing nor date of "
        "printing stands in the text, or it lacks its day",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法实施条例》第19条（保密期限自标明的制发日起计算）",
        "Regulation under the secrets law art. 19: the period counts from the stated day of issue",
    ),
    message=Text(
        "标有“{mark}”，没有成文日期，保密期限无从起算",
        "it is marked “{mark}” and bears no date: the period has no beginning",
    ),
    fix=Text(
        "请在发文机关署名下方写明成文日期，年、月、日齐全，例如“2026年3月1日”。",
        "Write the full date below the name of the issuer: year, month and day, as in "
        "“2026年3月1日”.",
    ),
    judge=judge,
    found=(
        Example(
            "000001\n机密★10年\n关于召开会议的通知\n各县人民政府：\n请按时参加。\n某某市人民政府"
        ),
        Example(
            "000001\n秘密★6个月\n关于召开会议的通知\n各县人民政府：\n某某市人民政府\n2025年　月　日"
        ),
        Example("000001\n秘密★5年\n关于召开会议的通知\n各县人民政府：\n某某市人民政府\n2025年3月"),
        Example("000001\n机密★10年\n关于召开会议的通知\n定于2025年3月1日召开会议，请按时参加。"),
    ),
    clean=(
        Example(
            "000001\n机密★10年\n关于召开会议的通知\n各县人民政府：\n某某市人民政府\n2025年3月1日"
        ),
        Example("000001\n机密★10年\n关于召开会议的通知\n各县人民政府：\n二〇二五年三月一日"),
        Example(
            "000001\n机密★10年\n关于召开会议的通知\n各县人民政府：\n某某局办公室　2025年3月1日印发"
        ),
        Example("000001\n机密★2035年12月31日\n关于召开会议的通知\n各县人民政府：\n某某市人民政府"),
        Example("000001\n机密★开标前\n关于召开会议的通知\n各县人民政府：\n某某市人民政府"),
        Example("000001\n机密★10年\n关于某某工作的决定\n（2025年3月1日）\n各县人民政府："),
        Example("关于召开会议的通知\n各县人民政府：\n某某市人民政府"),
    ),
    drafts_only=True,
)
