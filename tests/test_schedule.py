"""`markscan schedule`: what it writes is what systemd, Windows and cron read."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from markscan.cli import main
from markscan.schedule import KINDS, Plan, Unsayable

TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
AWKWARD = [
    "/srv/share",
    "/srv/部门 共享/2026年",
    "/srv/100%/a%b",
    "/srv/$HOME/${X}/$$",
    '/srv/it\'s "so"',
    "/srv/back\\slash",
    "/srv/-dash; rm & co | <x> `y` #z",
]
posix = pytest.mark.skipif(sys.platform == "win32", reason="paths and shells of POSIX")


def plan(*roots: str, **more: object) -> Plan:
    command = ("/usr/bin/python3", "-P", "-m", "markscan", "scan", "--", *roots)
    told = {"name": "markscan", "about": "每晚检查", "at": "22:05", "reads": roots, **more}
    return Plan(command=command, **told)  # type: ignore[arg-type]


def written(kind: str, told: Plan) -> dict[str, str]:
    return {file.name: file.text for file in KINDS[kind](told)}


def keys(text: str) -> dict[str, list[str]]:
    """The assignments of a unit."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def words(line: str) -> list[str]:
    """Take a line of a unit apart as systemd does: quotes, backslashes, then specifiers."""
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    assert " ".join(f'"{word}"' for word in quoted) == line
    plain = [re.sub(r"\\(.)", r"\1", word) for word in quoted]
    assert not any(re.search(r"(?<!%)%(%%)*(?!%)", word) for word in plain)
    return [word.replace("%%", "%") for word in plain]


@pytest.mark.parametrize("root", AWKWARD)
def test_systemd_reads_each_argument_as_it_was_given(root):
    told = plan(root)
    unit = keys(written("systemd", told)["markscan.service"])

    program, *arguments = words(unit["ExecStart"][0])

    assert [program, *(each.replace("$$", "$") for each in arguments)] == list(told.command)
    assert not any(re.search(r"(?<!\$)\$(\$\$)*(?!\$)", each) for each in arguments)
    assert words(unit["ReadOnlyPaths"][0]) == [root]


@pytest.mark.parametrize(
    ("more", "key", "value"),
    [
        ({}, "SuccessExitStatus", ["1 3"]),
        ({}, "PrivateNetwork", ["true"]),
        ({"network": True}, "PrivateNetwork", None),
        ({"network": True}, "RestrictAddressFamilies", ["AF_UNIX AF_INET AF_INET6"]),
        ({}, "NoNewPrivileges", ["true"]),
        ({}, "ProtectSystem", ["strict"]),
        ({}, "StateDirectory", ["markscan"]),
        ({}, "Nice", ["10"]),
        ({}, "User", None),
        ({}, "CapabilityBoundingSet", ["CAP_DAC_READ_SEARCH CAP_FOWNER"]),
        ({"user": "scan"}, "User", ["scan"]),
        ({"user": "scan"}, "CapabilityBoundingSet", [""]),
        ({"writes": ("/data/s t",)}, "ReadWritePaths", ['"/data/s t"']),
        ({}, "PrivateTmp", ["true"]),
        ({"reads": ("/tmp/share",)}, "PrivateTmp", ["false"]),
    ],
)
def test_a_service_is_allowed_what_it_needs_and_no_more(more, key, value):
    unit = keys(written("systemd", plan("/srv/share", **more))["markscan.service"])

    assert unit.get(key) == value


def test_a_timer_makes_up_for_a_night_that_was_missed():
    timer = keys(written("systemd", plan("/srv/share"))["markscan.timer"])

    assert timer["OnCalendar"] == ["*-*-* 22:05:00"]
    assert timer["Persistent"] == ["true"]
    assert timer["WantedBy"] == ["timers.target"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("user", ["", "root"])
def test_systemd_itself_finds_nothing_wrong(tmp_path, user):
    odd = tmp_path / "py $HOME 100% 目录"
    odd.mkdir()
    program = odd / "python"
    program.symlink_to(sys.executable)
    for kept in KINDS["systemd"](plan(*AWKWARD, user=user)):
        text = kept.text.replace("/usr/bin/python3", str(program).replace("%", "%%"))
        (tmp_path / kept.name).write_text(text, kept.encoding)

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, tmp_path.glob("markscan.*"))],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def crontab(line: str) -> tuple[list[str], str]:
    """The five fields of a line and what cron hands to the shell."""
    *fields, command = line.split(" ", 5)
    assert not re.search(r"(?<!\\)%", command)  # else cron would end the command there
    return fields, command.replace("\\%", "%")


