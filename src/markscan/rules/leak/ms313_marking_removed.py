"""MS313 marking-removed: a registered document whose marking was deleted from its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.document import Area
from markscan.finding import Input, MarkingEvidence, Role, Severity, Verdict, Zone
from markscan.rules.excerpt.example_document import ENTRY, ORIGINAL, REGISTER, SECOND, UNMARKED
from markscan.rules.excerpt.reuse_kinds import judged_otherwise, told
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import INTERFACE, Text

_MOST = 0.5  # of the registered document: the file is it, or a version of it


def judge(case: Case) -> Iterator[Hit]:
    """Look for a marking that only a tracked deletion or a property still holds."""
    if case.visible or case.effective("lifecycle") or judged_otherwise(case):
        return
    traces = [seen for seen in case.markings if _trace(seen)]
    whole = [reuse for reuse in excerpted(case) if reuse.share >= _MOST]
    if traces and whole:
        where = INTERFACE[f"place.{traces[0].place.area.value}"]
        yield Hit((traces[0], whole[0].passages[0]), told(case, whole[0]) | {"where": where})


def _trace(seen: MarkingEvidence) -> bool:
    """Whether `seen` tells that the file was marked."""
    if seen.marking.scheme != "cn-state" or seen.marking.level is None:
        return False
    deleted = seen.place.area is Area.DELETED and seen.role in {Role.MARKING, Role.VOIDED}
    return deleted or (
        seen.effective and seen.place.area is Area.PROPERTY and seen.zone is Zone.STRONG
    )


RULE = Rule(
    code="MS313",
    name=Text("标志在版本间被删除", "Marking removed between versions"),
    trigger=Text(
        "文件含有台账登记密件的一半以上，正文没有国家秘密标志，修订删除内容或者文件属性中却有，"
        "而且台账没有解密记录、文上没有解密标志",
        "the file holds half of a registered document or more and shows no marking, while a "
        "tracked deletion or a property still holds one, and neither register nor text says that "
        "it was declassified",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.MARKING_MISSING,
    basis=Text(
        "《保守国家秘密法》第22条、第23条、第24条；《保守国家秘密法实施条例》第21条",
        "Secrets law arts. 22 to 24; its regulation art. 21",
    ),
    message=Text(
        "含有台账登记密件“{entry}”的 {share}，标志已从正文去除，只见于{where}",
        "the file holds {share} of the registered document “{entry}”; its marking was taken out of "
        "the text and stands only in one place: {where}",
    ),
    fix=Text(
        "请核对是否依法解密；未解密的，恢复标志，按原件“{level}”管理。",
        "Check whether it was lawfully declassified; if not, restore the marking and handle it as "
        "the original (“{level}”).",
    ),
    judge=judge,
    found=(
        Example(
            UNMARKED,
            parts=((Area.DELETED, "word/document.xml", "机密★10年"),),
            task=Task.SCAN,
            register=REGISTER,
        ),
        Example(
            UNMARKED,
            parts=((Area.PROPERTY, "密级", "机密★10年"),),
            task=Task.SCAN,
            register=REGISTER,
        ),
        Example(
            UNMARKED, parts=((Area.DELETED, "word/document.xml", "机密★10年"),), register=REGISTER
        ),
    ),
    clean=(
        Example(ORIGINAL, parts=((Area.DELETED, "", "绝密★20年"),), register=REGISTER),
        Example(UNMARKED, task=Task.SCAN, register=REGISTER),
        Example(UNMARKED, parts=((Area.DELETED, "", "机密★10年"),), task=Task.SCAN),
        Example(
            SECOND, parts=((Area.DELETED, "", "机密★10年"),), task=Task.SCAN, register=REGISTER
        ),
        Example(
            UNMARKED,
            parts=((Area.DELETED, "", "机密★10年"),),
            task=Task.SCAN,
            register=((replace(ENTRY, declassified=date(2025, 1, 1)), ORIGINAL),),
        ),
    ),
    needs=(Input.REGISTER,),
)
