"""Documents that the program writes are current."""

from pathlib import Path

import pytest

from markscan.cli import COMMANDS, main
from markscan.cli.exit_code import ExitCode
from markscan.config import read_config
from markscan.config_keys import KEYS
from markscan.errors import UsageError
from markscan.report.catalogue import catalogue, rule_page
from markscan.rules import RULES

ROOT = Path(__file__).parent.parent


def test_the_catalogue_of_rules_is_current():
    """Writes RULES.md anew where it is not, and fails: look at the difference."""
    file, current = ROOT / "RULES.md", catalogue("zh") + "\n"
    written = file.read_text("utf-8") if file.exists() else ""
    if written != current:
        file.write_text(current, "utf-8")

    assert written == current, "RULES.md was out of date and has been written anew"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_catalogue_has_a_page_for_each_rule(language):
    text = catalogue(language)

    for rule in RULES:
        assert rule_page(rule.code.lower(), language) in text


def test_a_rule_that_is_not_there_is_an_error():
    with pytest.raises(UsageError):
        rule_page("MS999", "zh")


def keys_table() -> str:
    """The configuration keys as a table of Markdown."""
    rows = ["| 表 | 键 | 说明 | 可用的值 |", "| --- | --- | --- | --- |"]
    for key in KEYS:
        values = "、".join(f"`{choice}`" for choice in key.choices if choice)
        rows.append(f"| `{key.table}` | `{key.name}` | {key.help.zh} | {values} |")
    return "\n".join(rows)


def test_the_guide_lists_every_key_of_the_configuration():
    """Writes the table of GUIDE.md anew where it is not current, and fails."""
    file = ROOT / "GUIDE.md"
    text = file.read_text("utf-8")
    head, begin, rest = text.partition("<!-- keys: generated from the program's own table -->\n")
    _, end, tail = rest.partition("<!-- end of keys -->")
    current = f"{head}{begin}{keys_table()}\n{end}{tail}"
    if text != current:
        file.write_text(current, "utf-8")

    assert text == current, "GUIDE.md was out of date and has been written anew"


def test_the_configuration_of_the_guide_can_be_read(tmp_path):
    example = (ROOT / "GUIDE.md").read_text("utf-8").split("```toml\n")[1].split("```")[0]
    (tmp_path / "本单位词库.toml").write_text('topic = "own"\nsource = "own"\n', "utf-8")
    (tmp_path / "markscan.toml").write_text(example, "utf-8")

    config = read_config(tmp_path / "markscan.toml")

    assert config.limits.archive_depth == 5
    assert config.disabled == ("MS115",)
    assert [place.kind for place in config.policy.locations] == ["public", "classified"]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_command_and_exit_code(name):
    text = (ROOT / name).read_text("utf-8")

    for command in COMMANDS:
        assert f"`markscan {command}" in text
    for code in ExitCode:
        assert f"| {code.value} |" in text


def test_the_output_in_the_readme_is_what_the_program_prints(tmp_path, monkeypatch, capsys):
    text = "000001\n机密☆10年\n云山市人民政府办公室文件\n云政办〔2025〕5号\n"
    text += "关于开展防汛演练的通知\n各区县人民政府：\n请按方案组织演练。\n"
    text += "云山市人民政府办公室\n2025年5月6日\n（此件公开发布）\n共印20份\n"
    (tmp_path / "通知.txt").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    shown = (ROOT / "README.md").read_text("utf-8").split("$ markscan check 通知.txt\n")[1]

    code = main(["check", "通知.txt"])

    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert code == 1
    assert printed == shown.split("```")[0].splitlines()
