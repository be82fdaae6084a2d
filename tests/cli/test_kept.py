"""`scan` keeps what it finds; `report`, `diff` and `runs` tell it again."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

from markscan.cli import main

OLD = 1_577_836_800


def said(capsys, *arguments):
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (OLD, OLD))


@pytest.fixture
def kept(tmp_path, monkeypatch, capsys):
    """A share that was scanned twice: one finding stayed, one came, one went."""
    monkeypatch.chdir(tmp_path)
    share = tmp_path / "share"
    put(share / "stays.txt", "机密★10年\n通知\n")
    put(share / "goes.txt", "秘密★5年\n通知\n")
    put(share / "clean.txt", "通知\n")
    told = ("scan", share, "--store", "s", "--no-ocr", "--jobs", 1, "--format", "jsonl", "-q")
    first = said(capsys, *told)
    (share / "goes.txt").unlink()
    put(share / "comes.txt", "绝密★20年\n通知\n")
    second = said(capsys, *told, "--changed")
    return first, second


def names(out):
    rows = [json.loads(line) for line in out.splitlines()]
    return [row["locator"].rpartition("/")[2] for row in rows if "locator" in row]


def test_a_scan_shows_all_and_with_changed_only_what_is_new(kept):
    first, second = kept

    assert (first[0], second[0]) == (1, 1)
    assert names(first[1]) == ["clean.txt", "goes.txt", "stays.txt"]
    assert names(second[1]) == ["comes.txt"]


def test_a_run_is_reported_again_as_it_was(kept, capsys):
    code, out, _ = said(capsys, "report", "--store", "s", "--run", 1, "--format", "jsonl", "-q")

    assert (code, out) == (kept[0][0], kept[0][1])


@pytest.mark.parametrize(
    ("format", "gone"), [("text", ""), ("html", "<h3>gone "), ("sarif", '"baselineState":"absent"')]
)
def test_every_format_reports_the_last_run(format, gone, kept, capsys):
    code, out, _ = said(capsys, "report", "--store", "s", "--format", format, "--lang", "en")

    assert code == 1
    assert "comes.txt" in out
    assert ("goes.txt" in out) == bool(gone)
    assert gone in out


@pytest.mark.parametrize(
    "roots",
    [("share", "share/in"), ("share/in", "share"), ("share", "share"), ("share", "share/in/b.txt")],
    ids=["outer first", "inner first", "the same twice", "a file in a folder"],
)
def test_roots_that_lie_in_one_another_are_told_of_once(roots, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "share" / "a.txt", "通知\n")
    put(tmp_path / "share" / "in" / "b.txt", "机密★10年\n通知\n")
    told = ("--store", "s", "--format", "jsonl")
    said(capsys, "scan", *roots, *told, "--no-ocr", "--jobs", 1)

    code, out, err = said(capsys, "report", *told)

    assert (code, names(out)) == (1, ["a.txt", "b.txt"])
    assert "改动" not in err


def test_a_lister_that_dies_is_told_in_chinese_with_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("markscan.store.lister._PROGRAM", "import sys; sys.stdin.buffer.read()")
    put(tmp_path / "share" / "a.txt", "通知\n")
    code, out, err = said(capsys, "scan", "share", "--store", "s", "--no-ocr", "--jobs", 1)
    again, told, _ = said(capsys, "report", "--store", "s")

    assert (code, again) == (4, 4)
    assert "列出文件夹的进程意外结束" in err and "请重新执行" in err
    for text in (out, told):
        assert "没有检查任何文件" in text and "未检出" not in text


def test_a_reader_who_leaves_early_is_no_finding(tmp_path):
    put(tmp_path / "share" / "a.txt", "通知\n")
    command = [sys.executable, "-m", "markscan"]
    told = ("share", "--store", "s", "--no-ocr", "--jobs", "1", "-q")
    subprocess.run([*command, "scan", *told], cwd=tmp_path, check=True)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        ended = subprocess.run([*command, "report", "--store", "s"], cwd=tmp_path, stdout=closed)

    assert ended.returncode == 0


def test_diff_tells_its_totals_first(kept, capsys):
    _, out, err = said(capsys, "diff", "--store", "s", "--lang", "en")

    assert "new 2, open 1, moved 0, gone 1, unknown 0" in out.splitlines()[0]
    assert len(out.splitlines()) == 5
    assert err == ""


def test_diff_tells_what_is_new_open_and_gone(kept, capsys):
    code, out, err = said(capsys, "diff", "--store", "s", "--format", "jsonl", "--lang", "en")
    told = {each["locator"].rpartition("/")[2]: each for each in map(json.loads, out.splitlines())}

    assert code == 1
    assert {name: each["change"] for name, each in told.items()} == {
        "comes.txt": "new",
        "stays.txt": "open",
        "goes.txt": "gone",
        "share": "new",  # where levels are mixed now
    }
    assert told["stays.txt"]["first_run"] == 1
    assert "new 2, open 1, moved 0, gone 1, unknown 0" in err


def test_diff_marks_what_was_dismissed_and_does_not_count_it(kept, capsys):
    _, out, _ = said(capsys, "diff", "--store", "s", "--format", "jsonl")
    keys = {each["locator"][-9:]: each["key"] for each in map(json.loads, out.splitlines())}
    place = next(key for name, key in keys.items() if name.endswith("/share"))
    until = f"{date.today() + timedelta(days=9)}"
    told = ("--store", "s", "--reason", "样例", "--until", until)
    for key in (keys["comes.txt"], place):
        said(capsys, "verdict", "dismiss", key, *told)

    code, text, _ = said(capsys, "diff", "--store", "s")
    _, lines, _ = said(capsys, "diff", "--store", "s", "--format", "jsonl")
    marked = {
        e["locator"][-9:]: (e["change"], e["dismissed"])
        for e in map(json.loads, lines.splitlines())
    }

    assert code == 0
    assert "新增 0，未整改 1，移动 0，消失 1" in text and "已排除 2" in text
    assert "已排除（新增）" in text
    assert marked["comes.txt"] == ("new", True) and marked["stays.txt"] == ("open", False)


def test_runs_are_listed_with_a_ledger_that_adds_up(kept, capsys):
    code, out, _ = said(capsys, "runs", "--store", "s", "--format", "jsonl")
    told = [json.loads(line) for line in out.splitlines()]

    assert code == 0
    assert [(each["run"], each["state"]) for each in told] == [(2, "finished"), (1, "finished")]
    ledger = told[0]["ledger"]
    parts = ("examined", "partial", "unread", "pending", "excluded")
    assert ledger["discovered"] == sum(ledger[part] for part in parts) == 3
    assert (ledger["scanned"], ledger["changed"]) == (1, 1)
    text = said(capsys, "runs", "--store", "s")[1]
    assert "完成" in text and "发现文件 3（磁盘上 3，内含 0，排除 0）" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "--store", "none"),
        ("report", "--store", "s", "--run", "9"),
        ("report",),
        ("diff", "1", "--store", "s"),
        ("diff", "1", "9", "--store", "s"),
        ("diff", "2", "2", "--store", "s"),
        ("diff", "2", "1", "--store", "s"),
        ("runs", "--root", "nowhere"),
        ("scan", "share", "--store", "share"),
    ],
)
def test_what_is_not_there_is_an_error_of_usage(arguments, kept, capsys):
    code, out, err = said(capsys, *arguments)

    assert (code, out) == (2, "")
    assert err.count("\n") <= 2
