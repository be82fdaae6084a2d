"""MS122 internal-and-state: an internal or work-secret caveat beside a state-secret marking."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.finding import Element, Severity, Verdict
from markscan.rules.proper_form import level_word, shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import Text

_IN_NOTE = re.compile(r"[（(]\s*(内部资料|内部文件|内部材料|内部使用|工作秘密)[，,；;。\s]")


def judge(case: Case) -> Iterator[Hit]:
    """Look for 内部资料 or 工作秘密 on a document that bears 机密★10年."""
    caveats = [s for s in case.effective("cn-internal", "cn-work") if s.place.area in VISIBLE]
    if not case.visible:
        return
    state = case.visible[0]
    mark = shown(case, state.marking)
    if caveats:
        other = level_word(case, caveats[0].marking)
        yield Hit((caveats[0], state), {"mark": mark, "other": other})
        return
    for note in case.elements().all(Element.NOTE):
        found = _IN_NOTE.match(case.text(note))  # （内部资料，此件发至县级）
        if found is not None and case.task is Task.CHECK:
            yield Hit((note, state), {"mark": mark, "other": found[1]})
            return


RULE = Rule(
    code="MS122",
    name=Text("内部与国家秘密并用", "Internal caveat together with a state marking"),
    trigger=Text(
        "同一文件既标内部资料、工作秘密，又标绝密、机密、秘密",
        "one document bears 内部资料 or 工作秘密 and also a state-secret level",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第64条；《国家秘密定密管理暂行规定》第19条（2014）",
        "Secrets law art. 64; classification rules 2014 art. 19",
    ),
    message=Text(
        "同一文件既标“{other}”又标国家秘密“{mark}”",
        "one document is marked “{other}” and also as a state secret, “{mark}”",
    ),
    fix=Text(
        "二者只能择一：已定密的保留“{mark}”，删去“{other}”字样；未定密的删去国家秘密标志。",
        "Keep one: “{mark}” if it was classified, else only “{other}”.",
    ),
    judge=judge,
    found=(
        Example("机密★10年\n内部资料 注意保存\n关于召开会议的通知"),
        Example("工作秘密\n秘密★5年\n关于召开会议的通知"),
        Example("内部文件\n绝密★30年\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("内部资料 注意保存\n关于召开会议的通知"),
        Example("机密★10年\n关于加强内部控制的通知\n内部审计、内部管理另行规定。"),
    ),
)
