"""What an examination paper says of itself: whether it is a mock one, and when it is sat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from markscan.document import Area
from markscan.finding import MarkingEvidence, Role
from markscan.rules.rule import VISIBLE, Case

_HEAD = 14  # lines with text in which a paper names itself
_LONGEST = 60  # characters of such a line
_MOCK = re.compile(
    r"模拟|模考|仿真|联考|统考|调研|月考|周测|期中|期末|诊断|质检|质量(?:检测|监测|调查)|适应性|摸底|[一二三]模"
    r"|预测|押题|冲刺|练习|作业|单元测|阶段测|随堂|学情|真题|往年|样卷|样题|示例|模板"
)
# 全国统一考试 and 学业水平合格性考试 are none of those, though they hold such words.
_NATIONAL = re.compile(
    r"普通高等学校招生(?:全国)?统一考试|普通高中学业水平.{0,6}考试|硕士研究生.{0,6}(?:入学|招生).{0,2}考试"
    r"|高等教育自学考试|成人高等学校招生|高中阶段学校招生|初中学业水平考试|录用公务员|公务员录用"
    r"|法律职业资格|执业(?:医师|药师)|注册会计师|(?:专业技术|职业)资格.{0,6}考试|招聘.{0,8}考试"
)
_DAY = re.compile(r"((?:19|20)\d{2})[年./-](\d{1,2})[月./-](\d{1,2})日?")
_MONTH = re.compile(r"((?:19|20)\d{2})[年./-](\d{1,2})月?(?!\d)")
_TERM = re.compile(r"(?:19|20)\d{2}[-—–~～至]((?:19|20)\d{2})学?年")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|届|级|(?=\D))")


def exam_markings(case: Case) -> list[MarkingEvidence]:
    """Return the markings of an examination paper (绝密★启用前) that a reader or its name shows."""
    return [
        seen
        for seen in case.markings
        if seen.role is Role.EXAM
        and seen.marking.scheme == "cn-state"
        and seen.marking.level is not None
        and (seen.place.area in VISIBLE or seen.place.area is Area.FILENAME)
    ]


def is_mock(case: Case) -> bool:
    """Return whether it is a mock or school paper by its head or name (模拟、月考、期末)."""
    return any(_MOCK.search(line) for line in _lines(case)) and not is_national(case)


def is_national(case: Case) -> bool:
    """Return whether it names an examination whose paper is a state secret before use."""
    return any(_NATIONAL.search(line) for line in _lines(case))


def last_day(case: Case) -> date | None:
    """Return the last day on which it may be sat, by what its head says; None: nothing told.

    Of a month or a year it is the last day.
    """
    found = [day for line in _lines(case) for day in _days(line)]
    return max(found, default=None)


def _days(line: str) -> Iterator[date]:
    """Yield the days that a line names, each as exactly as it does."""
    for pattern in (_DAY, _MONTH, _TERM, _YEAR):
        found = [_day(each.groups()) for each in pattern.finditer(line)]
        if any(each is not None for each in found):
            yield from (each for each in found if each is not None)
            return


def _day(said: tuple[str, ...]) -> date | None:
    year, month, day = (int(said[n]) if n < len(said) else None for n in range(3))
    try:
        if year is None:
            return None
        if month is None:
            return date(year, 12, 31)
        if day is None:
            return date(year, month, 28)
        return date(year, month, day)
    except ValueError:
        return None


def _lines(case: Case) -> Iterator[str]:
    names = (part.text for part in case.document.parts if part.place.area is Area.FILENAME)
    yield from names
    lines = islice(case.lines(), _HEAD)
    yield from (line.bare for line in lines if len(line.bare) <= _LONGEST)
