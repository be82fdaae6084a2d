"""What a list of terms may say, in each format, and what is refused by file and line."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from markscan.errors import LexiconError
from markscan.termlist import Term, read_entries, read_terms
from markscan.wording import Text

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
    "a table that tells its delimiter": (
        "清单.csv",
        "sep=;\r\n词条;备注\r\n甲乙;,,\r\n",
        ["清单.3"],
    ),
    "a table that quotes its delimiter": ("清单.csv", '"sep=,"\n词条\n甲乙\n', ["清单.3"]),
    "a table in UTF-16 with its mark": (
        "清单.csv",
        "词条\t编号\n甲乙\t1".encode("utf-16"),
        ["清单.1"],
    ),
    "a table in GB 18030 with its mark": (
        "清单.csv",
        "\ufeff词条\n项目镕".encode("gb18030"),
        ["清单.2"],
    ),
    "a plain list of an old Mac": ("清单.txt", "甲乙\r丙丁\r", ["清单.1", "清单.2"]),
    "a table of an old Mac": ("清单.csv", "词条\t编号\r甲乙\t1\r丙丁\t\r", ["清单.1", "清单.3"]),
    "a file with a dot in its name": ("2025.10清单.txt", "甲乙\n", ["2025.10清单.1"]),
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
    "a broken expression": ("a.csv", "词条,前文\n项目甲,(\n", 'a.csv:2: "前文" is no regular'),
    "a broken expression in TOML": (
        "a.toml", HEAD + TERM + 'after = "["\n', 'a.toml:3: "after" is no regular'
    ),
    "an unknown key": ("a.toml", HEAD + TERM + "wieght = 1\n", 'did you mean "weight"'),
    "a weight in quotes": ("a.toml", HEAD + TERM + 'weight = "1"\n', 'a.toml:6: "weight" must'),
    "examples that are no list": ("a.toml", HEAD + TERM + 'examples = "a"\n', "a.toml:6:"),
    "term as a plain table": ("a.toml", HEAD + '[term]\nid = "x"\n', "[[term]]"),
    "a term without an id": ("a.toml", HEAD + '[[term]]\ntext = "项目甲"\n', 'a.toml:3: [[term]]'),
    "a control character": ("a.txt", "项目甲\n项\x01目\n", "a.txt:2: the term holds a control"),
    "a control character in an id": (
        "a.toml", HEAD + TERM.replace('"x"', '"x\\u0000"'), "a.toml:3: the id holds a control"
    ),
    "a control character in a topic": ("a.csv", "词条,主题\n项目甲,\x1b[2J\n", "the topic holds a"),
    "NUL": ("a.txt", "项目甲\n项\0目\n", "a.txt:2: is no text in UTF-8"),
    "UTF-16 without its mark": ("a.txt", "项目甲\n".encode("utf-16-le"), "save UTF-16 as UTF-8"),
    "NUL in a table": ("a.csv", "词条,备注\n项目甲,\0\n", "a.csv:2: is no text in UTF-8"),
    "UTF-8 with a broken byte": (
        "a.txt", "一二三四五六七八\n".encode() + b"\xe9\x80\n", "a.txt:2: is in UTF-8, but"
    ),
    "a table in a plain list": ("a.txt", "词条\n项目甲\t1\n", "a.txt:2: holds a tab"),
    "a table of a mark alone": ("a.csv", "\ufeff", "a.csv: the file is empty"),
    "a table of blank rows": ("a.csv", "\ufeff\r\n,,\r\n", "a.csv: the file is empty"),
    "a table of a delimiter": ("a.csv", "sep=,\r\n", "a.csv: the file is empty"),
    "a cell with a line break": ("a.csv", '词条\n"项目\n甲"\n', "holds a line break (Alt+Enter"),
    "a quote before text": ("a.csv", '词条\n项目甲\n"项目"乙\n', "a.csv:3: is no CSV: a quote"),
    "two columns of one meaning": (
        "a.csv", "词条,主题,类别\n", 'columns "主题" and "类别" mean the same'
    ),
    "a remark in an expression before": (
        "a.csv", "词条,前文\n项目甲,(?x)参与 # c\n", 'a.csv:2: "前文" is no regular'
    ),
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


@pytest.mark.parametrize("name", ["词条", "关键词", "名称", "词语", "敏感词", "Keyword", " NAME "])
def test_the_column_of_the_terms_has_many_names(tmp_path, name):
    (term,) = terms(tmp_path, "a.csv", f"序号,{name},No.,备注\n7,项目甲,8,重要\n")

    assert term == Term("a.2", "a", "项目甲")


def test_the_topic_may_be_called_category(tmp_path):
    (term,) = terms(tmp_path, "a.csv", "词条,类别\n项目甲,2025.10工程\n")

    assert (term.id, term.topic) == ("a.2", "2025.10工程")


def test_the_topic_of_a_plain_list_keeps_the_dots_of_its_name(tmp_path):
    (term,) = terms(tmp_path, "2025.10清单.txt", "项目甲\n")

    assert term.topic == "2025.10清单"


YES = ("√", "Y", "1", "TRUE", "是")
NO = ("×", "N", "0", "false", "否")


@pytest.mark.parametrize(
    ("cell", "bounded"),
    [*((cell, True) for cell in YES), *((cell, False) for cell in NO), ("", None)],
)
def test_yes_and_no_are_written_in_many_ways(tmp_path, cell, bounded):
    (term,) = terms(tmp_path, "a.csv", f"词条,边界\n项目甲,{cell}\n")

    assert term.bounded is bounded


def refusal(path: Path) -> Text:
    with pytest.raises(LexiconError) as caught:
        read_terms([path])
    (message,) = caught.value.args
    assert isinstance(message, Text)
    return message


def test_an_unknown_column_is_told_the_known_ones_in_each_language(tmp_path):
    said = refusal(write(tmp_path, "a.csv", "词条,密级\n项目甲,1\n"))

    assert "词条、编号、主题、权重、边界、前文、后文、示例、反例；“备注”列不读" in said.zh
    assert 'text, id, topic, weight, bounded, before, after, example, counter_example; "' in said.en


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


def compound(name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.encode("utf-16-le")


FOREIGN = {
    "a PDF": (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n", "是 PDF 文件"),
    "a workbook": (
        zipped("[Content_Types].xml", "xl/workbook.xml"),
        "请在 Excel 中另存为 CSV（UTF-8）",
    ),
    "an old workbook": (compound("Workbook"), "请在 Excel 中另存为 CSV（UTF-8）"),
    "a document": (zipped("[Content_Types].xml", "word/document.xml"), "是 Word 文档"),
    "an old document": (compound("WordDocument"), "是 Word 文档"),
    "an encrypted workbook": (compound("EncryptedPackage"), "加密的文件"),
    "an archive": (zipped("清单.txt"), "是压缩文件"),
    "RTF": (b"{\\rtf1\\ansi}", "是 RTF 文档"),
    "a page": ("\ufeff<!DOCTYPE html><html>".encode(), "是网页"),
}


@pytest.mark.parametrize("name", ["清单.txt", "清单.csv", "清单.toml", "清单.xlsx"])
@pytest.mark.parametrize(("content", "said"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_no_list_is_told_what_it_is(tmp_path, name, content, said):
    assert said in refusal(write(tmp_path, name, content)).zh


NO_PATTERN = "不是有效的正则表达式：第"
NO_TOML = "不是有效的 TOML："
TOLD = {
    "a bracket that is missing": (
        "a.csv", "词条,后文\n项目甲,(的\n", f"a.csv:2：“后文”{NO_PATTERN} 3 个字符处缺少右括号"
    ),
    "an English column": (
        "a.csv", "text,before\n项目甲,[a\n", f"“before”{NO_PATTERN} 3 个字符处缺少右方括号"
    ),
    "an expression of a kind unknown": (
        "a.csv", "词条,前文\n项目甲,(*FOO)\n", f"“前文”{NO_PATTERN} 3 个字符处写法有误"
    ),
    "an expression in TOML": (
        "a.toml", HEAD + TERM + 'after = "*"\n', f"“after”{NO_PATTERN} 1 个字符处"
    ),
    "a flag before": ("a.csv", "词条,前文\n项目甲,(?x)参与 # c\n", "请去掉 (?x) 一类的标志"),
    "TOML": ("a.toml", 'topic = "甲"\nsource = \n', f"a.toml:2：{NO_TOML}第 10 列值无效"),
    "TOML that ends too early": ("a.toml", 'topic = "甲"\nx = [1,', f"a.toml：{NO_TOML}"),
    "a key twice in TOML": (
        "a.toml", 'topic = "甲"\ntopic = "乙"\n', f"a.toml:2：{NO_TOML}第 12 列键重复"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), TOLD.values(), ids=TOLD)
def test_a_fault_is_told_in_chinese(tmp_path, name, content, said):
    message = refusal(write(tmp_path, name, content)).zh

    assert said in message
    words = re.findall("[A-Za-z]{3,}", message.removeprefix(name))
    assert not {*words} - {"TOML", "after", "before", "toml"}, message


def test_a_folder_is_no_list(tmp_path):
    (tmp_path / "a.txt").mkdir()

    assert refusal(tmp_path / "a.txt") == Text(
        "a.txt：无法读取：这是文件夹，不是文件",
        "a.txt: cannot be read: this is a folder, no file",
    )


def test_a_missing_file_is_told_in_chinese(tmp_path):
    assert refusal(tmp_path / "a.txt").zh == "a.txt：无法读取：没有这个文件"


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"清单\.txt"):
        read_terms([tmp_path / "清单.txt"])


def test_an_id_of_two_files_is_named_in_both(tmp_path):
    first = write(tmp_path, "a.csv", "词条,主题,编号\n项目甲,丙,1\n")
    second = write(tmp_path, "b.csv", "词条,主题,编号\n项目乙,丙,1\n")

    with pytest.raises(LexiconError, match=r"b\.csv:2: id 丙\.1 .* a\.csv:2"):
        read_terms([first, second])
