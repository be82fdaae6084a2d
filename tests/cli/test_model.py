"""markscan model: one answer a line, cards, and files that are whole."""

import io
import json

import pytest

from markscan.cli import main

BREWING = (
    "书记专题会酝酿了三个人选，多数意见倾向由闻达接任，陆青作为第二人选，推荐票分别为三十一票和"
    "二十六票，目前尚未上常委会，名单只在书记和部长手里。"
)
ANNOUNCED = (
    "任前公示：经区委研究，闻达拟任区政府办公室主任，公示期五个工作日。如有意见，请向区委组织部"
    "反映，来信请署真实姓名。现予公告。"
)


@pytest.fixture
def ask(monkeypatch, capsys):
    def run(rows, *arguments):
        text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        code = main(["model", "score", *arguments])
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def test_a_matter_that_is_brewing_is_told_from_its_announcement(ask):
    code, (secret, public, short) = ask([{"text": BREWING}, {"text": ANNOUNCED}, {"text": "短"}])

    assert code == 0
    assert (secret["band"], secret["matter"]) == ("high", "personnel")
    assert secret["level_range"] == ["mimi", "jimi"]
    assert public["band"] == "low" and public["probability"] < 0.2 < secret["probability"]
    assert short == {"probability": 0.0, "band": "low", "matter": None, "level_range": []}


def test_an_occurrence_is_told_by_its_context(ask):
    rows = [
        {"left": "", "word": "机密", "right": "★10年\n某某市人民政府文件"},
        {"left": "请输入随", "word": "机密", "right": "码后登录"},
    ]
    code, (mark, other) = ask(rows, "--occurrence")

    assert (code, mark["class"]) == (0, "marking")
    assert other["class"] != "marking"


@pytest.mark.parametrize("row", ["x", "[]", '{"text": 3}', "{}", "[" * 100_000])
def test_a_line_that_is_not_asked_for_is_named(ask, row):
    assert ask([row])[0] == 2


def test_the_shipped_models_are_whole_and_say_what_they_are_of(capsys):
    assert main(["model", "verify"]) == 0
    assert capsys.readouterr().out.count("SHA-256") == 2
    for name in ("content", "occurrence"):
        assert main(["model", "card", name]) == 0
        assert json.loads(capsys.readouterr().out)


def test_a_model_that_is_none_is_refused(tmp_path, capsys):
    (tmp_path / "model.zip").write_bytes(b"PK")

    assert main(["model", "card", "--model", str(tmp_path / "model.zip")]) == 2
    assert "model.zip" in capsys.readouterr().err
