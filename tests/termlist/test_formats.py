"""What a list of terms may say, in each format, and what is refused by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from markscan.errors import LexiconError
from markscan.termlist import Term, read_entries, read_terms

HEAD = 'topic = "甲"\nsource = "自编"\n'
CSV = "词条,编号,主题,权重,边界,前文,后文,示例,反例,备注\n"
FULL = "项目甲,a,工程,2.5,否,关于,的通知,关于项目甲的通知,项目甲,内部使用\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def terms(folder: Path, name: str, content: str | bytes) -> list[Term]:
    (entries,) = read_entries([write(folder, name, content)])
    return list(entries.terms())


FULL_TERM = Term(
    "工程.a",
    "工程",
    "项目甲",
    ("关于项目甲的通知",),
    ("项目甲",),
    2.5,
    False,
    "关于",
    "的通知",
)
FULL_TOML = """topic = "工程"
source = "自编"
[[term]]
id = "a"
text = "项目甲"
examples = ["关于项目甲的通知"]
counter_examples = ["项目甲"]
weight = 2.5
bounded = false
before = "关于"
after = "的通知"
"""
READ = {
    "a plain list": ("清单.txt", "# 说明\n\n项目甲\n  项目乙 \r\n", ["清单.3", "清单.4"]),
    "a plain list in GB 18030": (
        "清单.txt",
        "项目甲\n项目镕".encode("gb18030"),
        ["清单.1", "清单.2"],
    ),
    "a plain list with a mark": ("清单.txt", "\ufeff项目甲", ["清单.1"]),
    "a plain list in UTF-16 with its mark": ("清单.txt", "项目甲\n".encode("utf-16"), ["清单.1"]),
    "a suffix in capitals": ("清单.TXT", "项目甲", ["清单.1"]),
    "a table with one column": ("清单.csv", "词条\n项目甲\n\n项目乙\n", ["清单.2", "清单.4"]),
    "a table of Excel": ("清单.csv", "\ufeff词条,编号\r\n项目甲,7\r\n", ["清单.7"]),
    "a table in GB 18030": ("清单.csv", "词条\t主题\n项目甲\t工程".encode("gb18030"), ["清单.2"]),
    "a table with semicolons": ("清单.csv", "Text;Topic;Id\nalpha;x;1\n", ["x.1"]),
    "a table with empty rows at the end": ("清单.csv", "词条,编号\n项目甲,1\n,\n", ["清单.1"]),
    "a quoted cell": ("清单.csv", '词条,备注\n"项目,甲","说""明"\n', ["清单.2"]),
    "TOML": ("a.toml", HEAD + '[[term]]\nid = "x"\ntext = "项目甲"\n', ["甲.x"]),
}


@pytest.mark.parametrize(("name", "content", "ids"), READ.values(), ids=READ)
def test_a_list_is_read(tmp_path, name, content, ids):
    assert [term.id for term in terms(tmp_path, name, content)] == ids


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", CSV + FULL), ("a.toml", FULL_TOML)], ids=["csv", "toml"]
)
def test_every_field_of_a_term_is_read(tmp_path, name, content):
    assert terms(tmp_path, name, content) == [FULL_TERM]


def test_fields_that_are_not_given_have_their_defaults(tmp_path):
    assert terms(tmp_path, "甲.txt", "项目甲") == [Term("甲.1", "甲", "项目甲")]


TERM = '[[term]]\nid = "x"\ntext = "项目甲"\n'
REFUSED = {
    "an unknown suffix": ("a.xlsx", "项目甲", "a.xlsx:"),
    "an empty file": ("a.txt", " \n", "a.txt: the file is empty"),
    "remarks only": ("a.txt", "# 说明\n", "a.txt: there is no term"),
    "a header only": ("a.csv", "词条\n", "a.csv: there is no term"),
    "no term in TOML": ("a.toml", HEAD, "a.toml: there is no term"),
    "neither UTF-8 nor GB 18030": ("a.txt", b"abc\n\xff\xff\xff\n", "a.txt:2: is neither"),
    "half of UTF-16": ("a.txt", b"\xff\xfea\x00b", "a.txt:1: is neither"),
    "TOML not in UTF-8": ("a.toml", (HEAD + TERM).encode("gb18030"), "a.toml:1: is not in UTF-8"),
    "no TOML": ("a.toml", "topic = ", "a.toml: is no TOML"),
    "a line of 10 MB": ("a.txt", "好\n" + "甲" * 3_500_000, "a.txt:2: the term is longer"),
    "a cell of 10 MB": ("a.csv", "词条\n" + "甲" * 3_500_000, "a.csv:2: is no CSV"),
    "no header": ("a.csv", "项目甲,项目乙\n", "a.csv:1: the first row must name"),
    "a misspelt column": ("a.csv", "词条,权种\n项目甲,1\n", "column 2 has an unknown name"),
    "a column twice": ("a.csv", "词条,词条\n项目甲,1\n", 'a.csv:1: column "词条" stands twice'),
    "a weight that is no number": ("a.csv", "词条,权重\n项目甲,高\n", 'a.csv:2: "weight" must'),
    "a weight below zero": ("a.csv", "词条,权重\n项目甲,-1\n", 'a.csv:2: "weight" must'),
    "an infinite weight": ("a.csv", "词条,权重\n项目甲,inf\n", 'a.csv:2: "weight" must'),
    "a border that is neither": ("a.csv", "词条,边界\n项目甲,也许\n", 'a.csv:2: "bounded" must'),
    "a row without a term": ("a.csv", "词条,编号\n,1\n", "a.csv:2: this row has no term"),
    "a quote that does not end": ("a.csv", '词条\n"项目甲\n', "a.csv:2: is no CSV"),
    "a broken expression": ("a.csv", "词条,前文\n项目甲,(\n", 'a.csv:2: "before" is no regular'),
    "a broken expression in TOML": (
        "a.toml", HEAD + TERM + 'after = "["\n', 'a.toml:3: "after" is no regular'
    ),
    "an unknown key": ("a.toml", HEAD + TERM + "wieght = 1\n", 'did you mean "weight"'),
    "a weight in quotes": ("a.toml", HEAD + TERM + 'weight = "1"\n', 'a.toml:6: "weight" must'),
    "examples that are no list": ("a.toml", HEAD + TERM + 'examples = "a"\n', "a.toml:6:"),
    "term as a plain table": ("a.toml", HEAD + '[term]\nid = "x"\n', "[[term]]"),
    "a term without an id": ("a.toml", HEAD + '[[term]]\ntext = "项目甲"\n', 'a.toml:3: [[term]]'),
    "a control character": ("a.txt", "项目甲\n项\x01目\n", "a.txt:2: the term holds a control"),
    "NUL": ("a.txt", "项目甲\n项\0目\n", "a.txt:2: the term holds a control"),
    "an id twice": ("a.csv", "词条,编号\n项目甲,1\n项目乙,1\n", "a.csv:3: id a.1 stands twice"),
    "a short term": ("a.txt", "项目甲\n密\n", "a.txt:2: the term is shorter than 2"),
    "a term that folds to little": ("a.txt", "密\u200b\ufe0f\n", "a.txt:1: the term is shorter"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused_by_file_and_line(tmp_path, name, content, said):
    with pytest.raises(LexiconError) as caught:
        read_terms([write(tmp_path, name, content)])

    (message,) = caught.value.args
    assert said in message.en
    assert message.zh.startswith(name)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"清单\.txt"):
        read_terms([tmp_path / "清单.txt"])


def test_an_id_of_two_files_is_named_in_both(tmp_path):
    first = write(tmp_path, "a.csv", "词条,主题,编号\n项目甲,丙,1\n")
    second = write(tmp_path, "b.csv", "词条,主题,编号\n项目乙,丙,1\n")

    with pytest.raises(LexiconError, match=r"b\.csv:2: id 丙\.1 .* a\.csv:2"):
        read_terms([first, second])
