"""Until when a judgement holds: no rule says anything else of a file before it is woken."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from example_case import case_of

from markscan.rules import RULES, Example, Task, judge
from markscan.rules.lasting import highest_rank, wake

# Days after that of an example: near ones, month, reminder, years, and a far one.
LATER = (1, 2, 15, 31, 32, 59, 89, 90, 91, 120, 157, 181, 340, 351, 352, 365, 366, 731, 3650, 20000)
EXAMPLES = [
    pytest.param(replace(each, task=Task.SCAN), id=f"{rule.code}-{number}")
    for rule in RULES
    if not rule.drafts_only
    for number, each in enumerate((*rule.found, *rule.clean))
    if each.layout is None
]


def said(example):
    """What the rules say of an example, and the day on which they may say something else."""
    case = case_of(example)
    found = judge(case)
    told = [(each.rule, each.severity, each.message.zh, each.fix.zh) for each in found]
    return told, wake(case, {each.rule for each in found})


@pytest.mark.parametrize("example", EXAMPLES)
def test_nothing_else_is_said_before_the_day_of_waking(example):
    told, day = said(example)
    last = date.max if day is None else day - timedelta(days=1)

    assert last >= example.today
    for days in LATER:
        then = example.today + timedelta(days=days)
        if then <= last:
            assert said(replace(example, today=then))[0] == told, then


def scanned(text, **values):
    return case_of(Example(text, task=Task.SCAN, **values))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("关于召开例会的通知", None),
        ("机密★10年\n关于召开会议的通知", None),
        ("机密★2024年12月31日\n关于召开会议的通知", None),
        ("机密★2026年12月31日\n关于召开会议的通知", date(2026, 10, 2)),
        ("机密★2026年1月5日\n关于召开会议的通知", date(2026, 1, 2)),
        ("秘密★1年\n关于召开会议的通知\n某某市人民政府\n2025年12月1日", date(2026, 9, 2)),
        ("机密★开标前\n评标办法", date(2026, 1, 2)),
    ],
)
def test_a_file_wakes_when_its_marking_is_about_to_end(text, day):
    case = scanned(text)

    assert wake(case, {found.rule for found in judge(case)}) == day


def test_a_file_on_a_medium_wakes_when_it_has_lain_there_for_long():
    place = {"kind": "removable", "highest": "jimi", "changed": date(2025, 12, 20)}
    case = scanned("机密★10年\n关于召开会议的通知", **place)

    assert wake(case, ()) == date(2026, 1, 20)


@pytest.mark.parametrize(
    ("text", "name", "rank"),
    [
        ("绝密★30年\n关于召开会议的通知", "a.txt", 50),
        ("机密★10年\n关于召开会议的通知", "a.txt", 40),
        ("秘密★5年\n关于召开会议的通知", "a.txt", 30),
        ("秘密★1年\n关于召开会议的通知\n2020年3月1日", "a.txt", 0),
        ("内部资料\n关于召开会议的通知", "a.txt", 0),
        ("关于召开会议的通知", "【机密】会议通知.txt", 0),
        ("保密知识培训\n例如标注为“机密★10年”。", "a.txt", 0),
    ],
)
def test_the_level_of_a_file_is_that_of_the_marking_in_force_where_an_office_marks(
    text, name, rank
):
    assert highest_rank(scanned(text, name=name)) == rank
