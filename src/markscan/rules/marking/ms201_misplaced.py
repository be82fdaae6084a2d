"""MS201 misplaced: the marking does not stand at the top left of the type area."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Element, Input, MarkingEvidence, Severity, Verdict
from markscan.rules.agreement import first_page
from markscan.rules.example_page import Row, page
from markscan.rules.marking import ms207_old_place
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.rules.setting import above, blanks_before, head_marking, letter_line, setting
from markscan.wording import Text

_LINES_BEFORE_TOP = 4  # lines between the top of the type area and a marking still at its top
_LEADING = 29.0  # points from line to line: 22 lines to a page (GB/T 9704—2012, 5.2.3)

_IN_HEADER = Text("写在页眉里，不在版心内", "in the header, not in the type area")
_NOT_FIRST = Text("不在第一页", "not on page one")
_BEHIND = Text("排在{what}之后", "behind the {what}")
_RIGHT = Text("排在右侧", "on the right")
_CENTRE = Text("居中排列", "centred")
_INDENTED = Text("左边空 {characters} 个字，没有顶格", "indented by {characters} characters")
_OUTSIDE = Text("超出版心左边 {characters} 个字", "{characters} characters left of the type area")
_LOW = Text("没有排在版心第一、二行", "not on line one or two of the type area")
_BLANKS = Text("前面有空格，没有顶格", "behind blanks, not flush left")
_ELEMENTS = {
    Element.TITLE: Text("标题", "title"),
    Element.ISSUER: Text("发文机关标志", "heading of the issuer"),
    Element.NUMBER: Text("发文字号", "document number"),
}


def judge(case: Case) -> Iterator[Hit]:
    """Compare the place of the marking with the standard's.

    Letters have a rule of their own (MS206), and so has the place of the old standard (MS207).
    """
    head = head_marking(case)
    if head is None or letter_line(case.layout()) is not None or ms207_old_place.is_old(case, head):
        return
    fault = _in_text(case, head) or _on_page(case, head)
    if fault is not None:
        yield Hit((head,), {"fault": fault, "line": _line(case)})


def _in_text(case: Case, head: MarkingEvidence) -> Text | None:
    """What the order of the text alone tells."""
    if head.place.area is Area.HEADER:
        return _IN_HEADER
    if head.place.area is Area.TEXTBOX:
        return None
    first = first_page(case)
    if (head.place.page or first) > first:
        return _NOT_FIRST
    if case.layout() is None and _letter(case):
        return None
    for element, name in _ELEMENTS.items():
        if above(case, head, element) and not (element is Element.ISSUER and _letter(case)):
            return _BEHIND.fill(what=name)
    return None


def _letter(case: Case) -> bool:
    """Whether the issuer is named as on letter paper: without 文件 behind it."""
    named = "".join(case.text(each) for each in case.draft().elements.all(Element.ISSUER))
    return bool(named) and not named.rstrip().endswith(("文件", "令", "纪要"))


def _on_page(case: Case, head: MarkingEvidence) -> Text | None:
    """What the layout tells; where there is none, the blanks before the marking."""
    found = setting(case, head)
    if found is None:
        return _blanks(case, head) if case.layout() is None else None
    if found.from_left is None:
        return _RIGHT if found.on_the_right else None
    norm, left = case.profile.norm, found.from_left
    characters = f"{abs(left) / norm.size:.1f}".removesuffix(".0")
    if left < -norm.side_tolerance:
        return _OUTSIDE.fill(characters=characters)
    if left > norm.side_tolerance:
        right = found.from_right or 0.0
        if abs(left - right) < norm.size:
            return _CENTRE
        return _RIGHT if found.on_the_right else _INDENTED.fill(characters=characters)
    top = found.page.area.top if found.page.area else found.line.box.top
    return _LOW if found.line.box.top - top > _LINES_BEFORE_TOP * _LEADING else None


def _blanks(case: Case, head: MarkingEvidence) -> Text | None:
    before = blanks_before(case, head)
    wide = sum(2 if each == "\u3000" else 4 if each == "\t" else 1 for each in before)
    return _RIGHT if wide >= 40 else _CENTRE if wide >= 16 else _BLANKS if wide >= 2 else None


def _line(case: Case) -> str:
    return "二" if case.draft().first(Element.COPY_NUMBER) else "一"


_HEAD = (
    Row("某某市人民政府文件", left=60, font="方正小标宋简体", size=36),
    Row("某政发〔2026〕5号", left=85, font="仿宋"),
    Row("关于召开会议的通知", left=73, font="方正小标宋简体", size=22),
    Row("各县人民政府：", font="仿宋"),
)
_TEXT = "某某市人民政府文件\n某政发〔2026〕5号\n关于召开会议的通知\n各县人民政府：\n"

RULE = Rule(
    code="MS201",
    name=Text("密级位置不符", "Marking not at the top left of the type area"),
    trigger=Text(
        "公文的标志不在首页版心左上角顶格（有份号时第二行，无份号时第一行）：居右、居中、缩进、"
        "在版头或者标题之后、在页眉里；信函格式见 MS206",
        "the marking of an official document is not flush left at the top of page one (line two "
        "behind a copy number, else line one): right, centred, indented, behind heading or title, "
        "in the header; for letters see MS206",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "GB/T 9704—2012 7.2.2；《国家秘密文件、资料和其他物品标志的规定》第3条第1项",
        "GB/T 9704—2012, 7.2.2; marking rules 1990 art. 3(1)",
    ),
    message=Text("标志位置不符：{fault}", "the marking is misplaced: {fault}"),
    fix=Text(
        "请顶格编排在首页版心左上角第{line}行。",
        "Set it flush left at the top left of the type area of page one: line two behind a copy "
        "number, else line one.",
    ),
    judge=judge,
    found=(
        page(Row("机密★10年", left=150), *_HEAD),
        page(Row("机密★10年", left=92), *_HEAD),
        page(Row("机密★10年", left=40), *_HEAD),
        Example("某某市人民政府文件\n某政发〔2026〕5号\n关于召开会议的通知\n机密★10年\n各县："),
        Example("关于召开会议的通知\n各县人民政府：", parts=((Area.HEADER, "h", "机密★10年"),)),
    ),
    clean=(
        page(Row("机密★10年"), *_HEAD),
        page(Row("000001"), Row("机密★10年"), Row("特急"), *_HEAD),
        Example("000001\n机密★10年\n" + _TEXT),
        Example("某某表\n" + " " * 40 + "秘密★5年\n单位\t数量"),
    ),
    drafts_only=True,
    needs=(Input.LAYOUT,),
)
