"""MS101 missing: the draft claims a level, and no marking stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markscan.document import Area
from markscan.finding import Evidence, MarkingEvidence, Role, Severity, Verdict
from markscan.marking import Marking
from markscan.match.portions import find_portions, highest
from markscan.rules.beside import attached_from, drawing_title, mail_subject, ranks, starts
from markscan.rules.proper_form import level_word, proper, shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import INTERFACE, Text

_FORM = Text("定密表单（发文稿纸等）定为“{mark}”", "the draft form says “{mark}”")
_PROPERTY = Text("文件属性中定为“{level}”", "its properties say “{level}”")
_STRUCK = Text(
    "原标志“{level}”已划去，没有标明变更后的密级或者“解密”",
    "the marking “{level}” is struck out, and nothing says what it was changed to",
)
_TICKED = Text("表单中勾选了“{level}”", "a form ticks “{level}”")
_PORTION = Text("段落标有密级“{mark}”", "a paragraph is marked “{mark}”")
_UNSEEN = Text(
    "“{level}”标志只见于{where}，读者看不到", "“{level}” stands only where no reader looks: {where}"
)
_KNOWN = Text(
    "请在封面或者首页左上角标明“{right}”；确不涉密的，请更正定密表单、文件属性或者段落标注。",
    "Put “{right}” at the top left of the cover or first page. If it is no secret, correct the "
    "form, the property or the mark of the paragraph.",
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What claims that the draft is classified: `said` is how, `seen` where, if in the file."""

    said: Text
    marking: Marking
    seen: Evidence | None


def judge(case: Case) -> Iterator[Hit]:
    """Look for a level that a form, property or paragraph claims, and no marking on the draft."""
    if case.task is not Task.CHECK or case.own_problems or marked(case):
        return
    claims = list(_claims(case))
    if not claims or (case.decision is not None and drawing_title(case) is not None):
        return  # a drawing is marked after its title: MS216
    first = next((each for each in claims if each.marking.period is not None), claims[0])
    level = level_word(case, first.marking)
    said = Text("，".join(c.said.zh for c in claims), ", ".join(c.said.en for c in claims))
    values: dict[str, object] = {
        "claim": said,
        "right": proper(first.marking) or f"{level}★保密期限",
        "example": f"{level}★5年",
    }
    known = first.marking.period is not None and first.marking.canonical is not None
    evidence = tuple(each.seen for each in claims if each.seen is not None)
    decided = case.decision.place if case.decision is not None else None
    yield Hit(evidence, values, place=None if evidence else decided, fix=_KNOWN if known else None)


def marked(case: Case) -> bool:
    """Return whether a reader sees a marking, were it only one to be filled in (MS114).

    Where a form decides of the draft, the marking of an attachment is not the draft's. One
    that was struck out is none unless a stamp says what became of it (标志 art. 7).
    """
    end = attached_from(case) if case.decision is not None else (len(case.document.parts), 0)
    roles = {Role.MARKING, Role.TEMPLATE, Role.EXAM}
    if case.effective("lifecycle"):
        roles.add(Role.VOIDED)
    return any(
        seen.marking.scheme == "cn-state"
        and seen.place.area in VISIBLE
        and seen.role in roles
        and starts(seen) < end
        for seen in case.markings
    )


def _claims(case: Case) -> Iterator[_Claim]:
    """Yield what claims a level: the form first, then each kind of place once."""
    decision = case.decision
    if decision is not None and decision.marking is not None and not decision.alone:
        inside = (seen for seen in case.markings if decision.holds(seen.part, seen.span))
        said = _FORM.fill(mark=shown(case, decision.marking))
        yield _Claim(said, decision.marking, next(inside, None))
    told: set[Area] = set()
    for seen in case.markings:
        claim = _unseen(case, seen)
        if claim is not None and seen.place.area not in told:
            told.add(seen.place.area)
            yield _Claim(claim, seen.marking, seen)
    if told or decision is not None or case.exam:
        return
    portion = highest(find_portions(case.document), ranks(case))
    if portion is None or case.context().about_markings:
        return
    if case.elements().official:
        said = _PORTION.fill(mark=shown(case, portion.marking))
        yield _Claim(said, portion.marking, portion)


def _unseen(case: Case, seen: MarkingEvidence) -> Text | None:
    """Return in what way `seen` claims a level out of a reader's sight; None if it does not.

    A ticked box is no marking, either: it decides of the draft below it.
    """
    if seen.marking.scheme == "checkbox" and seen.effective and case.elements().official:
        ticked = case.levels.find("cn-state", seen.marking.level or "")
        return _TICKED.fill(level=ticked.zh) if ticked is not None else None
    if seen.marking.scheme != "cn-state" or seen.marking.level is None:
        return None
    level = level_word(case, seen.marking)
    if seen.role is Role.VOIDED and seen.place.area in VISIBLE:
        return None if case.effective("lifecycle") else _STRUCK.fill(level=level)
    if not seen.effective:
        return None
    if seen.place.area in VISIBLE or seen.place.area is Area.FILENAME:
        return None  # an attachment's own; MS211
    if seen.place.area is Area.PROPERTY:
        return None if mail_subject(case, seen) else _PROPERTY.fill(level=level)  # MS213
    return _UNSEEN.fill(level=level, where=INTERFACE[f"place.{seen.place.area.value}"])


RULE = Rule(
    code="MS101",
    name=Text("涉密公文缺密级标志", "Classified draft carries no marking"),
    trigger=Text(
        "发文稿纸等定密表单、文件属性、批注、修订、隐藏文字或者段落标注中有密级，而读者看到的文内"
        "没有国家秘密标志；只在核稿时检查",
        "a draft form, property, comment, tracked change, hidden text or the mark of a paragraph "
        "claims a level, and no marking stands where a reader sees it; only when a draft is "
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
        "确不涉密的，请更正定密表单、文件属性或者段落标注。",
        "Put level and period at the top left of the cover or first page: “{right}”, for example "
        "“{example}”. If it is no secret, correct the form, the property or the mark of the "
        "paragraph.",
    ),
    judge=judge,
    found=(
        Example("关于召开会议的通知\n各单位：", parts=((Area.PROPERTY, "密级", "机密"),)),
        Example("关于召开会议的通知", parts=((Area.PROPERTY, "SecurityLevel", "秘密★5年"),)),
        Example(
            "关于召开会议的通知",
            parts=((Area.HIDDEN, "word/document.xml", "机密★10年"),),
        ),
        Example(
            "某某市人民政府文件\n某政发〔2025〕3号\n关于工程建设情况的报告\n市委：\n"
            "（机密）该工程位于市区北部，按计划推进。"
        ),
        Example(
            "发文稿纸\n密级：机密★10年    缓急：特急\n拟稿人：张三    核稿：李四\n"
            "某某市人民政府文件\n某政发〔2025〕3号\n关于召开会议的通知\n各单位："
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
        Example(
            "发文稿纸\n密级：机密★10年    缓急：特急\n拟稿人：张三    核稿：李四\n"
            "机密★10年\n某某市人民政府文件\n某政发〔2025〕3号\n关于召开会议的通知\n各单位："
        ),
        Example(
            "发文稿纸\n密级：非密    缓急：特急\n拟稿人：张三    核稿：李四\n"
            "某某市人民政府文件\n某政发〔2025〕3号\n关于召开会议的通知\n各单位："
        ),
    ),
)
