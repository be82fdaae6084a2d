"""The commands on the register: what they take in, what they show, what they refuse."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import builders_docx as docx
import pytest

from markscan import Config, Scanner
from markscan.assess import Assessor, Read
from markscan.cli import main
from markscan.document import Area, Document, Part, Place
from markscan.finding import Status
from markscan.register import registering
from markscan.register.opening import open_register
from markscan.source import Source
from markscan.wording import REGISTER

PASSAGE = (
    "青禾渡口三号仓的值守人员自本月起改为双岗轮换，夜间调度口令每日更换一次，由值班长在十八时前以"
    "纸条方式交接，交接双方须在登记簿上签字。"
)
SECOND = (
    "渡口北侧的备用发电机组只在主电源中断满五分钟后启动，启动前应当通知下游两处泵站暂停抽水，并由"
    "值班员核对油量和水位。"
)
HEAD = "机密★10年\n云山市人民政府办公室文件\n云山办〔2024〕15号\n关于青禾渡口夜间调度方案的通知\n"
OFFICIAL = f"{HEAD}各区县人民政府：\n{PASSAGE}\n{SECOND}\n云山市人民政府办公室\n2024年5月1日\n"
PLAIN = "白石仓库的值班表每周一更换，夜间由两名保管员共同开启库门，钥匙分别存放在不同的保险柜内。\n"
WORDS = ("青禾", "渡口", "调度", "白石", "云山办")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A working folder of its own, with two documents in it."""
    monkeypatch.setenv("MARKSCAN_CACHE", str(tmp_path / "cache"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    Path("甲.txt").write_text(OFFICIAL, "utf-8")
    Path("乙.docx").write_bytes(docx.document(docx.body(docx.para(PLAIN.strip()))))
    return work


def said(capsys, *arguments, register="台账.db"):
    """Run one command on the register; return exit code, standard output, standard error."""
    capsys.readouterr()
    named = () if register is None else ("--register", register)
    code = main(["register", *(str(argument) for argument in arguments), *named])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def entries(capsys, **more):
    rows = said(capsys, "list", "--names", "--format", "jsonl", **more)[1].splitlines()
    return [json.loads(row)["entry"] for row in rows]


def test_a_document_tells_what_the_office_does_not_say(capsys):
    code, out, err = said(capsys, "add", "甲.txt")

    assert code == 0
    assert "密级、期限、制发日期、发文字号、标题" in out
    assert "台账.db.key" in err
    (entry,) = entries(capsys)
    assert entry["level"] == "jimi" and entry["period"] == "10Y"
    assert entry["issued"] == "2024-05-01" and entry["ends"] == "2034-05-01"
    assert entry["document_number"] == "云山办〔2024〕15号"
    assert entry["title"] == "关于青禾渡口夜间调度方案的通知"


def test_what_the_office_says_counts(capsys):
    code, out, _ = said(
        capsys,
        *("add", "甲.txt", "--level", "绝密", "--period", "2040年12月31日", "--issued", "2024/6/2"),
        *("--scope", "办公室、机要室", "--scope", "一处", "--number", "云山密〔2024〕2号"),
        *("--title", "另一个标题", "--id", "A-7", "--copies", "20份", "--stamp", "复制专用"),
        *("--approval", "批1"),
    )

    assert code == 0
    assert "文件上标的是“机密”" in out and "2024-05-01" in out
    (entry,) = entries(capsys)
    assert (entry["id"], entry["level"], entry["period"]) == ("A-7", "juemi", "@2040-12-31")
    assert (entry["issued"], entry["ends"]) == ("2024-06-02", "2040-12-31")
    assert entry["scope"] == ["办公室", "机要室", "一处"]
    assert (entry["copies"], entry["stamp"], entry["approvals"]) == (20, "复制专用", ["批1"])
    assert (entry["document_number"], entry["title"]) == ("云山密〔2024〕2号", "另一个标题")


@pytest.mark.parametrize("written", ["机密", "机密级", "jimi", "机 密", "机密★10年"])
@pytest.mark.parametrize("period", ["10年", "★10年", "机密★10年"])
def test_level_and_period_may_be_written_in_several_ways(written, period, capsys):
    assert said(capsys, "add", "乙.docx", "--level", written, "--period", period)[0] == 0
    assert [(e["level"], e["period"]) for e in entries(capsys)] == [("jimi", "10Y")]


@pytest.mark.parametrize(
    ("period", "code", "ends"),
    [
        ("启用前", "?启用前", None),
        ("长期", "LONG", None),
        ("2040年1月1日前", "@2039-12-31", "2039-12-31"),
        ("2030-12-31", "@2030-12-31", "2030-12-31"),
        ("6个月", "6M", "2024-11-01"),
        ("30天", "30D", "2024-05-31"),
        ("18个月", "18M", "2025-11-01"),
        ("120个月", "120M", "2034-05-01"),
        ("5年6个月", "66M", "2029-11-01"),
        ("条件：干旱结束后", "?干旱结束后", None),
        ("2030-12-31 00:00:00", "@2030-12-31", "2030-12-31"),
    ],
)
def test_a_period_is_what_stands_behind_the_star(period, code, ends, capsys):
    said(capsys, "add", "乙.docx", "--level", "机密", "--period", period, "--issued", "20240501")

    (entry,) = entries(capsys)
    assert (entry["period"], entry.get("ends")) == (code, ends)


ADDRESSED = "各县（区）人民政府，市政府各委、办、局：\n现将有关事项通知如下，请认真贯彻执行。\n"
REFUSED = {
    "no level": (("乙.docx",), "没有密级"),
    "a level of another kind": (("乙.docx", "--level", "内部"), "不是国家秘密的密级"),
    "a period that is none": (("甲.txt", "--period", "很久"), "不是保密期限"),
    "a bare number as period": (("甲.txt", "--period", "10"), "不是保密期限"),
    "a bare number behind the level": (("甲.txt", "--level", "机密★10"), "不是保密期限"),
    "no time at all as period": (("甲.txt", "--period", "0年"), "不是保密期限"),
    "a day that is none": (("甲.txt", "--issued", "2024-02-30"), "不是日期"),
    "a day to come": (("甲.txt", "--issued", "2124-02-01"), "不能晚于今天"),
    "an end before the issue": (("甲.txt", "--period", "2020年1月1日"), "早于制发日期"),
    "copies that are no number": (("甲.txt", "--copies", "许多"), "不是份数"),
    "an id with blanks": (("甲.txt", "--id", "一 号"), "不能有空格"),
    "an id that is the number": (("甲.txt", "--id", "云山办[2024]15号"), "不能含有"),
    "a parent that is not there": (("甲.txt", "--parent", "R000009"), "R000009"),
    "a file that is not there": (("丙.txt", "--level", "机密"), "没有这个文件"),
    "a folder": ((".", "--level", "机密"), "请列出其中的文件"),
    "figures alone": (("数.txt", "--level", "机密"), "数字不能提取指纹"),
    "formalities alone": (("套.txt", "--level", "机密"), "公文套语"),
    "an empty file": (("空.txt", "--level", "机密"), "没有文字"),
    "only signs": (("符号.txt", "--level", "机密"), "没有文字"),
    "a broken document": (("坏.docx", "--level", "机密"), "无法读取"),
    "too short and without a name": (("短.txt", "--level", "机密"), "什么也查不出来"),
    "points above the document": (("甲.txt", "--points", "点.txt"), "高于"),
    "points that are not there": (("甲.txt", "--points", "无.txt"), "密点文件"),
    "no points in the file": (("甲.txt", "--points", "空.txt"), "密点文件"),
}


@pytest.mark.parametrize(("arguments", "word"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_registered_is_refused_and_said(arguments, word, capsys):
    Path("空.txt").write_bytes(b"")
    Path("符号.txt").write_text("★☆——\n", "utf-8")
    Path("坏.docx").write_bytes(Path("乙.docx").read_bytes()[:60])
    Path("短.txt").write_text("一二三", "utf-8")
    Path("点.txt").write_text(f"绝密：{SECOND}\n", "utf-8")
    Path("数.txt").write_text("1 120.5 31.25\n2 121.5 32.25\n" * 9, "utf-8")
    Path("套.txt").write_text(f"{ADDRESSED}特此通知。\n", "utf-8")

    code, out, err = said(capsys, "add", *arguments)

    assert code == 2
    assert word in err and "已登记 0 件，未登记 1 件" in err
    assert out == ""
    assert not any(text in out + err for text in WORDS if text != "云山办" or "--id" not in err)


MISUSED = {
    "nothing": (),
    "one title for two": ("甲.txt", "乙.docx", "--title", "通知"),
    "a ledger and files": ("甲.txt", "--from", "台账.csv"),
    "a ledger and a level": ("--from", "台账.csv", "--level", "机密"),
    "a ledger that is not there": ("--from", "没有.csv"),
}


@pytest.mark.parametrize("arguments", MISUSED.values(), ids=MISUSED)
def test_what_cannot_be_meant_registers_nothing(arguments, capsys):
    code, out, err = said(capsys, "add", *arguments)

    assert (code, out) == (2, "")
    assert err.startswith("错误：")
    assert not Path("台账.db").exists() and not Path("台账.db.key").exists()


def test_each_file_has_a_fate_of_its_own(capsys):
    code, out, err = said(capsys, "add", "甲.txt", "没有.txt", "乙.docx", "--level", "机密")

    assert code == 2
    assert out.count("已登记") == 2
    assert "没有.txt" in err and "已登记 2 件，未登记 1 件" in err
    assert [e["id"] for e in entries(capsys)] == ["R000001", "R000002"]


def test_the_same_document_is_registered_once_unless_it_is_asked_for(capsys):
    Path("丙.txt").write_text(OFFICIAL.replace("2024年5月1日", "2024年5月2日"), "utf-8")
    Path("丁.txt").write_text(OFFICIAL + PLAIN * 3, "utf-8")

    assert said(capsys, "add", "甲.txt")[0] == 0
    code, _, err = said(capsys, "add", "丙.txt")
    assert code == 2 and "R000001" in err and "--again" in err
    assert said(capsys, "add", "丁.txt")[0] == 0  # holds the other, and more
    assert said(capsys, "add", "丙.txt", "--again")[0] == 0
    assert len(entries(capsys)) == 3


def test_two_files_of_one_text_are_registered_once(capsys):
    Path("丙.txt").write_text(OFFICIAL, "utf-8")

    code, _, err = said(capsys, "add", "甲.txt", "丙.txt")

    assert code == 2 and "另一文件相同" in err
    assert len(entries(capsys)) == 1


def test_a_short_document_is_known_by_its_name(capsys):
    Path("短.txt").write_text("同意。", "utf-8")
    name = ("--level", "机密", "--number", "云山密〔2024〕3号")

    code, out, _ = said(capsys, "add", "短.txt", *name)
    assert code == 0 and "查不出来" in out
    assert said(capsys, "add", "短.txt", *name)[0] == 2


def test_secret_points_are_places_with_levels(capsys):
    Path("点.txt").write_text(
        f"秘密：{SECOND}\n{PASSAGE}\n不在文件里的一句话，谁也没有写过。\n", "utf-8"
    )

    code, out, _ = said(capsys, "add", "甲.txt", "--points", "点.txt")

    assert code == 0 and "第 3 个密点" in out
    assert [level for *_, level in entries(capsys)[0]["points"]] == ["mimi", "jimi"]


def test_files_inside_a_document_are_told(capsys):
    names = docx.relations(("package", "embeddings/inside.txt"))
    inside = ("word/embeddings/inside.txt", "别的文件\n")
    whole = docx.document(
        docx.body(docx.para(PLAIN.strip())), ("word/_rels/document.xml.rels", names), inside
    )
    Path("套.docx").write_bytes(whole)

    assert "另有 1 个文件" in said(capsys, "add", "套.docx", "--level", "机密")[1]


def test_title_and_number_are_shown_only_where_they_are_asked_for(capsys):
    said(capsys, "add", "甲.txt")

    for command in (("list",), ("show", "R000001"), ("list", "--format", "jsonl"), ("verify",)):
        code, out, err = said(capsys, *command)
        assert code == 0
        assert not any(word in out + err for word in WORDS)
    assert "云山办〔2024〕15号" in said(capsys, "list", "--names")[1]
    assert "夜间调度" in said(capsys, "show", "R000001", "--names")[1]
    assert "--names" in said(capsys, "show", "R000001")[1]


def test_nothing_says_what_a_document_holds(capsys):
    Path("点.txt").write_text(SECOND, "utf-8")
    told = []
    for command in (
        ("add", "甲.txt", "乙.docx", "--level", "机密"),
        ("add", "甲.txt", "--points", "点.txt", "--again"),
        ("list",),
        ("show", "R000001"),
        ("export", "--out", "出.bin"),
        ("remove", "R000002"),
        ("verify",),
    ):
        told += said(capsys, *command)[1:]

    assert not any(word in text for word in WORDS for text in told)
    for path in (Path("出.bin"), Path("台账.db"), Path("台账.db.key")):
        content = path.read_bytes()
        assert not any(word.encode() in content for word in WORDS)


def test_entries_are_removed_and_released(capsys):
    said(capsys, "add", "甲.txt", "乙.docx", "--level", "机密")
    said(capsys, "add", "甲.txt", "--again", "--parent", "R000002", "--id", "附件")

    code, out, err = said(capsys, "remove", "R000002")
    assert code == 0 and "R000002" in out and "附件" in err
    assert said(capsys, "remove", "R000002")[0] == 2
    assert said(capsys, "declassify", "R000001", "--date", "2020-01-01")[0] == 2
    assert said(capsys, "declassify", "R000001", "--date", "2025-01-01")[0] == 0
    assert "已解密" in said(capsys, "list")[1]
    assert said(capsys, "declassify", "R000001", "--undo")[0] == 0
    assert "已解密" not in said(capsys, "list")[1]
    assert said(capsys, "declassify", "没有", "--date", "2025-01-01")[0] == 2


def test_a_register_lies_in_the_data_of_the_user_unless_one_is_named(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")

    assert said(capsys, "add", "甲.txt", register=None)[0] == 0
    assert (tmp_path / "data" / "register.db").is_file()
    assert (tmp_path / "data" / "register.db.key").is_file()


def test_a_key_that_is_there_is_used_for_another_register(capsys):
    said(capsys, "add", "甲.txt")

    code, _, err = said(capsys, "add", "甲.txt", "--key", "台账.db.key", register="二.db")
    assert code == 0 and "现有密钥" in err
    assert not Path("二.db.key").exists()


LEDGER = (
    "文件,编号,密级,保密期限,制发日期,知悉范围,标题,密点,上级编号\n"
    "甲.txt,A1,,,,办公室；机要室,,,\n"
    "子\\乙.docx,A2,秘密,5年,2024年6月1日,,,点.txt,A1\n"
    "丙.txt,A3,机密,10年,2024-05-01,,,,\n"
    ",A4,机密,10年,2024-05-01,,,,\n"
    "子/乙.docx,A1,机密,百年不遇,2024-05-01,,,,\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_ledger_registers_its_rows_and_names_the_bad_ones(encoding, capsys, tmp_path):
    place = Path("别处")
    (place / "子").mkdir(parents=True)
    Path("甲.txt").rename(place / "甲.txt")
    Path("乙.docx").rename(place / "子" / "乙.docx")
    (place / "点.txt").write_text(PLAIN, "utf-8")
    (place / "台账.csv").write_bytes(LEDGER.encode(encoding))

    code, out, err = said(capsys, "add", "--from", place / "台账.csv")

    assert code == 2
    assert [f"第 {n} 行" in out for n in (2, 3)] == [True, True]
    assert [f"第 {n} 行" in err for n in (4, 5, 6)] == [True, True, True]
    first, second = entries(capsys)
    assert (first["id"], first["level"], first["scope"]) == ("A1", "jimi", ["办公室", "机要室"])
    assert (second["id"], second["level"], second["parent"]) == ("A2", "mimi", "A1")
    assert len(second["points"]) == 1


def test_a_program_is_told_the_fate_of_each_document(capsys):
    rows = said(
        capsys, "add", "甲.txt", "没有.txt", "--level", "机密", "--format", "jsonl"
    )[1].splitlines()  # fmt: skip
    by_file = {record["file"]: record for record in map(json.loads, rows)}

    assert by_file["甲.txt"]["status"] == "added"
    assert by_file["甲.txt"]["taken"] == ["period", "issued", "document_number", "title"]
    assert by_file["没有.txt"]["status"] == "refused" and by_file["没有.txt"]["message"]
    assert not any(word in row for row in rows for word in WORDS)


def test_public_documents_hide_what_they_hold(capsys):
    said(capsys, "add", "甲.txt", "乙.docx", "--level", "机密")
    before = {e["id"]: e for e in entries(capsys)}
    assert len(before) == 2
    Path("公开").mkdir()
    Path("公开/一.txt").write_text(f"公开的通知。{PASSAGE[:40]}", "utf-8")
    Path("公开/二.txt").write_text(OFFICIAL, "utf-8")

    code, out, err = said(capsys, "public", "公开")

    assert code == 2
    assert "公开文件 1 个" in out
    assert "二.txt" in err and "R000001" in err and "declassify" in err
    found = open_register(Path("台账.db"))
    assert len(found.index) > 0
    said(capsys, "declassify", "R000001", "--date", "2025-01-01")
    assert said(capsys, "public", "公开/二.txt")[0] == 0


def test_a_register_is_carried_to_another_machine(capsys, tmp_path):
    """From two documents to the passage in a draft, with nothing but export and scan key."""
    said(capsys, "add", "甲.txt", "--scope", "办公室")
    said(capsys, "add", "乙.docx", "--level", "秘密", "--period", "5年", "--issued", "2024-06-01")
    assert said(capsys, "export", "--out", "出.bin")[0] == 0
    assert said(capsys, "key", "--scan", "扫描.key")[0] == 0
    away = tmp_path / "away"
    away.mkdir()
    for name in ("出.bin", "扫描.key"):
        Path(name).rename(away / name)
    target = away / "register"
    key = ("--key", away / "扫描.key")

    code, out, err = said(capsys, "import", away / "出.bin", *key, register=target)

    assert code == 0 and "2 件" in out
    assert "扫描.key" in err and "台账密钥" not in err
    assert "完好" in said(capsys, "verify", *key, register=target)[1]
    config = Config(register=target, register_key=away / "扫描.key")
    draft = f"关于近期工作的汇报\n有关要求如下。{PASSAGE}请遵照执行。\n"
    reuse = reuse_in(config, draft)
    assert [(r.entry.id, r.entry.level) for r in reuse] == [("R000001", "jimi")]
    assert reuse[0].passages and reuse[0].entry.title == "" and reuse[0].entry.scope == ()
    cited = reuse_in(config, "根据云山办〔2024〕15号文件的要求。")
    assert [each.kind for each in cited[0].citations] == ["number"]
    path = away / "草稿.txt"
    path.write_text(draft, "utf-8")
    told = Scanner(config).scan_file(path)
    assert "MS401" in [found.rule for found in told.findings]


def reuse_in(config, text):
    document = Document("a.txt", "a.txt", "text", (Part(text, Place(Area.BODY)),))
    read = Read(Source(Path("a.txt")), Status.EXAMINED, (), (), lambda: None)
    return Assessor(config).cases(document, read)[0].reuse


def test_an_export_holds_names_only_where_they_are_asked_for(capsys):
    said(capsys, "add", "甲.txt", "--scope", "办公室")
    said(capsys, "export", "--out", "一.bin")
    code, _, err = said(capsys, "export", "--out", "二.bin", "--names", "--scope")

    assert code == 0 and "可以带出" in err
    bare, full = (open_register(Path(n), Path("台账.db.key")) for n in ("一.bin", "二.bin"))
    assert (bare.entries[1].title, bare.entries[1].scope) == ("", ())
    assert full.entries[1].title and full.entries[1].scope == ("办公室",)
    assert said(capsys, "export", "--out", "一.bin")[0] == 2  # never written over


@pytest.fixture
def carried(capsys):
    """Two exports of one register, the later with a document more, and a key for scanning."""
    said(capsys, "add", "甲.txt")
    said(capsys, "export", "--out", "旧.bin")
    said(capsys, "add", "乙.docx", "--level", "机密")
    said(capsys, "export", "--out", "新.bin")
    said(capsys, "key", "--scan", "扫描.key")
    return Path("扫描.key")


def test_an_older_export_does_not_take_the_place_of_a_newer_one(carried, capsys):
    def imported(name, *more):
        return said(capsys, "import", name, "--key", carried, *more, register="用.reg")

    assert imported("旧.bin")[0] == 0
    assert imported("新.bin")[0] == 0
    code, _, err = imported("旧.bin")
    assert code == 2 and "--older" in err
    assert len(open_register(Path("用.reg"), carried).entries) == 2
    assert imported("旧.bin", "--older")[0] == 0
    assert len(open_register(Path("用.reg"), carried).entries) == 1
    assert not list(Path().glob(".*.part"))


def test_an_export_from_before_a_release_is_older(carried, capsys):
    said(capsys, "declassify", "R000001")
    said(capsys, "export", "--out", "解密后.bin")
    assert said(capsys, "import", "解密后.bin", "--key", carried, register="用.reg")[0] == 0

    code, _, err = said(capsys, "import", "新.bin", "--key", carried, register="用.reg")

    assert code == 2 and "--older" in err


def test_a_piece_changed_on_disk_is_refused_though_the_cache_is_warm(capsys):
    said(capsys, "add", "甲.txt")
    open_register(Path("台账.db"))  # the cache is warm
    base = sqlite3.connect("台账.db")
    base.execute("UPDATE segment SET sealed = zeroblob(length(sealed))")
    base.commit()
    base.close()
    Path("稿.txt").write_text("正文。", "utf-8")
    capsys.readouterr()

    code = main(["scan", ".", "--register", "台账.db"])

    captured = capsys.readouterr()
    assert code == 2 and "被改动" in captured.err
    assert "稿.txt" not in captured.out


@pytest.mark.parametrize(
    ("level", "period", "code", "warned"),
    [
        ("绝密★20年", "10年", "20Y", True),
        ("绝密★10年", "20年", "20Y", True),
        ("机密★10年", "长期", "LONG", True),
        ("机密★启用前", "10年", "?启用前", True),
        ("机密★10年", "2030-01-01", "10Y", True),
        ("机密★10年", "120个月", "120M", False),
        ("机密", "10年", "10Y", False),
    ],
)
def test_of_two_periods_the_longer_counts_and_the_office_is_told(
    level, period, code, warned, capsys
):
    given = ("--level", level, "--period", period, "--issued", "2024-05-01 00:00:00")
    out = said(capsys, "add", "乙.docx", *given)[1]

    assert entries(capsys)[0]["period"] == code
    assert ("密级中写的期限" in out) is warned


def test_a_document_of_figures_does_not_keep_the_others_out(capsys):
    Path("数.txt").write_text("1 120.5 31.25\n2 121.5 32.25\n" * 9, "utf-8")

    code, out, err = said(capsys, "add", "甲.txt", "数.txt", "乙.docx", "--level", "机密")

    assert code == 2 and "数.txt" in err
    assert len(entries(capsys)) == 2
    code, out, _ = said(capsys, "add", "数.txt", "--level", "机密", "--number", "云山密〔2024〕9号")
    assert code == 0 and "数字不能提取指纹" in out


def test_what_is_ready_is_added_though_the_program_fails_at_the_next(capsys, monkeypatch):
    real = registering.prepare

    def fails(entry, *rest, **more):
        if entry.level == "mimi":
            raise ZeroDivisionError
        return real(entry, *rest, **more)

    monkeypatch.setattr(registering, "prepare", fails)
    Path("台账.csv").write_text("文件,密级\n甲.txt,机密\n乙.docx,秘密\n", "utf-8-sig")
    said(capsys, "add", "--from", "台账.csv")

    assert len(entries(capsys)) == 1


NAMES = {
    "both": ((), (), ("没有标题", "没有发文字号", "标题不足", "发文字号不是")),
    "none": (("乙.docx",), ("没有标题", "没有发文字号"), ()),
    "a short title": (("乙.docx", "--title", "值班表"), ("标题不足 8 个字",), ("没有标题",)),
    "a number put oddly": (("乙.docx", "--number", "云密15"), ("发文字号不是",), ("没有发文",)),
}


@pytest.mark.parametrize(("arguments", "told", "untold"), NAMES.values(), ids=NAMES)
def test_a_name_that_nobody_can_look_for_is_told(arguments, told, untold, capsys):
    arguments = arguments or ("甲.txt",)
    code, out, _ = said(capsys, "add", *arguments, "--level", "机密")

    assert code == 0
    assert all(word in out for word in told) and not any(word in out for word in untold)


LAW = (
    "# 中华人民共和国保守国家秘密法\n"
    "第一条　为了保守国家秘密，维护国家安全和利益，保障改革开放和社会主义现代化建设事业的顺利进行，"
    "根据宪法，制定本法。\n"
    "第二条　国家秘密是关系国家安全和利益，依照法定程序确定，在一定时间内只限一定范围的人员"
    "知悉的事项。\n"
    "一切国家机关和武装力量、各政党和各人民团体、企业事业组织和其他社会组织以及公民都有保密的义务。\n"
)


def test_the_title_of_a_public_document_is_no_secret_title(capsys):
    Path("法.txt").write_text(f"机密★10年\n{LAW}", "utf-8")
    names = ("--title", "中华人民共和国保守国家秘密法", "--number", "云山密〔2024〕8号")
    code, out, _ = said(capsys, "add", "法.txt", *names)

    assert code == 0 and "不按密件标题查引用" in out
    assert "title" not in entries(capsys)[0]
    reuse = reuse_in(Config(register=Path("台账.db")), "依据《中华人民共和国保守国家秘密法》。")
    assert reuse == ()


def test_a_title_of_markdown_is_taken_without_its_sign(capsys):
    Path("标.txt").write_text(OFFICIAL.replace("关于青禾", "# 关于青禾"), "utf-8")
    said(capsys, "add", "标.txt")

    assert entries(capsys)[0]["title"] == "关于青禾渡口夜间调度方案的通知"


def test_repetition_is_not_told_as_public_text(capsys):
    Path("复.txt").write_text("雁" * 5_000, "utf-8")
    out = said(capsys, "add", "复.txt", "--level", "机密")[1]

    assert "反复出现" in out and "公开文件" not in out


def test_a_notice_of_formalities_is_no_excerpt_of_one_that_has_the_same(capsys):
    title = "关于青禾渡口夜间调度方案的通知\n"
    Path("密.txt").write_text(f"{title}{ADDRESSED}{PASSAGE}\n特此通知。\n", "utf-8")
    assert said(capsys, "add", "密.txt", "--level", "机密")[0] == 0

    for title in ("关于开展春季植树活动的通知\n", ""):
        other = f"{title}{ADDRESSED}一、每人植树三棵。\n特此通知。\n"
        assert reuse_in(Config(register=Path("台账.db")), other) == ()


def test_a_changed_byte_outside_the_sealed_pieces_is_refused(capsys):
    said(capsys, "add", "甲.txt")
    path = Path("台账.db")
    base = sqlite3.connect(path)
    (page,) = base.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_sequence'"
    ).fetchone()
    (size,) = base.execute("PRAGMA page_size").fetchone()
    base.close()
    path.write_bytes(changed(path, (page - 1) * size))
    capsys.readouterr()

    assert main(["check", "乙.docx", "--register", "台账.db"]) == 2
    assert "被改动" in capsys.readouterr().err


EMPTY = {
    "an empty register": (("list",), "已损坏"),
    "no key": (("list", "--key", "没有.key"), "没有这个文件"),
    "public files that are not there": (("public", "没有"), "没有“没有”"),
}


@pytest.mark.parametrize(("arguments", "word"), EMPTY.values(), ids=EMPTY)
def test_what_is_not_there_is_told_in_chinese(arguments, word, capsys):
    said(capsys, "add", "甲.txt")
    if word == "已损坏":
        Path("台账.db").write_bytes(b"")
    code, _, err = said(capsys, *arguments)

    assert code == 2 and word in err
    assert not re.search(r"no such|No such", err)


def test_the_size_of_a_small_export_is_told(capsys):
    said(capsys, "add", "甲.txt")

    assert re.search(r"个，[1-9]\d* KB", said(capsys, "export", "--out", "出.bin")[1])


@pytest.mark.parametrize(
    ("level", "period", "warned"),
    [("绝密", "40年", True), ("机密", "21年", True), ("秘密", "2040-01-01", True),
     ("绝密", "30年", False), ("秘密", "10年", False), ("机密", "长期", False)],
)  # fmt: skip
def test_a_period_beyond_the_law_is_registered_with_a_warning(level, period, warned, capsys):
    given = ("--level", level, "--period", period, "--issued", "2024-05-01")
    code, out, _ = said(capsys, "add", "乙.docx", *given)

    assert code == 0
    assert ("法定上限" in out) is warned


@pytest.mark.parametrize(
    ("id", "code", "warned"),
    [("青禾渡口夜间-1", 2, False), ("青禾渡口-1", 0, True), ("云山市人民政府-1", 0, False),
     ("青禾-1", 0, False), ("密2024-001", 0, False)],
)  # fmt: skip
def test_an_id_that_tells_the_title_is_refused_and_one_that_hints_at_it_is_told(
    id, code, warned, capsys
):
    found, out, _ = said(capsys, "add", "甲.txt", "--id", id)

    assert found == code
    assert ("标题里的" in out) is warned


def test_an_attachment_without_a_day_has_that_of_its_parent(capsys):
    said(capsys, "add", "甲.txt", "--id", "主-1")
    told = ("--level", "机密", "--period", "10年", "--parent", "主-1")
    code, out, _ = said(capsys, "add", "乙.docx", *told)

    assert code == 0 and "按主件“主-1”的日期 2024-05-01" in out
    attachment = entries(capsys)[1]
    assert (attachment["issued"], attachment["ends"]) == ("2024-05-01", "2034-05-01")


def test_a_title_in_a_property_may_hold_a_full_stop(capsys):
    title = "关于青禾渡口2.5千伏线路改造安排的通知"
    said(capsys, "add", "甲.txt", "--title", title)
    parts = (Part("正文另附。", Place(Area.BODY)), Part(title, Place(Area.PROPERTY, label="title")))
    document = Document("a.docx", "a.docx", "docx", parts)
    read = Read(Source(Path("a.docx")), Status.EXAMINED, (), (), lambda: None)

    reuse = Assessor(Config(register=Path("台账.db"))).cases(document, read)[0].reuse

    span = reuse[0].citations[0].span
    assert span.end - span.start == len(title)


def test_an_import_writes_over_nothing_but_an_export(carried, capsys):
    Path("别的.txt").write_text("别的", "utf-8")

    for target in ("台账.db", "别的.txt"):
        before = Path(target).read_bytes()
        code, _, err = said(capsys, "import", "新.bin", "--key", carried, register=target)
        assert code == 2 and target in err
        assert Path(target).read_bytes() == before
    assert said(capsys, "import", "台账.db", "--key", carried, register="用.reg")[0] == 2
    assert said(capsys, "import", "新.bin", "--key", carried, register="新.bin")[0] == 2


def test_the_key_of_the_office_is_no_key_for_scanning(carried, capsys):
    code, _, err = said(capsys, "import", "新.bin", "--key", "台账.db.key", register="用.reg")
    assert code == 0 and "台账密钥" in err
    code, _, err = said(capsys, "list", "--key", carried)
    assert code == 2 and "扫描用密钥" in err


def changed(path: Path, at: int) -> bytes:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    return bytes(content)


def of_format(path: Path, number: int) -> bytes:
    return path.read_bytes().replace(b"markscan-register/2", b"markscan-register/%d" % number, 1)


def changed_entry() -> bytes:
    copy = Path("改.db")
    copy.write_bytes(Path("台账.db").read_bytes())
    base = sqlite3.connect(copy)
    (sealed,) = base.execute("SELECT sealed FROM entry WHERE number = 1").fetchone()
    sealed = bytes([sealed[0] ^ 1]) + sealed[1:]
    base.execute("UPDATE entry SET sealed = ? WHERE number = 1", (sealed,))
    base.commit()
    base.close()
    return copy.read_bytes()


BROKEN = {
    "an export that was changed": (lambda: changed(Path("新.bin"), -100), "签名"),
    "an export whose end was cut off": (lambda: Path("新.bin").read_bytes()[:-70], "签名"),
    "an export of which little is left": (lambda: Path("新.bin").read_bytes()[:70], "损坏"),
    "an export with a changed entry": (lambda: changed(Path("新.bin"), 300), "“坏.reg”"),
    "an export of another format": (lambda: of_format(Path("新.bin"), 0), "markscan-register/0"),
    "a register that was cut off": (lambda: Path("台账.db").read_bytes()[:9000], "坏.reg"),
    "a register with a changed entry": (lambda: changed_entry(), "损坏"),
    "something else": (lambda: b"no register at all\n", "损坏"),
    "nothing": (lambda: b"", "坏.reg"),
}


@pytest.mark.parametrize(("made", "word"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("command", ["check", "scan", "review", "list", "verify"])
def test_a_register_that_was_damaged_is_refused_before_anything_is_scanned(
    made, word, command, carried, capsys
):
    Path("坏.reg").write_bytes(made())
    Path("草稿.txt").write_text("通知\n", "utf-8")
    named = ["--register", "坏.reg", "--key", "台账.db.key"]
    capsys.readouterr()

    if command in ("list", "verify"):
        code = main(["register", command, *named])
    else:
        code = main([command, "草稿.txt", *named, "--jobs", "1"])

    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    if command != "list":
        assert word in captured.err
    assert captured.err.startswith("错误：") and captured.err.count("\n") == 1


def older_book() -> None:
    with sqlite3.connect("台账.db") as base:
        base.execute("UPDATE book SET value = ? WHERE name = 'format'", (b"0",))
    base.close()


@pytest.mark.parametrize(
    ("spoil", "key", "word"),
    [
        (older_book, "台账.db.key", "格式"),
        (None, "别的.key", "须用密钥"),
        (None, "没有.key", "没有.key"),
        (None, "甲.txt", "密钥文件"),
        (None, "扫描.key", "扫描用密钥"),
    ],
    ids=["an older register", "another key", "no key", "something that is no key", "a scan key"],
)
def test_a_register_opens_only_with_its_key_and_in_its_format(spoil, key, word, carried, capsys):
    said(capsys, "add", "甲.txt", register="别的.db")
    Path("别的.db.key").rename("别的.key")
    if spoil is not None:
        spoil()

    for command in (["register", "list"], ["check", "甲.txt"]):
        capsys.readouterr()
        code = main([*command, "--register", "台账.db", "--key", key])
        captured = capsys.readouterr()
        assert (code, captured.out) == (2, "")
        expected = "导出文件" if key == "扫描.key" and command[0] == "check" else word
        assert expected in captured.err and captured.err.count("\n") == 1


def test_a_register_that_cannot_be_made_is_said_once(capsys):
    Path("挡").write_text("", "utf-8")

    code, out, err = said(
        capsys, "add", "甲.txt", "乙.docx", "--level", "机密", register="挡/台账.db"
    )

    assert (code, out) == (2, "") and err.count("\n") == 1


@pytest.mark.parametrize("key", ["别的.key", "没有.key"])
def test_an_export_is_imported_only_with_its_key(key, carried, capsys):
    said(capsys, "add", "甲.txt", register="别的.db")
    Path("别的.db.key").rename("别的.key")

    code, out, err = said(capsys, "import", "新.bin", "--key", key, register="用.reg")

    assert (code, out) == (2, "") and err.count("\n") == 1
    assert not Path("用.reg").exists() and not list(Path().glob(".*.part"))


def test_an_export_is_not_changed_like_a_register(carried, capsys):
    code, _, err = said(capsys, "add", "甲.txt", "--key", "台账.db.key", register="新.bin")

    assert code == 2 and "导出文件" in err


@pytest.mark.parametrize(
    "command",
    [
        "add",
        "list",
        "show",
        "remove",
        "declassify",
        "verify",
        "merge",
        "public",
        "key",
        "export",
        "import",
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_help(command, language, capsys):
    code, out, _ = said(capsys, command, "--help", "--lang", language, register=None)

    assert code == 0 and "--register" in out


def test_every_sentence_has_the_same_values_in_both_languages():
    for key, text in REGISTER.items():
        assert set(re.findall(r"{\w+}", text.zh)) == set(re.findall(r"{\w+}", text.en)), key


def test_a_document_of_formulas_is_refused_unless_public_text_is_kept(capsys):
    Path("戊.txt").write_text("各省、自治区、直辖市人民政府，国务院各部委、各直属机构", "utf-8")

    code, _, err = said(capsys, "add", "戊.txt", "--level", "秘密")
    assert code == 2 and REGISTER["add.useless"].zh in err
    assert said(capsys, "add", "戊.txt", "--level", "秘密", "--keep-public")[0] == 0
    assert entries(capsys)[0]["kept"] > 3
