"""MS902 spliced: several official documents stand in one file."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Element, Severity
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_ONE = (
    "某某市人民政府文件\n某政发〔2026〕{n}号\n关于召开会议的通知\n各县人民政府：\n"
    "现将会议有关事项通知如下，请按时参加。\n某某市人民政府\n2026年3月{n}日\n"
)
_ATTACHED = "附件1\n会议日程\n上午报到。\n附件2\n关于会务的说明\n会务由办公室负责。\n"
_PASSED_ON = (
    "某某县人民政府文件\n某政发〔2026〕8号\n转发市政府关于召开会议的通知\n各乡镇：\n"
    "现转发给你们，请遵照执行。\n某某县人民政府\n2026年3月8日\n"
)


def judge(case: Case) -> Iterator[Hit]:
    """Tell once, at the first of them, that there are several."""
    number, count = case.piece
    if number == 1 and count > 1:
        title = case.elements().first(Element.TITLE)
        yield Hit((title,) if title else (), {"count": count})


RULE = Rule(
    code="MS902",
    name=Text("一件多文", "Several documents spliced in one file"),
    trigger=Text(
        "一个文件里有两个以上各有版头或者标题、主送机关的公文；分别检查",
        "two or more official documents, each with a head of its own, in one file; each is judged",
    ),
    severity=Severity.INFO,
    verdict=None,
    basis=Text("系统提示", "a note of the program"),
    message=Text(
        "文件内有 {count} 个公文，已分别检查",
        "{count} documents stand in this file; each was judged",
    ),
    fix=Text("请分拆为单独的文件。", "Make each a file of its own."),
    judge=judge,
    found=(
        Example(_ONE.format(n=1) + _ONE.format(n=2)),
        Example("机密★10年\n" + _ONE.format(n=1) + "秘密★5年\n" + _ONE.format(n=2)),
        Example(_ONE.format(n=1) + _ATTACHED + _ONE.format(n=2) + _ONE.format(n=3)),
    ),
    clean=(
        Example(_ONE.format(n=1)),
        Example(_ONE.format(n=1) + _ATTACHED),
        Example(_PASSED_ON + _ONE.format(n=1)),
    ),
    drafts_only=True,
)
