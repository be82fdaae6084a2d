"""MS101 missing: the draft claims a level, and no marking stands in it."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import MarkingEvidence, Role, Severity, Verdict, Zone
from markscan.rules.proper_form import level_word
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import INTERFACE, Text

_PROPERTY = Text("文件属性中定为“{level}”", "its properties say “{level}”")
_UNSEEN = Text(
    "“{level}”标志只见于{where}，读者看不到", "“{level}” stands only where no reader looks: {where}"
)
_NUMBER = Text("发文字号为“密”字号", "its document number is of a classified series")


def judge(case: Case) -> Iterator[Hit]:
    """Look for a level claimed by a property or by the draft's own number, and no marking."""
    if case.task is not Task.CHECK or case.own_problems or _marked(case):
        return
    for seen in case.markings:
        claim = _claim(case, seen)
        if claim is not None:
            level = level_word(case, seen.marking)
            right, example = f"{level or '密级'}★保密期限", f"{level or '机密'}★5年"
            yield Hit((seen,), {"claim": claim, "right": right, "example": example})
            return


def _marked(case: Case) -> bool:
    """Return whether a reader sees a marking, were it only one to be filled in (MS114)."""
    return any(
        seen.marking.scheme == "cn-state"
        and seen.place.area in VISIBLE
        and seen.role in {Role.MARKING, Role.TEMPLATE, Role.EXAM, Role.VOIDED}
        for seen in case.markings
    )


def _claim(case: Case, seen: MarkingEvidence) -> Text | None:
    """Return in what way `seen` claims that the draft is classified; None if it does not."""
    if not seen.effective or seen.marking.level is None:
        return None
    if seen.marking.scheme == "cn-state":
        level = level_word(case, seen.marking)
        if seen.place.area is Area.PROPERTY:
            return _PROPERTY.fill(level=level)
        if seen.place.area is Area.FILENAME:
            return None  # MS211
        where = INTERFACE[f"place.{seen.place.area.value}"]
        return _UNSEEN.fill(level=level, where=where)
    if seen.zone is not Zone.STRONG:
        return None
    if seen.marking.scheme == "docno" and seen.marking.level.startswith("mi"):
        return _NUMBER
    return None


RULE = Rule(
    code="MS101",
    name=Text("涉密公文缺密级标志", "Classified draft carries no marking"),
    trigger=Text(
        "文件属性、批注、修订或者隐藏文字中有密级，或者本文发文字号为×密发，而读者看到的文内"
        "没有国家秘密标志；只在核稿时检查",
        "a property, comment, tracked change or hidden text claims a level, or the draft's own "
        "number is ×密发, and no marking stands where a reader sees it; only when a draft is "
        "checked",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.MARKING_MISSING,
    basis=Text(
        "《保守国家秘密法》第22条；《保守国家秘密法实施条例》第21条；"
        "《党政机关公文处理工作条例》第9条第2项",
        "Secrets law art. 22; its regulation art. 21; official documents regulation art. 9(2)",
    ),
    message=Text(
        "文内没有国家秘密标志，而{claim}",
        "no state-secret marking stands in the text, but {claim}",
    ),
    fix=Text(
        "请在封面或者首页左上角标明密级和保密期限，即“{right}”，例如“{example}”；"
        "确不涉密的，请更正文件属性或者发文字号。",
        "Put level and period at the top left of the cover or first page: “{right}”, for example "
        "“{example}”. If it is no secret, correct the property or the number.",
    ),
    judge=judge,
    found=(
        Example("关于召开会议的通知\n各单位：", parts=((Area.PROPERTY, "密级", "机密"),)),
        Example("关于召开会议的通知", parts=((Area.PROPERTY, "SecurityLevel", "秘密★5年"),)),
        Example("某某市人民政府文件\n市密发〔2023〕5号\n关于召开会议的通知"),
        Example(
            "关于召开会议的通知",
            parts=((Area.HIDDEN, "word/document.xml", "机密★10年"),),
        ),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知", parts=((Area.PROPERTY, "密级", "机密"),)),
        Example("关于召开会议的通知", parts=((Area.PROPERTY, "密级", "非密"),)),
        Example("关于召开会议的通知", parts=((Area.PROPERTY, "主题", "国家秘密管理"),)),
        Example(
            "关于召开会议的通知",
            parts=((Area.PROPERTY, "密级", "机密"),),
            task=Task.SCAN,
            highest=None,
        ),
        Example("某某市人民政府文件\n市政发〔2023〕5号\n关于召开会议的通知"),
    ),
)
