"""MS120 portion-above: a paragraph is marked higher than the whole document."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Element, Evidence, MarkingEvidence, Severity, Verdict
from markscan.match.compilation import compilation_title
from markscan.match.portions import Portion, find_portions, highest
from markscan.rules.beside import attached_from, ranks, starts
from markscan.rules.proper_form import level_word, shown
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Compare the highest portion mark with the overall marking; without one MS101 speaks."""
    rank, attached = ranks(case), attached_from(case)
    overall = [seen for seen in case.visible if starts(seen) < attached]
    if not overall or case.exam or compilation_title(case.document) is not None:
        return
    own = [each for each in find_portions(case.document) if _own(case, each, attached)]
    marked = [seen for seen in overall if not any(_overlap(seen, each) for each in own)]
    top = highest(own, rank)
    if top is None or not marked or case.context().about_markings:
        return
    head = max(marked, key=lambda seen: rank.get(seen.marking.level or "", -1))
    if rank.get(top.marking.level or "", -1) > rank.get(head.marking.level or "", -1):
        yield Hit((top, head), _values(case, top, head))


def _own(case: Case, portion: Portion, attached: tuple[int, int]) -> bool:
    """Whether a portion belongs to the document itself: not its title, not an attachment."""
    title = case.elements().first(Element.TITLE)
    return starts(portion) < attached and (title is None or not _overlap(portion, title))


def _overlap(one: Evidence, other: Evidence) -> bool:
    same = one.part == other.part
    return same and one.span.start < other.span.end and other.span.start < one.span.end


def _values(case: Case, top: Portion, head: MarkingEvidence) -> dict[str, object]:
    return {
        "portion": shown(case, top.marking),
        "mark": shown(case, head.marking),
        "level": level_word(case, top.marking),
    }


RULE = Rule(
    code="MS120",
    name=Text("密点、段落标注高于全文", "Portion marking above the document marking"),
    trigger=Text(
        "段落之前标注的密级（（机密）…、密点：机密）高于全文的密级标志",
        "the level marked before a paragraph ((机密)…, 密点：机密) is above the overall marking",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第5条；《保守国家秘密法》第19条；"
        "《保守国家秘密法实施条例》第17条",
        "Marking rules 1990 art. 5; secrets law art. 19; its regulation art. 17",
    ),
    message=Text(
        "段落标为“{portion}”，高于全文标志“{mark}”",
        "a paragraph is marked “{portion}”, above the overall marking “{mark}”",
    ),
    fix=Text(
        "请将全文密级提高为“{level}”，或者核对段落的密级标注；核对之前按“{level}”管理。",
        "Raise the overall level to “{level}”, or check the mark of the paragraph. Until then "
        "treat the document as “{level}”.",
    ),
    judge=judge,
    found=(
        Example("秘密★5年\n关于工程建设情况的报告\n市委：\n（机密）该工程位于市区北部，进展顺利。"),
        Example("机密★10年\n关于工程建设情况的报告\n市委：\n一、【绝密★20年】工程的位置如下。"),
        Example("秘密★5年\n关于工程建设情况的报告\n市委：\n密点：机密\n该工程位于市区北部。"),
        Example("秘密★5年\n关于工程建设情况的报告\n市委：\n密点（机密）：该工程位于市区北部。"),
    ),
    clean=(
        Example("机密★10年\n关于工程建设情况的报告\n市委：\n（机密）该工程位于市区北部。"),
        Example("机密★10年\n关于工程建设情况的报告\n市委：\n（秘密）该工程位于市区北部。"),
        Example("秘密★5年\n关于定密工作的通知\n各处：\n（绝密）、（机密）、（秘密）三级分别标注。"),
        Example("关于工程建设情况的报告\n市委：\n（机密）该工程位于市区北部，进展顺利。"),
        Example(
            "秘密★5年\n关于工程建设情况的报告\n市委：\n请审阅。\n附件1\n机密★10年\n建设方案\n"
            "（机密）该工程位于市区北部。"
        ),
    ),
    drafts_only=True,
)
