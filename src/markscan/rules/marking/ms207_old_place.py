"""MS207 old-place: the marking stands as the standard of 1999 set it, on a new document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Input, MarkingEvidence, Severity, Verdict
from markscan.rules.example_page import Row, page
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.rules.setting import blanks_before, head_marking, setting
from markscan.wording import Text

# One blank between the two characters, where no period is given.
_GAP = re.compile(r"[绝绝机機秘祕](?:\u3000|[ \u00a0]{1,2})密\s*")
_SPREAD = 2.6  # times its size: two characters and most of a gap
_FAR = 40  # columns of blanks before a marking that is set on the right of a plain text


def judge(case: Case) -> Iterator[Hit]:
    """Look for level words with a gap, on the right of page one."""
    head = head_marking(case)
    if head is not None and is_old(case, head) and _since(case):
        yield Hit((head,), {"since": case.law.top_left_from.year})


def is_old(case: Case, head: MarkingEvidence) -> bool:
    """Return whether the marking stands as before 2012: right, or with a gap on the right.

    Before that day it may stand on the right in any form.
    """
    if not _on_the_right(case, head):
        return False
    return not _since(case) or _GAP.fullmatch(case.text(head)) is not None or _spread(case, head)


def _spread(case: Case, head: MarkingEvidence) -> bool:
    """Whether the two characters of the level stand apart, in a format without blanks (PDF)."""
    found = setting(case, head)
    if found is None or len(case.text(head)) != 2 or not found.line.runs:
        return False
    size = found.line.runs[0].size or case.profile.norm.size
    return found.line.box.right - found.line.box.left > _SPREAD * size


def _since(case: Case) -> bool:
    """Whether the document was issued under the present standard; so too where no day is told."""
    return case.issued is None or case.issued >= case.law.top_left_from


def _on_the_right(case: Case, head: MarkingEvidence) -> bool:
    found = setting(case, head)
    if found is not None:
        return found.on_the_right
    if case.layout() is not None or head.place.area is not Area.BODY:
        return False
    return len(blanks_before(case, head).replace("\u3000", "  ").expandtabs(8)) >= _FAR


_HEAD = (
    Row("某某市人民政府文件", left=60, font="方正小标宋简体", size=36),
    Row("某政发〔2026〕5号", left=85, font="仿宋"),
    Row("关于召开会议的通知", left=73, font="方正小标宋简体", size=22),
    Row("各县人民政府：", font="仿宋"),
)
_TEXT = "某某市人民政府文件\n某政发〔2026〕5号\n关于召开会议的通知\n各县人民政府：\n"
_FAR_RIGHT = " " * 50
_OLD = _TEXT.replace("2026", "2010") + "请参加。\n某某市人民政府\n2010年3月1日"

RULE = Rule(
    code="MS207",
    name=Text("沿用旧国标版式", "Placement of before 2012 on a new document"),
    trigger=Text(
        "2012 年 7 月 1 日以后的公文，标志仍在右上角且两字之间空一字（机　密）",
        "on a document issued since 1 July 2012 the level stands at the top right with a gap "
        "between its characters (机　密)",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "GB/T 9704—2012 7.2.2（代替 GB/T 9704—1999）",
        "GB/T 9704—2012, 7.2.2 (in place of GB/T 9704—1999)",
    ),
    message=Text(
        "标志沿用 {since} 年以前的版式：在右上角，字间空格",
        "the marking is set as before {since}: top right, with a gap",
    ),
    fix=Text(
        "现行标准为左上角顶格、字间不空格，并标明保密期限，如“机密★10年”。",
        "The standard in force asks for the top left, no gap, and a period: “机密★10年”.",
    ),
    judge=judge,
    found=(
        page(Row("机　密", left=160), *_HEAD),
        page(Row("000001"), Row("秘　密", left=160), *_HEAD),
        Example(_FAR_RIGHT + "机　密\n" + _TEXT),
    ),
    clean=(
        page(Row("机密★10年"), *_HEAD),
        page(Row("机密★10年", left=150), *_HEAD),
        Example(_FAR_RIGHT + "机　密\n" + _OLD),
        Example("机　密\n" + _TEXT),
    ),
    drafts_only=True,
    needs=(Input.LAYOUT,),
)
