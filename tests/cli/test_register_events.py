"""What becomes of registered documents: recorded, shown, and told when it is due."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from markscan.cli import main

TEXT = (
    "青禾渡口三号仓的值守人员自本月起改为双岗轮换，夜间调度口令每日更换一次，由值班长在十八时前以"
    "纸条方式交接，交接双方须在登记簿上签字。"
)
TODAY = date.today()
AGO = (TODAY - timedelta(days=300)).replace(day=15)


def day(text: str) -> str:
    """The sentence of a day in `text`: +10 and -10 count from today."""
    return (TODAY + timedelta(days=int(text))).isoformat()


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A working folder of its own with one document in it."""
    monkeypatch.setenv("MARKSCAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    Path("甲.txt").write_text(TEXT, "utf-8")


def said(capsys, *arguments):
    """Run one command on the register; return exit code, standard output, standard error."""
    capsys.readouterr()
    code = main(["register", *(str(argument) for argument in arguments), "--register", "台账.db"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def registered(capsys, *more, level="机密", period="10年", issued=AGO):
    """Put the document into the register, as K-1."""
    given = ("--level", level, "--period", period, "--issued", issued, "--id", "K-1")
    assert said(capsys, "add", "甲.txt", *given, *more)[0] == 0


def entry(capsys):
    (row,) = said(capsys, "list", "--format", "jsonl")[1].splitlines()
    return json.loads(row)["entry"]


def due(capsys, *more):
    """What is due, as (rule, severity), and the exit code."""
    code, out, _ = said(capsys, "due", "--format", "jsonl", *more)
    rows = [json.loads(row)["due"] for row in out.splitlines()]
    return [(row["code"], row["severity"]) for row in rows], code


def test_nothing_is_due_of_a_young_document(capsys):
    registered(capsys)

    assert due(capsys) == ([], 0)


@pytest.mark.parametrize(
    ("added", "recorded", "on", "expected"),
    [
        ({}, (), "+100", [("MS508", "low")]),
        ({}, (("record", "reviewed", "K-1"),), "+100", []),
        ({"period": "1年"}, (), "+20", [("MS502", "info")]),
        ({"period": "1年"}, (), "+80", [("MS501", "medium")]),
        ({"period": "1年"}, (("declassify", "K-1"),), "+80", []),
        ({"more": ("--return-by", day("-1"))}, (), "+0", [("MS516", "medium")]),
        ({"more": ("--return-by", day("+0"))}, (), "+0", []),
        ({"more": ("--return-by", day("-1"))}, (("record", "returned", "K-1"),), "+0", []),
        ({"period": "开标前"}, (("record", "fulfilled", "K-1"),), "+0", [("MS509", "info")]),
        ({}, (("record", "transferred", "K-1"),), "+0", [("MS512", "low")]),
        (
            {},
            (
                ("record", "reviewed", "K-1", "--date", day("-9")),
                ("record", "transferred", "K-1"),
            ),
            "+0",
            [],
        ),
        (
            {"period": "6个月"},
            (("change", "K-1", "--period", "5年"),),
            "+0",
            [("MS515", "high")],
        ),
        (
            {"period": "6个月"},
            (("change", "K-1", "--period", "5年", "--date", day("-250")),),
            "+0",
            [],
        ),
    ],
)
def test_what_is_due_follows_from_what_was_recorded(capsys, added, recorded, on, expected):
    registered(capsys, *added.pop("more", ()), **added)
    for arguments in recorded:
        assert said(capsys, *arguments)[0] == 0

    found, code = due(capsys, "--date", day(on))
    assert found == expected
    assert code == (1 if any(severity in ("medium", "high") for _, severity in found) else 0)


def test_a_change_keeps_what_held_before(capsys):
    registered(capsys)
    _, out, _ = said(capsys, "change", "K-1", "--level", "秘密", "--period", "5年", "--date", AGO)

    assert "秘密★5年" in out
    now = entry(capsys)
    assert (now["level"], now["period"]) == ("mimi", "5Y")
    assert now["ends"] == AGO.replace(year=AGO.year + 5).isoformat()
    assert now["changes"][0][:3] == [AGO.isoformat(), "jimi", "10Y"]
    assert "机密★10年" in said(capsys, "show", "K-1")[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--period", "长期"), ("没有到期日", "第22条")),
        (("--period", "30年"), ("法定上限",)),
        (("--level", "秘密", "--period", "3个月"), ("保密期限已满", "到期日")),
        (("--period", "工程竣工后"), ("条件满足时解密",)),
        (("--return-by", "2040-12-31"), ("清退时间 2040-12-31",)),
        (("--period", "15年", "--return-by", "2040-12-31"), ("到期日", "清退时间 2040-12-31")),
    ],
)
def test_what_a_change_leads_to_is_told(capsys, arguments, told):
    registered(capsys)
    code, out, _ = said(capsys, "change", "K-1", *arguments)

    assert code == 0
    assert all(word in out for word in told)
    assert "None" not in out


def test_a_long_term_is_told_when_it_is_registered(capsys):
    given = ("--level", "机密", "--period", "长期", "--issued", AGO, "--id", "K-1")

    assert "第22条" in said(capsys, "add", "甲.txt", *given)[1]


@pytest.mark.parametrize(
    ("added", "steps"),
    [
        ({}, [("--period", "长期")]),
        ({}, [("--level", "秘密", "--period", "5年"), ("--period", "8年")]),
        ({"period": "开标前"}, [("--period", "8年")]),
        ({"period": ""}, [("--period", "8年")]),
    ],
)
def test_a_change_can_be_taken_back_step_by_step(capsys, added, steps):
    registered(capsys, **added)
    if added.get("period") == "开标前":
        said(capsys, "record", "fulfilled", "K-1")
    states = [entry(capsys)]
    for step in steps:
        assert said(capsys, "change", "K-1", *step)[0] == 0
        states.append(entry(capsys))
    for before in reversed(states[:-1]):
        code, out, _ = said(capsys, "change", "K-1", "--undo")
        assert code == 0 and "已撤销" in out
        assert entry(capsys) == before
    assert said(capsys, "change", "K-1", "--undo")[0] == 2


def test_a_release_ahead_tells_from_when_it_counts(capsys):
    registered(capsys)

    assert f"自 {day('+9')} 起解密" in said(capsys, "declassify", "K-1", "--date", day("+9"))[1]
    assert "于" in said(capsys, "declassify", "K-1")[1]


def test_a_record_can_be_taken_back(capsys):
    registered(capsys)
    said(capsys, "record", "reviewed", "K-1", "--date", AGO)
    said(capsys, "record", "reviewed", "K-1")
    said(capsys, "record", "reviewed", "K-1", "--undo")

    assert entry(capsys)["reviewed"] == [AGO.isoformat()]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("record", "reviewed", "K-1", "--date", "2000-01-01"), "早于制发日期"),
        (("record", "returned", "K-1", "--date", day("+1")), "还没有到"),
        (("record", "fulfilled", "K-1"), "没有解密条件"),
        (("record", "reviewed", "没有"), "没有"),
        (("record", "lost", "K-1"), "lost"),
        (("change", "K-1"), "--period"),
        (("change", "K-1", "--undo"), "没有登记过"),
        (("change", "K-1", "--undo", "--period", "5年"), "--undo"),
        (("change", "K-1", "--level", "机密"), "没有变化"),
        (("change", "K-1", "--level", "很密"), "不是国家秘密的密级"),
        (("change", "K-1", "--period", "2001年1月1日"), "早于制发日期"),
        (("declassify", "K-1", "--date", "2000-01-01"), "早于制发日期"),
        (("due", "--date", "昨天"), "不是日期"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(capsys, arguments, why):
    registered(capsys)
    before = entry(capsys)
    code, _, err = said(capsys, *arguments)

    assert code == 2
    assert why in err
    assert entry(capsys) == before


def test_one_wrong_id_leaves_the_others_as_they_are(capsys):
    registered(capsys)
    assert said(capsys, "record", "reviewed", "K-1", "K-2")[0] == 2

    assert "reviewed" not in entry(capsys)


def test_a_ledger_tells_days_of_return_and_review(capsys):
    head = "文件,密级,保密期限,制发日期,清退时间,审核日期"
    row = f"甲.txt,机密,10年,{AGO},{day('-1')},{day('-5')}"
    Path("台账.csv").write_text(f"{head}\n{row}\n", "utf-8-sig")
    assert said(capsys, "add", "--from", "台账.csv")[0] == 0

    assert entry(capsys)["reviewed"] == [day("-5")]
    assert due(capsys) == ([("MS516", "medium")], 1)


def test_an_export_tells_nothing_of_reviews_changes_and_returns(capsys):
    registered(capsys, "--return-by", day("-1"))
    said(capsys, "record", "reviewed", "K-1")
    said(capsys, "change", "K-1", "--level", "秘密")
    assert said(capsys, "export", "--out", "导出.reg")[0] == 0

    head = Path("导出.reg").read_bytes().split(b"\n")[0].decode()
    told = json.loads(head)["entries"][0]
    assert told["level"] == "mimi"
    assert not {"reviewed", "changes", "return_by", "returned", "transferred"} & set(told)
