"""Reports: what they say, and what they must never say."""

import json
from datetime import UTC, date, datetime
from importlib import resources

import jsonschema
import pytest
from builders_outcome import PLACE, SECRET, finding, outcome, report

from markscan.document import Area, GivenName, Place, Span
from markscan.finding import (
    Advice,
    Conclusion,
    Input,
    MarkingEvidence,
    Problem,
    Role,
    Severity,
    Status,
    Unjudged,
    Verdict,
    Zone,
)
from markscan.marking import Condition, Duration, Marking
from markscan.report import REPORTERS, Totals
from markscan.report.columns import fitted, width, wrapped
from markscan.report.marking import record as marking_record
from markscan.report.places import limit_words, other_places, place_words
from markscan.wording import INTERFACE, Text


def schema(name):
    text = resources.files("markscan").joinpath(f"schemas/{name}.schema.json").read_text("utf-8")
    value = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(value)
    return jsonschema.Draft202012Validator(value)


def full_outcome():
    marking = Marking("cn-state", "jimi", Duration(10, "Y"), "机密★10年", ("nostar",))
    evidence = MarkingEvidence(0, Span(0, 5), marking, PLACE, Zone.STRONG, Role.MARKING)
    lost = Problem("encrypted", Text("已加密", "encrypted"))
    member = outcome("共享/a.zip!b.docx", status=Status.UNREAD, problems=(lost,))
    inside = Problem("encrypted", Text("内含文件未读", "a file inside"), inside=True)
    return outcome(
        "共享/a.zip",
        format="zip",
        status=Status.PARTIAL,
        markings=(evidence,),
        findings=(finding(), finding(place=None, severity=Severity.LOW, verdict=None)),
        problems=(inside,),
        members=(member,),
    )


def objects(text):
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("quote", [False, True])
def test_every_object_of_the_json_lines_meets_the_schema(quote):
    validator = schema("outcome")

    lines = objects(report("jsonl", full_outcome(), outcome(), quote=quote))

    assert [line["locator"] for line in lines] == [
        "共享/a.zip",
        "共享/a.zip!b.docx",
        "共享/a.docx",
    ]
    for line in lines:
        validator.validate(line)


def test_json_lines_have_sorted_keys_and_bare_chinese():
    text = report("jsonl", full_outcome())

    assert "共享/a.zip" in text
    for line, value in zip(text.splitlines(), objects(text), strict=True):
        assert line == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_a_place_of_the_whole_file_is_null_and_a_box_has_four_edges():
    first, second = objects(report("jsonl", full_outcome()))[0]["findings"]

    assert first["place"]["box"] == [1.23, 2, 3, 4]
    assert second["place"] is None


def test_the_verdict_of_an_unread_file_is_null():
    assert objects(report("jsonl", full_outcome()))[1]["verdict"] is None


@pytest.mark.parametrize("name", list(REPORTERS))
@pytest.mark.parametrize("verbose", [False, True])
def test_document_text_is_in_a_report_only_if_quoted(name, verbose):
    told = report(name, full_outcome(), quote=True, verbose=verbose)
    silent = report(name, full_outcome(), quote=False, verbose=verbose)

    assert SECRET in told.replace("\n", "").replace(" ", "")
    assert SECRET[:6] not in silent


@pytest.mark.parametrize("name", list(REPORTERS))
@pytest.mark.parametrize(
    "evil", ["\x1b[2J", "a\nb", "\x9b31m", "\u202ecod", "\udcff", "\u2028", "\r", "\x7f"]
)
def test_a_name_cannot_steer_the_terminal(name, evil):
    lost = Problem("damaged", Text("损坏", "damaged"))
    bad = outcome(f"共享/{evil}.docx", findings=(finding(),), problems=(lost,))

    text = report(name, bad, verbose=True)

    text.encode("utf-8")
    assert evil not in text
    assert "\\x" in text or "\\u" in text or "%" in text


def test_a_name_is_no_markup():
    text = report("text", outcome("共享/[bold red]甲[/].docx", findings=(finding(),)))

    assert "[bold red]甲[/].docx" in text


def test_a_clean_file_is_only_counted():
    assert "a.docx" not in report("text", outcome())
    assert "a.docx" in report("text", outcome(), verbose=True)


