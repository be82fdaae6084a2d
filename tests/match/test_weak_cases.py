"""A level word without star or period is a marking where it reads like one; a full mark always."""

from datetime import date

import pytest

from markscan.document import Area, Document, Part, Place
from markscan.finding import Role
from markscan.match.matcher import Matcher
from markscan.match.weak_cases import WeakCases
from markscan.termlist import TermList

NOTES = "会议安排\n时间：周三\n地点：三楼\n参加：李某\n议题：经费\n记录：王某\n备注：无\n"


@pytest.fixture(scope="module")
def matcher():
    return Matcher(TermList.of(()), TermList.of(()), little=True)


def roles(matcher, text):
    document = Document("a.txt", "a.txt", "text", (Part(text, Place(Area.BODY)),))
    return [seen.role for seen in matcher.observe(document, date(2026, 1, 1)).markings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "机密\n关于边境设施建设情况的报告\n市委：\n现将情况报告如下。",
            [Role.MARKING],
            id="head of a report",
        ),
        pytest.param(
            "关于举办歌咏比赛的通知\n秘密\n我有一个秘密，藏在书包里\n", [], id="title of a song"
        ),
        pytest.param("第三章\n秘密\n李某推开门，屋里空无一人。\n", [], id="chapter of a novel"),
        pytest.param(
            "文件移交清单\n关于换届的请示\n机密\n2份\n关于核查的报告\n秘密\n1份\n",
            [Role.REFERENCE, Role.REFERENCE],
            id="list of other documents",
        ),
        pytest.param(NOTES + "机密\n", [], id="a last line without more"),
    ],
)
def test_a_bare_level_is_read_by_its_surroundings(matcher, text, expected):
    assert roles(matcher, text) == expected


@pytest.mark.parametrize("mark", ["机密★10年", "绝密★长期", "秘密★2030年1月1日"])
def test_the_model_is_never_asked_about_a_full_marking(matcher, mark, monkeypatch):
    def fail(*_):
        raise AssertionError("asked")

    monkeypatch.setattr(WeakCases, "_read", fail)
    text = f"关于举办歌咏比赛的通知\n{mark}\n我有一个秘密，藏在书包里\n"
    assert roles(matcher, text) == [Role.MARKING]


def test_a_text_without_weak_cases_does_not_load_the_model(matcher):
    fresh = Matcher(TermList.of(()), TermList.of(()), little=True)
    roles(fresh, "机密★10年\n关于举办比赛的通知\n他们心里都有一个秘密。\n")
    assert "model" not in vars(fresh._occurrences)
