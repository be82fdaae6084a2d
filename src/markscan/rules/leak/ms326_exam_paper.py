"""MS326 exam-paper: an examination paper lies in an ordinary place before it is used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markscan.finding import Severity, Verdict
from markscan.rules.exam_paper import exam_markings, is_mock, is_national, sitting
from markscan.rules.leak.location_words import bars_state_secrets, kind_of_place
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_UNKNOWN = Text(
    "试题标有“{mark}”，看不出考试时间是否已过，存放在{place}",
    "an examination paper marked “{mark}” lies in {place}; it does not tell whether the day of the "
    "examination has passed",
)
_CHECK = Text(
    "请核对考试是否已经结束：没有结束的，立即封存并报告；已经结束的，划去标志。",
    "Check whether the examination is over. If not, seal the paper and report it; if it is, strike "
    "the marking out.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look at papers of which the day is to come or not told, where no state secret may lie.

    What is told is mostly the year alone: one of this year may be over.
    """
    if case.task is not Task.SCAN or case.location is None:
        return
    if not bars_state_secrets(case.location):
        return
    found = exam_markings(case)
    if not found or is_mock(case):
        return
    days = sitting(case)
    if days is not None and days.last < case.today:
        return
    values: dict[str, object] = {
        "mark": shown(case, found[0].marking),
        "place": kind_of_place(case.location),
    }
    perhaps_over = days is None or (days.whole_year and days.last.year == case.today.year)
    if not perhaps_over:
        yield Hit((found[0],), values)
    else:
        severity = Severity.MEDIUM if is_national(case) else Severity.LOW
        yield Hit((found[0],), values, severity=severity, message=_UNKNOWN, fix=_CHECK)


_PAPER = "数学试题\n注意事项：\n1. 答卷前，考生务必将姓名、准考证号填写在答题卡上。\n一、选择题"
_NAME = "年普通高等学校招生全国统一考试\n"

RULE = Rule(
    code="MS326",
    name=Text("试题启用前外露", "Examination paper before use"),
    trigger=Text(
        "标有绝密★启用前等字样的试题，考试时间未到，存放在不得存放国家秘密的位置；时间不明的，国家统一考试"
        "为中，其他为低；考试时间已过、模拟考试和学校测验不报",
        "a paper marked 绝密★启用前 or the like whose examination is still to come, where no state "
        "secrets may lie; where the day is not told medium for examinations of the state, else "
        "low; not for days that have passed, mock and school papers",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《保守国家秘密法》第31条；《保守国家秘密法实施条例》第61条；国家教育考试考务安全保密有关规定",
        "Secrets law art. 31; its regulation art. 61; rules on the security of state examinations",
    ),
    message=Text(
        "试题标有“{mark}”，考试时间未到，存放在{place}",
        "an examination paper marked “{mark}” lies in {place} before its day",
    ),
    fix=Text(
        "请立即封存，停止复制和传播，保护现场，报告考试主管部门和保密工作机构，不得自行删除。",
        "Seal it at once, copy and pass on nothing, leave everything as it is, report it to the "
        "examination authority and the secrecy office; delete nothing.",
    ),
    judge=judge,
    found=(
        Example(f"绝密★启用前\n2027{_NAME}{_PAPER}", task=Task.SCAN, highest=""),
        Example(
            f"绝密★启用前\n考试时间：2026年6月7日\n{_PAPER}",
            task=Task.SCAN,
            highest="",
            kind="public",
        ),
        Example(
            f"绝密★启用前\n2026年全国硕士研究生招生考试\n考试时间：2026年12月19日\n{_PAPER}",
            task=Task.SCAN,
            highest="",
        ),
        Example(f"绝密★启用前\n2026{_NAME}{_PAPER}", task=Task.SCAN, highest=""),
        Example(
            f"绝密★启用前\n2026{_NAME}（6月）\n考试时间：2026年6月7日至9日\n{_PAPER}",
            task=Task.SCAN,
            highest="",
            today=date(2026, 6, 9),
        ),
        Example(f"绝密★启用前\n{_PAPER}", task=Task.SCAN, highest=""),
    ),
    clean=(
        Example(f"绝密★启用前\n2025{_NAME}{_PAPER}", task=Task.SCAN, highest=""),
        Example(
            f"绝密★启用前\n2026{_NAME}（6月）\n考试时间：2026年6月7日至9日\n{_PAPER}",
            task=Task.SCAN,
            highest="",
            today=date(2026, 6, 10),
        ),
        Example(f"绝密★启用前\n2026届高三第一次模拟考试\n{_PAPER}", task=Task.SCAN, highest=""),
        Example(f"绝密★启用前\n2027{_NAME}{_PAPER}", task=Task.SCAN, highest="juemi"),
        Example(f"绝密★启用前\n2027{_NAME}{_PAPER}", task=Task.SCAN),
        Example(f"2027{_NAME}{_PAPER}", task=Task.SCAN, highest=""),
    ),
)
