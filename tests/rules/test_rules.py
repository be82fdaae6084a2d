"""Every example of every rule through the real matcher, and how rules judge together."""

import string
from dataclasses import replace
from datetime import date

import pytest
from example_case import case_of

from markscan.document import Area
from markscan.end_date import after, end
from markscan.finding import Problem, Severity, Verdict
from markscan.lexicon import read_law
from markscan.marking import Condition, Duration, EndDate, LongTerm, Marking, Unusable
from markscan.policy import Location
from markscan.rules import RETIRED, RULES, Example, Hit, Rule, Task, judge
from markscan.rules.proper_form import proper
from markscan.wording import Text

FOUND = [(rule, example) for rule in RULES for example in rule.found]
CLEAN = [(rule, example) for rule in RULES for example in rule.clean]


def label(value: object) -> str:
    match value:
        case Rule():
            return value.code
        case Example():
            return ascii(value.text or value.name)[:60]
        case _:
            return ascii(value)[:60]


def codes(example: Example) -> list[str]:
    return [finding.rule for finding in judge(case_of(example))]


def faults_of_writing(example: Example) -> list[str]:
    """The codes of the rules on the marking itself, without those on the rest of the paper."""
    return [code for code in codes(example) if code.startswith("MS1")]


@pytest.mark.parametrize(("rule", "example"), FOUND, ids=label)
def test_an_example_of_the_fault_is_found(rule, example):
    assert rule.code in codes(example)


@pytest.mark.parametrize(("rule", "example"), CLEAN, ids=label)
def test_an_example_without_the_fault_is_clean(rule, example):
    assert rule.code not in codes(example)


@pytest.mark.parametrize("rule", RULES, ids=label)
def test_a_rule_has_a_whole_page(rule):
    assert len(rule.found) >= 3
    assert len(rule.clean) >= 3
    for text in (rule.name, rule.trigger, rule.basis, rule.message, rule.fix):
        assert text.zh.strip()
        assert text.en.strip()


@pytest.mark.parametrize("rule", RULES, ids=label)
def test_both_languages_have_the_same_braces(rule):
    for text in (rule.message, rule.fix):
        names = {name for _, name, _, _ in string.Formatter().parse(text.zh) if name}
        others = {name for _, name, _, _ in string.Formatter().parse(text.en) if name}
        assert others <= names


def test_rules_stand_in_code_order_and_no_code_is_used_twice():
    listed = [rule.code for rule in RULES]
    assert listed == sorted(set(listed))
    assert not set(listed) & set(RETIRED)


@pytest.mark.parametrize(("rule", "example"), FOUND, ids=label)
def test_a_finding_says_what_to_do_and_leaves_no_brace(rule, example):
    finding = next(f for f in judge(case_of(example)) if f.rule == rule.code)

    for text in (finding.message, finding.fix):
        assert not set("{}") & set(text.zh + text.en)
        assert "？" not in text.zh
        assert "★?" not in text.zh + text.en
        assert "“”" not in text.zh + text.en


@pytest.mark.parametrize(
    ("rule", "example"), [pair for pair in FOUND if pair[1].text.count("\n") >= 1], ids=label
)
def test_a_finding_quotes_no_line_of_the_text_but_the_marking(rule, example):
    finding = next(f for f in judge(case_of(example)) if f.rule == rule.code)

    for line in example.text.split("\n")[1:]:
        if line.startswith(("关于", "各单位", "根据", "按照")):
            assert line not in finding.message.zh + finding.fix.zh


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("机密☆10年", "机密★10年"),
        ("★机密", "机密★保密期限"),
        ("机密★2030年", "机密★2030年12月31日"),
        ("机密★2040年1月1日前", "机密★2039年12月31日"),
        ("秘密★6月", "秘密★6个月"),
        ("机密★24个月", "机密★2年"),
        ("机密★十年", "机密★10年"),
        ("絕密★10年", "绝密★10年"),
    ],
)
def test_a_fix_gives_the_right_form(text, fix):
    findings = judge(case_of(Example(f"{text}\n某某市人民政府文件\n关于召开会议的通知")))

    assert any(f"“{fix}”" in finding.fix.zh for finding in findings)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("秘密★18个月", "秘密★1年", "秘密★2年"), ("秘密★45日", "秘密★1个月", "秘密★2个月")],
)
def test_a_period_between_two_units_is_left_to_the_officer(text, low, high):
    findings = judge(case_of(Example(f"{text}\n关于召开会议的通知")))
    (finding,) = [f for f in findings if f.rule.startswith("MS1")]

    assert finding.rule == "MS108"
    assert low in finding.fix.zh
    assert high in finding.fix.zh


