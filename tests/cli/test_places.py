"""What is found of places, on the command line: in all reports, in status, and with verdicts."""

import csv
import io
import json
import os
import shutil
import zipfile
from datetime import date, timedelta
from importlib import resources

import jsonschema
import pytest
from sqlalchemy import text

from markscan.cli import main
from markscan.store.database import open_database

OLD = 1_577_836_800
UNTIL = f"{date.today() + timedelta(days=9)}"
SECRET = "青禾渡口三号仓的口令是青石板"
FORMATS = ("text", "jsonl", "html", "sarif")
SCHEMA = resources.files("markscan") / "schemas" / "difference.schema.json"
CODES = ("MS331", "MS332", "MS336")


def said(capsys, *arguments):
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    os.utime(path, (OLD, OLD))


SCAN = ("scan", "disk", "loose", "--config", "c.toml", "--store", "s", "--no-ocr", "--jobs", "1")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with two roots and the store of two scans: in between the secret was deleted."""
    folder = tmp_path_factory.mktemp("kept")
    disk = (folder / "disk").as_posix()
    put(
        folder / "c.toml",
        f'[scan]\ninspections = "monthly"\n[[location]]\npath = "{disk}"\nkind = "removable"\n'
        'owner = "办公室"\nhighest = { cn-state = "mimi" }\n',
    )
    put(folder / "disk" / "a.txt", f"机密★10年\n通知\n{SECRET}\n")
    put(folder / "disk" / "clean.txt", "通知\n")
    put(folder / "loose" / "low.txt", f"秘密★5年\n通知\n{SECRET}\n")
    put(folder / "loose" / "top.txt", f"绝密★20年\n通知\n{SECRET}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main([*SCAN, "-q"]) == 1
        (folder / "disk" / "a.txt").unlink()
        assert main([*SCAN, "-q"]) == 1
    return folder


@pytest.fixture
def work(made, tmp_path, monkeypatch):
    """A working folder with a copy of the store and the configuration."""
    monkeypatch.chdir(tmp_path)
    for path in made.iterdir():
        if path.is_file():
            shutil.copy2(path, tmp_path)
    return made


def noted(capsys, *arguments):
    """The notices that a command writes as JSON Lines."""
    _, out, _ = said(capsys, *arguments, "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    return [row for row in rows if row["schema"] == "markscan.notice/1"]


@pytest.mark.parametrize("format", FORMATS)
def test_every_report_line_by_line_tells_of_places_and_of_no_text(format, work, capsys):
    code, out, _ = said(capsys, "report", "--store", "s", "--format", format)

    assert code == 1
    assert all(name in out for name in CODES)
    assert SECRET not in out


def test_json_lines_have_an_object_for_each_place(work, capsys):
    told = {each["code"]: each for each in noted(capsys, "report", "--store", "s")}

    assert set(told) == set(CODES)
    assert told["MS331"]["place"] == (work / "disk").as_posix()
    assert told["MS332"]["place"] == told["MS336"]["place"] == (work / "loose").as_posix()
    assert told["MS331"]["first_run"] == 1
    assert not any(".txt" in each["message"] + each["fix"] for each in told.values())
    assert f"{date.today().month}月{date.today().day}日" in told["MS331"]["message"]


@pytest.mark.parametrize("format", ["html", "xlsx", "docx", "sarif"])
def test_the_reports_of_a_run_tell_of_places(format, work, capsys, tmp_path):
    out = tmp_path / f"r.{format}"
    said(capsys, "report", "--store", "s", "--format", format, "--out", out)
    data = out.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(parts.read(name) for name in parts.namelist())

    assert all(name.encode() in data for name in CODES)


def test_a_notice_to_an_owner_names_only_places_of_that_owner(work, capsys, tmp_path):
    from docx import Document

    template = Document()
    template.add_paragraph("{{责任单位}}：{{位置检查}}")
    template.save(tmp_path / "t.docx")
    more = ("--config", "c.toml", "--template", "t.docx", "--out", "out")
    said(capsys, "report", "--store", "s", "--format", "notice", *more)
    made = [Document(file).paragraphs for file in (tmp_path / "out").glob("*")]
    texts = sorted("".join(each.text for each in paragraphs) for paragraphs in made)

    assert [[name for name in CODES if name in each] for each in texts] == [
        ["MS332", "MS336"],
        ["MS331"],
    ]
    assert texts[1].startswith("办公室：")


def test_the_notice_as_it_ships_tells_of_places_where_no_file_has_a_finding(work, capsys, tmp_path):
    from docx import Document

    more = ("--config", "c.toml", "--format", "notice", "--out", "out")
    said(capsys, "report", "--store", "s", *more)
    (office,) = (tmp_path / "out").glob("*办公室*")
    text = "\n".join(each.text for each in Document(office).paragraphs)

    assert "检出问题 0 项" in text
    assert "位置检查：MS331" in text


def test_where_nobody_has_anything_to_mend_it_says_so(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "loose" / "clean.txt", "通知\n")
    said(capsys, "scan", "loose", "--store", "s", "--no-ocr", "--jobs", "1")

    code, _, err = said(capsys, "report", "--store", "s", "--format", "notice", "--out", "out")
    assert code == 0
    assert "未写出整改通知书" in err


def table(capsys, *arguments):
    """The rows about places in the table of a report."""
    out = said(capsys, "report", "--store", "s", "--format", "csv", *arguments)[1]
    rows = csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline=""))
    made = [list(row.values()) for row in rows]
    return [row for row in made if row[0] in ("位置检查", "place")]


@pytest.mark.parametrize(
    ("language", "kind", "became"), [("zh", "位置检查", "未整改"), ("en", "place", "open")]
)
def test_the_table_has_a_row_for_each_place(language, kind, became, work, capsys):
    rows = table(capsys, "--lang", language, "--config", "c.toml")

    assert sorted(row[9] for row in rows) == sorted(CODES)
    assert all(row[0] == kind and row[13] == became for row in rows)
    (label,) = [row for row in rows if "MS331" in row]
    assert label[2] == label[3] == (work / "disk").as_posix()
    assert "办公室" in label


SETTLED = (
    ("UPDATE notice SET to_run = 2 WHERE rule = 'MS332'", "已整改", "gone", "absent"),
    ("UPDATE notice SET from_run = 2, first_run = 2 WHERE rule = 'MS332'", "新增", "new", "new"),
    ("UPDATE notice SET id = id", "未整改", "open", "unchanged"),
)


@pytest.mark.parametrize(("change", "word", "name", "state"), SETTLED)
def test_what_became_of_a_place_is_told_by_all_that_compare(
    change, word, name, state, work, capsys
):
    connection = open_database("s")
    connection.execute(text(change))
    connection.commit()
    connection.close()

    code, out, _ = said(capsys, "diff", "--store", "s")
    lines = said(capsys, "diff", "--store", "s", "--format", "jsonl")[1].splitlines()
    (log,) = json.loads(said(capsys, "report", "--store", "s", "--format", "sarif")[1])["runs"]
    (line,) = [each for each in map(json.loads, lines) if each["code"] == "MS332"]
    (result,) = [each for each in log["results"] if each["ruleId"] == "MS332"]
    (row,) = [each for each in table(capsys) if "MS332" in each]

    assert code == (1 if name == "new" else 0)
    (told,) = [each for each in out.splitlines() if "MS332" in each]
    assert told.startswith(word) and (work / "loose").as_posix() in told
    assert f"新增 {int(name == 'new')}，" in out
    assert line["change"] == result["properties"]["change"] == name
    jsonschema.validate(line, json.loads(SCHEMA.read_text("utf-8")))
    assert result["baselineState"] == state
    assert word in row


def test_a_verdict_names_a_place_without_a_slash_at_its_end(work, capsys):
    key = next(e["key"] for e in noted(capsys, "report", "--store", "s") if e["code"] == "MS332")
    why = ("--reason", "已分柜", "--until", UNTIL, "--by", "李四", "--here")
    _, made, _ = said(capsys, "verdict", "dismiss", key[3:15], "--store", "s", *why)
    place = (work / "loose").as_posix()
    records = said(capsys, "verdict", "list", "--store", "s", "--format", "jsonl")[1]

    assert f"MS332 {place}/" not in made and place in made
    assert f"  {place}\n" in said(capsys, "verdict", "list", "--store", "s")[1]
    assert [each["locator"] for each in json.loads(records)["places"]] == [place]


def test_a_verdict_on_a_location_cannot_be_limited_to_a_folder(work, capsys):
    key = next(e["key"] for e in noted(capsys, "report", "--store", "s") if e["code"] == "MS331")
    why = ("--reason", "已销毁", "--until", UNTIL, "--by", "李四", "--here")

    code, _, err = said(capsys, "verdict", "dismiss", key[3:15], "--store", "s", *why)
    assert code == 2
    assert "--here" in err
    assert said(capsys, "verdict", "list", "--store", "s")[1] == ""


def test_status_tells_of_places_and_of_the_month(work, capsys):
    code, out, _ = said(capsys, "status", "--store", "s")
    told = json.loads(said(capsys, "status", "--store", "s", "--format", "jsonl")[1])

    assert code == 1
    assert all(name in out for name in CODES)
    assert {each["code"] for each in told["notices"]} == set(CODES)
    assert told["periodic"] is None
    assert told["ledger"]["notices"] == 3


def test_a_month_without_a_finished_run_is_told(work, capsys):
    connection = open_database("s")
    connection.execute(text("UPDATE run SET ended = '2020-01-01T00:00:00+00:00'"))
    connection.commit()
    connection.close()

    told = json.loads(said(capsys, "status", "--store", "s", "--format", "jsonl")[1])
    assert told["periodic"]["since"] == f"{date.today().replace(day=1)}"
    assert "月的保密自查应当在" in said(capsys, "status", "--store", "s")[1]


def test_a_verdict_on_a_place_holds_for_it_and_is_listed(work, capsys):
    key = next(e["key"] for e in noted(capsys, "report", "--store", "s") if e["code"] == "MS331")
    why = ("--reason", "已按规定销毁", "--until", UNTIL, "--by", "李四")
    assert said(capsys, "verdict", "dismiss", key[3:15], "--store", "s", *why)[0] == 0

    _, out, _ = said(capsys, "status", "--store", "s")
    listed = said(capsys, "verdict", "list", "--store", "s")[1]
    told = {each["code"]: each for each in noted(capsys, "report", "--store", "s")}

    assert f"MS331 {work / 'disk'}" not in out and "MS332" in out
    assert (work / "disk").as_posix() in listed
    assert told["MS331"]["conclusion"]["reason"] == "已按规定销毁"
    assert said(capsys, "verdict", "unused", "--store", "s")[1] == ""


def test_a_scan_of_what_is_new_tells_only_of_new_places(made, capsys, monkeypatch):
    monkeypatch.chdir(made)
    (told,) = [said(capsys, *SCAN, "--changed")[1]]

    assert not any(name in told for name in CODES)


def test_places_alone_make_the_exit_code(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "c.toml", '[[location]]\npath = "/elsewhere"\n')
    put(tmp_path / "loose" / "clean.txt", "通知\n")
    scan = ("scan", "loose", "--config", "c.toml", "--store", "s", "--no-ocr", "--jobs", "1")

    code, out, _ = said(capsys, *scan)
    assert code == 1
    assert "MS336" in out and "位置检查有“中”及以上级别问题 1 项" in out
    assert said(capsys, "status", "--store", "s")[0] == 1
    assert said(capsys, "report", "--store", "s", "--fail-level", "high")[0] == 0


def test_a_notice_that_was_taken_out_of_the_store_is_missed(work, capsys):
    connection = open_database("s")
    connection.execute(text("DELETE FROM notice WHERE rule = 'MS331'"))
    connection.commit()
    connection.close()

    out = said(capsys, "doctor", "--store", "s")[1]

    assert "位置检查应有 3 项，记录中有 2 项" in out


@pytest.mark.parametrize("code", ["MS331", "MS336"])
def test_a_rule_about_places_has_a_page(code, capsys):
    assert code in said(capsys, "rules", code)[1]
    (record,) = said(capsys, "rules", code, "--format", "jsonl")[1].splitlines()
    assert json.loads(record)["code"] == code
