"""MS323 internal-in-public: a work secret or internal paper lies where it may not."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.leak.location_words import allowed_here
from markscan.rules.leak.marked_place import above_ceiling, gravest, lessened
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

# 内部资料 is also what the law calls a printed periodical that may be handed out.
_WORTH = {"cn-work": Severity.HIGH, "cn-internal": Severity.MEDIUM}


def judge(case: Case) -> Iterator[Hit]:
    """Name the marking of a work secret, else that of an internal paper.

    In a file with a state marking that may not lie here MS301 speaks.
    """
    if case.location is None or above_ceiling(case, "cn-state"):
        return
    for scheme, worth in _WORTH.items():
        above = above_ceiling(case, scheme)
        if above:
            seen = gravest(case, above, worth)
            values: dict[str, object] = {
                "mark": shown(case, seen.marking),
                "allowed": allowed_here(case.location, scheme),
            }
            severity = max(lessened(each, worth) for each in above)
            yield Hit((seen,), values, severity=severity)
            return


RULE = Rule(
    code="MS323",
    name=Text(
        "工作秘密、内部资料处于公开位置", "Work secret or internal paper in a public location"
    ),
    trigger=Text(
        "标有工作秘密、内部资料等字样的文件存放在公开位置，或者存放位置策略不允许存放此类文件的位置；"
        "内部资料为中，只见于文件名的为中",
        "a file marked as a work secret or internal lies in a public place, or where the location "
        "policy admits no such files; medium for internal papers and where only the name says so",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《保守国家秘密法》第64条；《保守国家秘密法实施条例》第73条；"
        "《政府信息公开条例》第16条；本单位存放位置策略",
        "Secrets law art. 64; its regulation art. 73; openness regulation art. 16; the location "
        "policy",
    ),
    message=Text(
        "文件标有“{mark}”，所在位置{allowed}",
        "the file is marked “{mark}”, and its location {allowed}",
    ),
    fix=Text(
        "请撤下，移到存放位置策略允许的位置，并告知责任部门；是否涉及国家秘密由承办部门核对。",
        "Take it down, move it to where the location policy allows it and tell who answers for it; "
        "the issuing department checks whether it holds a state secret.",
    ),
    judge=judge,
    found=(
        Example("工作秘密 1年\n关于召开会议的通知", task=Task.SCAN, highest="", kind="public"),
        Example("内部资料 注意保存\n关于召开会议的通知", task=Task.SCAN, highest="", kind="public"),
        Example("关于召开会议的通知", name="【工作秘密】会议通知.txt", highest="", kind="public"),
    ),
    clean=(
        Example("工作秘密 1年\n关于召开会议的通知", task=Task.SCAN, highest=""),
        Example("工作秘密 1年\n关于召开会议的通知", task=Task.SCAN, highest="", kind="internal"),
        Example("工作秘密 1年\n关于召开会议的通知", task=Task.SCAN),
        Example("机密★10年\n内部资料 注意保存\n关于召开会议的通知", highest="", kind="public"),
        Example("本办法所称工作秘密，是指……。\n内部资料不得外传。", highest="", kind="public"),
    ),
)
