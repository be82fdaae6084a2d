"""The family of training texts in the form of records: forms, tables, agendas and logs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from statistics import median

import pytest

from markscan.train.families.records import LONGEST, SHORTEST, Pair, records, texts
from markscan.train.sample import MATTERS, Sample

LEVEL = re.compile(r"绝\s*密|机\s*密|(?<!商业)秘密(?!写票)|密\s*级|★")
CUE = re.compile(
    r"外传|声张|内部掌握|尚未公开|会后收回|收回|保密|勿|不要告|别让|别提|只限|知悉|透露"
    r"|不留|销毁|碎毁|锁柜|带出|不落笔|不落纸|不入台账|不入表|不公开|不公布|不见报|不写进"
)


def _holds_cue(pair: Pair, secret: bool) -> bool:
    rows = pair.secret if secret else pair.public
    return any(CUE.search(cell) for row in rows for cell in row.cells)


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return list(texts(5, 24))


def test_same_seed_gives_same_texts() -> None:
    assert list(texts(9, 2)) == list(texts(9, 2))


def test_other_seed_gives_other_texts() -> None:
    assert list(texts(9, 1)) != list(texts(10, 1))


@pytest.mark.parametrize("matter", MATTERS)
def test_matter_has_nine_templates_with_twins(matter: str, samples: list[Sample]) -> None:
    secret = {sample.template for sample in samples if sample.matter == matter and sample.secret}
    public = {s.template for s in samples if s.matter == matter and not s.secret}
    assert len(secret) >= 9
    assert secret == public


def test_template_names_are_unique() -> None:
    names = Counter(pair.name for pair in records().pairs)
    assert max(names.values()) == 1


def test_no_text_holds_a_level(samples: list[Sample]) -> None:
    for sample in samples:
        assert not LEVEL.search(sample.text), sample.template


def test_no_text_holds_notation(samples: list[Sample]) -> None:
    assert not [s.template for s in samples if re.search(r"[{}<>｜^*?]", s.text)]


def test_lengths_stay_in_range(samples: list[Sample]) -> None:
    assert all(SHORTEST <= len(sample.text) <= LONGEST for sample in samples)


def test_twins_share_length(samples: list[Sample]) -> None:
    lengths: dict[tuple[str, bool], list[int]] = {}
    for sample in samples:
        lengths.setdefault((sample.template, sample.secret), []).append(len(sample.text))
    for pair in records().pairs:
        ratio = median(lengths[pair.name, True]) / median(lengths[pair.name, False])
        assert 1 / 1.4 <= ratio <= 1.4, (pair.name, ratio)


def test_thousand_texts_are_nearly_all_distinct() -> None:
    first = [sample.text for sample in islice(texts(1, 5), 1000)]
    assert len(set(first)) >= 950


def test_most_secret_templates_hold_no_cue() -> None:
    pairs = records().pairs
    assert sum(_holds_cue(pair, secret=True) for pair in pairs) <= 0.4 * len(pairs)


def test_some_twins_hold_a_cue_innocently() -> None:
    pairs = records().pairs
    assert sum(_holds_cue(pair, secret=False) for pair in pairs) >= 0.15 * len(pairs)
