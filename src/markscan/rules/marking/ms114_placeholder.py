"""MS114 placeholder: the marking of the template was left in, not filled in."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import MarkingEvidence, Severity, Verdict
from markscan.match.grammar.forms import FORMS
from markscan.rules.rule import Case, Example, Hit, Rule, Task, with_defect
from markscan.wording import Text

_TICKED: str = FORMS["checkbox"]["ticked"]
_UNTICKED = Text("密级选项一个也没有勾选", "no box of the level is ticked")


def judge(case: Case) -> Iterator[Hit]:
    """Look for ×密★×年, 秘密★XX年, 〔密级★保密期限〕; in a draft, for boxes left open."""
    for seen in with_defect(case, "placeholder"):
        yield Hit((seen,))
    if case.task is Task.CHECK:
        for seen in case.effective("checkbox"):
            if seen.marking.level is None and not _ticked(case, seen):
                yield Hit((seen,), message=_UNTICKED)


def _ticked(case: Case, seen: MarkingEvidence) -> bool:
    """Return whether a box is ticked all the same: 非密 is no level."""
    return any(sign in _TICKED for sign in seen.span.cut(case.document.parts[seen.part].text))


RULE = Rule(
    code="MS114",
    name=Text("标志占位符未替换", "Template placeholder left in the marking"),
    trigger=Text(
        "标志里留有模板的占位符：×密★×年、秘密★XX年、〔密级★保密期限〕、机密★__年；"
        "草稿的密级选项一个也没有勾选",
        "a placeholder is left in the marking: ×密★×年, 秘密★XX年, 〔密级★保密期限〕, 机密★__年; "
        "in a draft, no box of the level is ticked",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第22条；《党政机关公文处理工作条例》第9条第2项",
        "Secrets law art. 22; official documents regulation art. 9(2)",
    ),
    message=Text(
        "密级标志还是模板的占位符，没有填写",
        "the marking is still the placeholder of the template",
    ),
    fix=Text(
        "请填写实际密级和期限，如“机密★10年”；不涉密的，删除该行。",
        "Fill in level and period, such as “机密★10年”; delete the line if it is no secret.",
    ),
    judge=judge,
    found=(
        Example("×密★×年\n关于召开会议的通知"),
        Example("秘密★XX年\n关于召开会议的通知"),
        Example("〔密级★保密期限〕\n关于召开会议的通知"),
        Example("关于召开会议的通知\n密级：□绝密 □机密 □秘密"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("关于召开会议的通知\n密级：□绝密 ☑机密 □秘密"),
        Example("关于召开会议的通知\n密级：□绝密 □机密 □秘密 ☑非密"),
        Example("关于召开会议的通知\n国家秘密标志形式为“密级★保密期限”。"),
        Example("×密★×年\n关于×××的通知", name="公文模板.txt"),
    ),
)
