"""`markscan report` writes whole reports to new files, and refuses what it cannot write."""

import io
import json
import zipfile

import docx
import pytest

from markscan.cli import main, options, run_report


@pytest.fixture
def said(kept, capsys, tmp_path, monkeypatch):
    """Run `report` on the store from an empty folder; return exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        capsys.readouterr()
        code = main(["report", "--store", str(kept.store), *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize("format", ["html", "xlsx", "csv", "docx", "sarif"])
def test_a_report_goes_to_the_file_that_is_named(format, said, tmp_path):
    code, out, err = said("--format", format, "--out", "报告")

    assert (code, out) == (1, "")
    assert "报告已写入" in err
    assert (tmp_path / "报告").stat().st_size > 1_000
    assert [path.name for path in tmp_path.iterdir()] == ["报告"]


def test_a_report_without_a_file_goes_to_standard_output(said):
    code, out, _ = said("--format", "csv", "-q")

    assert code == 1
    assert out.startswith("\ufeff类别")


def test_notices_go_to_a_folder_one_for_each_place(said, tmp_path):
    code, _, _ = said("--format", "notice", "--out", "通知书")

    assert code == 1
    assert len(list((tmp_path / "通知书").iterdir())) == 3


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--format", "html", "--out", "there"], "已存在"),
        (["--format", "html", "--out", "no/where"], "没有文件夹"),
        (["--format", "notice"], "--out"),
        (["--format", "notice", "--out", "there"], "不是文件夹"),
        (["--format", "text", "--out", "new"], "--out"),
        (["--format", "html", "--template", "there"], "--template"),
        (["--format", "docx", "--out", "new", "--template", "there"], "Word"),
        (["--format", "docx", "--out", "new", "--template", "none"], "不能读取"),
        (["--format", "xlsx", "--template-out", "new"], "--template"),
        (["--format", "docx", "--template-out", "there"], "已存在"),
        (["--format", "html", "--out", "new", "--against", "2"], "第 2 次"),
        (["--format", "text", "--against", "1"], "--against"),
        (["--format", "html", "--out", "new", "--run", "9"], "9"),
    ],
)
def test_what_cannot_be_written_is_refused(arguments, why, said, tmp_path):
    (tmp_path / "there").write_bytes(b"x")
    code, out, err = said(*arguments)

    assert (code, out) == (2, "")
    assert why in err
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert (tmp_path / "there").read_bytes() == b"x"


@pytest.mark.parametrize("format", ["xlsx", "docx"])
def test_no_binary_report_goes_to_a_terminal(format, said, monkeypatch):
    monkeypatch.setattr(run_report, "on_terminal", lambda: True)
    code, out, err = said("--format", format)

    assert (code, out) == (2, "")
    assert "--out" in err
    assert options.on_terminal() is False


def test_a_template_is_written_changed_and_filled(said, tmp_path):
    assert said("--format", "docx", "--template-out", "模板.docx")[0] == 0
    document = docx.Document(str(tmp_path / "模板.docx"))
    document.add_paragraph("本单位第一保密室：{{发现文件}}")
    document.save(str(tmp_path / "改.docx"))
    code, _, _ = said("--format", "docx", "--template", "改.docx", "--out", "报告.docx")
    made = docx.Document(str(tmp_path / "报告.docx"))

    assert code == 1
    assert made.paragraphs[-1].text == "本单位第一保密室：9"


def test_an_unknown_placeholder_is_named_and_nothing_is_written(said, tmp_path):
    document = docx.Document()
    document.add_paragraph("{{电话}}")
    document.save(str(tmp_path / "t.docx"))
    code, _, err = said("--format", "docx", "--template", "t.docx", "--out", "r.docx")

    assert code == 2
    assert "电话" in err
    assert [path.name for path in tmp_path.iterdir()] == ["t.docx"]


def test_owners_come_from_the_configuration(kept, said, tmp_path):
    where = f"{kept.share.as_posix()}/甲"
    (tmp_path / "c.toml").write_text(f'[[location]]\npath = "{where}"\nowner = "王芳"\n', "utf-8")
    said("--format", "notice", "--out", "n", "--config", "c.toml")

    assert "整改通知书-王芳.docx" in [path.name for path in (tmp_path / "n").iterdir()]


def test_a_run_is_told_beside_the_one_that_is_named(said):
    _, out, _ = said("--format", "sarif", "--run", 1, "-q")
    states = {each["baselineState"] for each in json.loads(out)["runs"][0]["results"]}
    _, beside, _ = said("--format", "sarif", "--against", 1, "-q")

    assert states == {"new"}
    assert "absent" in beside


def test_all_entries_of_a_package_bear_the_same_time(said, tmp_path):
    for name in ("r.xlsx", "r.docx"):
        said("--format", name[2:], "--out", name)
        with zipfile.ZipFile(io.BytesIO((tmp_path / name).read_bytes())) as package:
            assert {entry.date_time[0] for entry in package.infolist()} == {1980}