# The arithmetic of periods.

LAW = read_law(date(2026, 1, 1))
ISSUED = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("issued", "duration", "last"),
    [
        (date(2024, 2, 29), Duration(1, "Y"), date(2025, 2, 28)),
        (date(2024, 2, 29), Duration(4, "Y"), date(2028, 2, 29)),
        (date(2020, 3, 1), Duration(10, "Y"), date(2030, 3, 1)),
        (date(2024, 8, 31), Duration(6, "M"), date(2025, 2, 28)),
        (date(2024, 1, 31), Duration(1, "M"), date(2024, 2, 29)),
        (date(2024, 6, 15), Duration(0.5, "Y"), date(2024, 12, 15)),
        (date(2024, 12, 1), Duration(1, "M"), date(2025, 1, 1)),
        (date(2024, 1, 1), Duration(15, "D"), date(2024, 1, 16)),
        (date(2024, 1, 1), Duration(2, "W"), date(2024, 1, 15)),
        (date(2024, 1, 1), Duration(36, "H"), date(2024, 1, 3)),
        (date(9990, 1, 1), Duration(30, "Y"), None),
        (date(2024, 1, 1), Duration(1e9, "D"), None),
    ],
)
def test_a_period_ends_on_the_same_day_of_its_last_month(issued, duration, last):
    assert after(issued, duration) == last


@pytest.mark.parametrize(
    ("period", "last"),
    [
        (Duration(1, "Y"), date(2025, 2, 28)),
        (EndDate(2030, 12, 31), date(2030, 12, 31)),
        (EndDate(2030, 2), date(2030, 2, 28)),
        (EndDate(2030), date(2030, 12, 31)),
        (EndDate(2040, 1, 1, before=True), date(2039, 12, 31)),
        (Condition("开标前"), None),
        (LongTerm(), None),
        (Unusable(), None),
    ],
)
def test_a_written_period_has_an_end_where_it_can_be_computed(period, last):
    ending = end(Marking("cn-state", "jimi", period), ISSUED, LAW)

    assert (ending.last_day if ending else None) == last
    assert ending is None or not ending.assumed


@pytest.mark.parametrize(("level", "year"), [("mimi", 2034), ("jimi", 2044), ("juemi", 2054)])
def test_no_period_means_the_default_and_is_only_assumed(level, year):
    ending = end(Marking("cn-state", level), date(2024, 3, 1), LAW)

    assert ending is not None
    assert ending.last_day == date(year, 3, 1)
    assert ending.assumed


def test_without_a_day_of_issue_a_period_has_no_end():
    assert end(Marking("cn-state", "jimi", Duration(10, "Y")), None, LAW) is None


@pytest.mark.parametrize(
    ("today", "expired"), [(date(2025, 3, 1), False), (date(2025, 3, 2), True)]
)
def test_a_document_is_expired_from_the_day_after(today, expired):
    example = Example("秘密★1年\n关于召开会议的通知\n某某市人民政府\n2024年3月1日", today=today)

    assert ("MS501" in codes(example)) is expired


