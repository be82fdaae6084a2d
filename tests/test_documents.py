"""Documents that the program writes are current."""

from pathlib import Path

import pytest

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
