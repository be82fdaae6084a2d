"""MS505 public-copy-marked: the public copy of a declassified document keeps its sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.finding import Input, Severity, Verdict
from markscan.rules.beside import ranks
from markscan.rules.excerpt.example_document import ENTRY, ORIGINAL, REGISTER, UNMARKED
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.lifecycle.registered_copy import ended, registered_as
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for the sign on a document in a public place that the register has released.

    While content of another document in force stands here, the sign is not what is wrong.
    """
    if case.location is None or case.location.kind != "public" or not case.visible:
        return
    entry = registered_as(case)
    told = ended(entry, case.today) if entry is not None else None
    if entry is None or told is None or excerpted(case):
        return
    rank = ranks(case)
    seen = max(case.visible, key=lambda one: rank.get(one.marking.level or "", -1))
    values: dict[str, object] = {"mark": shown(case, seen.marking), "entry": entry.id}
    yield Hit((seen,), values | {"how": told[1]})


_RELEASED = ((replace(ENTRY, declassified=date(2025, 2, 1)), ORIGINAL),)
_ENDED = ((replace(ENTRY, ends=date(2025, 3, 5)), ORIGINAL),)

RULE = Rule(
    code="MS505",
    name=Text("公开件保留国家秘密标志", "Public copy of a declassified document keeps the sign"),
    trigger=Text(
        "公开位置的文件是台账登记的密件，台账记载已解密或者期限届满，文上仍有国家秘密标志",
        "a file in a public place is a registered document that the register has released or whose "
        "period has ended, and it still bears the sign",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密定密管理暂行规定》第36条（2014）（公开已解密的文件资料，不得保留国家秘密标志）",
        "Classification rules 2014 art. 36 (what is published after release keeps no sign)",
    ),
    message=Text(
        "公开的文件是台账中已{how}的密件“{entry}”，仍保留标志“{mark}”",
        "the published file is the document “{entry}” of the register, which {how}; it keeps the "
        "sign “{mark}”",
    ),
    fix=Text(
        "请删除或者遮盖标志和敏感信息；未经公开前保密审查的，先撤下。",
        "Remove or cover the sign and what is sensitive; if it was not reviewed before "
        "publication, take it down first.",
    ),
    judge=judge,
    found=(
        Example(ORIGINAL, task=Task.SCAN, highest="", kind="public", register=_RELEASED),
        Example(ORIGINAL, task=Task.SCAN, highest="", kind="public", register=_ENDED),
        Example("秘密★5年\n" + UNMARKED, highest="", kind="public", register=_RELEASED),
    ),
    clean=(
        Example(UNMARKED, task=Task.SCAN, highest="", kind="public", register=_RELEASED),
        Example(ORIGINAL, task=Task.SCAN, highest="", kind="public", register=REGISTER),
        Example(ORIGINAL, task=Task.SCAN, highest="jimi", register=_RELEASED),
        Example(ORIGINAL, task=Task.SCAN, highest="", kind="public"),
    ),
    needs=(Input.REGISTER,),
)
