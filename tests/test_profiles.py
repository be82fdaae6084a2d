"""Profiles: what each kind of organisation is held to, as data and as findings."""

from __future__ import annotations

import json
import pickle
import tomllib
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from example_case import case_of

from markscan import Config, Scanner
from markscan.cli import main
from markscan.config import read_config
from markscan.config_keys import KEYS, PROFILES
from markscan.config_schema import config_schema
from markscan.data import folder
from markscan.errors import LexiconError, UsageError
from markscan.finding import Severity
from markscan.profile import Norm, Profile
from markscan.profiles import (
    SETTINGS,
    House,
    profile_names,
    read_file,
    read_profile,
    switches,
)
from markscan.rules import Example, Task, judge
from markscan.wording import Text

FILES = folder("lexicons") / "profiles"
NAMES = ("standard", "central", "company", "county", "exam", "municipal", "provincial", "soe")

# The data.


def test_the_profiles_are_those_of_the_data():
    assert profile_names() == NAMES == PROFILES


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_a_profile_names_its_source(name):
    content = tomllib.loads((FILES / f"{name}.toml").read_text("utf-8"))

    entries = [entry for table in ("profile", "style") for entry in content.get(table, {}).items()]
    assert entries
    for key, entry in entries:
        assert entry["source"].strip(), key


@pytest.mark.parametrize("name", NAMES[1:])
def test_every_other_profile_says_less_than_the_whole_one(name):
    content = tomllib.loads((FILES / f"{name}.toml").read_text("utf-8"))

    said = [key for table in ("profile", "style") for key in content.get(table, {})]
    assert 0 < len(said) < len(SETTINGS)
    assert read_profile(name).code == name


def test_the_defaults_of_the_class_are_those_of_standard():
    shipped = read_profile("standard")
    norm = replace(shipped.norm, fonts=Norm().fonts, other_fonts=())

    assert replace(shipped, norm=norm) == Profile(name=shipped.name)
    assert shipped.norm.fonts[0] == "黑体"


def test_every_setting_has_its_field():
    named = {name for name, _ in switches(Profile())}
    own = {each.name for each in fields(Profile)} - {"code", "name", "norm"}

    assert {name.replace("-", "_") for name in named} == own
    assert len([key for key in SETTINGS if key.table == "style"]) == len(fields(Norm))


@pytest.mark.parametrize(
    ("name", "highest"),
    [
        ("standard", "juemi"),
        ("central", "juemi"),
        ("provincial", "juemi"),
        ("municipal", "jimi"),
        ("county", None),
        ("soe", None),
        ("company", None),
        ("exam", "juemi"),
    ],
)
def test_who_may_determine_which_level(name, highest):
    assert read_profile(name).highest == highest


@pytest.mark.parametrize("name", NAMES)
def test_only_a_private_company_has_no_use_for_the_star(name):
    assert read_profile(name).own_star is (name == "company")


def test_an_unknown_profile_is_refused_with_the_names_of_all():
    with pytest.raises(UsageError) as caught:
        Scanner(Config(profile="comany"))

    (message,) = caught.value.args
    assert "comany" in message.zh and all(name in message.en for name in NAMES)


WHOLE = (FILES / "standard.toml").read_text("utf-8")
OTHER = 'name = { zh = "甲", en = "a" }\n'
STAR = '[profile]\nown-star = { value = true, source = "s" }\n'
BAD = [
    ("[profile", "is no TOML"),
    (OTHER + "[house]\n", 'unknown table or key "house"'),
    (OTHER + "profile = 1\n", '"profile" must be a table'),
    (OTHER + STAR.replace("own-star", "own-stars"), 'unknown key "profile.own-stars"'),
    (OTHER + STAR.replace("true", '"yes"'), '"profile.own-star" must be true or false'),
    (OTHER + STAR.replace(', source = "s"', ""), "must have a value and a source"),
    (OTHER + STAR.replace('"s"', '" "'), '"profile.own-star" has no source'),
    (OTHER + "[profile]\nown-star = true\n", "must have a value and a source"),
    (OTHER + STAR.replace("own-star", "highest"), '"profile.highest" must be one of: juemi'),
    (OTHER + '[style]\nleft-mm = { value = 0, source = "s" }\n', '"style.left-mm" must be a num'),
    (OTHER + '[style]\nmark-fonts = { value = [], source = "s" }\n', "at least one"),
    (STAR, '"name" must have zh and en'),
    ('name = { zh = "甲" }\n' + STAR, '"name" must have zh and en'),
]


@pytest.mark.parametrize(("content", "said"), BAD)
def test_a_wrong_profile_is_refused_with_the_name_of_the_file(tmp_path, content, said):
    path = tmp_path / "profiles" / "own.toml"
    path.parent.mkdir()
    path.write_text(content, "utf-8")

    with pytest.raises(LexiconError) as caught:
        read_file(path, FILES / "standard.toml")

    text = caught.value.args[0]
    assert isinstance(text, Text)
    assert text.en.startswith("profiles/own.toml: ") and said in text.en
    assert text.zh.startswith("profiles/own.toml：")


