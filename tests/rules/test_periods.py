"""Periods, dates and days of issue from the text of a draft to the findings about them."""

from __future__ import annotations

from datetime import date

import pytest
from example_case import case_of

from markscan.rules import Example, judge

FORM = {"MS109", "MS110", "MS112", "MS113", "MS501"}


def draft(mark: str, ends: str = "2025年3月1日", today: date = date(2025, 3, 2)) -> Example:
    return Example(f"{mark}\n关于召开会议的通知\n各单位：\n某某市人民政府\n{ends}", today=today)


def codes(example: Example) -> set[str]:
    return {f.rule for f in judge(case_of(example))} & FORM


# The legal maximum, to the day (法20).


@pytest.mark.parametrize(
    ("mark", "over"),
    [
        ("绝密★30年", False),
        ("绝密★31年", True),
        ("机密★20年", False),
        ("机密★21年", True),
        ("秘密★10年", False),
        ("秘密★11年", True),
        ("机密★二十一年", True),
        ("秘密★120个月", False),
        ("秘密★121个月", True),
        ("秘密★10年1个月", True),
        ("秘密★10年半", True),
        ("秘密★3652日", False),  # the ten years from 2025-03-01
        ("秘密★3653日", True),
        ("秘密★521周", False),
        ("秘密★522周", True),
        ("秘密★11", True),
        ("秘密★2035年3月1日", False),
        ("秘密★2035年3月2日", True),
        ("秘密★2035年2月", False),
        ("秘密★2035年3月", True),
        ("秘密★2035年3月2日前", False),
        ("绝密★2055年3月1日", False),
        ("绝密★2055年3月2日", True),
        ("机密★3000年", True),
        ("秘密★开标前", False),
    ],
)
def test_no_period_is_longer_than_the_law_allows(mark, over):
    assert codes(draft(mark)) == ({"MS109"} if over else set())


@pytest.mark.parametrize(
    ("mark", "over"), [("秘密★3653日", False), ("秘密★3660日", False), ("秘密★3661日", True)]
)
def test_without_a_day_of_issue_days_count_against_the_longest_years(mark, over):
    assert ("MS109" in codes(draft(mark, ends=""))) is over


@pytest.mark.parametrize(
    ("mark", "last"), [("秘密★2034年2月28日", False), ("秘密★2034年3月1日", True)]
)
def test_ten_years_from_the_leap_day_end_on_the_28th(mark, last):
    assert ("MS109" in codes(draft(mark, ends="2024年2月29日"))) is last


def test_the_finding_names_the_last_lawful_day():
    example = draft("秘密★2040年12月31日")

    (finding,) = [f for f in judge(case_of(example)) if f.rule == "MS109"]

    assert "秘密★2035年3月1日" in finding.fix.zh


def test_no_finding_advises_a_date_that_another_forbids():
    fixes = {f.rule: f.fix.zh for f in judge(case_of(draft("秘密★2035年")))}

    assert "秘密★2035年3月1日" in fixes["MS109"]
    assert "2035年12月31日" not in fixes["MS111"]


# Impossible and contradictory dates.


@pytest.mark.parametrize(
    ("mark", "found"),
    [
        ("秘密★2030年2月28日", False),
        ("秘密★2028年2月29日", False),
        ("秘密★2030年2月29日", True),
        ("秘密★2030年2月30日", True),
        ("秘密★2030年4月31日", True),
        ("秘密★2030年0月1日", True),
        ("秘密★2030年13月1日", True),
        ("秘密★2030年13月", True),
        ("秘密★2025-02-30", True),
        ("秘密★2025年2月28日", True),  # before the day of issue
        ("秘密★2025年2月", True),
        ("秘密★2024年", True),
        ("秘密★20250228", True),
        ("秘密★2025年3月2日", False),
        ("秘密★2025年12月", False),
        ("秘密★5年至2030年3月1日", False),
        ("秘密★5年至2030年2月28日", False),  # the last day is not counted
        ("秘密★5年至2030年12月31日", True),
        ("秘密★5年 2030年12月31日", True),
        ("秘密★6个月至2025年9月1日", False),
        ("秘密★6个月至2025年12月1日", True),
    ],
)
def test_a_date_must_exist_follow_the_issue_and_agree_with_the_period(mark, found):
    assert codes(draft(mark)) == ({"MS112"} if found else set())


