"""MS507 source-released: a derived document is still marked though all its sources are released."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.finding import Input, Severity, Verdict
from markscan.rules.end_date import expired
from markscan.rules.excerpt.citing import content, first_ids
from markscan.rules.excerpt.example_document import (
    ENTRY,
    FIRST,
    ORIGINAL,
    REGISTER,
    SECOND,
)
from markscan.rules.excerpt.reuse_kinds import in_force, is_copy, own_marking, sure
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_MOSTLY = 0.5  # of this file: with less taken, a matter of its own may bear the level


def judge(case: Case) -> Iterator[Hit]:
    """Look at a marked file that is mostly taken, and from nothing that is still secret."""
    own = own_marking(case)
    if own is None or case.exam or expired(case, own.marking):
        return
    sources = [reuse for reuse in case.reuse if content(reuse)]
    taken = [reuse for reuse in sources if sure(reuse) and not is_copy(reuse)]
    living = any(in_force(case, reuse) or is_copy(reuse) for reuse in sources)
    if living or not taken or max(reuse.here for reuse in taken) < _MOSTLY:
        return
    yield Hit((own,), {"mark": shown(case, own.marking), "entries": first_ids(taken)})


_RELEASED = ((replace(ENTRY, declassified=date(2025, 2, 1)), ORIGINAL),)
_ENDED = ((replace(ENTRY, ends=date(2025, 3, 5)), ORIGINAL),)
_DERIVED = f"机密★10年\n工作情况\n{FIRST}{SECOND}"

RULE = Rule(
    code="MS507",
    name=Text("源文件变更未传导", "Derived document not updated after its source was released"),
    trigger=Text(
        "有现行国家秘密标志的文件一半以上取自登记密件，这些密件都已解密或者期限届满",
        "half or more of a file marked as in force is taken from registered documents, all of "
        "which have been declassified or have reached the end of their period",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第23条；《国家秘密定密管理暂行规定》第30条（2014）",
        "Secrets law art. 23; classification rules 2014 art. 30",
    ),
    message=Text(
        "文件标为“{mark}”，所取自的登记密件（{entries}）均已解密或者期限届满",
        "the file is marked “{mark}”; the registered documents that it was taken from ({entries}) "
        "have been declassified or have ended",
    ),
    fix=Text(
        "请核对：没有其他国家秘密内容的，在原标志附近作解密标志；有的，按其重新确定密级和保密期限。",
        "Check it: without other secret content, note the release beside the marking; otherwise "
        "decide level and period anew by that content.",
    ),
    judge=judge,
    found=(
        Example(_DERIVED, task=Task.SCAN, register=_RELEASED),
        Example(_DERIVED, register=_ENDED),
        Example(_DERIVED.replace("10年", "2030年12月31日"), register=_RELEASED),
    ),
    clean=(
        Example(_DERIVED, register=REGISTER),
        Example(ORIGINAL, task=Task.SCAN, register=_RELEASED),
        Example(f"工作情况\n{FIRST}{SECOND}", register=_RELEASED),
        Example(
            f"机密★10年\n工作情况\n{FIRST}\n"
            "本季度共组织四次现场会商，逐项研究各标段衔接办法，明确责任分工和完成时限，"
            "并对沿线居民反映的噪声、扬尘和出行问题提出整改意见，相关台账已移交属地街道。",
            register=_RELEASED,
        ),
        Example(_DERIVED),
    ),
    needs=(Input.REGISTER,),
)
