"""MS506 no-secret: a draft bears the state's sign though it is none of the state's secrets."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.exam_paper import exam_markings, is_mock
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look at mock papers. Marked drafts that are open are MS217, trade and work secrets MS117."""
    found = exam_markings(case)
    if found and is_mock(case):
        yield Hit((found[0],), {"mark": shown(case, found[0].marking)})


_PAPER = "数学试题\n注意事项：\n1. 答卷前，考生务必将姓名、准考证号填写在答题卡上。\n一、选择题"

RULE = Rule(
    code="MS506",
    name=Text("不应定密而定密", "Marked although not a state secret"),
    trigger=Text(
        "核稿的试题是模拟考试、月考、期末考试等学校测验，却标有国家秘密标志。标密又公开的见 MS217，"
        "工作秘密、商业秘密用国家秘密标志的见 MS117",
        "a draft paper of a mock examination or school test bears a state-secret marking. Marked "
        "and open to the public is MS217, work and trade secrets with the sign are MS117",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第22条（不属于国家秘密的，不应当作出国家秘密标志）；"
        "《国家秘密定密管理暂行规定》第19条（2014）",
        "Secrets law art. 22 (what is no state secret bears no sign); classification rules 2014 "
        "art. 19",
    ),
    message=Text(
        "模拟考试或者学校测验的试题标有“{mark}”，不属于国家秘密",
        "a mock or school paper is marked “{mark}”: it is no state secret",
    ),
    fix=Text(
        "请去除国家秘密标志；启用前需要保密的，改用“启用前注意保管”等字样，不用★。",
        "Take the state's sign off; if it must be kept until it is used, say so in words and "
        "without ★.",
    ),
    judge=judge,
    found=(
        Example(f"绝密★启用前\n2026届高三第一次模拟考试\n{_PAPER}"),
        Example(f"绝密★启用前\n2025-2026学年第一学期期末考试\n{_PAPER}"),
        Example(f"机密★启用前\n某某中学高三年级月考\n{_PAPER}"),
    ),
    clean=(
        Example(f"绝密★启用前\n2026年普通高等学校招生全国统一考试\n{_PAPER}"),
        Example(f"2026届高三第一次模拟考试\n{_PAPER}"),
        Example("机密★10年\n关于模拟考试工作的通知\n各学校："),
        Example(f"绝密★启用前\n2026届高三第一次模拟考试\n{_PAPER}", task=Task.SCAN),
    ),
    drafts_only=True,
)
