"""MS415 key-point: a 密点 of a registered document stands in a file marked below its level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.document import Span
from markscan.finding import ExcerptEvidence, Input, Severity, Tier, Verdict
from markscan.match.excerpts import Reuse
from markscan.register import Point
from markscan.rules.beside import ranks
from markscan.rules.excerpt.citing import content
from markscan.rules.excerpt.example_document import ENTRY, FIRST, ORIGINAL, SECOND, THIRD
from markscan.rules.excerpt.reuse_kinds import (
    in_force,
    is_copy,
    judged_otherwise,
    own_rank,
    share_of,
    there,
)
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_LEAST = 8  # ideographs of a 密点 that must stand here, or half of a shorter one


def judge(case: Case) -> Iterator[Hit]:
    """Name the highest 密点 that is touched of each document, above the file's own level."""
    if not case.reuse or judged_otherwise(case):
        return
    rank, own = ranks(case), own_rank(case)
    for reuse in case.reuse:
        if own < 0 and is_copy(reuse):
            continue  # MS401 tells of the whole
        touched = _touched(reuse) if in_force(case, reuse) else []
        above = [(p, seen) for p, seen in touched if rank.get(p.level, -1) > own]
        if not above:
            continue
        point, seen = max(above, key=lambda each: (rank[each[0].level], each[1].tier is Tier.ALERT))
        level = case.levels.find("cn-state", point.level)
        values: dict[str, object] = {
            "entry": reuse.entry.id,
            "share": share_of(reuse),
            "count": len({p.span for p, _ in above}),
            "there": there(reuse.entry, (point.span,)),
            "level": level.zh if level is not None else "",
        }
        severity = None if seen.tier is Tier.ALERT else Severity.MEDIUM
        yield Hit((seen,), values, severity=severity)


def _touched(reuse: Reuse) -> list[tuple[Point, ExcerptEvidence]]:
    """Return each 密点 of which enough stands here, with the passage that has most of it."""
    found = []
    for point in reuse.entry.points:
        least = min(_LEAST, max((point.span.end - point.span.start) // 2, 1))
        shared = [(_shared(point.span, seen.source), seen) for seen in content(reuse)]
        most = max(shared, key=lambda each: each[0], default=None)
        if most is not None and most[0] >= least:
            found.append((point, most[1]))
    return found


def _shared(one: Span, other: Span) -> int:
    return max(min(one.end, other.end) - max(one.start, other.start), 0)


_POINTED = ((replace(ENTRY, points=(Point(Span(40, 70), "jimi"),)), ORIGINAL),)
_HIGHER = ((replace(ENTRY, level="mimi", points=(Point(Span(40, 70), "jimi"),)), ORIGINAL),)

RULE = Rule(
    code="MS415",
    name=Text("命中密点", "Hit on a registered key point (密点)"),
    trigger=Text(
        "文件含有台账登记密件标注的密点，标志低于密点的密级或者没有标志；只有少量相同、须由人核对的降为中",
        "the file holds a 密点 of a registered document and is marked below its level or not at "
        "all; medium where so little is alike that a person must look",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法实施条例》第17条、第18条第2项；《派生国家秘密定密管理暂行办法》第4条、第7条",
        "Regulation on the secrets law arts. 17 and 18(2); rules on derived classification arts. 4 "
        "and 7",
    ),
    message=Text(
        "含有登记密件“{entry}”的密点 {count} 处，最高“{level}”（原件{there}，占原件 {share}）",
        "the file holds {count} of the 密点 of the registered document “{entry}”, the highest of "
        "level “{level}” ({there} of the original; {share} of it stand here)",
    ),
    fix=Text(
        "请按密点的密级“{level}”派生定密，保密期限、知悉范围与原件一致，或者删除该内容。",
        "Classify it by the level of the 密点, “{level}”, with period and scope of the original, "
        "or take the passage out.",
    ),
    judge=judge,
    found=(
        Example(f"工作情况\n{FIRST}", register=_POINTED),
        Example(f"秘密★5年\n工作情况\n{FIRST}", register=_POINTED),
        Example(f"秘密★5年\n工作情况\n{FIRST}", task=Task.SCAN, register=_HIGHER),
    ),
    clean=(
        Example(f"机密★10年\n工作情况\n{FIRST}", register=_POINTED),
        Example(f"工作情况\n{SECOND}{THIRD}", register=_POINTED),
        Example(f"工作情况\n{FIRST}", register=((ENTRY, ORIGINAL),)),
        Example(f"工作情况\n{FIRST}"),
    ),
    needs=(Input.REGISTER,),
)
