"""Matters of the unit's own lists in places where they must not lie (MS321), case by case."""

from dataclasses import replace
from pathlib import Path

import pytest
from example_case import case_of

from markscan import Config, Scanner
from markscan.document import Area
from markscan.finding import Severity, Verdict
from markscan.policy import Policy
from markscan.rules import Example, Task, judge
from markscan.termlist import Term

TEXT = "工作简报\n青禾渡口和白石仓库已经完工。\n青禾渡口二期即将开工。"
PORT, STORE = Term("甲.1", "甲", "青禾渡口"), Term("甲.2", "甲", "白石仓库")
LOW = Example(TEXT, task=Task.SCAN, highest="", terms=(PORT,))


def found(example: Example):
    return [finding for finding in judge(case_of(example)) if finding.rule == "MS321"]


def weighing(*weights: float) -> tuple[Term, ...]:
    texts = ("青禾渡口", "白石仓库", "已经完工", "即将开工")
    return tuple(
        Term(f"甲.{n}", "甲", text, weight=weight)
        for n, (text, weight) in enumerate(zip(texts, weights, strict=False))
    )


def test_a_finding_names_topic_count_and_ids_never_the_terms():
    (finding,) = found(replace(LOW, terms=(PORT, STORE)))
    told = finding.message.zh + finding.message.en + finding.fix.zh + finding.quote

    assert finding.message.zh.startswith("出现本单位词库“甲”的词条 3 处（1、2），")
    assert "青禾" not in told and "白石" not in told
    assert finding.verdict is Verdict.TO_VERIFY
    assert finding.place is not None and finding.place.area is Area.BODY
    assert finding.others == ()


def test_each_topic_is_told_once_and_has_a_key_of_its_own():
    other = Term("乙.1", "乙", "白石仓库")
    both = found(replace(LOW, terms=(PORT, other)))
    one = found(replace(LOW, terms=(other,)))

    assert len(both) == 2
    assert [finding.key for finding in one] == [both[1].key]


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ((1.0,), True),
        ((0.5,), True),  # it stands there twice
        ((0.3,), False),
        ((0.3, 0.3), False),
        ((0.3, 0.3, 0.1), True),
        ((0.4, 0.1, 0.1), True),
        ((0, 0.9), False),
        ((0, 0.9, 0.1), True),
        ((0,), False),
        ((0.1,) * 4, False),
    ],
)
def test_a_topic_counts_where_its_weights_add_up_to_one(weights, told):
    assert bool(found(replace(LOW, terms=weighing(*weights)))) is told


def test_weights_of_different_topics_do_not_add_up():
    halves = (Term("甲.1", "甲", "白石仓库", weight=0.5), Term("乙.1", "乙", "完工", weight=0.5))

    assert not found(replace(LOW, terms=halves))


@pytest.mark.parametrize(
    ("example", "severity"),
    [
        (LOW, Severity.MEDIUM),
        (replace(LOW, kind="public"), Severity.MEDIUM),
        (replace(LOW, kind="internal"), Severity.LOW),
        (replace(LOW, highest=None), Severity.MEDIUM),
        (replace(LOW, highest="mimi"), None),
        (replace(LOW, task=Task.CHECK), None),
        (replace(LOW, terms=()), None),
    ],
)
def test_the_place_decides(example, severity):
    assert [finding.severity for finding in found(example)] == [severity] * (severity is not None)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("机密★10年", False),
        ("秘密★5年", False),
        ("工作秘密", False),
        ("内部资料", True),
        ("（此件公开发布）", True),
        ("", True),
    ],
)
def test_a_marked_file_is_for_other_rules(head, told):
    assert bool(found(replace(LOW, text=f"{head}\n{TEXT}"))) is told


@pytest.mark.parametrize("area", [Area.COMMENT, Area.PROPERTY, Area.HEADER, Area.HIDDEN, Area.CELL])
def test_terms_count_wherever_they_stand(area):
    (finding,) = found(replace(LOW, text="工作简报", parts=((area, "x", "青禾渡口"),)))

    assert finding.place is not None and finding.place.area is area


@pytest.mark.parametrize("name", ["清单.txt", "exam.txt", "template.txt", "matter.txt", "a.b.txt"])
@pytest.mark.parametrize("task", ["scan", "review"])
def test_a_scan_with_an_own_list_reports_it(tmp_path: Path, name, task):
    (tmp_path / name).write_text("# 事项\n青禾渡口\n", "utf-8")
    (tmp_path / "简报.txt").write_text(TEXT, "utf-8")
    config = Config(task=task, lexicons=(tmp_path / name,), policy=Policy(), ocr=False)
    outcome = Scanner(config).scan_file(tmp_path / "简报.txt")

    (finding,) = outcome.findings
    assert finding.rule == "MS321"
    assert f"“{name.removesuffix('.txt')}”的词条 2 处（2）" in finding.message.zh
    assert finding.place is not None and finding.place.line == 2
    assert outcome.advice == ()


def test_a_draft_is_advised_of_an_own_list_of_any_name(tmp_path: Path):
    (tmp_path / "matter.txt").write_text("青禾渡口\n", "utf-8")
    (tmp_path / "简报.txt").write_text(TEXT, "utf-8")
    outcome = Scanner(Config(lexicons=(tmp_path / "matter.txt",), ocr=False)).scan_file(
        tmp_path / "简报.txt"
    )

    assert "MS321" not in {finding.rule for finding in outcome.findings}
    assert [a.message.zh.partition("；")[0] for a in outcome.advice] == [
        "命中本单位词库“matter”的词条 2 处（1）"
    ]
