"""MS325 aggregation: little of many registered documents stands together in one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.finding import ExcerptEvidence, Input, Severity, Verdict
from markscan.match.excerpts import Reuse
from markscan.rules.excerpt.citing import below, first_ids
from markscan.rules.excerpt.example_document import PIECES, PIECES_REGISTER, REGISTER, SECOND
from markscan.rules.excerpt.reuse_kinds import own_rank
from markscan.rules.excerpt.taking import doubtful, excerpted
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_LEAST = 3  # registered documents
_COVERED = 10  # ideographs of a fragment: what is shorter is most often a common phrase
# Of the file, all fragments together: a long text meets a phrase of some document anyhow.
_DENSE = 0.02


def judge(case: Case) -> Iterator[Hit]:
    """Count documents of which only uncertain passages stand here, each in a place of its own.

    Where a passage is sure, MS401 and its like speak.
    """
    rank = own_rank(case)
    long = (replace(r, passages=_fragments(r)) for r in doubtful(case) if below(case, r, rank))
    found = [reuse for reuse in long if reuse.passages]
    if any(below(case, reuse, rank) for reuse in excerpted(case)):
        return
    count = _apart(found)
    if count >= _LEAST and sum(reuse.here for reuse in found) >= _DENSE:
        values: dict[str, object] = {"count": count, "entries": first_ids(found)}
        yield Hit(tuple(seen for reuse in found for seen in reuse.passages), values)


def _fragments(reuse: Reuse) -> tuple[ExcerptEvidence, ...]:
    return tuple(seen for seen in reuse.passages if seen.covered >= _COVERED)


def _apart(found: list[Reuse]) -> int:
    """How many entries have a passage such that no two overlap: a phrase of many counts once."""
    ordered = sorted(
        ((seen.part, seen.span.end), (seen.part, seen.span.start), number)
        for number, reuse in enumerate(found)
        for seen in reuse.passages
    )
    reached, counted = (0, 0), set()
    for end, start, number in ordered:
        if number not in counted and start >= reached:
            counted.add(number)
            reached = end
    return len(counted)


RULE = Rule(
    code="MS325",
    name=Text("汇聚关联风险", "Aggregation"),
    trigger=Text(
        "一个文件的不同位置出现三件以上台账登记密件的片段，每件都短得不能单独认定，合计占文件的百分之二以上，"
        "文件的标志低于这些密件或者没有标志",
        "different places of one file hold fragments of three registered documents or more, each "
        "too short to be sure of, together a fiftieth of the file or more, and the file is marked "
        "lower than they are or not at all",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.TO_VERIFY,
    basis=Text(
        "《保守国家秘密法》第36条；《保守国家秘密法实施条例》第43条",
        "Secrets law art. 36; its regulation art. 43",
    ),
    message=Text(
        "出现 {count} 件台账登记密件的零散片段（{entries}），单件都不足以认定，汇聚后可能涉密",
        "fragments of {count} registered documents ({entries}) stand here, each too short to tell, "
        "together perhaps a secret",
    ),
    fix=Text(
        "请承办人会同定密责任人核对各片段，组织汇聚风险评估；确属密件内容的，按最高密级标注。",
        "Let a person with authority to classify compare the fragments and assess the risk of "
        "their aggregation; where they are taken from the documents, mark the highest level.",
    ),
    judge=judge,
    found=(
        Example("\n情况如下。\n".join(PIECES), task=Task.SCAN, register=PIECES_REGISTER),
        Example("秘密★5年\n" + "\n此外，\n".join(PIECES), register=PIECES_REGISTER),
        Example("\n有关数据另报。\n".join(reversed(PIECES)), register=PIECES_REGISTER),
    ),
    clean=(
        Example("机密★5年\n" + "\n此外，\n".join(PIECES), register=PIECES_REGISTER),
        Example("\n此外，\n".join(PIECES[:2]), register=PIECES_REGISTER),
        Example("\n此外，\n".join(PIECES)),
        Example(SECOND, register=REGISTER),
    ),
    needs=(Input.REGISTER,),
)
