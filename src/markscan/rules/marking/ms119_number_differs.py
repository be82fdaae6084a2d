"""MS119 number-differs: the document's own number and its marking do not agree."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Element, Evidence, Severity, Verdict, Zone
from markscan.match.draft import Draft
from markscan.match.grammar.forms import FORMS
from markscan.rules.marking import ms101_missing
from markscan.rules.official_draft import number_of, sample
from markscan.rules.proper_form import shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule
from markscan.wording import Text

_SERIES = tuple(FORMS["docno"]["series"])
_ORDINARY = tuple(FORMS["docno"]["ordinary"])
_PLAIN = Text(
    "文内标“{mark}”，而发文字号不是“密”字号",
    "it is marked “{mark}”, and its number is not of the classified series",
)
_TO_SERIES = Text(
    "请核对：涉密的，改用本单位的“密”字号；不涉密的，删去“{mark}”。",
    "Check the decision: number it in the classified series, or delete “{mark}” if it is no "
    "secret.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for 市密发〔2025〕5号 without a marking; where a profile asks, for the reverse."""
    if case.own_problems or sample(case):
        return
    draft = case.draft()
    number = _classified(case, draft)
    if number is not None:
        if not ms101_missing.marked(case) and next(ms101_missing.judge(case), None) is None:
            yield Hit((number,))
        return
    plain = _plain(case, draft)
    if case.profile.classified_series and case.visible and plain is not None:
        seen = case.visible[0]
        values: dict[str, object] = {"mark": shown(case, seen.marking)}
        yield Hit((plain, seen), values, message=_PLAIN, fix=_TO_SERIES)


def _classified(case: Case, draft: Draft) -> Evidence | None:
    """Return the draft's own number if it is of a classified series."""
    for seen in case.effective("docno"):
        own = seen.zone is Zone.STRONG and seen.place.area in VISIBLE
        if own and (seen.marking.level or "").startswith("mi"):
            return seen
    return next(
        (seen for seen in draft.elements.all(Element.NUMBER) if _of_series(case.text(seen))), None
    )


def _plain(case: Case, draft: Draft) -> Evidence | None:
    """Return the draft's own number if it is of an ordinary series."""
    seen = draft.first(Element.NUMBER)
    known = seen is not None and number_of(case.text(seen)) is not None
    return seen if known else None


def _of_series(text: str) -> bool:
    found = number_of(text)
    code = found["code"] if found is not None else ""
    return code.endswith(_SERIES) and not code.endswith(_ORDINARY)


RULE = Rule(
    code="MS119",
    name=Text("密件文号与标志不符", "Document number and marking disagree"),
    trigger=Text(
        "本文发文字号为×密发、×密函、×密字，而文内没有国家秘密标志；单位配置中涉密公文使用“密”字号的，"
        "文内有标志而发文字号是普通文号",
        "the draft's own number is ×密发, ×密函 or ×密字 and no state marking stands in it; or, "
        "where the office has a classified series, a marking stands and the number is ordinary",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第22条；本单位公文编号规则",
        "Secrets law art. 22; the office's own rules of numbering",
    ),
    message=Text(
        "发文字号为“密”字号，而文内没有国家秘密标志",
        "the number is of a classified series, and no state marking stands in the text",
    ),
    fix=Text(
        "请核对：涉密的，在首页左上角标明密级和保密期限，例如“机密★5年”；不涉密的，改用普通发文字号。",
        "Check the decision: put level and period at the top left of the first page, for example "
        "“机密★5年”; if it is no secret, use an ordinary number.",
    ),
    judge=judge,
    found=(
        Example("某某市人民政府文件\n市密发〔2023〕5号\n关于召开会议的通知"),
        Example("某某市人民政府办公室\n市政办密函〔2025〕12号\n关于商请支持的函\n某某局："),
        Example("某某市财政局\n市财密字[2025]3号\n关于有关情况的报告\n市政府："),
    ),
    clean=(
        Example("机密★5年\n某某市人民政府文件\n市密发〔2023〕5号\n关于召开会议的通知"),
        Example("某某市人民政府文件\n市政发〔2023〕5号\n关于召开会议的通知"),
        Example("机密★5年\n某某市人民政府文件\n市政发〔2023〕5号\n关于召开会议的通知"),
        Example("某某市国家保密局文件\n市保密发〔2023〕5号\n关于召开会议的通知"),
        Example("关于召开会议的通知\n各单位：\n市密发〔2023〕5号文件已收悉。"),
        Example(
            "某某市人民政府文件\n市密发〔2023〕5号\n关于召开会议的通知",
            parts=((Area.PROPERTY, "密级", "机密"),),
        ),
    ),
    drafts_only=True,
)
