"""MS116 wrapped: brackets, quotes, a label or a suffix around the marking of a 公文."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Severity, Verdict
from markscan.rules.agreement import on_cover
from markscan.rules.proper_form import rewrite
from markscan.rules.rule import Case, Example, Hit, Rule, Task, with_defect
from markscan.wording import Text

_FAULTS = {
    "bracket": Text("括号或者引号", "brackets or quotes"),
    "label": Text("“密级”等标签", "a label such as 密级"),
    "suffix": Text("“级”“件”字", "级 or 件"),
}
_OTHERWISE = Text(
    "公文版头直接标注，不加括号、引号和“密级”字样。",
    "Write it without brackets, quotes or the word 密级.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for 【机密】, 密级：机密, 机密级★10年 outside tables and forms."""
    for seen in with_defect(case, *_FAULTS):
        own = seen.marking.scheme == "cn-state"  # a caveat may stand in brackets
        form = seen.place.area is Area.CELL
        if own and not form and not on_cover(case, seen):
            yield rewrite(seen, _FAULTS, _OTHERWISE)


RULE = Rule(
    code="MS116",
    name=Text(
        "标志加括号、引号、标签或“级”“件”字",
        "Bracketed, quoted, labelled or suffixed marking",
    ),
    trigger=Text(
        "标志外加括号、引号、“密级：”或者“级”“件”字：【机密】、(秘密)、密级：机密、机密级★10年、"
        "秘密件；表格、表单、选项除外",
        "brackets, quotes, 密级：, 级 or 件 around the marking: 【机密】, (秘密), 密级：机密, "
        "机密级★10年, 秘密件; tables, forms and boxes to tick are exempt",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "GB/T 9704—2012 第7.2.2条；《国家秘密定密管理暂行规定》第24条（2014）",
        "GB/T 9704-2012, 7.2.2; classification rules 2014 art. 24",
    ),
    message=Text(
        "标志外加了{fault}",
        "around the marking stand {fault}",
    ),
    fix=Text(
        "公文版头直接标“{right}”，不加括号、引号和“密级”字样。",
        "Write “{right}” alone, without brackets, quotes or label.",
    ),
    judge=judge,
    found=(
        Example("【机密★5年】\n关于召开会议的通知"),
        Example("密级：机密★5年\n关于召开会议的通知"),
        Example("机密级★10年\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("会议登记表", parts=((Area.CELL, "T1!R1C1", "密级：机密★5年"),)),
        Example("关于召开会议的通知\n国家秘密标志形式为“密级★保密期限”。"),
        Example("会议纪要", parts=((Area.PROPERTY, "密级", "机密级"),), task=Task.SCAN),
    ),
)
