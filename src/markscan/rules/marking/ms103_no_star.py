"""MS103 no-star: level and period stand without the ★ between them."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.proper_form import proper
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for 机密10年. A bare level lacks its period first: that is MS102."""
    for seen in with_defect(case, "nostar"):
        if seen.marking.period is not None and seen.marking.level is not None:
            yield Hit((seen,), {"right": proper(seen.marking)})


RULE = Rule(
    code="MS103",
    name=Text("缺国家秘密标识“★”", "Star missing between level and period"),
    trigger=Text(
        "有密级也有保密期限，中间没有“★”：机密10年、秘密（1年）",
        "level and period stand without a ★: 机密10年, 秘密（1年）",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第4条；"
        "《国家秘密定密管理暂行规定》第24条（2014）",
        "Marking rules 1990 art. 4; classification rules 2014 art. 24",
    ),
    message=Text(
        "密级与保密期限之间缺国家秘密标识“★”",
        "the ★ is missing between level and period",
    ),
    fix=Text("请改为“{right}”。", "Write “{right}”."),
    judge=judge,
    found=(
        Example("机密10年\n关于召开会议的通知"),
        Example("秘密（1年）\n关于召开会议的通知"),
        Example("密级:秘密 保密期限:5年\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("机密\n某某市人民政府文件\n关于召开会议的通知"),
        Example("核心商密 10年\n关于产品配方的说明"),
        Example("关于会议的通知\n绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年。"),
    ),
)
