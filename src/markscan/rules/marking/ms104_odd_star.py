"""MS104 odd-star: another glyph stands where the ★ belongs."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.proper_form import proper
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text

_SEVERAL = Text("密级与保密期限之间连用了几个“★”，只应有一个", "several ★ stand in a row, not one")


def judge(case: Case) -> Iterator[Hit]:
    """Look for a star of the wrong shape, or more than one."""
    for seen in with_defect(case, "star-glyph", "star-dup"):
        message = _SEVERAL if "star-dup" in seen.marking.defects else None
        yield Hit((seen,), {"right": proper(seen.marking)}, message=message)


RULE = Rule(
    code="MS104",
    name=Text("标识符号不规范", "Wrong separator glyph"),
    trigger=Text(
        "密级与保密期限之间用了☆、*、※、●、·、▲等符号，或者连用几个★",
        "☆ * ※ ● · ▲ or several ★ stand between level and period",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第4条；《国家秘密定密管理暂行规定》第24条（2014）",
        "Marking rules 1990 art. 4; classification rules 2014 art. 24",
    ),
    message=Text("密级与保密期限之间的符号不是“★”", "the sign between level and period is not ★"),
    fix=Text("请改为“{right}”。", "Write “{right}”."),
    judge=judge,
    found=(
        Example("机密☆10年\n关于召开会议的通知"),
        Example("秘密●5年\n关于召开会议的通知"),
        Example("机密★★★5年\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("★★★★★ 五星好评\n秘密※注意"),
        Example("例如标注为“秘密☆1年”是不对的，应当使用实心五角星。"),
    ),
)
