"""MS509 condition-fulfilled: what a condition of release waits for has happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from markscan.finding import MarkingEvidence, Severity, Verdict
from markscan.marking import Condition
from markscan.register import Entry
from markscan.rules.derivation import day_text
from markscan.rules.exam_paper import exam_markings, is_mock, sitting
from markscan.rules.leak.location_words import bars_state_secrets
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_OPENING = re.compile(r"开标")
_OPENED = re.compile(
    r"开标(?:时间|日期|截止时间)[^。；\n]{0,12}?"
    r"((?:19|20)\d{2})[年./-](\d{1,2})[月./-](\d{1,2})日?"
)
_LONGEST = 80  # characters of a line that tells when bids are opened
_MOST = 400  # lines among which it stands
_OF_ENTRY = Text(
    "密件“{entry}”的解密条件已于{day}满足，没有解密记录",
    "the condition of release of “{entry}” was fulfilled on {day}, and no release is recorded",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look at what was secret until an examination is sat, or until bids are opened."""
    barred = case.location is not None and bars_state_secrets(case.location)
    if case.effective("lifecycle") or (case.task is Task.SCAN and barred):
        return  # past papers lie on every teacher's disk; whether that is a leak MS326 says
    exams = exam_markings(case)
    if exams:
        days = sitting(case) if not is_mock(case) else None
        happened = days.last if days is not None else None
        seen = exams[0]
    else:
        waiting = next((seen for seen in case.visible if _awaits_opening(seen)), None)
        happened = _opening(case) if waiting is not None else None
        if waiting is None:
            return
        seen = waiting
    if happened is not None and happened < case.today:
        yield Hit((seen,), {"mark": shown(case, seen.marking), "day": day_text(happened)})


def of_entry(entry: Entry, today: date) -> Hit | None:
    """Report an entry whose condition is recorded as fulfilled, and its release is not."""
    day = entry.fulfilled
    if day is None or day > today or entry.declassified is not None:
        return None
    return Hit(values={"entry": entry.id, "day": day_text(day)}, message=_OF_ENTRY)


def _awaits_opening(seen: MarkingEvidence) -> bool:
    period = seen.marking.period
    return isinstance(period, Condition) and _OPENING.search(period.event) is not None


def _opening(case: Case) -> date | None:
    """Return the last day on which the text says that bids are opened; None if it does not."""
    days = []
    for line in islice(case.lines(), _MOST):
        found = _OPENED.search(line.bare) if len(line.bare) <= _LONGEST else None
        if found is not None:
            try:
                days.append(date(*(int(piece) for piece in found.groups())))
            except ValueError:
                continue
    return max(days, default=None)


_PAPER = "数学试题\n注意事项：\n1. 答卷前，考生务必将姓名、准考证号填写在答题卡上。\n一、选择题"
_NATIONAL = "年普通高等学校招生全国统一考试\n"

RULE = Rule(
    code="MS509",
    name=Text("解密条件已满足", "Condition of release fulfilled"),
    trigger=Text(
        "标有绝密★启用前等字样的试题，所写考试时间已过；标有开标前的文件，所写开标时间已过；"
        "没有解密标志；扫描时只看可以存放国家秘密的位置。模拟考试和学校测验不报（见 MS506）",
        "a paper marked 绝密★启用前 or the like whose examination is over by what it says, or a "
        "file marked 开标前 whose bids were opened, without a note of release; in scans only "
        "where state secrets may lie; not for mock and school papers (MS506)",
    ),
    severity=Severity.INFO,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第20条；《国家秘密定密管理暂行规定》第32条（2014）",
        "Secrets law art. 20; classification rules 2014 art. 32",
    ),
    message=Text(
        "“{mark}”的解密条件按文中时间已于{day}满足，未见解密标志",
        "by what it says the condition of “{mark}” was fulfilled on {day}, and nothing shows that "
        "it is declassified",
    ),
    fix=Text(
        "请核对：条件确已满足的，在原标志附近作解密标志；公开之前仍须保密审查。",
        "Check it: if the condition is fulfilled, note the release beside the marking. Publication "
        "still needs a review.",
    ),
    judge=judge,
    of_entry=of_entry,
    found=(
        Example(f"绝密★启用前\n2025{_NATIONAL}{_PAPER}"),
        Example(f"绝密★启用前\n2025{_NATIONAL}{_PAPER}", task=Task.SCAN, highest="juemi"),
        Example("机密★开标前\n某某工程评标办法\n开标时间：2025年3月1日上午9时", task=Task.SCAN),
        Example("机密★开标前\n某某工程评标办法\n开标日期为2025-12-31"),
    ),
    clean=(
        Example(f"绝密★启用前\n2026{_NATIONAL}{_PAPER}"),
        Example(f"绝密★启用前\n2025届高三第一次模拟考试\n{_PAPER}"),
        Example(f"绝密★启用前\n2025{_NATIONAL}{_PAPER}", task=Task.SCAN, highest=""),
        Example(f"绝密★启用前\n{_PAPER}"),
        Example("机密★开标前\n某某工程评标办法\n开标时间：2026年3月1日上午9时"),
        Example("机密★开标前\n某某工程评标办法\n开标时间另行通知"),
        Example("机密★10年\n某某工程评标办法\n开标时间：2025年3月1日上午9时"),
    ),
)
