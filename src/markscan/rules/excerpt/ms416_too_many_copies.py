"""MS416 too-many-copies: more copies than were approved, or one copy number twice.

Here a file is judged by itself; the copies among all files of a run are counted in run/copies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.finding import ElementEvidence, Input, Severity
from markscan.match.excerpts import Reuse
from markscan.rules.excerpt.example_document import ENTRY, ORIGINAL, SECOND
from markscan.rules.excerpt.own_copy import copy_number, print_run, registered_copies
from markscan.rules.excerpt.reuse_kinds import in_force
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_NUMBERED = Text(
    "登记密件“{entry}”准印 {allowed} 份，本件份号超出该数",
    "of the registered document “{entry}” {allowed} copies were approved; the copy number of this "
    "one is beyond that",
)
# The sentences of what is seen only among all files of a run.
COUNTED = Text(
    "登记密件“{entry}”准印 {allowed} 份，本件是此次扫描中的第 {count} 份",
    "of the registered document “{entry}” {allowed} copies were approved; this one is number "
    "{count} in this scan",
)
TWICE = Text(
    "登记密件“{entry}”的份号重复，同一份号另见“{other}”",
    "a copy number of the registered document “{entry}” is used twice, also in “{other}”",
)


def judge(case: Case) -> Iterator[Hit]:
    """Compare print run and copy number of a copy with the copies that were approved."""
    for reuse in registered_copies(case):
        allowed = reuse.entry.copies
        if allowed is not None and in_force(case, reuse):
            yield from _beyond(case, reuse, allowed)


def _beyond(case: Case, reuse: Reuse, allowed: int) -> Iterator[Hit]:
    values: dict[str, object] = {"entry": reuse.entry.id, "allowed": allowed}
    for found, message in ((print_run(case), None), (copy_number(case), _NUMBERED)):
        if found is not None and found[1] > allowed:
            seen: ElementEvidence = found[0]
            yield Hit((seen,), values | {"count": found[1]}, message=message)


_THREE = ((replace(ENTRY, copies=3), ORIGINAL),)

RULE = Rule(
    code="MS416",
    name=Text("超份数印制、份号重复", "More copies than approved"),
    trigger=Text(
        "登记密件的复制件写明的印制份数或者份号大于台账的印制份数；一次扫描中同一密件的文件多于印制份数，"
        "或者两份的份号相同（有复制戳记的复印件除外）",
        "a copy of a registered document states a print run or a copy number beyond the copies "
        "that the register allows; or one scan meets more files of it than that, or one copy "
        "number twice (photocopies with a stamp aside)",
    ),
    severity=Severity.HIGH,
    verdict=None,
    basis=Text(
        "《保守国家秘密法实施条例》第27条（制作应当标明份数、编排顺序号）；《党政机关公文处理工作条例》第9条",
        "Secrets regulation art. 27 (number of copies and serial number); official documents "
        "regulation art. 9",
    ),
    message=Text(
        "登记密件“{entry}”准印 {allowed} 份，本件写明印制 {count} 份",
        "of the registered document “{entry}” {allowed} copies were approved; this one says that "
        "{count} were printed",
    ),
    fix=Text(
        "请清点、收回多余份数，核对份号登记；确需增印的，补办审批并更新台账。",
        "Count them, call the surplus in and check the record of copy numbers; if more are needed, "
        "have them approved and bring the register up to date.",
    ),
    judge=judge,
    found=(
        Example(ORIGINAL + "\n共印30份", task=Task.SCAN, register=_THREE),
        Example("000004\n" + ORIGINAL, task=Task.SCAN, register=_THREE),
        Example("000012\n" + ORIGINAL + "\n共印5份", register=_THREE),
    ),
    clean=(
        Example("000003\n" + ORIGINAL + "\n共印3份", task=Task.SCAN, register=_THREE),
        Example(ORIGINAL + "\n共印30份", register=((ENTRY, ORIGINAL),)),
        Example("000004\n工作情况\n" + SECOND + "\n共印30份", register=_THREE),
        Example("000004\n" + ORIGINAL),
    ),
    needs=(Input.REGISTER,),
)
