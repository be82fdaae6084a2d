"""MS105 wrong-order: level, ★ and period do not follow each other in this order."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.proper_form import proper
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for ★机密10年, 10年★机密, 机密10年★."""
    for seen in with_defect(case, "order"):
        yield Hit((seen,), {"right": proper(seen.marking)})


RULE = Rule(
    code="MS105",
    name=Text("标志要素顺序错误", "Elements in the wrong order"),
    trigger=Text(
        "不是密级、★、保密期限的顺序：★机密10年、10年★机密、机密10年★",
        "not in the order level, ★, period: ★机密10年, 10年★机密, 机密10年★",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第4条（“★”前标密级，“★”后标保密期限）",
        "Marking rules 1990 art. 4 (the level before the ★, the period after it)",
    ),
    message=Text(
        "标志的要素没有按“密级★保密期限”的顺序排列",
        "the elements do not stand in the order level, ★, period",
    ),
    fix=Text("请改为“{right}”。", "Write “{right}”."),
    judge=judge,
    found=(
        Example("★机密10年\n关于召开会议的通知"),
        Example("10年★机密\n关于召开会议的通知"),
        Example("机密10年★\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("★ 推荐\n★★★★★ 五星好评"),
        Example("关于培训的通知\n有人把标志写成“★机密 10年”，这是不对的。"),
    ),
)
