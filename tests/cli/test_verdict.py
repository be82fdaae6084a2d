"""`verdict`, `status`, `report --quote` and `doctor --store`, as a person calls them."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from importlib import resources

import jsonschema
import pytest

from markscan.cli import doctor_store, main, quoting, status
from markscan.cli.exit_code import ExitCode, of_state
from markscan.finding import Severity
from markscan.store.audit import Head
from markscan.store.inspections import due
from markscan.store.process import Process
from markscan.store.runs import Asked, Ledger, Run
from markscan.store.state import State

OLD = 1_577_836_800
WELL = {"audit": "ok", "recount": "ok", "residue": "ok"}
SECRET = "青禾渡口三号仓的口令是青石板"
UNTIL = (date.today() + timedelta(days=20)).isoformat()


def said(capsys, *arguments):
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (OLD, OLD))


def scan(capsys, share, *more):
    told = ("scan", share, "--store", "s", "--no-ocr", "--jobs", 1, "--lang", "en")
    return said(capsys, *told, *more)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a share that holds one leak, and the store of its scan."""
    folder = tmp_path_factory.mktemp("kept")
    put(folder / "share" / "dep" / "a.txt", f"机密★10年\n通知\n{SECRET}\n")
    put(folder / "share" / "clean.txt", "通知\n")
    told = ("--store", folder / "s", "--no-ocr", "--jobs", 1, "--format", "jsonl", "-q")
    assert main(["scan", *map(str, (folder / "share", *told))]) == 1
    return folder


@pytest.fixture
def share(made):
    """The share that was scanned; not to be changed."""
    return made / "share"


@pytest.fixture
def key(made, tmp_path, monkeypatch, capsys):
    """A working folder with a copy of the store, s; the key of the one finding."""
    monkeypatch.chdir(tmp_path)
    for path in made.glob("s*"):
        if path.is_file():
            shutil.copy2(path, tmp_path)
    return only_key(capsys)


