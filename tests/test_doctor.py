"""markscan doctor: sees what is missing, and what reading leaves behind."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from markscan.cli import doctor, main
from markscan.extract import EXTRACTORS
from markscan.extract.extractor import Extractor
from markscan.match.terms import ENGINES


def looked(capsys, *arguments: str) -> tuple[int, dict[str, dict[str, str]]]:
    code = main(["doctor", "--format", "jsonl", *arguments])
    checks = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return code, {check["check"]: check for check in checks}


def test_a_sound_installation_is_sound(capsys):
    code, checks = looked(capsys)

    assert code == 0
    assert {check["state"] for check in checks.values()} <= {"ok", "missing"}
    assert {f"reader {each.name}" for each in EXTRACTORS} <= set(checks)
    assert checks["workers"]["state"] == checks["traces"]["state"] == "ok"


def test_a_missing_library_is_named(capsys, monkeypatch):
    broken = Extractor("no-such-reader", frozenset({"nothing"}), 1)
    monkeypatch.setattr("markscan.extract.EXTRACTORS", (broken,))

    code, checks = looked(capsys, "--lang", "en")

    assert code == 4
    assert checks["reader no-such-reader"]["state"] == "broken"
    assert "no-such-reader" in checks["reader no-such-reader"]["detail"]


def test_the_engine_in_use_is_told(capsys):
    _, checks = looked(capsys)
    best = ENGINES[0]

    assert checks["matching"]["state"] == ("ok" if best.available() else "missing")
    assert best.library in checks["matching"]["detail"]


def test_another_engine_does_the_work_where_the_fastest_is_missing(capsys, monkeypatch):
    monkeypatch.setattr(ENGINES[0], "available", lambda: False)
    code, checks = looked(capsys, "--lang", "en")

    assert code == 0
    assert checks["matching"]["state"] == "missing"
    assert f"engine {ENGINES[1].name}" in checks["matching"]["detail"]


def test_a_dense_list_of_the_user_changes_the_engine(capsys, tmp_path):
    words = (
        "工作 部门 管理 有关 规定 单位 国家 人民 政府 应当 进行 发展 建设 企业 社会 经济"
        " 可以 或者 机关 人员 以及 其他 行政 主管 负责 根据 按照 情况 服务 标准 安全 技术"
        " 项目 生产 组织 要求 第一 条件 活动 保护 责任 法律 公司 本法 依法 机构 地方 中国"
    )
    (tmp_path / "common.txt").write_text(words.replace(" ", "\n"), "utf-8")
    (tmp_path / "markscan.toml").write_text('[terms]\nfiles = ["common.txt"]\n', "utf-8")
    _, checks = looked(capsys, "--config", str(tmp_path / "markscan.toml"))

    assert "automaton" in checks["matching"]["detail"]


def write(folder: Path) -> None:
    (folder / "left.txt").write_text("x", "utf-8")


def call(_folder: Path) -> None:
    with socket.socket() as caller:
        caller.settimeout(0.01)
        caller.connect_ex(("127.0.0.1", 9))


@pytest.mark.parametrize(("deed", "seen"), [(write, "left.txt"), (call, "socket.connect")])
def test_what_is_written_and_who_is_called_is_seen(tmp_path, deed, seen):
    assert seen in "".join(doctor.traces_of(lambda: deed(tmp_path)))


def test_reading_a_file_leaves_no_trace(tmp_path):
    write(tmp_path)

    assert doctor.traces_of((tmp_path / "left.txt").read_bytes) == []


def test_the_text_form_is_chinese_unless_asked_otherwise(capsys):
    main(["doctor"])

    assert "[正常] program：MarkScan" in capsys.readouterr().out
