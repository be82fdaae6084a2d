"""MS212 property-differs: a property of the file claims another level than the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area, Span
from markscan.finding import Evidence, MarkingEvidence, Severity, Verdict
from markscan.match.zones import is_level_field
from markscan.rules.agreement import agreement, disagreement, same
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_OPEN = re.compile(r"非密|非涉密|不涉密|无密级?|无|公开|普通|一般|内部|工作秘密")
_UNCLASSIFIED = Text(
    "文件属性的密级字段填为不涉密，正文却标“{mark}”",
    "the level property of the file says that it is not classified, the text “{mark}”",
)

_DECIDED = Text(
    "定密表单定为“{claim}”，正文标“{mark}”，两者不一致",
    "the draft form says “{claim}”, the text “{mark}”",
)
_DECIDED_OPEN = Text(
    "定密表单定为非密，正文却标“{mark}”",
    "the draft form says that it is not classified, the text “{mark}”",
)


def judge(case: Case) -> Iterator[Hit]:
    """Compare the level field with the text. Where the text bears none, MS101 speaks."""
    found = agreement(case)
    if found is None:
        return
    yield from disagreement(case, "MS212")
    yield from _form(case, found.head)
    for index, part in enumerate(case.document.parts):
        place = part.place
        field = place.area is Area.PROPERTY and is_level_field(place.label)
        if field and _OPEN.fullmatch(part.text.strip()):
            values: dict[str, object] = {"mark": shown(case, found.head.marking)}
            evidence = Evidence(index, Span(0, len(part.text)))
            yield Hit((evidence, found.head), values, message=_UNCLASSIFIED)
            return


def _form(case: Case, head: MarkingEvidence) -> Iterator[Hit]:
    """Compare with what the draft form decided."""
    decision = case.decision
    if decision is None or decision.alone:
        return
    values: dict[str, object] = {"mark": shown(case, head.marking)}
    if decision.marking is not None and not same(case, decision.marking, head.marking):
        values["claim"] = shown(case, decision.marking)
        yield Hit((head,), values, message=_DECIDED)
    elif decision.open:
        yield Hit((head,), values, message=_DECIDED_OPEN)


RULE = Rule(
    code="MS212",
    name=Text("元数据与正文密级不一致", "Metadata disagrees with the body"),
    trigger=Text(
        "文件属性的密级字段（密级、SecurityLevel 等）或者定密表单与正文标志的密级、期限不同",
        "a level property of the file (密级, SecurityLevel and the like) or its draft form differs "
        "from the text in level or period",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第22条第2款；《保守国家秘密法实施条例》第21条",
        "Secrets law art. 22(2); its regulation art. 21",
    ),
    message=Text(
        "文件属性与正文的密级不一致：{places}",
        "the properties of the file and its text differ: {places}",
    ),
    fix=Text(
        "请按定密结论更正文件属性、表单或者正文标志；核对之前按较高密级管理。",
        "Correct property, form or marking as decided; until then treat it as the higher level.",
    ),
    judge=judge,
    found=(
        Example("机密★10年\n关于召开会议的通知", parts=((Area.PROPERTY, "密级", "秘密"),)),
        Example("秘密★5年\n关于召开会议的通知", parts=((Area.PROPERTY, "SecurityLevel", "机密"),)),
        Example("机密★10年\n关于召开会议的通知", parts=((Area.PROPERTY, "密级", "绝密★30年"),)),
        Example("机密★10年\n关于召开会议的通知", parts=((Area.PROPERTY, "密级", "非密"),)),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知", parts=((Area.PROPERTY, "密级", "机密"),)),
        Example("机密★10年\n关于召开会议的通知", parts=((Area.PROPERTY, "标题", "会议通知"),)),
        Example("关于召开会议的通知", parts=((Area.PROPERTY, "密级", "机密"),)),
    ),
)
