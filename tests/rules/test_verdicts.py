"""What the rules conclude of a file: suspicion is verified before it is handled as anything."""

import re

import pytest

from markscan.finding import Verdict
from markscan.rules import RULES

# Text of central documents: without a level the law of the office says internal.
INTERNAL = {"MS306", "MS307"}


def test_only_central_documents_without_a_level_are_simply_internal():
    told = {rule.code for rule in RULES if rule.verdict is Verdict.HANDLE_AS_INTERNAL}

    assert told == INTERNAL


@pytest.mark.parametrize("code", ["MS302", "MS303", "MS304", "MS305", "MS321", "MS325", "MS413"])
def test_what_may_be_a_state_secret_is_to_be_verified(code):
    (rule,) = [rule for rule in RULES if rule.code == code]

    assert rule.verdict is Verdict.TO_VERIFY
    assert re.search("核实|判定|核对", rule.fix.zh)


@pytest.mark.parametrize("code", ["MS333", "MS334"])
def test_a_marked_file_in_a_wrong_place_is_above_its_ceiling(code):
    (rule,) = [rule for rule in RULES if rule.code == code]

    assert rule.verdict is Verdict.ABOVE_CEILING
