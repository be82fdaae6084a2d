"""MS210 cover-differs: the cover bears another marking than the first page behind it."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.agreement import disagreement
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_PAGE = "关于防汛工作情况的报告\n某某市水务局\n2026年3月\n"


def judge(case: Case) -> Iterator[Hit]:
    """Compare the marking of a cover with that at the head of the text."""
    yield from disagreement(case, "MS210")


RULE = Rule(
    code="MS210",
    name=Text("封面与首页密级不一致", "Cover and first page disagree"),
    trigger=Text(
        "封面和其后的首页都有标志，而密级或者期限不同",
        "a cover and the first page behind it both bear a marking, and these differ",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第3条第1项", "Marking rules 1990 art. 3(1)"
    ),
    message=Text(
        "封面与首页的标志不一致：{places}", "the cover and the first page differ: {places}"
    ),
    fix=Text(
        "请按定密结论统一封面和首页的密级、期限；核对之前按较高密级管理。",
        "Make cover and first page agree as decided; until then treat it as the higher level.",
    ),
    judge=judge,
    found=(
        Example("机密★10年\n" + _PAGE + "秘密★5年\n关于防汛工作情况的报告\n市政府："),
        Example("机密★10年\n" + _PAGE + "机密★5年\n关于防汛工作情况的报告\n市政府："),
        Example("秘密★5年\n" + _PAGE + "绝密★30年\n关于防汛工作情况的报告\n市政府："),
    ),
    clean=(
        Example("机密★10年\n" + _PAGE + "机密★10年\n关于防汛工作情况的报告\n市政府："),
        Example("机密★10年\n" + _PAGE + "关于防汛工作情况的报告\n市政府："),
        Example("机密★10年\n关于防汛工作情况的报告\n市政府：\n现将情况报告如下。\n附件1\n秘密★5年"),
    ),
)
