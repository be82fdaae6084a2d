"""check --sources: the mark that a draft must bear by what it is made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from markscan.cli import main

BODY = "各区县人民政府：\n请按方案组织实施，并于月底前报送情况。\n云山市人民政府办公室\n"
SECRET = (
    "渡口北侧的备用发电机组只在主电源中断满五分钟后启动，启动前应当通知下游两处泵站暂停抽水。\n"
)


def document(mark: str, day: str = "2024年5月1日", text: str = BODY) -> str:
    head = f"{mark}\n" if mark else ""
    return f"{head}云山市人民政府办公室文件\n云山办〔2024〕15号\n关于夜间调度的通知\n{text}{day}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A working folder with sources in it."""
    monkeypatch.setenv("MARKSCAN_CACHE", str(tmp_path / "cache"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    for name, text in {
        "甲": document("机密★10年"),
        "乙": document("秘密★2040年6月30日"),
        "丙": document("秘密★5年", "2023年3月1日"),
        "平": document(""),
        "过期": document("秘密★1年", "2019年3月1日"),
        "绝": document("绝密★20年"),
        "条件": document("机密★启用前"),
        "长": document("机密★长期"),
        "无期": document("秘密"),
    }.items():
        Path(f"{name}.txt").write_text(text, "utf-8")


def run(capsys, *arguments):
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def derived(capsys, *sources):
    """What follows from sources alone."""
    code, out, _ = run(capsys, "check", "--format", "jsonl", "--sources", *sources)
    assert code == 0
    (record,) = map(json.loads, out.splitlines())
    assert record["schema"] == "markscan.compilation/1"
    return record


MARKS = {
    "the end of a lower member counts": (("甲.txt", "乙.txt"), "机密★2040年6月30日", []),
    "the latest of durations is a day": (("甲.txt", "丙.txt"), "机密★2034年5月1日", []),
    "unmarked and ended ones do not count": (
        ("丙.txt", "平.txt", "过期.txt"),
        "秘密★2028年3月1日",
        [],
    ),
    "one that stands twice": (("丙.txt", "丙.txt"), "秘密★2028年3月1日", []),
    "nothing secret": (("平.txt", "过期.txt"), None, ["no-level"]),
    "the highest level": (("绝.txt", "甲.txt"), None, ["top-secret"]),
    "a condition": (("甲.txt", "条件.txt"), None, ["condition"]),
    "for good": (("甲.txt", "长.txt"), None, ["long-term"]),
    "no period": (("丙.txt", "无期.txt"), None, ["assumed-end"]),
}


@pytest.mark.parametrize(("sources", "mark", "doubts"), MARKS.values(), ids=MARKS)
def test_the_mark_follows_from_the_sources(sources, mark, doubts, capsys):
    record = derived(capsys, *sources)

    assert record["mark"] == mark
    assert [each for each in record["doubts"] if each != "unknown-scope"] == doubts
    assert record["locator"] is None and record["fit"] is None


DRAFTS = {
    "the right mark": ("机密★2040年6月30日", "right", False),
    "no mark": ("", "missing", True),
    "a lower level": ("秘密★2040年6月30日", "lower", True),
    "an earlier end": ("机密★10年", "earlier", True),
    "a higher level": ("绝密★2040年6月30日", "higher", False),
    "a later end": ("机密★2041年6月30日", "later", False),
    "a condition of its own": ("机密★启用前", "later", False),
    "no period of its own": ("机密", "open", False),
}


@pytest.mark.parametrize(("mark", "fit", "wrong"), DRAFTS.values(), ids=DRAFTS)
def test_a_draft_is_compared_with_its_sources(mark, fit, wrong, capsys):
    Path("稿.txt").write_text(document(mark, "2025年6月1日"), "utf-8")
    plain = run(capsys, "check", "稿.txt", "--fail-level", "critical")[0]

    arguments = ("check", "稿.txt", "--fail-level", "critical")
    sources = ("--sources", "甲.txt", "乙.txt")
    code, out, _ = run(capsys, *arguments, "--format", "jsonl", *sources)
    record = json.loads(out.splitlines()[-1])

    assert (record["fit"], record["locator"]) == (fit, "稿.txt")
    assert code == (1 if wrong else plain)
    code, out, _ = run(capsys, *arguments, *sources)
    assert "应标 机密★2040年6月30日；甲.txt、乙.txt 的知悉范围不明" in out
    assert "稿.txt：" in out.splitlines()[-1]


def test_a_person_decides_where_no_mark_follows_but_the_level_is_compared(capsys):
    Path("稿.txt").write_text(document("秘密★5年", "2025年6月1日"), "utf-8")

    code, out, _ = run(capsys, "check", "稿.txt", "--sources", "甲.txt", "条件.txt")

    assert code == 1
    assert "至少按“机密”" in out and "密级低于" in out


def test_sources_may_be_ids_of_the_register_or_registered_files(capsys):
    Path("密.txt").write_text(document("机密★10年", text=SECRET), "utf-8")
    Path("原件.txt").write_text(document("机密★10年", text=SECRET), "utf-8")
    named = ("--register", "台账.db")
    scope = ("--scope", "办公室、机要室", "--id", "A1")
    assert run(capsys, "register", "add", "密.txt", *scope, *named)[0] == 0
    own = ("--level", "秘密", "--scope", "机要室", "--issued", "2024-01-01", "--period", "3年")
    assert run(capsys, "register", "add", "甲.txt", "--again", *own, *named)[0] == 0

    code, out, _ = run(
        capsys, "check", *named, "--format", "jsonl", "--sources", "A1", "R000002", "原件.txt"
    )

    record = json.loads(out)
    assert code == 0
    assert record["mark"] == "机密★2034年5月1日" and record["scope"] == ["机要室"]
    assert run(capsys, "register", "declassify", "A1", "--date", "2024-06-01", *named)[0] == 0
    out = run(capsys, "check", *named, "--sources", "A1", "原件.txt")[1]
    assert out.count("已解密或者到期") == 2


REFUSED = {
    "a source that is not there": ("--sources", "没有.txt"),
    "an id without a register": ("--sources", "R000001"),
    "a folder": ("--sources", "."),
    "a broken file": ("--sources", "坏.docx"),
    "nothing behind it": ("--sources",),
    "a slip of nothing": ("--sources", "甲.txt", "--slip", "单.docx"),
    "a register that is not there": ("--sources", "甲.txt", "--register", "没有.db"),
}


@pytest.mark.parametrize("arguments", REFUSED.values(), ids=REFUSED)
def test_what_is_no_source_is_refused_before_the_draft_is_read(arguments, capsys):
    Path("坏.docx").write_bytes(b"PK\x03\x04" + bytes(40))

    code, out, err = run(capsys, "check", *arguments)

    assert (code, out) == (2, "") and err.count("\n") == 1


def test_options_may_stand_behind_the_sources(capsys):
    code, out, _ = run(capsys, "check", "--sources", "甲.txt", "乙.txt", "--lang", "en", "-q")

    assert code == 0 and "must bear 机密★2040年6月30日" in out


def test_a_page_stays_a_page(capsys):
    code, out, err = run(capsys, "check", "甲.txt", "--format", "html", "--sources", "甲.txt")

    assert out.rstrip().endswith("</html>") and "来源核定" in err and code in (0, 1)


def test_an_unmarked_source_counts_as_the_registered_document_it_is_taken_from(capsys):
    named = ("--register", "台账.db")
    Path("密.txt").write_text(document("机密★10年", text=SECRET), "utf-8")
    assert run(capsys, "register", "add", "密.txt", "--id", "A1", *named)[0] == 0
    Path("摘.txt").write_text(f"工作情况\n{SECRET}" + "其他各项工作照常进行。" * 20, "utf-8")

    arguments = ("check", *named, "--sources", "摘.txt", "丙.txt")
    out = run(capsys, *arguments)[1]
    record = json.loads(run(capsys, *arguments, "--format", "jsonl")[1])

    assert "应标 机密★2034年5月1日" in out and "按该密件计入" in out and "A1" in out
    assert record["mark"] == "机密★2034年5月1日"
    assert record["sources"][0]["standing"] == "traced"
    assert record["sources"][0]["marks"][0]["entry"] == "A1"


HELD = {
    "a lower level": ("秘密★3年", "机密", 2034),
    "an earlier end": ("机密★1年", "机密", 2034),
    "a face that has ended": ("秘密★6个月", "机密", 2034),
    "a higher level": ("绝密★3年", "绝密", 2034),
    "a later end": ("机密★15年", "机密", 2040),
}


@pytest.mark.parametrize(("face", "level", "year"), HELD.values(), ids=HELD)
def test_what_a_marked_source_holds_of_a_registered_document_counts_as_well(
    face, level, year, capsys
):
    named = ("--register", "台账.db")
    Path("密.txt").write_text(document("机密★10年", text=SECRET), "utf-8")
    assert run(capsys, "register", "add", "密.txt", "--id", "A1", *named)[0] == 0
    text = f"工作情况\n{SECRET}" + "其他各项工作照常进行。" * 20
    Path("摘.txt").write_text(f"{face}\n{text}\n2025年5月1日\n", "utf-8")

    arguments = ("check", *named, "--sources", "摘.txt")
    record = json.loads(run(capsys, *arguments, "--format", "jsonl")[1])
    out = run(capsys, *arguments)[1]

    assert record["ends"] == f"{year}-05-01"
    assert record["level"] == {"机密": "jimi", "绝密": "juemi"}[level]
    assert [mark["entry"] for mark in record["sources"][0]["marks"] if "entry" in mark] == ["A1"]
    assert "含有登记密件“A1”的内容" in out


def test_an_excerpt_lasts_as_long_as_the_register_says(capsys):
    named = ("--register", "台账.db")
    Path("密.txt").write_text(document("秘密★3年", "2020年2月10日", SECRET), "utf-8")
    assert run(capsys, "register", "add", "密.txt", "--id", "A1", *named)[0] == 0
    extended = ("change", "A1", "--period", "10年", "--date", "2022-12-01")
    assert run(capsys, "register", *extended, *named)[0] == 0
    text = f"工作情况\n{SECRET}" + "其他各项工作照常进行。" * 20
    Path("摘.txt").write_text(f"秘密★3年\n{text}\n2020年3月10日\n", "utf-8")

    out = run(capsys, "check", *named, "--sources", "摘.txt")[1]

    assert "应标 秘密★2030年2月10日" in out and "未计入" not in out


COVER = "秘密★5年\n有关文件汇编\n"
COMPILED = {
    "two documents": ("", "机密★2034年5月1日"),
    "under a cover that has no day": (COVER, "机密★2034年5月1日"),
    "under a cover that may last longer": (COVER.replace("5年", "20年"), None),
}


@pytest.mark.parametrize(("cover", "mark"), COMPILED.values(), ids=COMPILED)
def test_each_member_of_a_compilation_counts_from_its_own_day(cover, mark, capsys):
    second = document("秘密★5年", "2023年9月18日").replace("15号", "16号")
    members = document("机密★10年") + "\n" + second
    Path("汇.txt").write_text(cover + "\n" + members, "utf-8")

    record = derived(capsys, "汇.txt")

    assert record["mark"] == mark
    assert ("no-end" in record["doubts"]) is (mark is None)
