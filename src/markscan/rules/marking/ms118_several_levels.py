"""MS118 several-levels: one document bears markings of different level."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import MarkingEvidence, Severity, Verdict, Zone
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text

_IN_ONE = Text("一处标志写了几个密级", "one marking names several levels")


def judge(case: Case) -> Iterator[Hit]:
    """Look for two levels where a document is marked, or two in one marking."""
    for seen in with_defect(case, "multi"):
        yield Hit((seen,), message=_IN_ONE)
    first: dict[str, MarkingEvidence] = {}
    for seen in case.visible:
        if seen.zone is Zone.STRONG and seen.marking.level is not None:
            first.setdefault(seen.marking.level, seen)
    if len(first) > 1:
        marks = "、".join(f"“{shown(case, seen.marking)}”" for seen in first.values())
        yield Hit(tuple(first.values()), {"marks": marks})


RULE = Rule(
    code="MS118",
    name=Text("一件多标，密级不一", "Several state markings of different level"),
    trigger=Text(
        "首页、表头等标志位置出现两个以上不同的密级，又不是变更标志",
        "two or more different levels stand where a document is marked, and not as a change",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第22条；《保守国家秘密法实施条例》第21条；"
        "《国家秘密文件、资料和其他物品标志的规定》第7条、第8条",
        "Secrets law art. 22; its regulation art. 21; marking rules 1990 arts. 7 and 8",
    ),
    message=Text(
        "同一文件标有不同密级：{marks}",
        "one document bears different levels: {marks}",
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
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("机密★10年\n密级：机密\n关于召开会议的通知"),
        Example("绝密、机密、秘密\n国家秘密的密级分为绝密、机密、秘密三级。"),
        Example("机密★10年（已变更为秘密★5年）\n关于召开会议的通知"),
    ),
)