def test_period_and_date_cannot_be_compared_without_a_day_of_issue():
    assert codes(draft("秘密★5年至2031年12月31日", ends="")) == set()


def test_the_finding_says_when_the_period_would_end():
    finding = next(f for f in judge(case_of(draft("秘密★5年至2031年3月1日"))) if f.rule == "MS112")

    assert "2030年3月1日" in finding.message.zh
    assert "秘密★5年" in finding.fix.zh


# Expiry on the following day.


@pytest.mark.parametrize(
    ("mark", "last"),
    [
        ("秘密★1年", date(2026, 3, 1)),
        ("秘密★6个月", date(2025, 9, 1)),
        ("秘密★15日", date(2025, 3, 16)),
        ("秘密★2025年12月31日", date(2025, 12, 31)),
        ("秘密★2025年12月", date(2025, 12, 31)),
        ("秘密★2025年", date(2025, 12, 31)),
        ("秘密★2026年1月1日前", date(2025, 12, 31)),
    ],
)
def test_a_marking_binds_through_its_last_day(mark, last):
    following = date.fromordinal(last.toordinal() + 1)

    assert "MS501" not in codes(draft(mark, today=last))
    assert "MS501" in codes(draft(mark, today=following))


@pytest.mark.parametrize("mark", ["机密★长期", "机密★开标前", "机密★", "秘密★0年"])
def test_what_has_no_written_end_never_expires(mark):
    assert "MS501" not in codes(draft(mark, ends="1999年3月1日"))


@pytest.mark.parametrize(
    "mark", ["机密★长期", "机密★永久", "机密★长期保密", "绝密★永远", "秘密★长远"]
)
def test_a_period_without_end_is_told(mark):
    assert codes(draft(mark)) == {"MS110"}


@pytest.mark.parametrize("mark", ["机密★适时解密", "机密★另行通知", "机密★待定", "机密★必要时"])
def test_a_condition_that_nobody_can_tell_is_told(mark):
    assert codes(draft(mark)) == {"MS113"}


# The day of issue, as drafts write it (GB/T 9704—2012, 7.3.5 and 7.4.2).


@pytest.mark.parametrize(
    ("ends", "issued"),
    [
        ("2025年3月1日", date(2025, 3, 1)),
        ("2025 年 3 月 1 日", date(2025, 3, 1)),
        ("　　　　　　2025年3月1日　　", date(2025, 3, 1)),
        ("2025年03月01日", date(2025, 3, 1)),
        ("二〇二五年三月一日", date(2025, 3, 1)),
        ("二○二五年三月一日", date(2025, 3, 1)),
        ("二零二五年十二月三十一日", date(2025, 12, 31)),
        ("二〇二五年十月二十日", date(2025, 10, 20)),
        ("二〇二五年一月廿一日", date(2025, 1, 21)),
        ("某某市人民政府办公室　　2025年3月5日印发", date(2025, 3, 5)),
        ("某某市人民政府办公室\t2025 年 3 月 5 日 印发", date(2025, 3, 5)),
        ("某某办公室 2025年3月5日印发\n（共印50份）", date(2025, 3, 5)),
        ("2025年3月1日\n（此件发至县团级）\n抄送：某某\n某某 2025年3月5日印发", date(2025, 3, 1)),
        ("2025年2月30日", None),
        ("2025年  月  日", None),
        ("会议定于2025年3月1日召开。", None),
        ("", None),
    ],
)
def test_the_day_of_issue_is_found(ends, issued):
    assert case_of(draft("机密★10年", ends)).issued == issued
