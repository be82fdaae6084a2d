"""MS106 misspelt-level: the level word is written wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.proper_form import proper
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for 绝秘, 机秘, 密秘, 绝蜜 and the like."""
    for seen in with_defect(case, "typo"):
        yield Hit((seen,), {"right": proper(seen.marking)})


RULE = Rule(
    code="MS106",
    name=Text("密级用字错误", "Level word misspelt"),
    trigger=Text(
        "密级写了别字（绝秘、机秘、密秘、绝蜜），或者★前的词不是密级（特密、高密、核心机密）",
        "the level is misspelt (绝秘, 机秘, 密秘, 绝蜜), or the word before ★ is none (特密, 高密)",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第14条（国家秘密的密级分为绝密、机密、秘密三级）",
        "Secrets law art. 14 (the levels are 绝密, 机密 and 秘密)",
    ),
    message=Text(
        "密级用字有误，国家秘密只有绝密、机密、秘密三级",
        "the level is misspelt: there are only 绝密, 机密 and 秘密",
    ),
    fix=Text(
        "请核对密级；所定密级无误的，改为“{right}”。",
        "Check the level; if it is the one decided, write “{right}”.",
    ),
    judge=judge,
    found=(
        Example("绝秘★10年\n关于召开会议的通知"),
        Example("机秘★5年\n关于召开会议的通知"),
        Example("密秘★3年\n关于召开会议的通知"),
        Example("特密★10年\n关于召开会议的通知"),
    ),
    clean=(
        Example("绝密★10年\n关于召开会议的通知"),
        Example("秘书处\n关于召开会议的通知"),
        Example("关于会议的通知\n输入时常把“机密”误写为“机秘”，请注意核对。"),
    ),
)
