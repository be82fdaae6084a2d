"""MS417 above-source: a derived document is marked above what it was taken from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.finding import Input, MarkingEvidence, Severity, Verdict
from markscan.marking import EndDate
from markscan.match.excerpts import Reuse
from markscan.rules.derivation import day_text
from markscan.rules.excerpt.citing import content, first_ids
from markscan.rules.excerpt.ending import FOREVER, last_taken, own_end
from markscan.rules.excerpt.example_document import ENTRY, FIRST, ORIGINAL, REGISTER, SECOND
from markscan.rules.excerpt.former_marking import is_former
from markscan.rules.excerpt.reuse_kinds import (
    has_title,
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

_LONGER = Text(
    "文件标为“{own}”，到{until}解密，晚于所取自的登记密件（{entries}），它们最晚到{latest}解密",
    "the file is marked “{own}” and lasts to {until}, beyond the registered documents that it was "
    "taken from ({entries}), the last of which ends on {latest}",
)
_SHORTEN = Text(
    "派生件的解密时间随原件：没有自己的定密依据的，改为{latest}解密；有依据的，在定密审批表中写明。",
    "A derived document ends with its source: without a ground of its own, let it end on {latest}; "
    "if there is one, state it on the form.",
)
_COPY = Text(
    "登记密件“{entries}”的复制件标为“{own}”，台账登记为“{level}”",
    "a copy of the registered document “{entries}” is marked “{own}”; the register says “{level}”",
)


def judge(case: Case) -> Iterator[Hit]:
    """Compare the file's level with the highest of its sources, if it is mostly taken from them."""
    own = own_marking(case)
    if own is None or case.exam or (case.decision is not None and case.decision.reasons):
        return
    sources = [reuse for reuse in excerpted(case) if not is_former(case, reuse)]  # MS503
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
        copied = is_copy(sources[0]) and has_title(sources[0])
        yield Hit((own,), values, message=_COPY if copied else None)
    elif level is not None and own_rank(case) == level.rank:
        yield from _longer(case, own, [*sources, *others])


def _longer(case: Case, own: MarkingEvidence, sources: list[Reuse]) -> Iterator[Hit]:
    """Tell of a file that lasts beyond all that it was taken from, where days can be told."""
    dated = case.issued is not None or isinstance(own.marking.period, EndDate)
    until = own_end(case, own) if dated else None
    ends = [last_taken(reuse) for reuse in sources]
    known = [end for end in ends if end is not None]
    if until in (None, FOREVER) or len(known) < len(ends):
        return
    latest = max(known)
    if until is not None and latest < until:
        values = {"own": shown(case, own.marking), "entries": first_ids(sources)}
        values |= {"until": day_text(until), "latest": day_text(latest)}
        yield Hit((own,), values, severity=Severity.INFO, message=_LONGER, fix=_SHORTEN)


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
        "派生件密级、期限高于原件无依据", "Derived document marked above its source without ground"
    ),
    trigger=Text(
        "文件一半以上取自登记密件，标志的密级高于这些密件中最高的密级，定密表单没有写明定密依据；"
        "密级相同而解密时间更晚的为提示",
        "half of the file or more is taken from registered documents, its level is above the "
        "highest of theirs, and no draft form gives a ground for it; a hint where the level is "
        "the same and it lasts longer",
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
        Example(f"机密★2040年12月31日\n工作情况\n{FIRST}{SECOND}", register=REGISTER),
    ),
    clean=(
        Example(f"机密★10年\n工作情况\n{FIRST}{SECOND}", register=REGISTER),
        Example(f"秘密★5年\n工作情况\n{FIRST}{SECOND}", register=REGISTER),
        Example(f"机密★2034年3月5日\n工作情况\n{FIRST}{SECOND}", register=REGISTER),
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
