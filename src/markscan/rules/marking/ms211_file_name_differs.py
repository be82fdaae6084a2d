"""MS211 file-name-differs: the file name claims another level than the text."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Severity, Verdict
from markscan.rules.agreement import disagreement
from markscan.rules.proper_form import level_word
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_NONE = Text(
    "文件名标“{name}”，文内没有国家秘密标志",
    "the file name says “{name}”, and no state-secret marking stands in the text",
)

_DECIDE = Text(
    "请核对定密结论：涉密的，在首页作出标志；不涉密的，从文件名删去“{name}”。",
    "Check the decision: mark the first page, or take “{name}” out of the file name.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Compare the level in the file name with what a reader sees in the text.

    Where the text was not read in full nothing is known to be missing. A whole marking in
    the name and none in the text is MS213: the marking can be parted from the file.
    """
    if any(seen.marking.level is not None for seen in case.visible):
        yield from disagreement(case, "MS211")
        return
    for seen in case.state:
        in_name = seen.place.area is Area.FILENAME and seen.marking.level is not None
        if in_name and seen.marking.period is None and not case.own_problems:
            values: dict[str, object] = {"name": level_word(case, seen.marking)}
            yield Hit((seen,), values, message=_NONE, fix=_DECIDE)
            return


RULE = Rule(
    code="MS211",
    name=Text("文件名与正文密级不一致", "File-name marking disagrees with the body"),
    trigger=Text(
        "文件名里标有密级，而正文标的是另一个密级或者没有标志",
        "the file name bears a level, and the text another one or none",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第22条；《国家秘密定密管理暂行规定》第24条（2014）（与载体不可分离）",
        "Secrets law art. 22; classification rules 2014 art. 24 (inseparable from the carrier)",
    ),
    message=Text(
        "文件名与正文的密级不一致：{places}",
        "the file name and the text differ: {places}",
    ),
    fix=Text(
        "请按定密结论统一文件名和正文；对外传递时文件名不写密级。核对之前按较高密级管理。",
        "Make the file name and the text agree as decided; leave the level out of the name of what "
        "is sent out. Until then treat it as the higher level.",
    ),
    judge=judge,
    found=(
        Example("秘密★5年\n关于召开会议的通知", name="【机密】会议通知.txt"),
        Example("关于召开会议的通知\n各单位：", name="【机密】会议通知.txt"),
        Example("机密★10年\n关于召开会议的通知", name="(秘密)会议通知.txt"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知", name="【机密】会议通知.txt"),
        Example("机密★10年\n关于召开会议的通知", name="会议通知.txt"),
        Example("关于加强机密文件管理的通知", name="关于加强机密文件管理的通知.txt"),
        Example("手机密码找回办法", name="手机密码找回办法.txt"),
    ),
)
