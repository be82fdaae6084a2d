"""MS102 no-period: a level stands alone, without period, date or condition."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.agreement import agreement, repeated
from markscan.rules.proper_form import level_word
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for 机密★, 机密, 密级：机密. Where a profile asks for no period it is a hint."""
    severity = None if case.profile.period_required else Severity.LOW
    found = agreement(case)
    for seen in with_defect(case, "no-period"):
        if found is not None and repeated(case, seen) and seen is not found.head:
            continue  # the head names the period
        level = level_word(case, seen.marking)
        limit = case.law.limit_years.get(seen.marking.level or "")
        if level and limit is not None:
            yield Hit((seen,), {"level": level, "limit": limit}, severity=severity)


RULE = Rule(
    code="MS102",
    name=Text("有密级无保密期限", "Level without period, date or condition"),
    trigger=Text(
        "只有密级，没有保密期限、解密时间或者解密条件：机密★、机密、密级：机密",
        "a level stands without period, date or condition: 机密★, 机密, 密级：机密",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第20条；《保守国家秘密法实施条例》第19条、第21条；"
        "《国家秘密定密管理暂行规定》第24条（2014）",
        "Secrets law art. 20; its regulation arts. 19 and 21; classification rules 2014 art. 24",
    ),
    message=Text(
        "标有密级“{level}”，没有标保密期限、解密时间或者解密条件",
        "the level “{level}” stands without period, date or condition of declassification",
    ),
    fix=Text(
        "请标全为“{level}★保密期限”，如“{level}★5年”（{level}级最长{limit}年），"
        "也可以标解密时间或者解密条件。补标之前只能按{limit}年提醒。",
        "Write level, ★ and period, such as “{level}★5年” (at most {limit} years), or a date or "
        "condition. Until then {limit} years are assumed for reminders only.",
    ),
    judge=judge,
    found=(
        Example("机密★\n关于召开会议的通知"),
        Example("秘密\n某某市人民政府文件\n关于召开会议的通知"),
        Example("密级：绝密\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("机密★开标前\n关于召开会议的通知"),
        Example("绝密、机密、秘密三级\n国家秘密的密级分为绝密、机密、秘密三级。"),
        Example("秘密花园\n本书讲述一座花园的故事。"),
        Example("商业秘密\n双方应当保守商业秘密。"),
    ),
)
