"""Why a file cannot be used is told in Chinese, whatever the system says of it."""

import re
from pathlib import Path

import pytest

from markscan import lexicon
from markscan.cli import main
from markscan.errors import LexiconError, UsageError
from markscan.remote.accounts import read_accounts
from markscan.selftest import read_samples
from markscan.wording.system import cause

GONE, FOLDER, NO_UTF8 = "没有这个文件", "文件夹|没有权限", "不是 UTF-8 编码"
CALLED = {
    "a configuration that is not there": (("check", "--config", "no.toml", "a.txt"), GONE),
    "a configuration that is a folder": (("check", "--config", "folder", "a.txt"), FOLDER),
    "a configuration in another code": (("check", "--config", "gbk.toml", "a.txt"), NO_UTF8),
    "a configuration that is no TOML": (
        ("check", "--config", "cut.toml", "a.txt"),
        "cut.toml:2：TOML 语法错误：引号没有成对",
    ),
    "passwords that are not there": (("check", "--password-file", "no.txt", "a.txt"), GONE),
    "passwords in another code": (("check", "--password-file", "gbk.toml", "a.txt"), NO_UTF8),
    "a list of files that is not there": (("review", "--files-from", "no.txt"), GONE),
    "a list of files that is a folder": (("review", "--files-from", "folder"), FOLDER),
    "samples that are a folder": (("selftest", "list", "--store", "s"), FOLDER),
    "samples that were cut off": (("selftest", "list", "--store", "cut"), "内容不对"),
    "a model that is not there": (("model", "card", "--model", "no.bin"), GONE),
    "terms that are not there": (("lexicon", "check", "no.csv"), GONE),
}
OWN = "markscan|toml|TOML|UTF|JSONDecodeError|samples|json|no|txt|csv|bin|gbk|cut|folder|s"


@pytest.mark.parametrize(("arguments", "why"), CALLED.values(), ids=CALLED)
def test_what_cannot_be_read_is_told_in_chinese(arguments, why, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("s.samples.json").mkdir()
    Path("cut.samples.json").write_text("{", "utf-8")
    Path("gbk.toml").write_bytes("机密\n".encode("gbk"))
    Path("cut.toml").write_text('[scan]\nprofile = "state', "utf-8")

    assert main(list(arguments)) == 2

    told = capsys.readouterr().err
    assert re.search(why, told), told
    foreign = re.findall("[A-Za-z]+", told.replace(str(tmp_path), "").replace(tmp_path.name, ""))
    assert not [word for word in foreign if not re.fullmatch(OWN, word)], told


@pytest.mark.parametrize(
    ("read", "kind"), [(read_accounts, UsageError), (read_samples, UsageError)]
)
def test_a_file_in_another_code_is_told_in_both_languages(read, kind, tmp_path):
    (tmp_path / "a").write_bytes("机密".encode("gbk"))

    with pytest.raises(kind) as caught:
        read(tmp_path / "a")

    assert NO_UTF8 in caught.value.args[0].zh
    assert "not in UTF-8" in caught.value.args[0].en


@pytest.mark.parametrize("read", [lexicon.read_toml])
def test_a_table_that_is_no_toml_names_its_line(read, tmp_path):
    (tmp_path / "a.toml").write_text("a = 1\nb = \n", "utf-8")

    with pytest.raises(LexiconError) as caught:
        read(tmp_path / "a.toml")

    assert "不是有效的 TOML：第 2 行值无效" in caught.value.args[0].zh
    assert "is no TOML: line 2: Invalid value" in caught.value.args[0].en


def test_what_has_no_words_keeps_those_of_the_system():
    told = cause(OSError(9999, "Something odd"))

    assert (told.zh, told.en) == ("系统报告 Something odd", "Something odd")
