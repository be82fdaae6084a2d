"""Real documents: text about secrecy is not secret, and nothing public is marked."""

import re
from collections import Counter

import pytest
from corpora import folder

from markscan import Config, Scanner, Severity, Status
from markscan.policy import Policy

pytestmark = pytest.mark.corpus
LEVEL_WORDS = re.compile("[绝絕机機秘祕](?:\\([^)]*\\))?密")


@pytest.fixture(scope="module")
def scanner():
    return Scanner(Config(policy=Policy(), ocr=False))


def test_the_five_regulations_are_clean(scanner, capsys):
    words = 0
    for path in sorted(folder("seeds").glob("*.txt")):
        words += len(LEVEL_WORDS.findall(path.read_text("utf-8")))
        outcome = scanner.scan_file(path)
        assert outcome.status is Status.EXAMINED
        assert not outcome.markings
        assert not outcome.findings
    with capsys.disabled():
        print(f"\nfive regulations: {words} level words, no finding")
    assert words > 250


def test_no_public_text_carries_a_state_marking(scanner, capsys):
    outcomes = [
        scanner.scan_file(path) for path in sorted(folder("corpus", "public").rglob("*.txt"))
    ]
    found = [
        (outcome.locator, seen.marking)
        for outcome in outcomes
        for seen in outcome.markings
        if seen.marking.scheme == "cn-state" and seen.effective
    ]
    severe = Counter(
        (f.rule, f.severity.code)
        for o in outcomes
        for f in o.findings
        if f.severity >= Severity.MEDIUM
    )
    with capsys.disabled():
        print(f"\n{len(outcomes)} public texts: {len(found)} state markings, {dict(severe)}")
    assert len(outcomes) > 5000
    assert not found
    assert not severe


def test_every_real_office_file_ends_in_one_outcome(scanner):
    known = {
        "encrypted", "damaged", "unsupported", "limit", "timeout",
        "no-text-layer", "permission", "vanished",
    }  # fmt: skip
    count = 0
    for name in ("office", "probe"):
        for path in sorted(folder("corpus", name).rglob("*")):
            if path.is_file():
                count += 1
                outcome = scanner.scan_file(path)
                assert {p.code for o in outcome.flat() for p in o.problems} <= known, path
                assert (outcome.status is Status.EXAMINED) == (not outcome.problems)
    assert count > 150
