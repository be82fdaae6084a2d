"""Kept scans at night: closing time, self-test samples, and what is told of both."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from markscan.cli import main
from markscan.run import Closing

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
def share(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "share"


def scan(capsys, share, *more):
    told = ("--store", "s", "--no-ocr", "--jobs", 1, "--no-low-priority", *more)
    return said(capsys, "scan", share, *told)


def ledgers(capsys):
    _, out, _ = said(capsys, "runs", "--store", "s", "--format", "jsonl")
    return [(each["state"], each["ledger"]) for each in map(json.loads, out.splitlines())]


class AfterSome(Closing):
    """Comes after it was asked a few times."""

    left = 0

    def passed(self, seconds=0.0):
        self.left -= 1
        return self.left < 0 and not seconds


@pytest.fixture
def stops_early(monkeypatch):
    closing = AfterSome(at=0.0)
    closing.left = 12
    monkeypatch.setattr(Closing, "when", classmethod(lambda cls, until: closing))


def test_a_scan_stops_at_its_time_and_the_next_goes_on(share, capsys, stops_early):
    for folder in "abcdef":
        for number in range(3):
            put(share / folder / f"{number}.txt", f"通知 {folder}{number}\n")
    put(share / "a" / "marked.txt", "机密★10年\n关于仓储安排的通知\n")
    put(share / "f" / "marked.txt", "秘密★10年\n关于仓储安排的通知\n")

    code, out, _ = scan(capsys, share, "--until", "06:00")
    (first,) = ledgers(capsys)
    again = said(capsys, "report", "--store", "s")
    second = scan(capsys, share, "--format", "jsonl", "-q")
    done, stopped = ledgers(capsys)
    diff = said(capsys, "diff", "1", "2", "--store", "s", "--format", "jsonl")[1]

    assert "到时停止" in out
    assert code in (1, 3)
    assert first[0] == "stopped" and first[1]["stopped"]
    assert first[1]["scanned"] < 20
    assert first[1]["pending"] == first[1]["handed"] - first[1]["examined"]
    assert again[0] == code and "到时停止" in again[1]
    assert stopped[0] == "stopped"
    assert second[0] == 1 and second[1].count("\n") == 20
    assert done[0] == "finished"
    assert done[1]["scanned"] == 20 - first[1]["scanned"]
    assert '"gone"' not in diff


@pytest.mark.parametrize("until", ["6", "25:00", "06:00:00"])
def test_a_closing_time_is_a_time_of_day(until, share, capsys):
    code, _, err = scan(capsys, share, "--until", until)

    assert code == 2
    assert "06:00" in err


def test_the_configuration_holds_closing_time_pace_and_priority(tmp_path):
    from markscan.config import read_config
    from markscan.errors import ConfigError

    file = tmp_path / "markscan.toml"
    file.write_text('[scan]\nuntil = "06:00"\nio-mbps = 20\nlow-priority = false\n', "utf-8")
    config = read_config(file)
    file.write_text('[scan]\nuntil = "6 Uhr"\n', "utf-8")

    assert (config.until, config.io_mbps, config.low_priority) == ("06:00", 20, False)
    with pytest.raises(ConfigError):
        read_config(file)


def test_samples_are_found_or_the_run_is_red(share, capsys):
    put(share / "a" / "clean.txt", "通知\n")
    put(share / "b" / "clean.txt", "通知\n")
    planted = said(capsys, "selftest", "plant", share / "a", share / "b", "--store", "s")
    names = sorted(path.name for path in share.rglob("MarkScan*"))

    green = scan(capsys, share, "--format", "jsonl")
    same_day = scan(capsys, share)
    listed = said(capsys, "selftest", "list", "--store", "s", "--format", "jsonl")
    lost = next((share / "b").glob("*.docx"))
    lost.unlink()
    red = scan(capsys, share)
    report = said(capsys, "report", "--store", "s")
    amiss = said(capsys, "selftest", "list", "--store", "s")
    (red_ledger, *others) = [ledger for _, ledger in ledgers(capsys)]

    assert planted[0] == 0 and len(names) == 4
    assert (green[0], same_day[0]) == (0, 0)
    # Not one of them is counted or shown as a file of the share.
    assert [Path(json.loads(line)["locator"]).name for line in green[1].splitlines()] == [
        "clean.txt",
        "clean.txt",
    ]
    assert "自检样本 4 个均已检出" in green[2] and "自检样本 4 个均已检出" in same_day[1]
    assert listed[0] == 0
    assert [json.loads(line)["state"] for line in listed[1].splitlines()] == ["intact"] * 4
    assert red[0] == 4
    assert lost.name in red[2] and "缺失" in red[2]
    assert "4 个自检样本中有 1 个没有检出" in red[1]
    assert report[0] == 4 and "没有检出" in report[1].splitlines()[0]
    assert amiss[0] == 1
    assert (red_ledger["samples"], red_ledger["missed"]) == (4, 1)
    assert [(each["samples"], each["missed"]) for each in others] == [(4, 0), (4, 0)]
    assert {each["discovered"] for each in (red_ledger, *others)} == {2}


def test_samples_are_taken_away_by_name_or_all_at_once(share, capsys):
    (share / "a").mkdir(parents=True)
    said(capsys, "selftest", "plant", share / "a", "--store", "s")
    one, two = sorted((share / "a").iterdir())
    two.write_bytes(two.read_bytes() + b"\n")

    unknown = said(capsys, "selftest", "remove", "none", "--store", "s")
    nothing = said(capsys, "selftest", "remove", "--store", "s")
    first = said(capsys, "selftest", "remove", one, "--store", "s")
    rest = said(capsys, "selftest", "remove", "--all", "--store", "s")

    assert (unknown[0], nothing[0]) == (2, 2)
    assert first[0] == 0 and not one.exists()
    assert "未删除" in rest[1] and two.exists()
    assert said(capsys, "selftest", "list", "--store", "s")[1] == ""


def test_a_damaged_list_of_samples_stops_the_scan_before_it_begins(share, capsys):
    put(share / "a.txt", "通知\n")
    Path("s.samples.json").write_text("{", "utf-8")

    code, out, err = scan(capsys, share)

    assert (code, out) == (2, "")
    assert "s.samples.json" in err
