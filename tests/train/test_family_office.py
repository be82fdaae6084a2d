"""The generated texts of the family of official prose: what each side must hold, and must not."""

import re
import statistics
import tomllib
from collections import defaultdict

import pytest

from markscan.data import folder
from markscan.train.families.office import texts
from markscan.train.sample import MATTERS

CUE = re.compile(
    r"外传|内部掌握|内部了解|内部研究|未公开|没有对外公布|收回|退回|阅后即退|扩散|保密|知悉|"
    r"不要留存|请勿复制|请勿摘抄|不得对外|对外一律|不得向媒体|掌握范围|不登报|不上网|不公开"
)
LEVEL = re.compile(
    r"绝密|机密|(?<!商业)(?<!国家)(?<!工作)(?<!技术)(?<!侦查)秘密(?!受|返回|踏勘)|★|密级"
)


@pytest.fixture(scope="module")
def samples():
    return list(texts(7, 24))


@pytest.fixture(scope="module")
def by_template(samples):
    groups = defaultdict(lambda: {True: [], False: []})
    for sample in samples:
        groups[sample.template][sample.secret].append(sample.text)
    return groups


def test_the_same_seed_writes_the_same_texts():
    assert list(texts(3, 2)) == list(texts(3, 2))
    assert list(texts(3, 2)) != list(texts(4, 2))


def test_every_template_has_a_secret_and_a_public_side(by_template):
    assert all(len(sides[True]) == len(sides[False]) == 24 for sides in by_template.values())


@pytest.mark.parametrize("matter", MATTERS)
def test_a_matter_has_nine_templates(matter, by_template):
    assert sum(name.split(".")[1] == matter for name in by_template) >= 9


def test_no_text_holds_a_level_mark(samples):
    assert not [s.text for s in samples if LEVEL.search(s.text)]


def test_no_slot_or_choice_is_left_open(samples):
    assert not [s.template for s in samples if re.search(r"[\[\]{}|]|SUBJECT|[,;]", s.text)]


def test_the_sides_of_a_template_are_of_one_length(by_template):
    for name, sides in by_template.items():
        secret, public = (statistics.median(map(len, sides[s])) for s in (True, False))
        assert max(secret, public) <= 1.4 * min(secret, public), name


def test_texts_keep_the_bounds_of_length(samples):
    assert all(80 <= len(s.text) <= 600 for s in samples)


def test_texts_are_distinct(samples):
    thousand = [s.text for s in samples[:: max(1, len(samples) // 1000)]][:1000]
    assert len(set(thousand)) >= 950


def test_about_three_secret_templates_in_five_hold_no_word_of_secrecy():
    """A template holds one when its flag adds a cue sentence or its own sentences hold one."""
    table = tomllib.loads((folder("models") / "training" / "office.toml").read_text("utf-8"))
    pairs = [pair for matter in MATTERS for pair in table[matter]]
    cued = [p for p in pairs if p.get("cue") or CUE.search("".join(p["secret"]))]
    innocent = [p for p in pairs if p.get("innocent") or CUE.search("".join(p["public"]))]
    assert 0.3 <= len(cued) / len(pairs) <= 0.45
    assert len(innocent) / len(pairs) >= 0.2