def test_the_whole_profile_may_leave_nothing_out(tmp_path):
    path = tmp_path / "standard.toml"
    path.write_text("\n".join(x for x in WHOLE.split("\n") if not x.startswith("own-star")))

    with pytest.raises(LexiconError, match="own-star"):
        read_file(path, path)


# Fonts.


@pytest.mark.parametrize(
    ("font", "is_one"),
    [
        ("黑体", True),
        ("黑體", True),
        ("SimHei", True),
        ("SIMHEI", True),
        ("Sim Hei", True),
        ("ABCDEF+SimHei", True),
        ("@黑体", True),
        ("黑体,Bold", True),
        ("ºÚÌå", True),
        ("ABCDEF+ºÚÌå,Bold", True),
        ("方正黑体_GBK", True),
        ("方正黑体简体", True),
        ("FZHei-B01S", True),
        ("FZHTK--GBK1-0", True),
        ("FZHTJW--GB1-0", True),
        ("华文黑体", True),
        ("STHeiti", True),
        ("Heiti SC", True),
        ("思源黑体 CN", True),
        ("SourceHanSansSC-Regular", True),
        ("NotoSansCJKsc-Regular", True),
        ("Noto Sans CJK SC", True),
        ("HYZhongHeiJ", True),
        ("WenQuanYi Zen Hei", True),
        ("ABCDEF+WenQuanYiMicroHei", True),
        ("文泉驿正黑", True),
        ("微软雅黑", False),
        ("Microsoft YaHei", False),
        ("ABCDEF+MicrosoftYaHei-Bold", False),
        ("Î¢ÈíÑÅºÚ", False),
        ("微软正黑体", False),
        ("Microsoft JhengHei", False),
        ("华文细黑", False),
        ("STXihei", False),
        ("方正大黑简体", False),
        ("方正兰亭黑", False),
        ("等线", False),
        ("宋体", False),
        ("仿宋_GB2312", False),
        ("方正小标宋_GBK", False),
        ("SourceHanSerifSC-Bold", False),
        ("Noto Sans", False),
        ("Arial", False),
        ("", False),
    ],
)
def test_a_font_is_known_by_the_names_that_files_give_it(font, is_one):
    assert read_profile("standard").norm.is_mark_font(font) is is_one


def test_a_house_may_name_a_font_that_is_no_heiti():
    norm = read_profile("standard", (("style", "mark-fonts", ("微软雅黑",)),)).norm

    assert norm.is_mark_font("微软雅黑 Bold")
    assert not norm.is_mark_font("黑体")


# markscan.toml.

HOUSE = """\
[scan]
profile = "county"

[profile]
copy-number = "juemi-jimi"
period-required = false
print-run-required = false
return-date-required = true
openness-required = false
classified-series = true
long-term-allowed = true
own-star = false
highest = "mimi"

[style]
left-mm = 30
top-mm = 35.5
side-tolerance-mm = 1
mark-fonts = ["方正黑体"]
other-fonts = ["方正大黑体"]
mark-size = 15
size-tolerance = 0.25
copy-number-digits = 8
"""


def configured(folder: Path, text: str, **overrides: object) -> Config:
    path = folder / "markscan.toml"
    path.write_text(text, "utf-8")
    return read_config(path, **overrides)


def test_a_house_lies_over_its_profile(tmp_path):
    profile = configured(tmp_path, HOUSE).organisation

    assert profile == Profile(
        code="county",
        name=read_profile("county").name,
        copy_number="juemi-jimi",
        period_required=False,
        print_run_required=False,
        return_date_required=True,
        openness_required=False,
        classified_series=True,
        long_term_allowed=True,
        own_star=False,
        highest="mimi",
        norm=Norm(
            left=85.0,
            top=100.6,
            side_tolerance=2.8,
            fonts=("方正黑体",),
            size=15.0,
            size_tolerance=0.25,
            copy_number_digits=8,
            other_fonts=("方正大黑体",),
        ),
    )


def test_every_setting_of_a_house_stands_in_the_example_and_in_the_schema():
    table = tomllib.loads(HOUSE)

    jsonschema.validate(table, config_schema())
    for key in SETTINGS:
        assert key in KEYS
        assert key.name in table[key.table]


def test_the_command_line_changes_the_profile_and_keeps_the_house(tmp_path):
    config = configured(tmp_path, HOUSE, profile="company")

    assert (config.organisation.code, config.organisation.highest) == ("company", "mimi")


def test_a_config_with_a_house_survives_pickling_and_can_be_compared(tmp_path):
    config = configured(tmp_path, HOUSE)

    assert pickle.loads(pickle.dumps(config)) == config
    assert pickle.loads(pickle.dumps(config)).organisation == config.organisation
    assert hash(config.house) and config != replace(config, house=())


