"""MS216 drawing: a drawing, map or chart among classified files bears no marking."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area, Place
from markscan.finding import Evidence, MarkingEvidence, Outcome, Role, Severity, Verdict
from markscan.rules.beside import drawing_title, examined, is_drawing, marks, own_name, ranks
from markscan.rules.proper_form import proper, shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule
from markscan.wording import Text

_DECIDED = Text(
    "图纸没有国家秘密标志，而定密表单定为“{mark}”",
    "the drawing bears no marking, and the draft form says “{mark}”",
)
_AS_DECIDED = Text(
    "请在图纸标题之后或者下方标明“{right}”；确不涉密的，请更正定密表单。",
    "Put “{right}” behind or under the title of the drawing; if it is no secret, correct the form.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for unmarked drawings among marked files, and for one that a form classifies."""
    yield from _alone(case)
    inside = [each for member in case.members for each in member.flat()]
    rank = ranks(case)
    marked = [*case.visible, *(seen for each in inside for seen in marks(each))]
    top = max(marked, key=lambda seen: rank.get(seen.marking.level or "", -1), default=None)
    if top is None:
        return
    for member in case.members:
        if is_drawing(member) and examined(member) and not _bears(member):
            place = Place(Area.FILENAME, label=own_name(member))
            yield Hit(values={"mark": shown(case, top.marking)}, place=place)


def _alone(case: Case) -> Iterator[Hit]:
    """A document that is a drawing, and that a form classifies."""
    decision = case.decision
    if decision is None or decision.marking is None or case.own_problems:
        return
    if any(_counts(seen) for seen in case.markings):
        return
    title = drawing_title(case)
    if title is not None:
        values: dict[str, object] = {
            "mark": shown(case, decision.marking),
            "right": proper(decision.marking),
        }
        seen = Evidence(title.part, title.span)
        yield Hit((seen,), values, message=_DECIDED, fix=_AS_DECIDED)


def _bears(member: Outcome) -> bool:
    """Whether a file, or anything inside it, shows any state marking, were it to be filled in."""
    return any(_counts(seen) for each in member.flat() for seen in each.markings)


def _counts(seen: MarkingEvidence) -> bool:
    in_sight = seen.place.area in VISIBLE and seen.role is not Role.REFERENCE
    return in_sight and seen.marking.scheme == "cn-state"


RULE = Rule(
    code="MS216",
    name=Text("图纸、地图、图表未标志", "Drawing, map or chart without marking"),
    trigger=Text(
        "同一压缩包、邮件、文件内有标明密级的文件，而其中的图纸、地图、图表没有标志；"
        "定密表单定有密级的图纸没有标志",
        "an archive, mail or document holds marked files, and a drawing, map or chart among them "
        "bears no marking; or a drawing that a form classifies bears none",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_MISSING,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第3条第2项", "Marking rules 1990 art. 3(2)"
    ),
    message=Text(
        "图纸没有国家秘密标志，而同在一处的文件标有“{mark}”",
        "a drawing bears no marking, and a file that lies with it bears “{mark}”",
    ),
    fix=Text(
        "请核对图纸是否涉密；涉密的，在标题之后或者下方标明密级和保密期限。",
        "Check whether the drawing is classified; if so, put level and period behind or under its "
        "title.",
    ),
    judge=judge,
    found=(
        Example("某某工程总平面图\n发文稿纸\n密级：机密★10年    缓急：特急\n拟稿人：张三"),
        Example("某某营区平面图\n定密审批表\n密级：秘密★5年\n定密依据：第3条\n定密责任人：李四"),
        Example("某某地区管线图（一）\n定密审批表\n密级：机密\n保密期限：10年\n定密责任人：李四"),
    ),
    clean=(
        Example("某某工程总平面图\n比例尺 1：500"),
        Example(
            "某某工程总平面图\n机密★10年\n发文稿纸\n密级：机密★10年    缓急：特急\n拟稿人：张三"
        ),
        Example("关于报送平面图的通知\n各单位：\n请报送平面图。"),
    ),
    drafts_only=True,
)