@pytest.fixture
def own(tmp_path, monkeypatch, capsys):
    """A share of the test's own that was scanned, in the working folder."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "share" / "dep" / "a.txt", f"机密★10年\n通知\n{SECRET}\n")
    scan(capsys, "share")
    return tmp_path / "share"


def only_key(capsys):
    _, out, _ = said(capsys, "report", "--store", "s", "--format", "jsonl", "-q")
    (told,) = [found for line in out.splitlines() for found in json.loads(line)["findings"]]
    assert told["severity"] == "critical"
    return told["key"]


def dismissed(capsys, key, *more):
    told = ("verdict", "dismiss", key, "--store", "s", "--reason", "样例", "--until", UNTIL)
    return said(capsys, *told, "--by", "李四", *more)


def confirmed(capsys, key, *more):
    return said(capsys, "verdict", "confirm", key, "--store", "s", "--reason", "属实", *more)


def listed(capsys, *more):
    _, out, _ = said(capsys, "verdict", "list", "--store", "s", "--format", "jsonl", *more)
    return [json.loads(line) for line in out.splitlines()]


def test_a_dismissed_finding_does_not_count_and_is_shown_apart(key, share, capsys):
    before = said(capsys, "report", "--store", "s")[0]
    assert dismissed(capsys, key)[0] == 0

    scanned = scan(capsys, share)
    reported = said(capsys, "report", "--store", "s", "--lang", "en")

    assert (before, scanned[0], reported[0]) == (1, 0, 0)
    for out in (scanned[1], reported[1]):
        assert "1 dismissed (verdicts)" in out
        assert "李四" in out and UNTIL in out
        assert "critical" not in out


def test_the_conclusion_stands_in_json_lines_as_the_schema_says(key, capsys):
    text = resources.files("markscan").joinpath("schemas/outcome.schema.json").read_text("utf-8")
    dismissed(capsys, key)

    _, out, _ = said(capsys, "report", "--store", "s", "--format", "jsonl")
    outcomes = [json.loads(line) for line in out.splitlines()]

    for outcome in outcomes:
        jsonschema.Draft202012Validator(json.loads(text)).validate(outcome)
    (told,) = [found for outcome in outcomes for found in outcome["findings"]]
    assert told["conclusion"]["kind"] == "dismissed"
    assert (told["conclusion"]["person"], told["conclusion"]["until"]) == ("李四", UNTIL)
    assert {outcome["verdict"] for outcome in outcomes} == {"all-dismissed", "clean"}


def test_the_key_shown_to_people_names_the_finding(key, capsys):
    _, out, _ = said(capsys, "report", "--store", "s")
    shown = key.removeprefix("v1:")[:12]

    assert shown in out
    assert dismissed(capsys, shown)[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("dismiss", "{key}", "--reason", "x"),
        ("dismiss", "{key}", "--reason", "x", "--until", "2099-01-01"),
        ("dismiss", "{key}", "--reason", "x", "--until", "tomorrow"),
        ("dismiss", "{key}", "--reason", " ", "--until", UNTIL),
        ("dismiss", "{key}", "--until", UNTIL),
        ("confirm", "{key:.9}", "--reason", "x"),
        ("confirm", "ffffffffffff", "--reason", "x"),
        ("withdraw", "{key}", "--reason", "x"),
        ("reported", "{key}", "--to", "县保密局"),
    ],
)
def test_what_cannot_be_decided_is_an_error_of_usage(arguments, key, capsys):
    told = [each.format(key=key) if "{" in each else each for each in arguments]

    code, out, err = said(capsys, "verdict", *told, "--store", "s")

    assert (code, out) == (2, "")
    assert err.startswith("错误")
    assert listed(capsys, "--all") == []


def test_a_confirmed_leak_starts_the_clock_until_the_report_is_noted(key, capsys):
    code, out, _ = confirmed(capsys, key)
    (made,) = listed(capsys)
    due_at = datetime.fromisoformat(made["at"]).astimezone() + timedelta(hours=24)
    running = said(capsys, "status", "--store", "s")
    (clock,) = json.loads(said(capsys, "status", "--store", "s", "--format", "jsonl")[1])["clocks"]
    report = said(capsys, "report", "--store", "s", "-q")[1]
    noted = said(capsys, "verdict", "reported", key, "--store", "s", "--to", "县保密局、县委办")
    ended = said(capsys, "status", "--store", "s", "--format", "jsonl")[1]

    assert code == noted[0] == 0
    assert f"{due_at:%Y-%m-%d %H:%M}" in out and "不得删除" in out
    assert running[1].startswith("MS513") and "23 小时" in running[1] and running[0] == 1
    assert report.startswith("MS513")
    assert datetime.fromisoformat(clock["due"]) == due_at
    assert clock["locator"].endswith("share/dep/a.txt")
    assert json.loads(ended)["clocks"] == []
    assert [each["kind"] for each in listed(capsys, "--all")] == ["confirmed", "reported"]


@pytest.mark.parametrize(("at", "code"), [("2020-01-01T00:00", 2), ("2999-01-01", 2), ("x", 2)])
def test_a_report_lies_between_the_confirmation_and_now(at, code, key, capsys):
    confirmed(capsys, key)

    told = said(capsys, "verdict", "reported", key, "--store", "s", "--to", "局", "--at", at)

    assert told[0] == code
    assert len(listed(capsys, "--all")) == 1


def test_here_limits_a_verdict_to_the_folder_of_the_file(own, capsys):
    text = (own / "dep/a.txt").read_text("utf-8")
    dismissed(capsys, only_key(capsys), "--here")
    put(own / "dep/below/b.txt", text)
    put(own / "c.txt", text)

    code, out, _ = scan(capsys, own)

    assert code == 1
    assert "2 dismissed" in out and "critical 1" in out
    (told,) = listed(capsys)
    assert told["under"].endswith("/share/dep/")
    assert [place["locator"].rpartition("/")[2] for place in told["places"]] == ["a.txt", "b.txt"]


def test_a_withdrawn_verdict_counts_no_more_and_stays_in_the_history(key, capsys):
    dismissed(capsys, key)
    code, out, _ = said(capsys, "verdict", "withdraw", key, "--store", "s", "--reason", "误作")

    assert code == 0 and out.startswith("已撤回")
    assert listed(capsys) == []
    assert [each["kind"] for each in listed(capsys, "--all")] == ["dismissed", "withdrawn"]
    assert said(capsys, "report", "--store", "s")[0] == 1


def test_verdicts_without_a_finding_are_listed(own, capsys):
    dismissed(capsys, only_key(capsys))
    none = said(capsys, "verdict", "unused", "--store", "s")[1]
    (own / "dep/a.txt").unlink()
    scan(capsys, own)

    _, out, err = said(capsys, "verdict", "unused", "--store", "s")

    assert none == ""
    assert "李四" in out and "样例" in out and "现无对应发现" in out and err.startswith("1 ")
    assert "1 项结论已无对应发现" in said(capsys, "status", "--store", "s")[1]


def test_quotes_go_to_a_terminal_only(key, capsys):
    code, out, err = said(capsys, "report", "--store", "s", "--quote")

    assert (code, out) == (2, "")
    assert "只能在终端上" in err


def test_quotes_are_read_again_and_recorded(own, monkeypatch, capsys):
    monkeypatch.setattr(quoting, "on_terminal", lambda: True)
    plain = said(capsys, "report", "--store", "s")[1]
    before = json.loads(said(capsys, "status", "--store", "s", "--format", "jsonl")[1])["audit"]

    code, out, err = said(capsys, "report", "--store", "s", "--quote", "--lang", "en")
    after = json.loads(said(capsys, "status", "--store", "s", "--format", "jsonl")[1])["audit"]
    put(own / "dep/a.txt", "通知\n")
    changed = said(capsys, "report", "--store", "s", "--quote", "--lang", "en")

    assert code == 1 and "text: 机密★10年" in out and err == ""
    assert "text:" not in plain + changed[1]
    assert "1 findings could not be quoted" in changed[2]
    assert after["number"] == before["number"] + 2


def test_doctor_verifies_the_log_of_a_store(key, capsys):
    told = json.loads(said(capsys, "status", "--store", "s", "--format", "jsonl")[1])["audit"]
    head = f"{told['number']}:{told['digest'][:16]}"
    other = f"{told['number']}:{'0' * 16}"

    def looked(*more):
        code, out, _ = said(capsys, "doctor", "--store", "s", "--format", "jsonl", *more)
        return code, {each["check"]: each["state"] for each in map(json.loads, out.splitlines())}

    assert looked() == looked("--anchor", head) == (0, WELL)
    assert looked("--anchor", other)[0] == ExitCode.INTERNAL
    assert looked("--anchor", "7") == (2, {})


NO_FINDINGS, NO_OUTCOMES = "DELETE FROM finding", "UPDATE file SET outcome = NULL"
WIPED = {
    "findings": ([NO_FINDINGS], ["findings of run 1 are not"]),
    "severity": (["UPDATE finding SET severity = 0"], ["findings of run 1 are not"]),
    "outcome": ([NO_OUTCOMES], ["findings of run 1 are", "run 1 had counted"]),
    "both": ([NO_FINDINGS, NO_OUTCOMES], ["run 1 had counted 2 files and"]),
    "ended": (["UPDATE file SET ended = 'gone'"], ["2 rows of files"]),
    "gone": (["UPDATE file SET ended = 'gone', to_run = 1"], ["run 1 had counted 2 files"]),
    "files": ([NO_FINDINGS, "DELETE FROM file"], ["run 1 had counted 2 files"]),
    "log and runs": (["DELETE FROM audit", "DELETE FROM run"], ["2 rows of files"]),
    "nothing": ([], []),
}


@pytest.mark.parametrize("name", WIPED)
def test_what_was_done_to_findings_and_files_is_told(name, key, capsys):
    statements, wanted = WIPED[name]
    with closing(sqlite3.connect("s")) as store:
        for statement in statements:
            store.execute(statement)
        store.commit()

    _, out, _ = said(capsys, "doctor", "--store", "s", "--format", "jsonl", "--lang", "en")
    told = {each["check"]: each for each in map(json.loads, out.splitlines())}["recount"]

    assert told["state"] == ("broken" if wanted else "ok")
    assert all(each in told["detail"] for each in wanted), told["detail"]


def test_a_report_does_not_agree_with_a_ledger_whose_findings_are_gone(key, capsys):
    def page():
        return said(capsys, "report", "--store", "s", "--format", "html", "--lang", "en")[1]

    before = page()
    with closing(sqlite3.connect("s")) as store:
        store.execute(NO_FINDINGS)
        store.commit()

    assert "is what the run had counted" in before
    assert "This is not what the run had counted" in page()


@pytest.mark.parametrize(
    ("name", "age", "state"),
    [
        (".sketches.4242.part", 7200, "broken"),
        ("terms-0.0123456789abcdef.part", 7200, "broken"),
        (".sketches.4242.part", 5, "ok"),
        ("report.part", 7200, "ok"),
        ("a.txt", 7200, "ok"),
    ],
)
def test_what_was_never_finished_is_found(name, age, state, tmp_path):
    put(tmp_path / name, "x")
    at = datetime.now().timestamp() - age
    os.utime(tmp_path / name, (at, at))

    check = doctor_store.residue([tmp_path, tmp_path / "none"])

    assert check.state == state
    assert (name in check.detail.zh) is (state == "broken")


def run(state="finished", **ledger):
    told = Ledger(**ledger)
    now = datetime.now().astimezone()
    return Run(1, state, now, now, Process("h", 1, ""), 1, 1, Asked(("/s",), "1"), told)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State(run(), run(), None), 0),
        (State(run(excluded=3), run(), None), 0),
        (State(None, None, None), 3),
        (State(run("interrupted"), None, None), 3),
        (State(run("running"), None, 5), 3),
        (State(run(unread=1), run(), None), 3),
        (State(run(), run(), None, inspection=due(date(2026, 4, 20), None)), 3),
        (State(run(), run(), None, severities={Severity.LOW: 2}), 0),
        (State(run(), run(), None, severities={Severity.HIGH: 1}), 1),
        (State(run(unread=1), run(), None, severities={Severity.HIGH: 1}), 1),
        (State(run(), run(), None, clocks=(object(),)), 1),
        (State(run(samples=4, missed=1), run(), None), 4),
        (State(run(samples=4, missed=1), run(), None, clocks=(object(),)), 4),
        (State(run(samples=4), run(), None), 0),
        (State(run("stopped"), None, None), 3),
        (State(run(), run(), None, dismissed=4, head=Head(1, "0")), 0),
    ],
)
def test_the_state_of_a_store_is_one_code(state, code):
    assert of_state(state, Severity.MEDIUM) == code


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State(run(samples=4, missed=1), None, None), "自检未通过：4 个自检样本中有 1 个没有检出"),
        (State(run("stopped"), None, None), "到时停止"),
        (State(run(), run(), None), "最近一次检查"),
    ],
)
def test_status_says_first_why_not_to_trust_the_run(state, said):
    first, *_ = status.lines(state, datetime.now().astimezone())

    assert first.zh.startswith(said)


def test_status_tells_what_of_the_open_findings_cannot_be_told():
    some = State(run(), run(), None, severities={s: int(s >= 3) for s in Severity}, unknown=2)

    assert any("其中无法判断 2 项" in each.zh for each in status.lines(some, datetime.now()))


def test_a_leak_that_is_gone_is_told_with_its_last_place(own, capsys):
    confirmed(capsys, only_key(capsys))
    (own / "dep/a.txt").unlink()
    scan(capsys, own)

    first = said(capsys, "status", "--store", "s")[1].splitlines()[0]

    assert "share/dep/a.txt（已不在，此为最后位置）" in first


def test_the_clock_runs_from_the_discovery_that_is_told(key, capsys):
    now = datetime.now()
    early, report = now - timedelta(hours=9), now - timedelta(hours=8)
    future = f"{now + timedelta(hours=2):%Y-%m-%dT%H:%M}"
    told = ("verdict", "reported", key, "--store", "s", "--to", "局")

    refused = confirmed(capsys, key, "--found", future)
    code, out, _ = confirmed(capsys, key, "--found", f"{early:%Y-%m-%dT%H:%M}")
    too_early = said(capsys, *told, "--at", f"{early - timedelta(hours=1):%Y-%m-%dT%H:%M}")
    noted = said(capsys, *told, "--at", f"{report:%Y-%m-%dT%H:%M}")

    assert (refused[0], code, too_early[0], noted[0]) == (2, 0, 2, 0)
    assert f"发现时间 {early:%Y-%m-%d %H:%M}，" in out
    assert "发现时间" in too_early[2] and "超过" not in noted[1]
    assert listed(capsys, "--all")[0]["found"].startswith(f"{early:%Y-%m-%dT%H:%M}")


def test_status_says_that_nothing_was_scanned(tmp_path, capsys):
    code, _, err = said(capsys, "status", "--store", tmp_path / "none")

    assert code == 2 and "没有检查记录库" in err


def test_every_format_of_a_scan_shows_what_was_concluded(key, share, capsys):
    dismissed(capsys, key)

    page = scan(capsys, share, "--format", "html", "-q")
    log = scan(capsys, share, "--format", "sarif", "-q")
    (result,) = json.loads(log[1])["runs"][0]["results"]

    assert page[0] == log[0] == 0
    assert "dismissed: 样例 (李四" in page[1] and key.removeprefix("v1:")[:12] in page[1]
    assert result["suppressions"][0]["status"] == "accepted"
    assert "样例" in result["suppressions"][0]["justification"]


def test_a_report_that_is_exported_is_recorded(key, tmp_path, capsys):
    before = json.loads(said(capsys, "status", "--store", "s", "--format", "jsonl")[1])["audit"]

    told = said(capsys, "report", "--store", "s", "--format", "csv", "--out", "r.csv", "-q")
    after = json.loads(said(capsys, "status", "--store", "s", "--format", "jsonl")[1])["audit"]

    assert told[0] == 1 and (tmp_path / "r.csv").stat().st_size
    assert after["number"] == before["number"] + 1
