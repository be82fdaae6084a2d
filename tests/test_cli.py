"""The command line: what it reads, prints and returns."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

import markscan
from markscan.cli import COMMANDS, main
from markscan.cli.exit_code import ExitCode, ending
from markscan.cli.listing import listed
from markscan.finding import Outcome, Problem, Severity, Status
from markscan.report import Totals
from markscan.wording import Text

SECRET = "青禾渡口三号仓的口令是青石板"
MARKED = f"机密☆10年\n关于仓储安排的通知\n{SECRET}\n"
CLEAN = "关于召开例会的通知\n请各科室按时参加。\n"
OF_THEIR_OWN = (
    "lexicon",
    "model",
    "train",
    "register",
    "hunt",
    "diff",
    "runs",
    "status",
    "verdict",
    "schedule",
    "selftest",
)  # have commands or options of their own
GOLDEN = Path(__file__).parent / "golden" / "command-line" / "expected.jsonl"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A working folder of its own, with one marked and one clean file below it."""
    work = tmp_path / "work"
    share = tmp_path / "share"
    work.mkdir()
    share.mkdir()
    (share / "marked.txt").write_text(MARKED, "utf-8")
    (share / "clean.txt").write_text(CLEAN, "utf-8")
    monkeypatch.chdir(work)
    return share


def said(capsys, *arguments):
    """Run one command; return exit code, standard output, standard error."""
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def process(*arguments, **more):
    command = [sys.executable, "-m", "markscan", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=120, check=False, **more)


def feed(monkeypatch, content):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))


def totals(*, high=0, low=0, unread=0, examined=1, excluded=0, handed=None):
    result = Totals(handed=examined + unread if handed is None else handed, excluded=excluded)
    result.severities.update({Severity.HIGH: high, Severity.LOW: low})
    for _ in range(examined):
        result.add(Outcome("a", "text", Status.EXAMINED))
    for _ in range(unread):
        lost = Problem("damaged", Text("坏", "bad"))
        result.add(Outcome("b", "", Status.UNREAD, problems=(lost,)))
    return result


@pytest.mark.parametrize(
    ("found", "more", "code", "words"),
    [
        (totals(), {}, 0, ["全部检查"]),
        (totals(low=1), {}, 0, ["未检出"]),
        (totals(excluded=4), {}, 0, ["全部检查"]),
        (totals(examined=0), {}, 0, ["没有可检查的文件"]),
        (totals(high=2), {}, 1, ["检出", "2 项"]),
        (totals(high=2, unread=1), {}, 1, ["2 项", "1 个文件未能完整检查"]),
        (totals(unread=3), {}, 3, ["未检出", "3 个文件未能完整检查"]),
        (totals(low=1, unread=3), {}, 3, ["3 个文件"]),
        (totals(handed=5), {}, 3, ["4 个文件"]),
        (totals(high=1), {"failed": True}, 4, ["内部故障", "1 项"]),
        (totals(high=1), {"interrupted": True}, 130, ["中断", "1 项"]),
        (totals(), {"failed": True}, 4, ["内部故障", "未检出"]),
        (totals(examined=0), {"failed": True}, 4, ["内部故障", "没有检查任何文件"]),
        (totals(examined=0, handed=3), {"interrupted": True}, 130, ["没有检查任何文件"]),
        (totals(examined=0), {"stopped": True}, 3, ["到时停止", "没有检查任何文件"]),
    ],
)
def test_code_and_sentence_say_the_same(found, more, code, words):
    end = ending(found, Severity.MEDIUM, **more)

    assert end.code == code
    for word in words:
        assert word in end.sentence.zh


def test_a_marked_draft_is_found_by_check(folder, capsys):
    code, out, err = said(capsys, "check", folder / "marked.txt")

    assert code == 1
    assert "MS104" in out
    assert "检查台账" in out
    assert err == ""


def test_a_clean_draft_passes(folder, capsys):
    assert said(capsys, "check", folder / "clean.txt")[0] == 0


def test_the_fail_level_decides(folder, capsys):
    assert said(capsys, "check", folder / "marked.txt", "--fail-level", "critical")[0] == 0


def test_a_missing_file_is_told_and_the_others_are_checked(folder, capsys):
    code, out, err = said(capsys, "check", "none.txt", folder / "clean.txt", "--format", "jsonl")
    lost, clean = map(json.loads, out.splitlines())

    assert code == 3
    assert (lost["status"], lost["problems"][0]["code"]) == ("unread", "vanished")
    assert clean["verdict"] == "clean"
    assert "1 个文件未能完整检查" in err


