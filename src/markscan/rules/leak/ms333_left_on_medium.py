"""MS333 left-on-medium: a classified file has been lying on a removable medium for long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.finding import Severity, Verdict
from markscan.rules.leak.marked_place import above_ceiling, gravest, in_force
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

LONGEST = 30  # days; the rules say 不得长期保存 and name no number


def judge(case: Case) -> Iterator[Hit]:
    """Ask the disk for the day of a marked file on a medium that may hold it (else MS301)."""
    if case.location is None or case.location.kind != "removable":
        return
    found = in_force(case, "cn-state")
    if not found or above_ceiling(case, "cn-state"):
        return
    changed = case.changed()
    days = (case.today - changed).days if changed is not None else 0
    if days > LONGEST:
        seen = gravest(case, found, Severity.MEDIUM)
        yield Hit((seen,), {"mark": shown(case, seen.marking), "days": days, "most": LONGEST})


_ON_STICK = Example(
    "机密★10年\n关于召开会议的通知",
    task=Task.SCAN,
    kind="removable",
    highest="jimi",
    today=date(2026, 1, 1),
    changed=date(2025, 11, 1),
)

RULE = Rule(
    code="MS333",
    name=Text("移动介质长期存放", "Classified file left on a removable medium"),
    trigger=Text(
        f"策略列为移动介质、且允许此密级的位置，标密文件最后写入或者放入已超过 {LONGEST} 天；"
        "规定没有天数，这是自查的尺度。密级高于介质的，由 MS301 报告",
        "a marked file that a removable medium may hold was last written or put there more than "
        f"{LONGEST} days ago; the rules name no number of days, this one is for self-inspection. "
        "Above the medium's level MS301 speaks",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "九三学社中央机关保密工作规定第17条（不得长期保存）；《保守国家秘密法实施条例》第27条",
        "Jiusan Society secrecy rules art. 17 (not to be kept for long); secrets regulation "
        "art. 27",
    ),
    message=Text(
        "标为“{mark}”的文件在移动介质上已 {days} 天没有变动（尺度 {most} 天）",
        "a file marked “{mark}” has lain on a removable medium for {days} days ({most} are the "
        "measure)",
    ),
    fix=Text(
        "使用完毕的，移回规定的存放位置，按规定清除介质上的文件；仍需使用的，登记用途和归还时间。",
        "If it is no longer needed there, move it back to its proper place and clear the medium as "
        "the rules say; if it is, record what for and until when.",
    ),
    judge=judge,
    found=(
        _ON_STICK,
        replace(_ON_STICK, text="秘密★10年\n关于召开会议的通知"),
        replace(_ON_STICK, changed=date(2025, 12, 1)),
    ),
    clean=(
        replace(_ON_STICK, changed=date(2025, 12, 2)),
        replace(_ON_STICK, changed=None),
        replace(_ON_STICK, highest=""),
        replace(_ON_STICK, kind="classified"),
        replace(_ON_STICK, text="关于召开会议的通知"),
    ),
)
