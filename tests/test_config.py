"""markscan.toml: what it may say, and what it is told when it says something else."""

from __future__ import annotations

import json
import pickle
import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import markscan.config
from markscan.config import Config, find_config, read_config
from markscan.config_keys import KEYS
from markscan.config_schema import config_schema
from markscan.errors import ConfigError
from markscan.limits import Limits
from markscan.wording import Text

SCHEMA = Path(markscan.config.__file__).parent / "schemas" / "config.schema.json"

WHOLE = """\
[scan]
profile = "standard"
exclude = ["*.tmp", "备份\\\\旧"]
jobs = 2
seconds-per-file = 30.5
seconds-per-picture = 10
ocr = false
megabytes-per-worker = 1024
fail-level = "high"
language = "en"

[limits]
archive-depth = 3
pages = 100

[rules]
disable = ["MS118"]

[[location]]
path = "D:\\\\共享"
owner = "办公室"
readers = ["全体人员"]
kind = "internal"

[[location]]
path = "//server/密件"
kind = "classified"
highest = { cn-state = "机密", cn-work = "gongzuo" }

[[location]]
path = "sample/**"

[default-location]
highest = { openness = "public" }

[terms]
files = ["terms.toml"]

[passwords]
file = "口令.txt"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "terms.toml").write_text("")
    (tmp_path / "口令.txt").write_text("\ufeff春江花月\n\n p w \n春江花月\n", "utf-8")
    return tmp_path


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "markscan.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(folder: Path, text: str | bytes) -> Text:
    with pytest.raises(ConfigError) as caught:
        read_config(write(folder, text))
    (message,) = caught.value.args
    assert isinstance(message, Text)
    return message


def test_everything_a_file_may_say_is_read(folder):
    config = read_config(write(folder, WHOLE))

    assert config.profile == "standard"
    assert config.exclude == ("*.tmp", "备份/旧")
    assert (config.jobs, config.seconds_per_file, config.megabytes_per_worker) == (2, 30.5, 1024)
    assert (config.fail_level, config.language) == ("high", "en")
    assert config.limits == Limits(archive_depth=3, pages=100)
    assert (config.ocr, config.seconds_per_picture) == (False, 10)
    assert config.passwords == ("春江花月", " p w ")
    assert "春江花月" not in repr(config)
    assert config.disabled == ("MS118",)
    assert config.lexicons == (folder / "terms.toml",)
    assert config.policy is not None
    share, secret, sample = config.policy.locations
    assert (share.owner, share.readers, share.kind) == ("办公室", ("全体人员",), "internal")
    assert share.highest == (("cn-internal", "neibu"), ("cn-work", "gongzuo"))
    assert secret.highest == (("cn-state", "jimi"), ("cn-work", "gongzuo"))
    assert sample.highest == config.policy.default.highest == (("openness", "public"),)
    assert sample.listed and not config.policy.default.listed
    assert config.policy.locate(folder / "sample" / "a.docx") == sample
    assert config.policy.locate(Path("d:/共享/a.docx")) == share


def test_an_empty_file_says_nothing(folder):
    assert read_config(write(folder, ""), today=date(2026, 1, 1)) == Config(today=date(2026, 1, 1))


def test_what_the_caller_says_stands_over_the_file(folder):
    config = read_config(write(folder, WHOLE), jobs=7, quote=True, task="scan")

    assert (config.jobs, config.quote, config.task) == (7, True, "scan")


@pytest.mark.parametrize("word", ["jimi", "机密", "机密级"])
def test_a_level_may_be_written_in_code_or_chinese(folder, word):
    text = f'[[location]]\npath = "/a"\nhighest = {{ cn-state = "{word}" }}'

    config = read_config(write(folder, text))

    assert config.policy.locations[0].highest == (("cn-state", "jimi"),)


@pytest.mark.parametrize("text", ["\ufeff[scan]\njobs = 1\n", "[scan]\r\njobs = 1\r\n"])
def test_a_file_saved_by_a_windows_editor_is_read(folder, text):
    assert read_config(write(folder, text)).jobs == 1


def test_a_config_survives_pickling(folder):
    config = read_config(write(folder, WHOLE))

    assert pickle.loads(pickle.dumps(config)) == config


L = '[[location]]\npath = "/a"\n'
REFUSED = [
    ("jobs = 1", 1, 'unknown table or key "jobs"'),
    ("[scam]", 1, 'unknown table or key "scam"; did you mean "scan"?'),
    ("\n[[locations]]\n", 2, 'did you mean "location"?'),
    ("[scan]\n# x\nexlude = []", 3, 'unknown key "exlude" in [scan]; did you mean "exclude"?'),
    ("[scan]\nseconds_per_file = 1", 2, 'did you mean "seconds-per-file"?'),
    ("[scan]\nzzz = 1", 2, 'unknown key "zzz" in [scan]'),
    ("scan.jbos = 1", 1, 'unknown key "jbos" in [scan]; did you mean "jobs"?'),
    (
        L + "\n[[location]]\npath = '/b'\nhightest = {}",
        6,
        'unknown key "hightest" in [[location]]; did you mean "highest"?',
    ),
    ("[scan]\njobs = -1", 2, '"jobs" must be a whole number, not negative'),
    ("[scan]\njobs = true", 2, '"jobs" must be a whole number'),
    ("[scan]\njobs = 1.0", 2, '"jobs" must be a whole number'),
    ("[scan]\nseconds-per-file = 0", 2, "a number above 0"),
    ("[scan]\nseconds-per-file = inf", 2, "a number above 0"),
    ("[scan]\nseconds-per-file = nan", 2, "a number above 0"),
    ("[scan]\nmegabytes-per-worker = 0", 2, "above 0"),
    ("[scan]\nexclude = '*.tmp'", 2, '"exclude" must be a list of texts'),
    ("[scan]\nexclude = ['a', 1]", 2, '"exclude" must be a list of texts'),
    ("[scan]\nexclude = ['']", 2, "none empty"),
    ("[scan]\nfail-level = 'hihg'", 2, 'did you mean "high"?'),
    ("[scan]\nlanguage = 1", 2, '"language" cannot be "1"; choose from: zh, en'),
    ("[scan]\nprofile = ''", 2, "choose from: standard"),
    ("[scan]\nprofile = 'comany'", 2, 'did you mean "company"?'),
    ("[profile]\nhighest = '绝密'", 2, "choose from: juemi, jimi, mimi, none"),
    ("[profile]\ncopy-number = 'some'", 2, "choose from: all, juemi-jimi, none"),
    ("[profile]\nown_star = true", 2, 'did you mean "own-star"?'),
    ("[profile]\nown-star = 1", 2, '"own-star" must be true or false'),
    ("[style]\nleft-mm = '28mm'", 2, '"left-mm" must be a number above 0'),
    ("[style]\nleft = 28", 2, 'did you mean "left-mm"?'),
    ("[style]\nmark-fonts = []", 2, "at least one"),
    ("[style]\nmark-fonts = ['']", 2, "none empty"),
    ("[style]\ncopy-number-digits = 6.0", 2, "a whole number above 0"),
    ("[[location]]\npath = ''", 2, "a text, not empty"),
    ("scan = 1", 1, 'write "scan" as [scan]'),
    ("[location]\npath = '/a'", 1, 'write "location" as [[location]]'),
    ("location = [1]", 1, 'write "location" as [[location]]'),
    ("[[rules]]", 1, 'write "rules" as [rules]'),
    ("[scan]\nocr = 1", 2, '"ocr" must be true or false'),
    ("[passwords]\nfile = 'none.txt'", 2, "cannot read passwords"),
    ("[limits]\npages = -5", 2, '"pages" must be a whole number above 0'),
    ("[limits]\nunpacked-bites = 5", 2, 'did you mean "unpacked-bytes"?'),
    ("[rules]\ndisable = ['118']", 2, "a list of rule codes"),
    ("[rules]\ndisable = 'MS118'", 2, "a list of rule codes"),
    ("\n[[location]]\nowner = 'x'", 2, '[[location]] has no "path"'),
    (L + "kind = 'clasified'", 3, 'did you mean "classified"?'),
    (L + "kind = 'classified'", 3, 'a place of kind "classified" must say what is "highest"'),
    (L + "highest = 'jimi'", 3, '"highest" must be a table'),
    (L + "highest = { cn-state = 1 }", 3, '"highest" must be a table'),
    (L + "highest = { cn-sate = 'jimi' }", 3, 'did you mean "cn-state"?'),
    (L + "[location.highest]\n\ncn-state = 'jmi'", 5, 'did you mean "jimi"?'),
    (
        L + "highest.cn-state = 'secret'",
        3,
        '"cn-state" cannot be "secret"; choose from: mimi, 秘密, jimi',
    ),
    (L + "highest = { cn-state = '机密★' }", 3, 'did you mean "机密"?'),
    (L + "\n[[location]]\npath = '/b/../a/'", 5, "stands already in line 2"),
    ("[[location]]\npath = 'D:/甲'\n[[location]]\npath = 'd:\\甲'", 4, "stands already in line 2"),
    ("[default-location]\npath = '/a'", 2, 'unknown key "path" in [default-location]'),
    ("[terms]\nfiles = [\n  'terms.toml',\n  'no.toml',\n]", 4, 'there is no file "no.toml"'),
    ("[scan]\njobs = \n", 2, "no TOML: Invalid value"),
    ("[scan]\njobs = 1\njobs = 2\n", 3, "no TOML: Cannot overwrite a value"),
    ("[scan]\n\n[scan", 3, "no TOML"),
    (b"[scan]\nprofile = '\xbb\xfa'\n", 2, "is not in UTF-8"),
]


@pytest.mark.parametrize(("text", "line", "said"), REFUSED)
def test_what_cannot_be_meant_is_refused_with_its_line(folder, text, line, said):
    message = refusal(folder, text)

    assert message.en.startswith(f"markscan.toml:{line}: "), message.en
    assert said in message.en
    assert message.zh.startswith(f"markscan.toml:{line}：") and message.zh != message.en


def test_a_refusal_suggests_the_nearest_key_in_chinese_too(folder):
    message = refusal(folder, L + "hightest = {}")

    assert message.zh == "markscan.toml:3：[[location]] 中有未知的键“hightest”；是否为“highest”？"


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path / "markscan.toml")

    assert caught.value.args[0].en.startswith("markscan.toml: cannot be read")


def test_the_nearest_file_upward_is_found(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    outer, inner = write(tmp_path, ""), write(tmp_path / "a", "")

    assert find_config(tmp_path / "a" / "b") == inner
    assert find_config(tmp_path) == outer


def test_a_folder_of_that_name_is_no_configuration(tmp_path):
    (tmp_path / "a" / "markscan.toml").mkdir(parents=True)
    found = write(tmp_path, "")

    assert find_config(tmp_path / "a") == found


def test_the_relative_start_is_the_working_folder(tmp_path, monkeypatch):
    found = write(tmp_path, "")
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")

    assert find_config(Path()) == found


def test_the_shipped_schema_is_that_of_the_reader():
    current = json.dumps(config_schema(), ensure_ascii=False, indent=2) + "\n"
    shipped = SCHEMA.read_text("utf-8") if SCHEMA.exists() else ""

    if shipped != current:
        SCHEMA.write_text(current, "utf-8")
    assert shipped == current, "the schema was stale; it has been written anew"


def test_the_schema_itself_is_good_and_accepts_what_the_reader_accepts():
    jsonschema.Draft202012Validator.check_schema(config_schema())

    jsonschema.validate(tomllib.loads(WHOLE), config_schema())


# What a schema cannot say: syntax, what is on disk, what stands twice, what depends on
# another key, that 1.0 is no whole number to us, and numbers that JSON does not have.
BEYOND = (
    "no TOML",
    "UTF-8",
    "cannot read passwords",
    "stands already",
    "there is no file",
    "must say what is",
)
IN_SCHEMA = [
    text
    for text, _, said in REFUSED
    if isinstance(text, str)
    and not any(words in said for words in BEYOND)
    and not text.endswith(("= 1.0", "= 6.0", "= inf", "= nan"))
]


@pytest.mark.parametrize("text", IN_SCHEMA)
def test_the_schema_refuses_what_the_reader_refuses(text):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), config_schema())


def test_every_key_is_described_in_both_languages_and_reaches_the_config():
    names = {each.name for each in fields(Config)}

    for key in KEYS:
        assert key.help.zh and key.help.en and key.help.zh != key.help.en
        if key.table == "scan":
            assert key.name.replace("-", "_") in names


def test_every_limit_is_a_key():
    keys = {key.name.replace("-", "_") for key in KEYS if key.table == "limits"}

    assert keys == {each.name for each in fields(Limits)}