def test_scan_and_review_see_the_same(folder, capsys):
    code, scanned, _ = said(capsys, "scan", folder, "--format", "jsonl", "--jobs", "1")
    (folder.parent / "list").write_bytes(
        b"\0".join(os.fsencode(path) for path in sorted(folder.iterdir()))
    )
    reviewed = said(
        capsys, "review", "--files-from", folder.parent / "list", "--format", "jsonl", "--jobs", "2"
    )

    assert code == reviewed[0] == 1
    assert scanned == reviewed[1]


def test_real_output_meets_the_schema_and_the_golden(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    text = resources.files("markscan").joinpath("schemas/outcome.schema.json").read_text("utf-8")
    validator = jsonschema.Draft202012Validator(json.loads(text))

    _, out, _ = said(capsys, "check", "marked.txt", "clean.txt", "none.txt", "--format", "jsonl")

    *read, lost = out.splitlines(keepends=True)
    for line in (*read, lost):
        validator.validate(json.loads(line))
    assert "".join(read) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("format", ["text", "jsonl"])
def test_document_text_appears_only_if_quoted(folder, capsys, format):
    (folder / "line.txt").write_text(f"机密☆10年 {SECRET}\n{SECRET}\n", "utf-8")
    path = [folder / "line.txt", folder / "marked.txt"]

    code, out, err = said(capsys, "check", *path, "--format", format, "-v")

    assert code == 1
    assert SECRET not in out + err
    quoted = said(capsys, "check", *path, "--format", format, "--quote")[1]
    assert "原文" in quoted or '"quote":' in quoted


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "缺少 FILE"),
        (["chek", "x"], "没有命令 chek"),
        (["check", "--jbs", "3", "x"], "没有选项 --jbs；是否为 --jobs？"),
        (["check", "--fail-level", "深", "x"], "--fail-level"),
        (["check", "--profile", "unknown", "x"], "没有单位类型配置“unknown”"),
        (["review"], "二者选一"),
        (["review", "x", "--files-from", "y"], "二者选一"),
        (["review", "--files-from", "none"], "无法读取清单“none”"),
        (["rules", "MS999"], "没有规则 MS999"),
        (["check", "--config", "none.toml", "x"], "none.toml：无法读取"),
    ],
)
def test_wrong_usage_ends_with_two_in_the_users_language(arguments, words, capsys):
    code, out, err = said(capsys, *arguments)

    assert code == 2
    assert out == ""
    assert words in err


def test_wrong_usage_is_told_in_english_if_asked(capsys):
    code, _, err = said(capsys, "check", "--jbs", "x", "--lang", "en")

    assert code == 2
    assert err.startswith("error: there is no option --jbs")


def test_a_wrong_configuration_is_told_with_file_and_line(folder, capsys):
    Path("markscan.toml").write_text('[scan]\njobz = 3\nlanguage = "zh"\n', "utf-8")

    code, out, err = said(capsys, "scan", folder)

    assert code == 2
    assert out == ""
    assert "markscan.toml:2" in err


def test_the_configuration_of_the_working_folder_is_taken(folder, capsys):
    Path("markscan.toml").write_text('[scan]\nexclude = ["marked.txt"]\n', "utf-8")

    code, out, _ = said(capsys, "scan", folder, "--jobs", "1")

    assert code == 0
    assert "按策略排除 1" in out


@pytest.mark.parametrize("below", [".", "sub"])
def test_a_share_cannot_configure_its_own_inspection(folder, capsys, monkeypatch, below):
    (folder / "sub").mkdir()
    for where in (folder, folder / "sub"):
        (where / "markscan.toml").write_text('[scan]\nexclude = ["marked.txt"]\n', "utf-8")
    monkeypatch.chdir(folder / below)

    code, out, err = said(capsys, "scan", folder, "--format", "jsonl", "--jobs", "1")

    assert code == 1
    assert "marked.txt" in out
    assert "未采用" in err


def test_the_language_of_the_configuration_holds_unless_the_user_asks(folder, capsys):
    Path("markscan.toml").write_text('[scan]\nlanguage = "en"\n', "utf-8")

    assert "Coverage" in said(capsys, "check", folder / "clean.txt")[1]
    assert "检查台账" in said(capsys, "check", folder / "clean.txt", "--lang", "zh")[1]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_help(command, language, capsys):
    code, out, _ = said(capsys, command, "--help", "--lang", language)

    assert code == 0
    assert "--fail-level" in out or command in OF_THEIR_OWN
    assert ("用法：" if language == "zh" else "Usage:") in out