def test_the_ledger_adds_up_and_names_causes():
    totals = Totals(handed=2, excluded=3)

    text = report("text", full_outcome(), outcome(), totals=totals)

    assert "发现文件 8 = 完整检查 1 + 部分检查 1 + 未能检查 3 + 按策略排除 3" in text
    assert "已加密 1" in text
    assert "高 1 · 低 1" in text
    assert text.rstrip().endswith("完了")
    known = totals.examined + totals.partial + totals.unread + totals.pending + totals.excluded
    assert totals.discovered == known


def test_a_quiet_report_holds_findings_alone():
    assert report("text", outcome(), quiet=True) == ""


def test_a_file_whose_findings_are_all_dismissed_is_not_said_to_be_clean():
    said = Conclusion("dismissed", "公开文件", "张三", datetime(2026, 3, 1, tzinfo=UTC))
    dismissed = outcome(findings=(finding(conclusion=said),))

    assert dismissed.verdict is Verdict.ALL_DISMISSED
    assert "已排除" in report("text", dismissed)
    assert "无问题" not in report("text", dismissed)


@pytest.mark.parametrize(
    ("format", "kind", "words"),
    [
        ("text", "dismissed", ["有效至 2026-09-01，限于 /srv/公开/"]),
        ("text", "confirmed", ["有效至", "2026-09-01", "限于"]),  # broken into lines of a table
        ("html", "dismissed", ["有效至 2026-09-01，限于 /srv/公开/"]),
        ("html", "confirmed", ["有效至 2026-09-01，限于 /srv/公开/"]),
        ("sarif", "dismissed", ["有效至 2026-09-01，限于 /srv/公开/"]),
    ],
)
def test_a_conclusion_is_told_with_its_limits(format, kind, words):
    at = datetime(2026, 3, 1, tzinfo=UTC)
    said = Conclusion(kind, "公开文件", "张三", at, date(2026, 9, 1), "/srv/公开/")
    told = report(format, outcome(findings=(finding(conclusion=said),)), keys=True)

    assert not [each for each in words if each not in told]


@pytest.mark.parametrize(
    ("until", "under", "words"),
    [
        (None, "", ""),
        (date(2026, 9, 1), "", "，有效至 2026-09-01"),
        (None, "/srv/\n/", r"，限于 /srv/\x0a/"),
        (date(2026, 9, 1), "/srv/", "，有效至 2026-09-01，限于 /srv/"),
    ],
)
def test_the_limits_of_a_conclusion_are_one_end_of_a_sentence(until, under, words):
    assert limit_words(until, under).zh == words


def test_the_text_report_speaks_of_places_and_verdicts_in_words():
    text = report("text", full_outcome())

    for words in (
        "第1页 页眉",
        "整个文件",
        "标志有误",
        "部分检查",
        "未能检查",
        "缺少五角星",
        "第4条",
    ):
        assert words in text.replace("\n", "")


def test_the_gravest_finding_stands_first():
    low, high = finding(Severity.LOW, rule="MS101"), finding(Severity.CRITICAL, rule="MS301")

    text = report("text", outcome(findings=(low, high)))

    assert text.index("MS301") < text.index("MS101")


def test_no_line_of_a_table_is_wider_than_a_hundred_columns():
    long = Text("规定第31条第3项、" * 20, "article 31 item 3, " * 20)
    text = report("text", outcome(findings=(finding(message=long, fix=long),)))

    assert max(width(line) for line in text.splitlines()) <= 100
    assert "…" not in text


def test_everything_a_report_names_has_its_word():
    for kind, codes in {
        "severity": [s.code for s in Severity],
        "verdict": [v.value for v in Verdict],
        "status": [s.value for s in Status],
        "place": [a.value for a in Area],
        "input": [i.value for i in Input],
        "cause": schema("outcome").schema["$defs"]["problem"]["properties"]["code"]["enum"],
    }.items():
        for code in codes:
            assert INTERFACE[f"{kind}.{code}"].zh


def test_the_schema_knows_every_area_and_verdict():
    known = schema("outcome").schema
    assert set(known["$defs"]["place"]["properties"]["area"]["enum"]) == {a.value for a in Area}
    assert set(known["properties"]["verdict"]["enum"]) == {None, *(v.value for v in Verdict)}


OTHERS = (Place(Area.BODY, 2, "p7"), Place(Area.CELL, 3, "T1!R2C3"))
ADVICE = Advice(Text("提到物资储备数量", "names stocks"), Text("保密法第13条", "law 13"), OTHERS[0])


