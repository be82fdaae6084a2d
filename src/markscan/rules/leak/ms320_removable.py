"""MS320 removable: registered content lies on a removable medium that may not hold it."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Input, Severity, Verdict
from markscan.policy import Location
from markscan.rules.excerpt.example_document import FIRST, ORIGINAL, REGISTER, SECOND, UNMARKED
from markscan.rules.excerpt.reuse_kinds import level_taken, told
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.leak.location_words import allowed_here
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Compare the medium with the level of what was taken; of a marked file MS301 speaks."""
    location = case.location
    if location is None or location.kind != "removable" or _marked_above(case, location):
        return
    for reuse in excerpted(case):
        level = level_taken(case, reuse)
        if level is not None and not location.allows(level):
            values = told(case, reuse) | {"allowed": allowed_here(location, "cn-state")}
            yield Hit((reuse.passages[0],), values)
            return


def _marked_above(case: Case, location: Location) -> bool:
    levels = (case.levels.find("cn-state", seen.marking.level or "") for seen in case.state)
    return any(level is not None and not location.allows(level) for level in levels)


RULE = Rule(
    code="MS320",
    name=Text("移动介质交叉使用", "Classified content on a medium below its level"),
    trigger=Text(
        "策略中列为移动介质的位置有台账登记密件的内容，其密级高于该介质允许的最高密级，"
        "而文件没有标出该密级（标出的按存放越级报告）",
        "a place that the policy calls removable holds content of a registered document above "
        "what it admits, and the file is not marked so (if it is, MS301 speaks)",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《保守国家秘密法》第31条第2项、第3项；《保守国家秘密法实施条例》第41条",
        "Secrets law art. 31(2) and (3); its regulation art. 41",
    ),
    message=Text(
        "移动介质中有登记密件“{entry}”的内容（“{level}”，占原件 {share}，{there}），介质{allowed}",
        "a removable medium holds content of the registered document “{entry}” (“{level}”, {share} "
        "of it, {there}); the medium {allowed}",
    ),
    fix=Text(
        "请封存介质并报告保密工作机构，不得自行删除；查明该介质接入过哪些设备。",
        "Seal the medium and report it, delete nothing; find out where it was connected.",
    ),
    judge=judge,
    found=(
        Example(UNMARKED, task=Task.SCAN, kind="removable", highest="", register=REGISTER),
        Example(FIRST + SECOND, task=Task.SCAN, kind="removable", highest="", register=REGISTER),
        Example(
            "秘密★5年\n" + UNMARKED,
            task=Task.SCAN,
            kind="removable",
            highest="mimi",
            register=REGISTER,
        ),
    ),
    clean=(
        Example(UNMARKED, task=Task.SCAN, kind="removable", highest="jimi", register=REGISTER),
        Example(UNMARKED, task=Task.SCAN, kind="internal", highest="", register=REGISTER),
        Example(ORIGINAL, task=Task.SCAN, kind="removable", highest="", register=REGISTER),
        Example(UNMARKED, task=Task.SCAN, kind="removable", highest=""),
    ),
    needs=(Input.REGISTER,),
)
