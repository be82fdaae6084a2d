"""The family of connected prose: what every generated text and every template must keep."""

from collections import Counter
from statistics import median

import pytest

from markscan.train.families.voices import numeral, templates, texts
from markscan.train.sample import MATTERS

CUES = (
    *("外传", "内部", "公布前", "公布之前", "保密", "别往外", "尚未公开", "烧", "阅后", "复印"),
    *("会后", "掌握", "别讲", "瞒", "不许", "请您看完", "撕", "退我", "录进去", "千万别"),
)


@pytest.fixture(scope="module")
def samples():
    return list(texts(7, 12))


def test_the_same_numbers_give_the_same_texts(samples):
    assert list(texts(7, 12)) == samples
    assert list(texts(8, 12)) != samples


@pytest.mark.parametrize("matter", MATTERS)
def test_a_matter_has_nine_secret_templates_each_with_a_twin(matter, samples):
    secret = {s.template for s in samples if s.matter == matter and s.secret}
    public = {s.template for s in samples if s.matter == matter and not s.secret}
    assert len(secret) >= 9
    assert secret == public


def test_no_text_holds_a_level_or_an_open_slot(samples):
    for sample in samples:
        for word in ("绝密", "机密", "秘密★", "秘密级", "{", "}", "[", "|", "~", "?"):
            assert word not in sample.text, sample


def test_texts_are_of_several_sentences_and_80_to_600_characters(samples):
    assert all(80 <= len(s.text) <= 600 and s.text.count("，") > 2 for s in samples)


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.name)
def test_a_twin_is_about_as_long(template, samples):
    mine = [s for s in samples if s.template == template.name]
    secret = median(len(s.text) for s in mine if s.secret)
    public = median(len(s.text) for s in mine if not s.secret)
    assert max(secret, public) / min(secret, public) <= 1.4


def test_a_thousand_texts_are_nearly_all_distinct(samples):
    assert len({s.text for s in samples[:1000]}) >= 950


def test_most_secret_templates_do_without_a_cue_and_twins_hold_some():
    held = Counter()
    for template in templates():
        held["secret"] += any(cue in line for cue in CUES for line in template.secret)
        held["public"] += any(cue in line for cue in CUES for line in template.public)
    assert held["secret"] <= 0.45 * len(templates())
    assert held["public"] >= 0.15 * len(templates())


@pytest.mark.parametrize(
    ("number", "written"),
    [(2, "两"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (3010, "三千零一十")],
)
def test_numbers_are_written_in_chinese(number, written):
    assert numeral(number) == written