def test_help_lists_commands_and_exit_codes(capsys):
    code, out, _ = said(capsys, "--help")

    assert code == 0
    for word in (*COMMANDS, "退出码", "130"):
        assert word in out


def test_without_a_command_help_goes_to_standard_error(capsys):
    code, out, err = said(capsys)

    assert code == 2
    assert out == ""
    assert "review" in err


def test_rules_are_listed_and_shown(capsys):
    assert "MS104" in said(capsys, "rules")[1]
    assert "标识符号不规范" in said(capsys, "rules", "ms104")[1]
    one = json.loads(said(capsys, "rules", "MS104", "--format", "jsonl")[1])
    assert (one["code"], one["severity"]) == ("MS104", "medium")


def test_a_marking_is_explained(capsys):
    code, out, _ = said(capsys, "marking", "机密☆10年", "你好")

    assert code == 0
    for words in ("国家秘密", "机密★10年", "MS104 标识符号不规范", "不是密级标志"):
        assert words in out


def test_every_line_of_standard_input_has_its_object(capsys, monkeypatch):
    feed(monkeypatch, "\ufeff机密★10年\n\n秘密十年\r\n你好\u2028".encode() + b"\xff")
    text = resources.files("markscan").joinpath("schemas/marking.schema.json").read_text("utf-8")

    _, out, _ = said(capsys, "marking", "--format", "jsonl")

    values = [json.loads(line) for line in out.splitlines()]
    assert [value["input"] for value in values] == ["机密★10年", "", "秘密十年", "你好\u2028\ufffd"]
    assert [value["period"] for value in values] == ["10Y", None, "10Y", None]
    for value in values:
        jsonschema.validate(value, json.loads(text))


@pytest.mark.parametrize(
    ("content", "paths"),
    [
        (b"a.txt\nb c.txt\n", ["a.txt", "b c.txt"]),
        (b"a.txt\r\n\r\nb.txt", ["a.txt", "b.txt"]),
        (b"a\nb.txt\0c.txt\0", ["a", "b.txt\0c.txt\0"]),
        (b"a.txt\0b\nc.txt\0", ["a.txt", "b\nc.txt"]),
        ("\ufeff通知.docx\n".encode(), ["通知.docx"]),
        (b"", []),
    ],
)
def test_a_list_is_cut_by_what_ends_its_first_path(content, paths, monkeypatch):
    feed(monkeypatch, content)

    assert [str(path) for path in listed("-")] == paths


def test_a_path_named_twice_is_checked_once(folder, capsys):
    path = folder / "clean.txt"
    assert said(capsys, "check", path, path, "--format", "jsonl")[1].count("\n") == 1


def test_an_interrupted_scan_keeps_what_it_found(folder, capsys, monkeypatch):
    def interrupted(make_scan, sources, **_):
        scan = make_scan()
        yield scan(next(iter(sources)))
        raise KeyboardInterrupt

    monkeypatch.setattr("markscan.cli.examine.run", interrupted)

    code, out, _ = said(capsys, "check", folder / "marked.txt", folder / "clean.txt")

    assert code == ExitCode.INTERRUPTED
    assert "MS104" in out
    assert "中断" in out


@pytest.mark.parametrize(
    "name", [name for name in ("SIGTERM", "SIGBREAK") if hasattr(signal, name)]
)
def test_other_signals_that_end_a_process_interrupt_a_check(name, folder, capsys, monkeypatch):
    def stopped(make_scan, sources, **_):
        scan = make_scan()
        yield scan(next(iter(sources)))
        signal.raise_signal(getattr(signal, name))

    monkeypatch.setattr("markscan.cli.examine.run", stopped)
    before = signal.getsignal(getattr(signal, name))

    code, out, _ = said(capsys, "check", folder / "marked.txt", folder / "clean.txt")

    assert code == ExitCode.INTERRUPTED
    assert "MS104" in out and "中断" in out
    assert signal.getsignal(getattr(signal, name)) is before


@pytest.mark.parametrize("form", [str, Path.as_uri], ids=["path", "url"])
def test_a_folder_given_to_check_is_told_and_no_unreadable_file(form, folder, capsys):
    code, out, _ = said(capsys, "check", form(folder), "--format", "jsonl")
    told = json.loads(out)

    assert code == 3
    assert (told["status"], told["findings"]) == ("unread", [])
    assert "这是文件夹，请用 markscan scan" in told["problems"][0]["message"]


