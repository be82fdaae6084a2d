"""MS211 file-name-differs: the file name claims another level than the text."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Severity, Verdict
from markscan.rules.proper_form import level_word, shown
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_NONE = Text(
    "文件名标“{name}”，文内没有国家秘密标志",
    "the file name says “{name}”, and no state-secret marking stands in the text",
)


def judge(case: Case) -> Iterator[Hit]:
    """Compare the level in the file name with those that a reader sees in the text.

    Where the text was not read in full nothing is known to be missing.
    """
    body = [seen for seen in case.visible if seen.marking.level is not None]
    for seen in case.state:
        if seen.place.area is not Area.FILENAME or seen.marking.level is None:
            continue
        name = level_word(case, seen.marking)
        if not body and not case.own_problems:
            yield Hit((seen,), {"name": name}, message=_NONE)
        elif body and seen.marking.level not in {other.marking.level for other in body}:
            values: dict[str, object] = {"name": name, "mark": shown(case, body[0].marking)}
            yield Hit((seen, body[0]), values)
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
        "文件名标“{name}”，正文标“{mark}”，密级不一致",
        "the file name says “{name}”, the text “{mark}”",
    ),
    fix=Text(
        "请核对定密结论后统一：涉密的，在首页作出标志；不涉密的，从文件名删去“{name}”。核对之前按较高密级管理。",
        "Check the decision and make them agree: mark the first page, or take “{name}” out of the "
        "file name. Until then treat it as the higher level.",
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
