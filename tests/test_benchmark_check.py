"""The benchmark of the check: its long drafts keep their faults, and its peer reads them."""

from datetime import date

import pytest

from benchmarks.check import lengthen
from benchmarks.walk_docx import walk
from markscan import Config, Scanner
from markscan.cli.sample_drafts import EXPECTED, FAULTY, RIGHT, write_drafts

DAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    """The two drafts, by name."""
    paths = {path.name: path for path in write_drafts(tmp_path_factory.mktemp("long"), DAY)}
    for name in (RIGHT, FAULTY):
        lengthen(paths[name])
    return paths


@pytest.mark.parametrize("name", [RIGHT, FAULTY])
def test_a_long_draft_has_the_faults_of_the_short_one(drafts, name):
    outcome = Scanner(Config(today=DAY)).scan_file(drafts[name])

    assert {finding.rule for finding in outcome.findings} == EXPECTED[name]


@pytest.mark.parametrize(("name", "markings"), [(RIGHT, 1), (FAULTY, 2)])
def test_the_peer_walks_text_tables_and_headers(drafts, name, markings):
    characters, found, fonts = walk(str(drafts[name]))

    assert found == markings
    assert characters > 8_000
    assert fonts >= 5
