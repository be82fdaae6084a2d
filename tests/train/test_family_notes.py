"""The generated texts of the family "notes"."""

import re
from collections import Counter
from itertools import islice
from statistics import median

import pytest

from markscan.train.families import notes
from markscan.train.sample import MATTERS

CUES = re.compile(
    "外传|往外说|往外发|内部掌握|尚未公开|没公布|会后|拍照|截图|看完|看了就删|保密|对外|口径|不能漏|"
    "嘴严|外泄|谁也别|别漏|别往外|不能出|手机收"
)


@pytest.fixture(scope="module")
def samples():
    return list(notes.texts(7, 12))


def test_the_same_seed_gives_the_same_texts():
    assert list(notes.texts(3, 1)) == list(notes.texts(3, 1))
    assert list(notes.texts(3, 1)) != list(notes.texts(4, 1))


@pytest.mark.parametrize("matter", MATTERS)
def test_every_matter_has_nine_templates_with_both_sides(matter):
    own = [t for t in notes.templates() if t.matter == matter]
    assert len(own) >= 9
    assert all(len(t.secret) >= 3 and len(t.public) == len(t.secret) for t in own)


def test_there_are_no_other_matters_and_no_name_twice():
    assert {t.matter for t in notes.templates()} == set(MATTERS)
    assert max(Counter(t.name for t in notes.templates()).values()) == 1


def test_every_template_yields_as_many_secrets_as_twins(samples):
    counts = Counter((s.template, s.secret) for s in samples)
    assert set(counts.values()) == {12}
    assert len(counts) == 2 * len(notes.templates())


def test_no_text_names_a_level_or_keeps_an_unfilled_slot(samples):
    wrong = re.compile(r"绝密|机密|秘密|★|[{}]|\|")
    assert not [s.template for s in samples if wrong.search(s.text)]


def test_texts_are_short_notes(samples):
    assert all(80 <= len(s.text) <= 600 for s in samples)


@pytest.mark.parametrize("template", notes.templates(), ids=lambda t: t.name)
def test_a_secret_and_its_twin_are_as_long_as_each_other(samples, template):
    own = [s for s in samples if s.template == template.name]
    secret = median(len(s.text) for s in own if s.secret)
    public = median(len(s.text) for s in own if not s.secret)
    assert max(secret, public) / min(secret, public) <= 1.4


def test_of_a_thousand_texts_nearly_all_are_distinct():
    thousand = [s.text for s in islice(notes.texts(11, 8), 1000)]
    assert len(set(thousand)) >= 950


def test_most_secret_texts_hold_no_cue_and_some_twins_do(samples):
    cued = Counter(s.secret for s in samples if CUES.search(s.text))
    half = len(samples) / 2
    assert cued[True] / half <= 0.4
    assert cued[False] / half >= 0.15
