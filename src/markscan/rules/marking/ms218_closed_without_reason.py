"""MS218 closed-without-reason: 此件不公开, and nothing says why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.finding import MarkingEvidence, Severity, Verdict
from markscan.match.elements import TextLine
from markscan.rules.official_draft import sample, template
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule
from markscan.wording import Text

# Markings that are a reason themselves, in force or not (信息公开条例 14, 15).
_REASONS = ("cn-state", "cn-work", "cn-internal", "cn-commercial", "cn-company", "cn-military")
_REASON = re.compile(
    r"国家秘密|工作秘密|商业秘密|商业机密|个人隐私|个人信息|内部事务|内部管理|过程性|人事管理|后勤管理"
    r"|内部工作流程|讨论记录|过程稿|磋商信函|请示报告|行政执法案卷|执法案卷|法律、行政法规禁止"
    r"|(?:国家|公共)安全|社会稳定|经济安全|第三方|合法权益"
    r"|(?:公开条例|条例》?)?第?\s*(?:14|15|16|十四|十五|十六)\s*条"
)
_FIELD = re.compile(r"(?:不予?以?公开|非公开)?的?(?:理由|依据|原因|事由)\s*[:：]?\s*(?P<value>.*)")
_NEAR = 2  # lines behind or before the note


def judge(case: Case) -> Iterator[Hit]:
    """Look for 此件不公开 with neither a marking nor a reason in the note or beside it."""
    if template(case) or sample(case) or any(m.marking.scheme in _REASONS for m in case.markings):
        return
    for note in case.effective("openness"):
        if note.marking.level == "closed" and note.place.area in VISIBLE:
            if not _reasoned(case, note):
                yield Hit((note,))
            return


def _reasoned(case: Case, note: MarkingEvidence) -> bool:
    """Whether the note, a line beside it or a field 不予公开理由 gives a reason."""
    lines = list(case.lines())
    at = [n for n, line in enumerate(lines) if line.part == note.part and _holds(line, note)]
    near = lines[max(0, at[0] - _NEAR) : at[0] + _NEAR + 1] if at else []
    if any(_REASON.search(line.bare) for line in near):
        return True
    fields = [line for line in lines if "公开" in line.bare or line in near]
    return any((found := _FIELD.fullmatch(line.bare)) and found["value"] for line in fields)


def _holds(line: TextLine, note: MarkingEvidence) -> bool:
    return line.span.start <= note.span.start < line.span.end


RULE = Rule(
    code="MS218",
    name=Text("不予公开理由缺失", "“Not public” without a reason"),
    trigger=Text(
        "写有此件不公开、不予公开，而文内没有国家秘密标志、工作秘密或者内部字样，也没有写明理由"
        "（信息公开条例第14条、第15条、第16条）",
        "此件不公开 or 不予公开 stands without a state marking, a caveat of work secrets or "
        "internal papers, or a reason under arts. 14 to 16 of the openness regulation",
    ),
    severity=Severity.INFO,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text("《政府信息公开条例》第13条至第16条", "Openness regulation arts. 13 to 16"),
    message=Text("注明不公开，没有写明理由", "a note closes the document and gives no reason"),
    fix=Text(
        "请注明不予公开的理由及其条款，例如“（此件不公开，属内部事务信息，依据政府信息公开条例第16条）”；"
        "没有法定理由的，改为公开。",
        "Give the reason and its article, for example “（此件不公开，属内部事务信息，依据政府信息"
        "公开条例第16条）”; without a legal reason open it.",
    ),
    judge=judge,
    found=(
        Example("关于召开会议的通知\n各单位：\n某某局\n2025年3月1日\n（此件不公开）"),
        Example("关于召开会议的通知\n各单位：\n某某局\n2025年3月1日\n公开属性：不予公开"),
        Example("关于召开会议的通知\n各单位：\n某某局\n2025年3月1日\n此件不予公开"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知\n各单位：\n2025年3月1日\n（此件不公开）"),
        Example("内部资料 注意保存\n关于召开会议的通知\n各单位：\n2025年3月1日\n（此件不公开）"),
        Example("关于召开会议的通知\n各单位：\n2025年3月1日\n（此件不公开）\n理由：涉及商业秘密"),
        Example("关于召开会议的通知\n各单位：\n2025年3月1日\n（此件不公开，属内部事务信息）"),
        Example("关于召开会议的通知\n各单位：\n2025年3月1日\n（此件公开发布）"),
        Example("关于政府信息公开的通知\n各单位：\n哪些信息不予公开，由各单位审查确定。"),
    ),
    drafts_only=True,
)