@posix
@pytest.mark.parametrize("root", AWKWARD)
def test_cron_and_the_shell_read_each_argument_as_it_was_given(root):
    told = plan(root)
    comment, line = written("cron", told)["markscan.cron"].splitlines()

    fields, command = crontab(line)
    said = subprocess.run(
        ["sh", "-c", f"set -- {command}; printf '%s\\n' \"$@\""],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert comment.startswith("#")
    assert fields == ["5", "22", "*", "*", "*"]
    assert said.stdout.splitlines() == ["nice", "-n", "10", *told.command]
    assert shlex.split(command) == ["nice", "-n", "10", *told.command]


def task(told: Plan) -> ElementTree.Element:
    return ElementTree.fromstring(written("windows", told)["markscan.xml"])


def said(root: ElementTree.Element, path: str) -> str:
    found = root.find("/".join(TASK + name for name in path.split("/")))
    assert found is not None and found.text
    return found.text


def taken_apart(line: str) -> list[str]:
    """Take a command line apart as programs on Windows do (the rules of the C runtime)."""
    arguments: list[str] = []
    current, quoted, inside, position = "", False, False, 0
    while position < len(line):
        slashes = len(line[position:]) - len(line[position:].lstrip("\\"))
        after = line[position + slashes : position + slashes + 1]
        if slashes and after == '"':
            current += "\\" * (slashes // 2) + ('"' if slashes % 2 else "")
            position += slashes + slashes % 2
            inside = True
            continue
        if slashes:
            current, position, inside = current + "\\" * slashes, position + slashes, True
            continue
        letter = line[position]
        position += 1
        if letter == '"':
            quoted, inside = not quoted, True
        elif letter in " \t" and not quoted:
            if inside:
                arguments.append(current)
            current, inside = "", False
        else:
            current, inside = current + letter, True
    return [*arguments, current] if inside else arguments


@pytest.mark.parametrize(
    "root",
    [
        "D:\\共享",
        "D:\\部门 共享\\",
        "\\\\server\\share\\a b",
        'D:\\a"b\\\\"c',
        "D:\\100%",
        "D:\\<&>",
        "D:\\$HOME 'x' ^y",
    ],
)
def test_windows_reads_each_argument_as_it_was_given(root):
    told = plan(root)
    found = task(told)

    assert said(found, "Actions/Exec/Command") == told.command[0]
    assert taken_apart(said(found, "Actions/Exec/Arguments")) == list(told.command[1:])


def test_a_task_has_what_its_schema_requires():
    found = task(plan("D:\\share"))
    trigger = found.find(f"{TASK}Triggers/{TASK}CalendarTrigger")

    assert found.tag == f"{TASK}Task" and found.get("version") == "1.2"
    assert trigger is not None
    assert [each.tag for each in trigger] == [f"{TASK}StartBoundary", f"{TASK}ScheduleByDay"]
    assert said(found, "Triggers/CalendarTrigger/StartBoundary").endswith("T22:05:00")
    assert said(found, "Triggers/CalendarTrigger/ScheduleByDay/DaysInterval") == "1"
    assert said(found, "Principals/Principal/UserId") == "S-1-5-18"
    assert said(found, "Settings/StartWhenAvailable") == "true"
    assert said(found, "Settings/ExecutionTimeLimit") == "PT0S"
    assert said(found, "Settings/Priority") == "7"
    context = found.find(f"{TASK}Actions")
    principal = found.find(f"{TASK}Principals/{TASK}Principal")
    assert context is not None and principal is not None
    assert context.get("Context") == principal.get("id")


@pytest.mark.parametrize(
    ("kind", "root"),
    [
        ("systemd", "/srv/a\nExecStart=/bin/sh"),
        ("cron", "/srv/a\n* * * * * sh"),
        ("windows", "D:\\a\x0bb"),
        ("windows", "D:\\%TEMP%\\x"),
        ("windows", "D:\\$(Arg0)"),
    ],
)
def test_what_cannot_be_said_is_refused(kind, root):
    with pytest.raises(Unsayable):
        KINDS[kind](plan(root))


def command(capsys, *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["schedule", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind_prints_or_writes_and_never_over_a_file(kind, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = (kind, "share", "--store", "库.sqlite", "--config", "c.toml", "--until", "06:00")

    code, out, err = command(capsys, *told)
    first = command(capsys, *told, "--out", "out")
    second = command(capsys, *told, "--out", "out")

    assert (code, first[0], second[0]) == (0, 0, 2)
    assert "安装" in err
    for said in ("--until", "06:00", "c.toml", "库.sqlite", str(tmp_path / "share")):
        assert said in out.replace("\\\\", "\\")
    encoding = "utf-16" if kind == "windows" else "utf-8"
    files = sorted((tmp_path / "out").iterdir())
    assert all(file.read_text(encoding) for file in files)
    if kind == "windows":
        assert files[0].read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff")
        ElementTree.parse(files[0])


def test_a_share_needs_the_network_and_a_service_has_a_store_of_its_own(capsys):
    _, out, _ = command(capsys, "systemd", "smb://server/share", "/srv/a")

    assert "PrivateNetwork" not in out
    assert '"smb://server/share" "/srv/a"' in out
    assert '"--store" "/var/lib/markscan/scan.sqlite"' in out
    assert "ReadWritePaths" not in out
    assert keys(out)["ReadOnlyPaths"] == ['"/srv/a"']


@pytest.mark.parametrize(
    "arguments",
    [
        ("systemd", "/srv/a", "--at", "24:00"),
        ("systemd", "/srv/a", "--until", "6:00"),
        ("cron", "/srv/a", "--name", "a b"),
        ("systemd",),
        ("launchd", "/srv/a"),
        ("windows", "D:\\%TEMP%"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(arguments, capsys):
    code, out, err = command(capsys, *arguments)

    assert (code, out) == (2, "")
    assert "错误" in err


def test_the_schedule_names_a_python_that_imports_nothing_from_where_it_is_started(capsys):
    _, out, _ = command(capsys, "cron", "/srv/a")

    assert f"{Path(sys.executable)} -P -m markscan scan" in out
