"""MS334 personal-folder: a classified document is kept in a person's own folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.finding import MarkingEvidence, Severity, Verdict
from markscan.path_kinds import first_of, path_kinds
from markscan.rules.leak.marked_place import above_ceiling, gravest, in_force
from markscan.rules.proper_form import shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look at the folder of a scanned file with a marking in sight that may lie here by its level.

    Where it may not MS301 says more.
    """
    if case.task is not Task.SCAN or not (found := _seen(case)) or above_ceiling(case, "cn-state"):
        return
    named = case.location is not None and case.location.kind == "personal"
    if not named and (first_of(case.path_kinds, "personal") is None or _on_purpose(case)):
        return
    seen = gravest(case, found, Severity.HIGH)
    values: dict[str, object] = {"mark": shown(case, seen.marking)}
    yield Hit((seen,), values, severity=None if named else Severity.MEDIUM)


def _on_purpose(case: Case) -> bool:
    """Whether the policy lists the personal folder itself, not a place around it."""
    listed = case.location is not None and case.location.listed
    pattern = case.location.pattern if case.location is not None and listed else ""
    return first_of(path_kinds(f"{pattern}/"), "personal") is not None


def _seen(case: Case) -> list[MarkingEvidence]:
    return [seen for seen in in_force(case, "cn-state") if seen.place.area in VISIBLE]


_AT_HOME = Example(
    "机密★10年\n关于召开会议的通知", name="C:/Users/a/Desktop/通知.txt", task=Task.SCAN
)

RULE = Rule(
    code="MS334",
    name=Text("个人目录存放密件", "Classified document in a personal folder"),
    trigger=Text(
        "策略列为个人的位置有标密文件；策略没有单独列出的桌面、我的文档、下载等个人文件夹有标密文件，为中。"
        "密级高于该位置的，由 MS301 报告",
        "a marked file lies in a place that the policy calls personal; medium on a desktop or "
        "among a person's documents or downloads that the policy does not list by themselves. "
        "Above what the place admits MS301 speaks",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《保守国家秘密法》第28条第1项（不得非法持有国家秘密载体）；"
        "《保守国家秘密法实施条例》第27条",
        "Secrets law art. 28(1) (carriers are not to be held without right); its regulation "
        "art. 27",
    ),
    message=Text(
        "标为“{mark}”的文件存放在个人文件夹",
        "a file marked “{mark}” is kept in a person's own folder",
    ),
    fix=Text(
        "请退回机要室或者移到规定的存放位置，登记后清除个人文件夹中的副本。",
        "Return it to the registry or move it to its proper place, and once it is registered clear "
        "the copy in the personal folder.",
    ),
    judge=judge,
    found=(
        _AT_HOME,
        replace(_AT_HOME, name="/home/a/文档/通知.txt"),
        replace(_AT_HOME, highest="jimi", kind="classified"),
        replace(_AT_HOME, name="/srv/personal/a/通知.txt", kind="personal", highest="jimi"),
    ),
    clean=(
        replace(_AT_HOME, task=Task.CHECK),
        replace(_AT_HOME, highest=""),
        replace(_AT_HOME, name="/srv/密件/通知.txt"),
        replace(_AT_HOME, text="关于召开会议的通知"),
    ),
)
