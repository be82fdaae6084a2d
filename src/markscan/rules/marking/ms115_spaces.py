"""MS115 spaces: spaces or invisible characters stand inside the marking."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.finding import MarkingEvidence, Severity, Verdict
from markscan.rules.proper_form import rewrite
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text

_FAULTS = {"space": Text("空格", "spaces"), "zw": Text("不可见字符", "invisible characters")}
_OTHERWISE = Text(
    "请删除标志中的空格和不可见字符。", "Delete the spaces and invisible characters in the marking."
)
_ONE_GAP = re.compile(r"[绝機机絕秘祕]\u3000密")


def judge(case: Case) -> Iterator[Hit]:
    """Look for spaces and characters of no width between the characters of a marking."""
    for seen in with_defect(case, *_FAULTS):
        if not _form_of_1999(case, seen):
            yield rewrite(seen, _FAULTS, _OTHERWISE)


def _form_of_1999(case: Case, seen: MarkingEvidence) -> bool:
    """Return whether it is 机　密 at the top right or from before 2012: another matter.

    Source: GB/T 9704-1999; clarification 16.
    """
    part = case.document.parts[seen.part]
    if not _ONE_GAP.fullmatch(seen.span.cut(part.text).strip()):
        return False
    if case.issued is not None and case.issued < case.law.top_left_from:
        return True
    width = next((p.width for p in case.document.pages if p.number == seen.place.page), None)
    return seen.place.box is not None and width is not None and seen.place.box.left > width / 2


RULE = Rule(
    code="MS115",
    name=Text("标志内有空格或不可见字符", "Spaces or invisible characters inside the marking"),
    trigger=Text(
        "标志各字之间有空格、全角空格或者零宽等不可见字符：机 密★10年、机密 ★ 10年",
        "spaces, ideographic spaces or characters of no width stand inside the marking: 机 密★10年",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "GB/T 9704—2012 第7.2.2条；《国家秘密定密管理暂行规定》第24条（2014）（明显并易于识别）",
        "GB/T 9704-2012, 7.2.2; classification rules 2014 art. 24 (plain to see and recognise)",
    ),
    message=Text(
        "标志内有{fault}，不利于识别",
        "{fault} stand inside the marking",
    ),
    fix=Text(
        "请删除标志中的空格和不可见字符，写作“{right}”。",
        "Delete the spaces and invisible characters: “{right}”.",
    ),
    judge=judge,
    found=(
        Example("机密 ★ 10年\n关于召开会议的通知"),
        Example("机\u3000密★10年\n关于召开会议的通知"),
        Example("机密\u200b★10年\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("  机密★10年  \n关于召开会议的通知"),
        Example("工作秘密 1年\n关于召开会议的通知"),
        Example("内部资料 注意保存\n关于召开会议的通知"),
        Example("机\u3000密\n某某市人民政府文件\n关于召开会议的通知\n2005年3月1日"),
    ),
)
