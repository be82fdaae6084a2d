"""What an examination paper says of itself: whether it is a mock one, and when it is sat."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from markscan.document import Area
from markscan.finding import MarkingEvidence, Role
from markscan.rules.rule import VISIBLE, Case

_MONTH_DAYS = 27  # from the first to the last of the shortest
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
    r"|大学英语(?:考试)?[四六]级|法律职业资格|执业(?:医师|药师)|注册会计师|(?:专业技术|职业)资格.{0,6}考试|招聘.{0,8}考试"
)
_DAY = re.compile(r"((?:19|20)\d{2})[年./-](\d{1,2})[月./-](\d{1,2})日?")
# Behind a day, a further one: 2026年6月7日至9日, 6月7日（星期日）、8日, 12月31日—2027年1月1日.
_FURTHER = re.compile(
    r"[日号]?(?:[(（\[【]?(?:星期|周)[一二三四五六日天][)）\]】]?)?(?:全天|[上下]午)?"
    r"(?:[至到、和及与,，~～]|[-—–―－]{1,2})"
    r"(?:((?:19|20)\d{2})[年./-])?(?:(\d{1,2})[月./-])?(\d{1,2})[日号]"
)
_MONTH = re.compile(r"((?:19|20)\d{2})[年./-](\d{1,2})月?(?!\d)")
_TERM = re.compile(r"(?:19|20)\d{2}[-—–~～至]((?:19|20)\d{2})学?年")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|届|级|(?=\D))")
# What stands on a line that tells when it is sat, not when it was printed.
_TIME_OF_IT = re.compile(r"时间|日期|开考|[上下]午|晚上|\d[:：]\d{2}")


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a statement means: one or several, or all of a month or a year."""

    first: date
    last: date

    def holds(self, other: Days) -> bool:
        """Return whether the days of `other` are all among these."""
        return self.first <= other.first and other.last <= self.last

    @property
    def whole_year(self) -> bool:
        """Whether the year alone is told."""
        return (self.last - self.first).days >= 364

    @property
    def exact(self) -> bool:
        """Whether days are told, and not a month or a year."""
        return (self.last - self.first).days < _MONTH_DAYS


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


def sitting(case: Case) -> Days | None:
    """Return the days on which it may be sat, by what its head says; None: nothing told.

    A year or month says no more than a day inside it that is told as that of the examination,
    or is still to come: 2026年…考试, 考试时间：2026年12月19日. Of several the last counts.
    """
    found = [(days, line) for line in _lines(case) for days in _days(line)]
    exact = [
        days
        for days, line in found
        if days.exact and (days.last >= case.today or _TIME_OF_IT.search(line) is not None)
    ]
    kept = [
        days for days, _ in found if not any(days != each and days.holds(each) for each in exact)
    ]
    return max(kept, key=lambda days: days.last, default=None)


def told_days(case: Case) -> Iterator[Days]:
    """Yield all days that head and name tell, of whatever."""
    return (days for line in _lines(case) for days in _days(line))


def _days(line: str) -> Iterator[Days]:
    """Yield the days that a line names, each as exactly as it does."""
    several = [_until_last(line, each) for each in _DAY.finditer(line)]
    if any(each is not None for each in several):
        yield from (each for each in several if each is not None)
        return
    for pattern in (_MONTH, _TERM, _YEAR):
        found = [_read(each.groups()) for each in pattern.finditer(line)]
        if any(each is not None for each in found):
            yield from (each for each in found if each is not None)
            return


def _until_last(line: str, found: re.Match[str]) -> Days | None:
    """Return the days from the one that was found on to the last that is told right behind it."""
    days = last = _read(found.groups())
    if days is None or last is None:
        return None
    at = found.end()
    while (further := _FURTHER.match(line, at)) is not None:
        year, month, day = further.groups()
        told = (year or str(last.last.year), month or str(last.last.month), day)
        following = _read(told)
        if following is None or following.last <= last.last:
            break
        last, at = following, further.end()
    return Days(days.first, last.last)


def _read(said: tuple[str, ...]) -> Days | None:
    year, month, day = (int(said[n]) if n < len(said) else None for n in range(3))
    try:
        if year is None:
            return None
        if month is None:
            return Days(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return Days(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def _lines(case: Case) -> Iterator[str]:
    names = (part.text for part in case.document.parts if part.place.area is Area.FILENAME)
    yield from names
    lines = islice(case.lines(), _HEAD)
    yield from (line.bare for line in lines if len(line.bare) <= _LONGEST)
