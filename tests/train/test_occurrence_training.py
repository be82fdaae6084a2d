"""Training texts are made alike each time, and a small training makes the same bytes twice."""

from collections import Counter
from dataclasses import replace

import pytest

from markscan.classify.model_file import read_model
from markscan.classify.occurrence import OccurrenceModel
from markscan.classify.occurrence_features import REACH
from markscan.classify.occurrence_rules import KINDS
from markscan.classify.shipped import occurrence_model
from markscan.train import occurrence_texts
from markscan.train.occurrence_evaluation import Case, measured, share
from markscan.train.occurrence_public import public_text
from markscan.train.occurrence_texts import groups, occurrences


def test_the_same_seed_makes_the_same_texts():
    assert list(occurrences(3, 1)) == list(occurrences(3, 1))
    assert list(occurrences(3, 1)) != list(occurrences(4, 1))


def test_every_kind_has_many_texts_and_no_slot_is_left_open():
    texts = Counter()
    for group in groups()[0]:
        texts[group.kind] += len(group.texts)
    assert set(texts) == set(KINDS)
    assert min(texts.values()) > 50
    for one in occurrences(5, 1):
        assert len(one.left) <= REACH and len(one.right) <= REACH
        assert not {"«", "»", "¦"} & set(one.left + one.word + one.right)


def test_every_text_holds_a_level_word_to_learn_from():
    for group in groups()[0]:
        assert all("«" in text for text in group.texts), group.style


@pytest.fixture
def public(tmp_path):
    source = tmp_path / "papers"
    source.mkdir()
    (source / "a.txt").write_text(
        "机密★10年\n这部法律规定了机密级文件的管理办法，请各单位遵照执行。\n"
        "绝密★启用前\n孩子们在山后发现了一条通往海边的秘密小路，谁都没有说出去。\n",
        "utf-8",
    )
    return source


def test_public_text_gives_only_what_is_no_marking(public):
    words, paragraphs = public_text(1, [public])
    assert sorted(one.kind for one in words) == ["exam", "mention", "other"]
    assert paragraphs == []


def test_what_a_test_set_names_is_left_out(public):
    words, _ = public_text(1, [public], (frozenset({"papers/a.txt"}), frozenset()))
    assert words == []
    runs = frozenset({"山后发现了一条通往海边的秘"})
    words, _ = public_text(1, [public], (frozenset(), runs))
    assert "other" not in {one.kind for one in words}


def test_a_share_has_the_interval_of_wilson():
    told = share(97, 100)
    assert (told["low"], told["high"]) == (0.9155, 0.9897)
    assert share(0, 0) == {"count": 0, "of": 0}


def test_a_small_training_makes_the_same_bytes_twice(tmp_path, monkeypatch):
    pytest.importorskip("sklearn")
    made, slots = groups()
    few = tuple(replace(group, texts=group.texts[::8]) for group in made)
    monkeypatch.setattr(occurrence_texts, "groups", lambda: (few, slots))
    from threadpoolctl import threadpool_limits

    from markscan.train.occurrence import train

    with threadpool_limits(1):
        for name in ("a.zip", "b.zip"):
            train([], tmp_path / name, "2026-01-01", per_text=1, strength=0.02)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    model = OccurrenceModel.of(read_model(tmp_path / "a.zip"))
    mark = model.classify("000001\n", "机密", "\n关于防汛工作的报告\n")
    told = model.classify("密级分为绝密、", "机密", "和秘密三级")
    assert mark.marks > told.marks


def test_figures_count_what_the_model_says():
    model = occurrence_model().model
    cases = [
        Case("1", "000001\n", "机密", "★5年\n特急", "marking"),
        Case("2", "密级分为绝密、", "机密", "和秘密三级", "mention"),
        Case("3", "密级分为绝密、", "机密", "和秘密三级", "marking"),
    ]
    figures = measured(model, cases)
    assert [each["id"] for each in figures["errors"]] == ["3"]
    assert figures["kinds"]["marking"]["recall"]["count"] == 1
    assert figures["false_markings"]["count"] == 0