@pytest.mark.parametrize(("end_date", "found"), [("2034年3月1日", False), ("2034年3月2日", True)])
def test_a_date_may_reach_the_legal_maximum_and_no_further(end_date, found):
    example = Example(f"秘密★{end_date}\n关于召开会议的通知\n某某市人民政府\n2024年3月1日")

    assert ("MS109" in codes(example)) is found


# How rules silence each other.


@pytest.mark.parametrize("text", ["工作秘密★一年", "核心商密★十年", "内部★"])
def test_what_is_no_state_secret_needs_no_better_marking(text):
    assert codes(Example(f"{text}\n关于召开会议的通知")) == ["MS117"]


def test_an_expired_marking_is_not_above_any_ceiling():
    text = "机密★1年\n关于召开会议的通知\n某某市人民政府\n2020年3月1日"

    assert codes(Example(text, task=Task.SCAN, highest="")) == ["MS501"]


def test_an_impossible_end_does_not_release_a_file():
    text = "机密★2020年1月1日\n关于召开会议的通知\n某某市人民政府\n2025年3月1日"

    assert codes(Example(text, task=Task.SCAN, highest="")) == ["MS112", "MS301"]


def test_a_period_of_no_length_is_no_end():
    text = "秘密★0年\n关于召开会议的通知\n某某市人民政府\n2025年3月1日"

    assert faults_of_writing(Example(text)) == ["MS108"]


def test_a_placeholder_is_told_once():
    assert codes(Example("×密★×年\n关于召开会议的通知")) == ["MS114"]


def test_a_bare_level_lacks_its_period_not_its_star():
    found = codes(Example("机密\n某某市人民政府文件\n关于召开会议的通知"))

    assert "MS102" in found
    assert "MS103" not in found


def test_a_claim_without_a_marking_is_one_finding():
    example = Example("关于召开会议的通知", parts=((Area.PROPERTY, "密级", "机密"),))

    assert codes(example) == ["MS101"]


@pytest.mark.parametrize(("area", "times"), [(Area.HEADER, 1), (Area.BODY, 3)])
def test_what_a_header_repeats_on_each_page_is_told_once(area, times):
    part = (area, "word/header1.xml", "秘密★20年")

    example = Example("关于召开会议的通知", parts=(part, part, part))

    assert faults_of_writing(example) == ["MS109"] * times


# Places.

LOW = Example("机密★10年\n关于召开会议的通知", task=Task.SCAN, highest="")


def test_a_marked_file_in_a_low_place_is_critical():
    (finding,) = judge(case_of(LOW))

    assert (finding.rule, finding.severity) == ("MS301", Severity.CRITICAL)
    assert finding.verdict is Verdict.ABOVE_CEILING
    assert "机密★10年" in finding.message.zh


@pytest.mark.parametrize("area", [Area.HEADER, Area.COMMENT, Area.NOTE, Area.HIDDEN, Area.DELETED])
def test_a_weak_zone_lowers_the_severity_and_says_why(area):
    example = replace(LOW, text="关于召开会议的通知", parts=((area, "", "机密★10年"),))

    finding = next(f for f in judge(case_of(example)) if f.rule == "MS301")

    assert finding.severity is Severity.HIGH
    assert "只见于" in finding.message.zh


def test_a_file_name_alone_is_at_most_medium():
    example = replace(LOW, text="关于召开会议的通知", name="【机密】会议通知.txt")

    finding = next(f for f in judge(case_of(example)) if f.rule == "MS301")

    assert finding.severity is Severity.MEDIUM


def test_a_file_name_counts_fully_when_the_text_agrees():
    finding = next(
        f for f in judge(case_of(replace(LOW, name="【机密】会议通知.txt"))) if f.rule == "MS301"
    )

    assert finding.severity is Severity.CRITICAL


def test_a_file_above_its_place_is_told_once_by_its_highest_marking():
    example = replace(
        LOW, text="秘密★5年\n关于召开会议的通知", parts=((Area.HEADER, "", "绝密★30年"),)
    )

    findings = [f for f in judge(case_of(example)) if f.rule == "MS301"]

    assert len(findings) == 1
    assert "绝密★30年" in findings[0].message.zh
    assert findings[0].severity is Severity.CRITICAL


