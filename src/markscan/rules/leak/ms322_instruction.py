"""MS322 instruction: what a leader wrote on a paper lies where no state secrets may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markscan.document import Area, Part
from markscan.finding import Severity, TermEvidence, Verdict
from markscan.rules.leak.location_words import bars_state_secrets, kind_of_place
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import Text

_TOPIC = "instruction"
_REACH = 160  # characters behind the field that may be what was written in it
_LONGEST_LABEL = 10  # characters of the cell or line that names the field
_BLANK = re.compile(r"\s+")
_WRITTEN = re.compile(
    r"请.{1,24}?(?:阅处|阅示|阅研|阅办|研办|研究|办理|落实|牵头|酌处|酌办|处理|核实|协调|抓好|关注)"
    r"|(?:拟|原则)?同意|已阅|圈阅|照此办理|速办"
)
# 3.12, 3月12日, 12/3, or the year before them: what a leader signs with.
_SIGNED = re.compile(r"(?<!\d)\d{1,2}(?:月\d{1,2}日?|[./]\d{1,2})(?!\d)")
# A form tells how to fill it in; a notice tells what leaders are to do.
_UNWRITTEN = re.compile(r"填写|应当|不得|必须|[（(]签[名字][)）]|×|＿|_{2}")


def judge(case: Case) -> Iterator[Hit]:
    """Look for a field of a circulation sheet that is filled in and dated."""
    if case.location is None or not bars_state_secrets(case.location) or case.visible:
        return
    for seen in case.terms:
        if seen.topic == _TOPIC and not seen.own and _filled_in(case, seen):
            context = case.context()
            if not (context.about_markings or context.template or context.fiction):
                yield Hit((seen,), {"place": kind_of_place(case.location)})
            return


def _filled_in(case: Case, seen: TermEvidence) -> bool:
    parts = case.document.parts
    part = parts[seen.part]
    if part.place.area not in VISIBLE:
        return False
    start = part.text.rfind("\n", 0, seen.span.start) + 1
    before = _BLANK.sub("", part.text[start : seen.span.start])
    behind = part.text[seen.span.end :][:_REACH]
    first, colon, rest = (
        behind.partition("\n")[0].lstrip().partition("：" if "：" in behind else ":")
    )
    if len(before) + len(_BLANK.sub("", first)) > _LONGEST_LABEL:
        return False  # a sentence that speaks of instructions
    written = rest if colon else ""
    written += behind.partition("\n")[2]
    if part.place.area is Area.CELL:
        written += _beside(parts[seen.part + 1 : seen.part + 3], part)
    plain = _BLANK.sub("", written[:_REACH])
    return (
        _WRITTEN.search(plain) is not None
        and _SIGNED.search(plain) is not None
        and _UNWRITTEN.search(plain) is None
    )


def _beside(following: tuple[Part, ...], part: Part) -> str:
    """The text of the next cells of the row, in which what belongs to the field stands."""
    return "\n".join(each.text for each in islice(following, 2) if each.row == part.row)


_SHEET = "文件处理单\n来文单位：某某厅\n"

RULE = Rule(
    code="MS322",
    name=Text("领导批示外露", "Leaders' written instructions in a low place"),
    trigger=Text(
        "未标密级的文件处理单等，在领导批示、批示意见、圈阅意见栏内有批语和日期，存放在公开、内部或者未列入"
        "策略的位置；文章、制度、空白表单中提到批示的不报",
        "an unmarked circulation sheet whose field for instructions (领导批示, 圈阅意见) holds a "
        "remark and a date, in a public, internal or unlisted place; not articles and rules that "
        "speak of instructions, nor blank forms",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "九三学社中央机关保密工作规定第7条第4项、第5项；《保守国家秘密法》第64条",
        "Jiusan Society secrecy rules art. 7(4) and (5); secrets law art. 64",
    ),
    message=Text(
        "有领导批示的内容，没有密级标志，存放在{place}",
        "a leader's written instruction, without a marking, lies in {place}",
    ),
    fix=Text(
        "请核对批示和所批文件是否涉密：涉密的，移入涉密位置；不涉密的，移入本单位内部位置，不得上网、外传。",
        "Check whether the instruction and the paper it stands on are classified: if so, move them "
        "to a classified place; if not, to an internal one.",
    ),
    judge=judge,
    found=(
        Example(_SHEET + "领导批示：请闻达同志阅处。陆青 3月12日", task=Task.SCAN, highest=""),
        Example(_SHEET + "批示意见：\n同意，速办。\n陆青 2025.3.12", task=Task.SCAN, highest=""),
        Example(
            "文件处理单",
            parts=((Area.CELL, "T1!R1C1", "领导批示：已阅，请办公室研究落实。陆青 3/12"),),
            highest="",
            kind="public",
        ),
    ),
    clean=(
        Example(_SHEET + "领导批示：\n\n办理结果：", task=Task.SCAN, highest=""),
        Example(_SHEET + "领导批示：请闻达同志阅处。陆青 3月12日", task=Task.SCAN, highest="jimi"),
        Example(_SHEET + "领导批示：请闻达同志阅处。陆青 3月12日", task=Task.SCAN),
        Example(
            "市领导批示要求各单位抓好落实，3月12日召开会议研究，同意实施方案。",
            task=Task.SCAN,
            highest="",
        ),
        Example(
            "填表说明\n领导批示：由领导填写同意与否和日期，如3月12日。", task=Task.SCAN, highest=""
        ),
    ),
)
