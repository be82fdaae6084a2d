"""Which of several markings count: those of the members of a compilation, not examples."""

import pytest
from example_case import case_of

from markscan.rules import Example, Task

FIRST = "关于库房搬迁的报告\n各单位：\n　　库房分两期搬迁，现场由两人值守。\n"
SECOND = "关于值守安排的方案\n　　夜间由三人轮换，逐日登记。\n"
NUMBERED = "某某市水务局文件\n某水密〔2024〕3号\n关于值守安排的方案\n"
LAW = "第一条 库房分两期搬迁。\n第二条 现场由两人值守。\n第三条 夜间逐日登记。\n"


def marks(text: str) -> list[str]:
    case = case_of(Example(text, name="某件.txt", task=Task.SCAN))
    return [seen.marking.canonical for seen in case.state]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"机密★20年\n有关文件汇编\n\n机密★15年\n{FIRST}\n秘密★5年\n{SECOND}",
            ["机密★20年", "机密★15年", "秘密★5年"],
        ),
        (
            f"机密★20年\n有关文件汇编\n机密★15年\n{NUMBERED}{LAW}\n秘密★5年\n{NUMBERED}{LAW}",
            ["机密★20年", "机密★15年", "秘密★5年"],
        ),
        ("有关标志写法\n绝密★30年\n机密★20年\n秘密★10年\n" + FIRST, []),
        ("保密法规汇编\n标志有三种：\n绝密★30年\n机密★20年\n秘密★10年\n" + LAW, []),
    ],
    ids=["members", "members with articles", "examples", "examples in a collection of laws"],
)
def test_markings_close_together_count_where_each_heads_a_document(text, expected):
    assert marks(text) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [(NUMBERED, ["秘密★5年"]), ("", [])],
    ids=["a numbered document", "a line among articles"],
)
def test_among_articles_a_marking_counts_where_it_heads_a_document(head, expected):
    text = f"有关规定\n{LAW}\n某某市水务局\n2024年3月5日\n\n秘密★5年\n{head}{LAW}"

    assert marks(text)[-1:] == expected