def test_one_finding_names_all_its_places():
    found = finding(others=(*OTHERS, PLACE, OTHERS[0]))

    text = report("text", outcome(findings=(found,))).replace("\n", " ")
    (value,) = objects(report("jsonl", outcome(findings=(found,))))[0]["findings"]

    assert " ".join(text.split()).count("另见") == 1
    assert [place["label"] for place in value["others"]] == [
        "p7",
        "T1!R2C3",
        "word/header1.xml",
        "p7",
    ]


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ((), ""),
        ((PLACE,), ""),
        (OTHERS, "另见 第2页 正文 第7段；第3页 表格1第2行第3列"),
        (OTHERS * 3, "另见 第2页 正文 第7段；第3页 表格1第2行第3列"),
        (
            tuple(Place(Area.BODY, n) for n in range(1, 8)),
            "另见 第1页 正文；第2页 正文；第3页 正文；第4页 正文；第5页 正文 等7处",
        ),
    ],
)
def test_other_places_are_told_once_and_not_without_end(others, words):
    assert other_places(PLACE, others, "zh") == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(Area.BODY, 1, "p2", None, 2), "第1页 正文 第2段"),
        (Place(Area.BODY, None, "utf-8 1.00", None, 4), "正文 第4行"),
        (Place(Area.CELL, 1, "T2!R1C3"), "第1页 表格2第1行第3列"),
        (Place(Area.CELL, None, "sheet 2!B4"), "第2张表!B4"),
        (Place(Area.PROPERTY, None, "title"), "文件属性 title"),
        (Place(Area.PROPERTY, None, GivenName("某某工程")), "文件属性"),
        (None, "整个文件"),
    ],
)
def test_a_place_is_told_in_the_words_of_a_reader(place, words):
    assert place_words(place, "zh") == words


def test_advice_is_told_apart_from_findings_and_changes_no_verdict():
    advised = outcome(advice=(ADVICE,))

    text = report("text", advised)
    (value,) = objects(report("jsonl", advised))

    assert "请判定" in text
    assert "第2页 正文 第7段：提到物资储备数量（保密法第13条）" in text
    assert "无问题" in text
    schema("outcome").validate(value)
    assert value["verdict"] == "clean"
    assert value["advice"][0]["place"]["label"] == "p7"


def test_json_lines_without_advice_or_other_places_do_not_name_them():
    value = objects(report("jsonl", outcome(findings=(finding(),))))[0]

    assert "advice" not in value
    assert "others" not in value["findings"][0]


def test_rules_that_did_not_judge_are_named_on_asking():
    silent = tuple(
        Unjudged(rule, missing)
        for rule, missing in [
            ("MS101", Input.FORM),
            ("MS201", Input.LAYOUT),
            ("MS123", Input.FORM),
        ]
    )

    text = report("text", outcome(unjudged=silent), verbose=True)

    assert "未判断（缺定密审批单）：MS101、MS123" in text
    assert "未判断（缺版面信息）：MS201" in text
    assert "MS101" not in report("text", outcome(unjudged=silent))


def test_a_marking_and_no_marking_meet_the_schema():
    validator = schema("marking")
    exam = Marking("cn-state", "juemi", Condition("启用前"), "绝密★启用前")

    validator.validate(marking_record("绝密★启用前", exam))
    validator.validate(marking_record("你好", None))

    assert marking_record("绝密★启用前", exam)["period"] == "?启用前"
    assert marking_record("你好", None)["scheme"] is None


def test_text_is_measured_and_broken_by_columns():
    assert width("机密★10年") == 9
    assert fitted("共享/很长的文件夹名/文件.docx", 14) == "共享/…件.docx"
    assert width(fitted("共享/很长的文件夹名/文件.docx", 14)) <= 14
    assert wrapped("请改为机密，再报。", 8) == ["请改为机", "密，再", "报。"]
    assert wrapped("words stay whole", 10) == ["words stay", "whole"]


def test_sentences_have_the_same_values_in_both_languages():
    import re

    value = re.compile(r"(?<!{){\w+}(?!})")  # {{…}} stands for itself in templates
    for key, text in INTERFACE.items():
        assert sorted(value.findall(text.zh)) == sorted(value.findall(text.en)), key
