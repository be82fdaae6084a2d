"""MS117 not-a-state-secret: the ★ of state secrets stands on something else."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.company import has_star
from markscan.rules.rule import Case, Example, Hit, Rule, once, with_defect
from markscan.wording import Text

_KINDS = {
    "cn-work": Text("工作秘密", "a work secret (工作秘密)"),
    "cn-internal": Text("内部文件", "an internal paper (内部)"),
    "cn-commercial": Text("商业秘密", "a trade secret (商业秘密)"),
    "cn-company": Text("企业秘密", "a company's own secret"),
}
_OTHER = Text("非国家秘密", "no state secret")


def judge(case: Case) -> Iterator[Hit]:
    """Look for 工作秘密★, 内部★, 核心商密★, and for any ★ on a private company's papers."""
    for seen in with_defect(case, "scheme-mix"):
        yield Hit((seen,), {"kind": _KINDS.get(seen.marking.scheme, _OTHER)})
    if case.profile.own_star:
        for seen in once(case.visible):
            if has_star(seen.marking):
                yield Hit((seen,), {"kind": _KINDS["cn-company"]})


RULE = Rule(
    code="MS117",
    name=Text(
        "非国家秘密使用国家秘密标志",
        "State-secret sign on something that is not a state secret",
    ),
    trigger=Text(
        "工作秘密、内部文件、商业秘密用了“★”：工作秘密★1年、内部★、核心商密★10年；"
        "非国有企业（单位类型 company）文件上的任何“★”标志",
        "a ★ on work secrets, internal papers or trade secrets: 工作秘密★1年, 内部★, "
        "核心商密★10年; any marking with ★ on papers of a private company (profile company)",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第22条（不属于国家秘密的，不得作出国家秘密标志）；"
        "《国家秘密定密管理暂行规定》第19条（2014）",
        "Secrets law art. 22 (what is no state secret must not bear its sign); classification "
        "rules "
        "2014 art. 19",
    ),
    message=Text(
        "“★”是国家秘密专用标识，不得用于{kind}",
        "the ★ is reserved for state secrets, and this is {kind}",
    ),
    fix=Text(
        "请删除“★”，按本单位对{kind}的规定标注字样和期限；确属国家秘密的，由定密责任人定密后另行标志。",
        "Delete the ★ and mark it as the office's own rules say. If it is a state secret after "
        "all, "
        "let it be classified first.",
    ),
    judge=judge,
    found=(
        Example("工作秘密★1年\n关于召开会议的通知"),
        Example("内部★\n关于召开会议的通知"),
        Example("核心商密★10年\n关于产品配方的说明"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("工作秘密 1年\n关于召开会议的通知"),
        Example("普通商密▲5年\n关于产品配方的说明"),
        Example("★★★★★ 五星好评\n内部员工推荐"),
    ),
)
