"""SARIF 2.1.0: what the standard demands of one run."""

import json

import pytest
from builders_outcome import PLACE, finding, outcome, report

import markscan
from markscan.document import Area, Box, Place
from markscan.finding import Advice, Problem, Severity, Status
from markscan.report import Totals
from markscan.report.sarif import file_uri
from markscan.wording import INTERFACE, Text

LINE = Place(Area.BODY, None, "utf-8 1.00", None, 4)
LOST = Problem("encrypted", Text("没有口令", "no password"))


def run(*outcomes, **manner):
    value = json.loads(report("sarif", *outcomes, **manner))
    assert value["version"] == "2.1.0"
    (only,) = value["runs"]
    return only


def result(**changes):
    (only,) = run(outcome(findings=(finding(**changes),)))["results"]
    return only


def test_an_empty_run_is_whole():
    empty = run()

    assert empty["results"] == []
    assert empty["columnKind"] == "unicodeCodePoints"
    assert empty["tool"]["driver"]["name"] == "MarkScan"
    assert empty["tool"]["driver"]["version"] == markscan.__version__
    assert "informationUri" not in empty["tool"]["driver"]
    assert empty["invocations"] == [
        {
            "executionSuccessful": True,
            "exitCodeDescription": "完了",
            "toolExecutionNotifications": [],
        }
    ]


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_a_run_names_its_language(language, tag):
    assert run(language=language)["language"] == tag


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.CRITICAL, "error"),
        (Severity.HIGH, "error"),
        (Severity.MEDIUM, "warning"),
        (Severity.LOW, "note"),
        (Severity.INFO, "note"),
    ],
)
def test_severities_become_levels(severity, level):
    told = result(severity=severity)

    assert told["level"] == level
    assert told["properties"]["severity"] == severity.code


def test_a_result_says_what_is_wrong_and_what_is_right():
    assert result()["message"] == {"text": "缺少五角星。请改为“机密★10年”。"}
    assert result()["partialFingerprints"] == {"markscan/v1": "v1:00"}
    assert result(message=Text("{x}", "{x}"))["message"]["text"].startswith("{{x}}")


def test_only_rules_that_were_hit_are_described_and_results_point_to_them():
    codes = ["MS118", "MS103", "MS118", "MS103"]
    whole = run(outcome(findings=tuple(finding(rule=code) for code in codes)))
    rules = whole["tool"]["driver"]["rules"]

    assert [rule["id"] for rule in rules] == ["MS118", "MS103"]
    for one in whole["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
    for rule in rules:
        for part in ("shortDescription", "fullDescription", "help"):
            assert rule[part]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert "{" not in rule["help"]["text"]


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("共享/a b.docx", "%E5%85%B1%E4%BA%AB/a%20b.docx"),
        ("c:x/甲#1.txt", "c%3Ax/%E7%94%B2%231.txt"),
        ("/srv/a.docx", "file:///srv/a.docx"),
        ("D:/a b/c.docx", "file:///D:/a%20b/c.docx"),
        ("//server/share/a.docx", "file://server/share/a.docx"),
        ("a\x1b.txt", "a%1B.txt"),
    ],
)
def test_a_path_becomes_a_uri(path, written):
    assert file_uri(path) == written


def test_a_place_is_a_line_where_there_is_one_and_words_always():
    (location,) = result(place=LINE)["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 4}
    assert location["logicalLocations"] == [{"name": "正文 第4行", "kind": "body"}]

    (location,) = result(place=PLACE)["locations"]
    assert "region" not in location["physicalLocation"]
    assert location["logicalLocations"] == [{"name": "第1页 页眉", "kind": "header"}]
    assert location["properties"]["box"] == [1.23, 2, 3, 4]

    (location,) = result(place=None)["locations"]
    assert "logicalLocations" not in location


def test_a_file_inside_another_is_a_place_in_the_one_on_disk():
    inner = outcome("共享/a!b.zip!内/c.docx", findings=(finding(place=LINE),))
    outer = outcome("共享/a!b.zip", format="zip", members=(inner,))

    ((location,),) = [one["locations"] for one in run(outer)["results"]]

    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "%E5%85%B1%E4%BA%AB/a%21b.zip"}
    }
    assert location["logicalLocations"][0] == {
        "fullyQualifiedName": "内/c.docx",
        "kind": "member",
    }


def test_other_places_are_related_locations():
    others = (Place(Area.BODY, 2, "p7"), Place(Area.BODY, 3, "", Box(1, 2, 3, 4)))

    related = result(others=others)["relatedLocations"]

    assert [one["id"] for one in related] == [1, 2]
    assert "relatedLocations" not in result()


@pytest.mark.parametrize(
    ("status", "level"), [(Status.UNREAD, "error"), (Status.PARTIAL, "warning")]
)
def test_what_was_not_read_is_notified_with_its_cause(status, level):
    whole = run(outcome(status=status, problems=(LOST,)))

    assert whole["results"] == []
    (notice,) = whole["invocations"][0]["toolExecutionNotifications"]
    assert notice["level"] == level
    assert notice["descriptor"] == {"id": "encrypted", "index": 0}
    assert notice["message"]["text"] == "没有口令"
    assert notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert [one["id"] for one in whole["tool"]["driver"]["notifications"]] == ["encrypted"]


def test_advice_is_for_review_and_no_level():
    advice = Advice(Text("提到储备", "names stocks"), Text("保密法第13条", "law 13"), LINE)
    whole = run(outcome(advice=(advice,)))

    (told,) = whole["results"]
    assert (told["kind"], told["level"]) == ("review", "none")
    assert whole["tool"]["driver"]["rules"][told["ruleIndex"]]["id"] == told["ruleId"]


@pytest.mark.parametrize(
    ("key", "whole"), [("end.all", True), ("end.internal", False), ("end.interrupted", False)]
)
def test_a_run_cut_short_is_not_successful(key, whole):
    (invocation,) = run(end=INTERFACE[key])["invocations"]

    assert invocation["executionSuccessful"] is whole


def test_the_coverage_is_told():
    coverage = run(outcome(), totals=Totals(excluded=2))["properties"]["coverage"]

    assert coverage["discovered"] == 3
    assert coverage["discovered"] == sum(
        coverage[name] for name in ("examined", "partial", "unread", "excluded")
    )
