"""Which paragraphs bear a mark of their own, and what only looks like one."""

import pytest

from markscan.document import Area, Document, Part, Place
from markscan.match.portions import find_portions, highest

RANKS = {"mimi": 1, "jimi": 2, "juemi": 3}


def document(text: str, area: Area = Area.BODY, name: str = "草稿.txt") -> Document:
    return Document(name, name, "text", (Part(text, Place(area)),))


def levels(text: str) -> list[str | None]:
    return [each.marking.level for each in find_portions(document(text))]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("（机密）该工程位于市区北部。", "jimi"),
        ("(机密)该工程位于市区北部。", "jimi"),
        ("【秘密】该工程位于市区北部。", "mimi"),
        ("[绝密★30年]第三节 有关情况", "juemi"),
        ("〔机密〕一、基本情况介绍", "jimi"),
        ("　　（秘密级）该工程位于市区北部。", "mimi"),
        ("一、（机密）该工程位于市区北部。", "jimi"),
        ("1.（机密）该工程位于市区北部。", "jimi"),
        ("密点（机密）：有关数据如下", "jimi"),
        ("密点：机密", "jimi"),
        ("密点2：秘密。有关数据如下", "mimi"),
    ],
)
def test_a_paragraph_may_begin_with_its_level(text, level):
    assert levels(text) == [level]


@pytest.mark.parametrize(
    "text",
    [
        "（机密）",
        "【机密★10年】",
        "（绝密）、（机密）、（秘密）三级分别标注。",
        "（秘密）是指一般的国家秘密。",
        "（机密）文件应当专人管理。",
        "1.（机密）建设方案",
        "该工程（机密）位于市区北部。",
        "（机密一般的事项，由处长确定）该工程位于北部。",
        "（工作秘密）该工程位于市区北部。",
        "密点是指关键内容。",
    ],
)
def test_what_marks_no_paragraph(text):
    assert levels(text) == []


def test_cells_are_left_to_ledgers_and_forms():
    assert find_portions(document("（机密）该工程位于市区北部。", Area.CELL)) == []


def test_the_highest_comes_first_of_its_kind():
    found = find_portions(
        document("（秘密）甲处位于北部。\n（机密）乙处位于南部。\n（机密）丙处位于东部。")
    )

    best = highest(found, RANKS)

    assert best is found[1]
    assert highest([], RANKS) is None