@pytest.mark.parametrize(
    ("text", "rule", "severity"),
    [
        ("工作秘密 1年", "MS323", Severity.HIGH),
        ("核心商密 10年", "MS324", Severity.MEDIUM),
        ("内部资料 注意保存", "MS323", Severity.MEDIUM),
    ],
)
def test_other_schemes_are_judged_only_where_the_policy_speaks_of_them(text, rule, severity):
    unlisted = replace(LOW, text=f"{text}\n关于召开会议的通知")
    public = replace(unlisted, kind="public")

    (finding,) = [f for f in judge(case_of(public)) if f.rule == rule]

    assert finding.severity is severity
    assert "MS301" not in codes(public)
    assert rule not in codes(unlisted)


def test_raising_the_ceiling_never_adds_a_finding():
    found = [len(codes(replace(LOW, highest=high))) for high in ("", "mimi", "jimi", "juemi")]

    assert found == sorted(found, reverse=True)
    assert found[-1] == 0


def test_an_unmarked_central_document_is_a_reminder_where_internal_papers_may_lie():
    text = "中办通报〔2018〕997号\n关于有关情况的通报"
    unlisted = case_of(replace(LOW, text=text))
    internal = replace(
        unlisted, location=Location("/srv", kind="internal", highest=(("cn-work", "gongzuo"),))
    )

    assert [f.severity for f in judge(unlisted) if f.rule == "MS306"] == [Severity.MEDIUM]
    assert [f.severity for f in judge(internal) if f.rule == "MS306"] == [Severity.INFO]


def test_a_family_is_named_once_with_a_count_and_no_number():
    text = "关于学习的通知\n各单位：\n根据中办发〔2019〕998号和中办发〔2019〕999号要求，抓好落实。"

    (finding,) = [f for f in judge(case_of(replace(LOW, text=text))) if f.rule == "MS305"]

    assert "2处" in finding.message.zh
    assert "998" not in finding.message.zh + finding.fix.zh


# Files that were not read.


@pytest.mark.parametrize(
    ("problem", "code", "severity"),
    [
        ("encrypted", "MS310", Severity.MEDIUM),
        ("damaged", "MS310", Severity.LOW),
        ("unsupported", "MS310", Severity.LOW),
        ("no-text-layer", "MS316", Severity.LOW),
    ],
)
def test_a_file_that_was_not_read_is_told_once_without_a_verdict(problem, code, severity):
    (finding,) = judge(case_of(Example(name="会议纪要.docx", problem=problem)))

    assert (finding.rule, finding.severity, finding.verdict) == (code, severity, None)


def test_a_file_inside_answers_for_itself():
    inside = Problem("encrypted", Text("内含文件", "a file inside"), inside=True)

    assert judge(replace(case_of(Example("关于召开会议的通知")), problems=(inside,))) == []


def test_what_was_not_read_is_not_missing():
    example = Example(name="【机密】会议通知.docx", problem="encrypted")

    assert codes(example) == ["MS310"]


def test_findings_keep_their_keys_when_the_text_moves():
    one = judge(case_of(Example("机密☆10年\n关于召开会议的通知")))
    two = judge(case_of(Example("\n机密☆10年\n关于召开会议的紧急通知")))

    assert [f.key for f in one] == [f.key for f in two]


def test_a_disabled_rule_stays_silent():
    case = case_of(Example("机密☆10年\n关于召开会议的通知"))

    assert "MS104" in {f.rule for f in judge(case)}
    assert "MS104" not in {f.rule for f in judge(case, disabled={"MS104"})}


def test_a_right_form_is_empty_where_there_is_none():
    assert proper(Marking("cn-internal", "neibu")) == ""
    assert Hit().evidence == ()