def test_a_fault_of_our_own_has_its_own_code_and_tells_no_text(folder, capsys, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError(SECRET)

    monkeypatch.setattr("markscan.cli.examine.run", broken)

    code, _, err = said(capsys, "check", folder / "clean.txt")

    assert code == ExitCode.INTERNAL
    assert "RuntimeError" in err
    assert SECRET not in err


def test_workers_that_cannot_run_end_with_four(folder, capsys, monkeypatch):
    from markscan.errors import WorkerError

    def broken(*_, **__):
        raise WorkerError("no processes")
        yield

    monkeypatch.setattr("markscan.cli.examine.run", broken)

    code, out, err = said(capsys, "check", folder / "clean.txt")

    assert code == ExitCode.INTERNAL
    assert "no processes" in err
    assert "内部故障" in out


def test_output_is_utf_8_on_any_console(folder):
    environment = dict(os.environ, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")

    done = process("check", folder / "marked.txt", env=environment)

    assert done.returncode == 1
    assert "检查台账" in done.stdout.decode("utf-8")
    assert b"\x1b" not in done.stdout


def test_a_reader_who_has_seen_enough_is_no_error(folder):
    command = [
        sys.executable,
        "-m",
        "markscan",
        "marking",
        "--format",
        "jsonl",
        *["秘密★1年"] * 5000,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.readline()
        running.stdout.close()
        err = running.stderr.read()

    assert running.returncode == 0
    assert err == b""


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are Unicode")
def test_a_name_that_is_no_utf_8_is_scanned(folder):
    path = os.fsencode(folder) + b"/\xd6\xd0.txt"
    try:
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(MARKED.encode())
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")

    done = process("scan", folder, "--format", "jsonl", "--jobs", "1")

    names = [json.loads(line)["locator"] for line in done.stdout.decode("utf-8").splitlines()]
    assert any(name.endswith("\\xd6\\xd0.txt") for name in names)


def test_the_group_loads_nothing_heavy():
    code = (
        "import sys; from markscan.cli import main; main(['--help']);"
        "print({'numpy', 'rich', 'lxml', 'docx', 'pypdfium2', 'regex'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout.decode().rstrip().endswith("set()")


def test_marking_loads_neither_rich_nor_readers():
    code = (
        "import sys; from markscan.cli import main; main(['marking', '机密', '--format', 'jsonl']);"
        "print({'rich', 'lxml', 'docx', 'pypdfium2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout.decode().rstrip().endswith("set()")


@pytest.mark.parametrize("arguments", [["--help"], ["marking", "机密★10年", "--format", "jsonl"]])
def test_the_command_starts_at_once(arguments):
    """A generous bound, the best of three; the exact numbers are those of the benchmarks."""
    process(*arguments)
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        process(*arguments)
        times.append(time.perf_counter() - begun)

    assert min(times) < 1.5


def test_the_version_is_told(capsys):
    code, out, _ = said(capsys, "--version")

    assert code == 0
    assert out == f"markscan {markscan.__version__}\n"


def test_passwords_come_from_a_file(folder, capsys, tmp_path):
    words = tmp_path / "口令.txt"
    words.write_text("春江花月\n", "utf-8")

    code, out, err = said(capsys, "scan", folder, "--password-file", words, "--jobs", 1)
    missing, _, why = said(capsys, "scan", folder, "--password-file", tmp_path / "none.txt")

    assert code == ExitCode.FINDINGS and "春江花月" not in out + err
    assert missing == ExitCode.USAGE and "none.txt" in why


def test_a_form_beside_the_draft_is_held_against_it(folder, capsys):
    draft, form = folder / "draft.txt", folder / "form.txt"
    draft.write_text(
        "000001\n秘密★5年\n某某市人民政府文件\n某政发〔2026〕5号\n关于召开会议的通知\n", "utf-8"
    )
    form.write_text("发文稿纸\n密级：机密　保密期限：10年\n拟稿人：张某　核稿：李某\n", "utf-8")

    code, out, _ = said(capsys, "check", draft, "--form", form, "--format", "jsonl")

    assert code == 1
    assert "MS212" in {finding["code"] for finding in json.loads(out)["findings"]}


@pytest.mark.parametrize(
    ("name", "why"), [("none.docx", "没有定密表单“none.docx”"), ("clean.txt", "不是发文稿纸")]
)
def test_what_is_no_form_is_wrong_usage(folder, capsys, name, why):
    code, out, err = said(capsys, "check", folder / "marked.txt", "--form", folder / name)

    assert (code, out) == (2, "")
    assert why in err
