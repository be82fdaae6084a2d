"""MS118 several-levels: one document bears markings of different level."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.agreement import disagreement
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text

_IN_ONE = Text("一处标志写了几个密级", "one marking names several levels")


def judge(case: Case) -> Iterator[Hit]:
    """Look for two markings that differ in one text, or two levels in one marking."""
    for seen in with_defect(case, "multi"):
        yield Hit((seen,), message=_IN_ONE)
    yield from disagreement(case, "MS118")


RULE = Rule(
    code="MS118",
    name=Text("一件多标，密级不一", "Several state markings of different level"),
    trigger=Text(
        "正文中有两个以上密级或者保密期限不同的标志，又不是附件、汇编的密件或者变更标志",
        "two or more markings of different level or period stand in the text, and not for an "
        "attachment, a member of a compilation or as a change",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第22条；《保守国家秘密法实施条例》第21条；"
        "《国家秘密文件、资料和其他物品标志的规定》第7条、第8条",
        "Secrets law art. 22; its regulation art. 21; marking rules 1990 arts. 7 and 8",
    ),
    message=Text(
        "同一文件的标志不一致：{places}",
        "one document bears markings that differ: {places}",
    ),
    fix=Text(
        "请只保留有效的标志；密级变更的，在原标志附近标明变更后的密级并废除原标志；"
        "汇编的，封面按其中最高密级和最长保密期限标志。核对之前按最高密级管理。",
        "Keep the one in force. If the level was changed, void the old marking beside the new "
        "one; a "
        "compilation bears the highest level and the longest period. Until then treat it as the "
        "highest.",
    ),
    judge=judge,
    found=(
        Example("机密★10年\n秘密★5年\n关于召开会议的通知"),
        Example("机密★秘密★10年\n关于召开会议的通知"),
        Example("绝密★30年\n某某市人民政府文件\n密级：机密\n关于召开会议的通知"),
        Example("机密★10年\n某某市人民政府文件\n机密★5年\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("机密★10年\n密级：机密\n关于召开会议的通知"),
        Example("机密★10年\n关于召开会议的通知\n各单位：\n请准时到会。\n附件1\n秘密★5年\n名单"),
        Example("机密★10年\n会议文件汇编\n秘密★5年\n关于召开会议的通知"),
        Example("绝密、机密、秘密\n国家秘密的密级分为绝密、机密、秘密三级。"),
        Example("机密★10年（已变更为秘密★5年）\n关于召开会议的通知"),
    ),
)
