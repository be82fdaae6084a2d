"""The mark of a derived document or compilation: highest level, latest end, common readers."""

from dataclasses import replace
from datetime import date

import pytest

from markscan.lexicon import read_law, read_levels
from markscan.marking import Condition, Duration, EndDate, LongTerm
from markscan.register import Entry
from markscan.rules.derivation import Derived, Doubt, Member, common_scope, derive

TODAY = date(2026, 1, 1)
LAW, LEVELS = read_law(TODAY), read_levels()

READERS = ("甲科",)


def member(level: str, ends: date, years: int, issued: date) -> Member:
    return Member(level, ends, period=Duration(years, "Y"), issued=issued, scope=READERS)


JIMI = member("jimi", date(2031, 6, 30), 10, date(2021, 6, 30))
MIMI = member("mimi", date(2029, 1, 1), 5, date(2024, 1, 1))
LONGER = member("mimi", date(2034, 5, 1), 10, date(2024, 5, 1))
JUEMI = member("juemi", date(2040, 1, 1), 30, date(2010, 1, 1))


def made(*members: Member, issued: date = TODAY) -> Derived:
    return derive(members, issued, LAW, LEVELS)


@pytest.mark.parametrize(
    ("members", "mark"),
    [
        ((JIMI,), "机密★2031年6月30日"),
        ((JIMI, MIMI), "机密★2031年6月30日"),
        ((MIMI, JIMI), "机密★2031年6月30日"),
        ((JIMI, LONGER), "机密★2034年5月1日"),
        ((MIMI, LONGER), "秘密★2034年5月1日"),
        ((replace(JIMI, period=EndDate(2031, 6, 30)),), "机密★2031年6月30日"),
    ],
)
def test_the_mark_has_the_highest_level_and_the_latest_end_of_all(members, mark):
    right = made(*members)

    assert right.mark == mark
    assert right.doubts == ()
    assert not right.why.zh


def test_where_all_were_issued_on_one_day_the_period_stays_a_number_of_years():
    one, other = (replace(each, issued=TODAY) for each in (JIMI, MIMI))

    assert made(replace(one, ends=date(2036, 1, 1)), other).mark == "机密★10年"
    assert made(replace(one, ends=date(2036, 1, 1)), MIMI).mark == "机密★2036年1月1日"


@pytest.mark.parametrize(
    ("members", "doubt"),
    [
        ((), Doubt.NO_LEVEL),
        ((replace(JIMI, level="other"),), Doubt.NO_LEVEL),
        ((JUEMI, MIMI), Doubt.TOP_SECRET),
        ((JIMI, replace(MIMI, ends=None, period=Condition("启用前"))), Doubt.CONDITION),
        ((JIMI, replace(MIMI, ends=None, period=LongTerm())), Doubt.LONG_TERM),
        ((JIMI, replace(MIMI, ends=None, period=None)), Doubt.NO_END),
        ((MIMI, replace(MIMI, ends=None, issued=None)), Doubt.NO_END),
        ((MIMI, replace(JIMI, assumed=True, period=None)), Doubt.ASSUMED_END),
        ((replace(MIMI, ends=date(2036, 1, 2)),), Doubt.BEYOND_LIMIT),
    ],
)
def test_where_no_mark_follows_a_person_must_decide_and_is_told_why(members, doubt):
    right = made(*members)

    assert doubt in right.doubts
    assert right.mark == ""
    assert right.why.zh
    assert right.why.en


def test_a_period_of_no_known_day_does_no_harm_where_it_is_over_before_the_latest_end():
    undated = replace(MIMI, ends=None, issued=None)

    assert made(JIMI, undated, issued=date(2026, 6, 30)).mark == "机密★2031年6月30日"
    assert Doubt.NO_END in made(JIMI, undated, issued=date(2026, 7, 1)).doubts


def test_an_assumed_end_that_is_not_the_latest_does_no_harm():
    early = replace(MIMI, assumed=True, period=None)

    assert made(JIMI, early).mark == "机密★2031年6月30日"


def test_a_written_end_counts_before_an_assumed_one_on_the_same_day():
    assumed = replace(JIMI, assumed=True, period=None)

    assert made(assumed, JIMI).mark == "机密★2031年6月30日"


def test_a_condition_whose_day_the_register_knows_is_a_date():
    known = replace(MIMI, period=Condition("启用前"))

    assert made(known).mark == "秘密★2029年1月1日"


@pytest.mark.parametrize(
    ("issued", "allowed"), [(date(2024, 5, 1), True), (date(2024, 4, 30), False)]
)
def test_the_limit_counts_from_the_day_of_issue_of_the_derived_document(issued, allowed):
    right = made(LONGER, issued=issued)

    assert (Doubt.BEYOND_LIMIT not in right.doubts) is allowed


def test_the_limit_is_that_of_the_derived_level():
    late = replace(MIMI, ends=date(2040, 1, 1))

    assert Doubt.BEYOND_LIMIT in made(late).doubts
    assert made(late, JIMI).mark == "机密★2040年1月1日"


def test_a_document_with_more_secret_content_of_its_own_keeps_its_level():
    level = LEVELS.find("cn-state", "jimi")

    assert derive((MIMI,), TODAY, LAW, LEVELS, least=level).mark == "机密★2029年1月1日"


@pytest.mark.parametrize(
    ("scopes", "common"),
    [
        ([("甲科", "乙科"), ("乙科", "丙科")], ("乙科",)),
        ([("甲科", "乙科"), ()], ("甲科", "乙科")),
        ([("乙科", "甲科", "乙科")], ("乙科", "甲科")),
        ([("甲 科",), ("甲科",)], ("甲 科",)),
        ([("甲科",), ("乙科",)], ()),
        ([(), ()], None),
        ([], None),
    ],
)
def test_only_those_may_read_whom_all_members_admit(scopes, common):
    assert common_scope(scopes) == common


def test_a_mark_without_readers_is_a_mark_and_a_doubt():
    right = made(replace(JIMI, scope=("甲科",)), replace(MIMI, scope=("乙科",)))

    assert right.scope == ()
    assert right.doubts == (Doubt.NO_SCOPE,)
    assert right.mark == "机密★2031年6月30日"


@pytest.mark.parametrize(
    ("scopes", "unscoped"),
    [((("甲科",), ()), ("二",)), (((), ()), ("一", "二")), ((("甲科",), ("甲科",)), ())],
)
def test_a_member_that_names_no_readers_is_told_and_the_mark_stands(scopes, unscoped):
    pairs = zip((JIMI, MIMI), "一二", scopes, strict=True)
    right = made(*(replace(each, name=name, scope=scope) for each, name, scope in pairs))

    assert right.unscoped == unscoped
    assert right.doubts == ((Doubt.UNKNOWN_SCOPE,) if unscoped else ())
    assert right.mark == "机密★2031年6月30日"


def test_a_registered_document_is_a_member_by_its_own_level_or_that_of_what_was_taken():
    entry = Entry(1, "D-1", "jimi", Duration(10, "Y"), ends=date(2031, 6, 30), scope=("甲科",))

    assert Member.of(entry).level == "jimi"
    assert Member.of(entry, "mimi").level == "mimi"
    assert made(Member.of(entry)).scope == ("甲科",)
    assert Member.of(entry).until == EndDate(2031, 6, 30)
    assert Member.of(replace(entry, assumed=True, period=None)).until is None


def test_every_reason_has_its_words():
    for doubt in set(Doubt) - {Doubt.UNKNOWN_SCOPE}:  # told by the names of the members
        assert Derived(None, doubts=(doubt,)).why.zh
