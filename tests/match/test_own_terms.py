"""Whose terms are sought, which tell what a text is, and how many hits are told."""

from datetime import date
from pathlib import Path

import pytest

from markscan import Config, Scanner
from markscan.document import Area, Document, Part, Place
from markscan.match import own_terms
from markscan.match.matcher import Matcher
from markscan.policy import Policy
from markscan.termlist import Term, TermList, shipped_list

TODAY = date(2026, 1, 1)
MARKED = "机密★10年\n某某市人民政府文件\n关于青禾渡口的请示\n各单位：\n请批示。\n"


def document(text: str) -> Document:
    return Document("a.txt", "a.txt", "text", (Part(text, Place(Area.BODY)),))


def observed(text: str, *own: Term, shipped: TermList | None = None):
    shipped = TermList.of(()) if shipped is None else shipped
    return Matcher(shipped, TermList.of(own), little=True).observe(document(text), TODAY)


def term(topic: str, text: str, **more) -> Term:
    return Term(f"{topic}.{text}", topic, text, **more)


@pytest.mark.parametrize("topic", ["exam", "teaching", "template", "taiwan", "fiction", "计划"])
def test_own_terms_are_sought_whatever_their_topic_is_called(topic):
    seen = observed("关于青禾渡口的请示", term(topic, "青禾渡口"), shipped=shipped_list())

    assert [(each.topic, each.own, each.weight) for each in seen.terms] == [(topic, True, 1.0)]


def test_terms_of_shipped_topics_are_not_own():
    seen = observed("后备干部和青禾渡口", term("matter", "青禾渡口"), shipped=shipped_list())

    assert [(each.topic, each.own) for each in seen.terms] == [("matter", False), ("matter", True)]


def test_a_topic_may_have_dots():
    seen = observed("青禾渡口", Term("计划.2026.3", "计划.2026", "青禾渡口", weight=0.25))

    assert [(each.topic, each.term) for each in seen.terms] == [("计划.2026", "计划.2026.3")]
    assert seen.terms[0].weight == 0.25


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("template.txt", "机密\n青禾渡口\n请示\n"),
        ("exam.txt", "请示\n青禾渡口\n"),
        ("清单.csv", "词条,主题\n青禾渡口,exam\n请示,teaching\n请示,taiwan\n请示,fiction\n"),
    ],
)
@pytest.mark.parametrize("task", ["check", "scan"])
def test_an_own_list_changes_no_verdict_on_a_marking(tmp_path: Path, name, content, task):
    (tmp_path / name).write_text(content, "utf-8")
    draft = tmp_path / "关于青禾渡口的请示.txt"
    draft.write_text(MARKED, "utf-8")
    outcomes = [
        Scanner(Config(task=task, lexicons=lists, policy=Policy(), ocr=False)).scan_file(draft)
        for lists in ((), (tmp_path / name,))
    ]

    without, with_list = outcomes
    assert "MS301" in {finding.rule for finding in without.findings}
    assert with_list == without


def test_the_hits_told_of_one_topic_are_limited_and_leave_those_of_others(monkeypatch):
    monkeypatch.setattr(own_terms, "MOST", 100)
    monkeypatch.setattr(own_terms, "_STEP", 7)
    text = "青禾渡口。" * 500 + "白石仓库。后备干部。青禾渡口。"
    own = term("a", "青禾渡口"), term("b", "白石仓库"), term("matter", "青禾渡口")
    seen = observed(text, *own, shipped=shipped_list()).terms

    told = [(each.topic, each.own) for each in seen]
    assert told.count(("a", True)) == told.count(("matter", True)) == 100
    assert told.count(("b", True)) == told.count(("matter", False)) == 1
    assert [each.span.start for each in seen if each.topic == "a"] == list(range(0, 500, 5))


def test_hits_that_do_not_count_take_no_room(monkeypatch):
    monkeypatch.setattr(own_terms, "MOST", 2)
    monkeypatch.setattr(own_terms, "_STEP", 4)
    text = "校长风采。" * 300 + "代号长风。" * 3
    seen = observed(text, term("a", "长风", before="代号")).terms

    assert [each.span.start for each in seen] == [1502, 1507]


def test_very_many_topics_have_fewer_hits_each(monkeypatch):
    monkeypatch.setattr(own_terms, "ALTOGETHER", 40)
    monkeypatch.setattr(own_terms, "FEWEST", 3)
    own = [term(f"t{n}", f"青禾{'甲乙丙丁戊己庚辛壬癸'[n]}") for n in range(10)]

    assert len(observed("青禾甲，" * 50, *own[:1]).terms) == 40
    assert len(observed("青禾甲，" * 50, *own).terms) == 4
    assert len(observed("青禾甲，青禾乙。" * 50, *own).terms) == 8

    monkeypatch.setattr(own_terms, "ALTOGETHER", 20)
    assert len(observed("青禾甲，" * 50, *own).terms) == 3


def test_patterns_share_one_limit_over_all_steps(monkeypatch):
    monkeypatch.setattr(own_terms, "_STEP", 1)
    text = ("c" + "a" * 63 + "长风。") * 30
    seen = observed(text, term("a", "长风", before="b(a|aa)+"))

    assert len(seen.terms) == seen.undecided == 30


def test_a_text_of_common_words_has_few_hits_told():
    words = [term("词", word) for word in ("工作", "发展", "管理", "问题")]
    seen = observed("管理工作发展问题，" * 10_000, *words)

    assert len(seen.terms) == own_terms.MOST


def test_a_text_without_terms_has_none():
    assert observed("关于开会的通知", term("a", "青禾渡口")).terms == ()
    assert observed("", term("a", "青禾渡口")).terms == ()
