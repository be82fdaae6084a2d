"""MS206 letter: in a letter, marking or document number do not stand under the red line."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area, Box
from markscan.finding import Element, ElementEvidence, Input, MarkingEvidence, Severity, Verdict
from markscan.rules.example_page import Row, page
from markscan.rules.rule import Case, Hit, Rule
from markscan.rules.setting import above, head_marking, letter_line, setting
from markscan.wording import Text

_ABOVE = Text("标志排在第一条红色双线之上", "the marking stands above the first red double line")
_NOT_LEFT = Text("标志没有顶格居版心左边缘", "the marking is not flush left")
_BEHIND = Text("标志排在标题之后", "the marking stands behind the title")
_NUMBER_ABOVE = Text("发文字号排在红色双线之上", "the document number stands above the line")
_NUMBER_LEFT = Text("发文字号没有居右", "the document number is not flush right")
_CHARACTER = 16.0  # points
_UNDER = 4.0  # points that ink may reach into the line


def judge(case: Case) -> Iterator[Hit]:
    """Look at letters only: page one has a red double line in its upper third."""
    head = head_marking(case)
    line = letter_line(case.layout()) if head is not None else None
    if line is None or head is None:
        return
    number = case.elements().first(Element.NUMBER)
    faults = [*_marking(case, head, line), *(_number(case, number, line) if number else ())]
    if faults:
        told = Text("；".join(f.zh for f in faults), "; ".join(f.en for f in faults))
        yield Hit((head,), {"fault": told})


def _marking(case: Case, head: MarkingEvidence, line: Box) -> Iterator[Text]:
    found = setting(case, head)
    if head.place.area is Area.HEADER:
        yield _ABOVE
    elif above(case, head, Element.TITLE):
        yield _BEHIND
    elif found is not None:
        if found.line.box.top < line.top - _UNDER:
            yield _ABOVE
        if found.from_left is not None and abs(found.from_left) > case.profile.norm.side_tolerance:
            yield _NOT_LEFT


def _number(case: Case, number: ElementEvidence, line: Box) -> Iterator[Text]:
    found = setting(case, number)
    if found is None:
        return
    if found.line.box.bottom < line.top:
        yield _NUMBER_ABOVE
    elif found.from_right is not None and found.from_right > 2 * _CHARACTER:
        yield _NUMBER_LEFT


_HEAD = Row("某某市人民政府", left=70, font="方正小标宋简体", size=36)
_NUMBER = Row("某政函〔2026〕5号", left=136, font="仿宋")
_TEXT = (
    Row("关于商请提供资料的函", left=70, font="方正小标宋简体", size=22),
    Row("某某县人民政府：", font="仿宋"),
)

RULE = Rule(
    code="MS206",
    name=Text("信函格式标志位置不符", "Placement in a letter"),
    trigger=Text(
        "信函格式（首页有红色双线）的标志不在第一条红色双线之下顶格，或者发文字号没有居右",
        "in a letter (page one has a red double line) the marking is not flush left under the "
        "first double line, or the document number not flush right",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text("GB/T 9704—2012 10.1", "GB/T 9704—2012, 10.1"),
    message=Text("信函格式位置不符：{fault}", "placement in the letter: {fault}"),
    fix=Text(
        "请把份号、密级和保密期限顶格居版心左边缘编排在第一条红色双线下，发文字号顶格居版心右边缘。",
        "Set copy number and marking flush left under the first red double line, and the document "
        "number flush right.",
    ),
    judge=judge,
    found=(
        page(_HEAD, Row("机密★10年", left=60), _NUMBER, *_TEXT, double=47),
        page(Row("机密★10年"), _HEAD, _NUMBER, *_TEXT, double=60),
        page(_HEAD, Row("机密★10年"), Row("某政函〔2026〕5号"), *_TEXT, double=47),
    ),
    clean=(
        page(_HEAD, Row("机密★10年"), _NUMBER, *_TEXT, double=47),
        page(_HEAD, Row("000001"), Row("机密★10年"), _NUMBER, *_TEXT, double=47),
        page(Row("机密★10年", left=60), _HEAD, Row("某政发〔2026〕5号", left=85), *_TEXT),
    ),
    drafts_only=True,
    needs=(Input.LAYOUT,),
)
