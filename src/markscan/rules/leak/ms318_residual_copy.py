"""MS318 residual-copy: registered content lies where programs leave copies behind."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Input, Severity, Verdict
from markscan.path_kinds import first_of
from markscan.rules.excerpt.example_document import FIRST, ORIGINAL, REGISTER, SECOND, UNMARKED
from markscan.rules.excerpt.reuse_kinds import level_taken, told
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look at the path of a file that holds passages of a registered document."""
    kind = first_of(case.path_kinds, "residue")
    found = excerpted(case) if kind is not None else []
    if kind is not None and found:
        values = told(case, found[0]) | {"kind": kind.name}
        level = level_taken(case, found[0])
        fits = level is not None and case.location is not None and case.location.allows(level)
        severity = Severity.MEDIUM if fits else None
        yield Hit((found[0].passages[0],), values, severity=severity)


RULE = Rule(
    code="MS318",
    name=Text("残留副本", "Residual copies"),
    trigger=Text(
        "回收站、临时文件夹、打印缓存、浏览器和邮件缓存、自动保存和自动恢复的文件、扫描件收件文件夹中，"
        "有台账登记密件的内容；该位置可以存放此密级的降为中",
        "content of a registered document lies in a recycle bin, a temporary folder, a spool, a "
        "cache, among autosaved files or in a scan-to folder; medium where its level may lie there",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《保守国家秘密法》第31条第5项；《保守国家秘密法实施条例》第27条",
        "Secrets law art. 31(5); its regulation art. 27",
    ),
    message=Text(
        "{kind}中有台账登记密件“{entry}”的内容（原件的 {share}，{there}）",
        "content of the registered document “{entry}” ({share} of it, {there}) lies in {kind}",
    ),
    fix=Text(
        "请按规定清除残留，核对介质的密级；位置不得存放“{level}”的，先保护现场并报告保密工作机构。",
        "Clear what was left behind as the rules say and check the level of the medium; where "
        "“{level}” may not lie, leave everything as it is and report it first.",
    ),
    judge=judge,
    found=(
        Example(
            UNMARKED,
            name="C:/Users/a/AppData/Local/Temp/通知.txt",
            task=Task.SCAN,
            highest="",
            register=REGISTER,
        ),
        Example(
            ORIGINAL,
            name="D:/$RECYCLE.BIN/S-1-5-21/$R1.txt",
            task=Task.SCAN,
            highest="jimi",
            register=REGISTER,
        ),
        Example(
            FIRST + SECOND, name="/home/a/.local/share/Trash/files/记录.txt", register=REGISTER
        ),
        Example(UNMARKED, name="/tmp/通知.txt", task=Task.SCAN, register=REGISTER),
    ),
    clean=(
        Example(UNMARKED, name="/srv/share/通知.txt", task=Task.SCAN, register=REGISTER),
        Example(UNMARKED, name="/tmp/share/通知.txt", task=Task.SCAN, register=REGISTER),
        Example("会议通知", name="/tmp/通知.txt", task=Task.SCAN, register=REGISTER),
        Example(UNMARKED, name="/tmp/通知.txt", task=Task.SCAN),
    ),
    needs=(Input.REGISTER,),
)