# Findings.


def letter(mark: str, issuer: str = "某某市人民政府", issued: str = "2025年3月1日") -> str:
    return f"{mark}\n关于召开会议的通知\n各单位：\n{issuer}\n{issued}"


def found(text: str, profile: str, house: House = (), task: Task = Task.CHECK) -> dict[str, str]:
    """Codes and severities of the rules about the form of markings (MS1xx)."""
    case = case_of(Example(text, task=task), profile, house)
    return {f.rule: f.severity.code for f in judge(case) if f.rule < "MS119"}


LONG = (("profile", "long-term-allowed", True),)
SHORT = (("profile", "period-required", False),)


@pytest.mark.parametrize(
    ("mark", "profile", "house", "expected"),
    [
        ("机密★长期", "standard", (), {"MS110": "high"}),
        ("机密★长期", "central", (), {"MS110": "high"}),
        ("机密★长期", "central", LONG, {}),
        ("机密★永久", "central", LONG, {"MS110": "low"}),
        ("机密★", "standard", (), {"MS102": "high"}),
        ("机密★", "soe", (), {"MS102": "high"}),
        ("机密★", "county", SHORT, {"MS102": "low"}),
        ("机密★10年", "standard", (), {}),
        ("机密★10年", "soe", (), {}),
        ("机密★10年", "county", (), {}),
        ("机密★10年", "company", (), {"MS117": "high"}),
        ("机密★", "company", (), {"MS117": "high"}),
        ("绝密★长期", "company", (), {"MS117": "high"}),
        ("绝密★50年", "company", (), {"MS117": "high"}),
        ("★机密10年", "company", (), {"MS117": "high"}),
        ("机密★十年", "company", (), {"MS117": "high"}),
        ("机密", "company", (), {}),
        ("机密 10年", "company", (), {}),
        ("机密▲10年", "company", (), {}),
        ("机密☆10年", "soe", (), {"MS104": "medium"}),
        ("核心商密★10年", "soe", (), {"MS117": "high"}),
        ("核心商密 10年", "soe", (), {}),
        ("核心商密 10年", "company", (), {}),
        ("工作秘密★1年", "municipal", (), {"MS117": "high"}),
    ],
)
def test_a_profile_decides_what_a_fault_is(mark, profile, house, expected):
    issuer = "某某集团有限公司" if profile in ("soe", "company") else "某某市人民政府"

    assert found(letter(mark, issuer), profile, house) == expected


def test_a_company_star_is_told_once_and_nothing_else_of_it():
    codes = [f.rule for f in judge(case_of(Example(letter("绝密★50年")), "company"))]

    assert codes == ["MS117"]


def test_what_lies_in_a_company_may_be_the_states():
    example = Example(letter("机密★10年"), task=Task.SCAN, highest="")

    rules = {f.rule: f.severity for f in judge(case_of(example, "company"))}

    assert rules["MS301"] is Severity.CRITICAL
    assert rules["MS117"] is Severity.HIGH


def test_a_companys_word_without_star_is_above_no_ceiling():
    example = Example(letter("机密"), task=Task.SCAN, highest="")

    assert "MS301" not in {f.rule for f in judge(case_of(example, "company"))}
    assert "MS301" in {f.rule for f in judge(case_of(example, "standard"))}


@pytest.mark.parametrize("mark", ["绝密★启用前", "机密★启封前"])
@pytest.mark.parametrize("profile", ["exam", "standard"])
def test_the_mark_of_an_examination_paper_is_lawful(mark, profile):
    text = f"{mark}\n2025年普通高等学校招生全国统一考试\n语文试题\n一、选择题"

    assert found(text, profile) == {}


# The whole way.


def test_the_profile_of_the_configuration_reaches_the_rules(tmp_path):
    (tmp_path / "稿.txt").write_text(letter("机密★长期", "某某集团有限公司"), "utf-8")
    allowed = configured(tmp_path, "[profile]\nlong-term-allowed = true\n")

    def codes(config: Config) -> set[str]:
        outcome = Scanner(config).scan_file(tmp_path / "稿.txt")
        return {f.rule for f in outcome.findings} & {"MS110", "MS117"}

    assert codes(Config(today=date(2026, 1, 1))) == {"MS110"}
    assert codes(allowed) == set()
    assert codes(replace(allowed, profile="company")) == {"MS117"}


def test_the_help_lists_the_profiles(capsys):
    assert main(["check", "--help"]) == 0

    printed = "".join(capsys.readouterr().out.split())
    assert all(name in printed for name in NAMES)


def test_the_doctor_shows_what_the_profile_asks(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "markscan.toml").write_text('[profile]\nhighest = "mimi"\n', "utf-8")

    main(["doctor", "--profile", "county", "--format", "jsonl"])

    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert first["check"] == "profile county"
    assert "highest = mimi" in first["detail"] and "own-star = false" in first["detail"]
