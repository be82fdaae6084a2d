"""MS417 above-source: a derived document is marked above what it was taken from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.finding import Input, Severity, Verdict
from markscan.match.excerpts import Reuse
from markscan.rules.excerpt.citing import content, first_ids
from markscan.rules.excerpt.example_document import ENTRY, FIRST, ORIGINAL, REGISTER, SECOND
from markscan.rules.excerpt.reuse_kinds import (
    in_force,
    is_copy,
    level_taken,
    own_marking,
    own_rank,
    rank_taken,
    same_stretch,
)
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_MOSTLY = 0.5  # of this file: with less taken, a matter of its own may bear the level

_COPY = Text(
    "登记密件“{entries}”的复制件标为“{own}”，台账登记为“{level}”",
    "a copy of the registered document “{entries}” is marked “{own}”; the register says “{level}”",
)


def judge(case: Case) -> Iterator[Hit]:
    """Compare the file's level with the highest of its sources, if it is mostly taken from them."""
    own = own_marking(case)
    if own is None or case.exam or (case.decision is not None and case.decision.reasons):
        return
    sources = excerpted(case)
    # What may be taken from a further document may be what bears the level.
    others = [reuse for reuse in case.reuse if content(reuse) and in_force(case, reuse)]
    if not sources or _part(sources) < _MOSTLY:
        return
    highest = max([*sources, *others], key=lambda reuse: rank_taken(case, reuse))
    level = level_taken(case, highest)
    if level is not None and own_rank(case) > level.rank:
        values: dict[str, object] = {
            "own": shown(case, own.marking),
            "level": level.zh,
            "entries": first_ids(sources),
        }
        yield Hit((own,), values, message=_COPY if is_copy(sources[0]) else None)


def _part(sources: list[Reuse]) -> float:
    """The part of this file that is taken; what several versions have counts once."""
    apart: list[Reuse] = []
    for reuse in sources:
        if not any(same_stretch(reuse, one) for one in apart):
            apart.append(reuse)
    return sum(reuse.here for reuse in apart)


_LOWER = ((replace(ENTRY, level="mimi"), ORIGINAL),)

RULE = Rule(
    code="MS417",
    name=Text(
        "派生件密级高于原件无依据", "Derived document marked above its source without ground"
    ),
    trigger=Text(
        "文件一半以上取自登记密件，标志的密级高于这些密件中最高的密级，定密表单没有写明定密依据",
        "half of the file or more is taken from registered documents, its level is above the "
        "highest of theirs, and no draft form gives a ground for it",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《派生国家秘密定密管理暂行办法》第8条（应当与已定密事项密级保持一致）",
        "Rules on derived classification art. 8 (the level is that of the source)",
    ),
    message=Text(
        "文件标为“{own}”，内容主要取自登记密件（{entries}），其最高密级为“{level}”",
        "the file is marked “{own}” and mostly taken from registered documents ({entries}), the "
        "highest of which is “{level}”",
    ),
    fix=Text(
        "请核对：没有自己的定密依据的，改为“{level}”，避免过度定密；有依据的，在定密审批表中写明。",
        "Check it: without a ground of its own, change it to “{level}”; if there is one, state it "
        "on the form.",
    ),
    judge=judge,
    found=(
        Example(f"机密★5年\n工作情况\n{FIRST}{SECOND}", register=_LOWER),
        Example(ORIGINAL.replace("机密", "绝密"), task=Task.SCAN, register=REGISTER),
        Example(f"绝密★10年\n工作情况\n{FIRST}{SECOND}", task=Task.SCAN, register=REGISTER),
    ),
    clean=(
        Example(f"机密★10年\n工作情况\n{FIRST}{SECOND}", register=REGISTER),
        Example(f"秘密★5年\n工作情况\n{FIRST}{SECOND}", register=REGISTER),
        Example(
            f"绝密★10年\n工作情况\n{FIRST}\n"
            "本季度共组织四次现场会商，逐项研究各标段衔接办法，明确责任分工和完成时限，"
            "并对沿线居民反映的噪声、扬尘和出行问题提出整改意见，相关台账已移交属地街道。",
            register=REGISTER,
        ),
        Example(f"工作情况\n{FIRST}{SECOND}", register=REGISTER),
        Example(f"机密★5年\n工作情况\n{FIRST}{SECOND}"),
    ),
    needs=(Input.REGISTER,),
)
