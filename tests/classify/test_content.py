"""The content model that ships: it reads what it was trained to read, and stays quiet elsewhere."""

from dataclasses import replace

import numpy as np
import pytest
from corpora import folder as shared

from markscan.classify.characters import characters, ideographs
from markscan.classify.content import ContentModel, doublings, windows
from markscan.classify.explanation import passage, telling_words
from markscan.classify.lexical_features import WORDS, word_slots
from markscan.classify.matters import lexicon
from markscan.classify.model_file import ModelFile, read_model
from markscan.classify.segmenter import split_words
from markscan.data import folder
from markscan.errors import ModelError
from markscan.fold import fold
from markscan.pool import units_of


@pytest.fixture(scope="module")
def file() -> ModelFile:
    return read_model(folder("models") / "content.zip")


@pytest.fixture(scope="module")
def model(file) -> ContentModel:
    return ContentModel.of(file)


def test_the_golden_texts_of_the_card_score_as_they_did_when_it_was_trained(file, model):
    for row in file.card["golden"]:
        said = model.assess(fold(row["text"]).bare.units, split_words, gated=False)

        assert said.score == pytest.approx(row["score"], abs=0.01)


def test_the_file_is_small(file):
    assert (folder("models") / "content.zip").stat().st_size <= 2_000_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "今天天气很好。",
        "春江潮水连海平，海上明月共潮生。" * 40,
        "第一条 为了规范采购行为，提高资金使用效益，制定本办法。采购人应当遵循公开透明的原则。"
        * 20,
        "The quick brown fox jumps over the lazy dog. " * 60,
    ],
    ids=["empty", "short", "poem", "rules", "English"],
)
def test_ordinary_text_is_low(model, text):
    said = model.assess(fold(text).bare.units, split_words)

    assert said is None or said.band == "low"


def test_a_window_lies_in_the_text_and_the_matters_add_up(model, file):
    text = file.card["golden"][0]["text"]
    units = fold(text).bare.units

    said = model.assess(units, split_words, gated=False)

    assert 0 <= said.start < said.end <= len(units)
    assert sum(share for _, share in said.matters) == pytest.approx(1.0)
    assert 0.0 <= said.probability < 1.0


def test_a_model_of_other_hashes_is_refused(file):
    with pytest.raises(ModelError):
        ContentModel.of(replace(file, parameters={**file.parameters, "hash": "pairs0"}))


def test_a_model_with_an_endless_threshold_is_refused(file):
    rows = {band: [float("inf")] * 16 for band in ("high", "medium")}
    with pytest.raises(ModelError):
        ContentModel.of(replace(file, parameters={**file.parameters, "thresholds": rows}))


def test_a_finding_names_kinds_of_words_and_no_words(model, file):
    found = {
        topic
        for row in file.card["golden"]
        for topic in model.assess(fold(row["text"]).bare.units, split_words, gated=False).topics
    }

    assert found and found <= set(lexicon().names)


def test_words_that_spoke_for_a_score_stand_in_its_passage(model, file):
    for row in file.card["golden"]:
        bare = fold(row["text"]).bare
        said = model.assess(bare.units, split_words, gated=False)
        first, last = passage(bare, said)
        shown = fold(row["text"][first:last]).bare.units.tobytes().decode("utf-16-le")

        words = telling_words(model, bare.units, said, split_words)

        assert all(word in shown and worth > 0 for word, worth in words)


@pytest.mark.parametrize(("units", "doubled"), [(0, 0), (79, 0), (160, 1), (640, 3), (10**9, 15)])
def test_length_goes_by_doublings(units, doubled):
    assert doublings(units) == doubled


def test_shorter_windows_are_drawn_further_towards_the_floor(model):
    floor = model.parameters["floor"]

    assert floor < model.drawn(5.0, 40) < model.drawn(5.0, 120) < 5.0


@pytest.mark.parametrize(
    ("length", "spans"),
    [
        (0, []),
        (20, []),
        (60, [(0, 60)]),
        (100, [(0, 100)]),
        (130, [(0, 100), (30, 130)]),
        (200, [(0, 100), (50, 150), (100, 200)]),
    ],
)
def test_windows_cover_the_text(length, spans):
    starts, ends = windows(length, 100, 50)

    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == spans


def test_signs_are_one_character():
    chars = ideographs(characters(units_of("甲、乙：丙★12ab")))

    assert chars.tolist() == units_of("甲-乙-丙-00aa").tolist()


def test_the_longest_word_of_the_dictionary_is_cut():
    assert split_words("组织部考察干部。") == ["组织部", "考察干部", "。"]


def test_a_cut_text_joins_to_itself():
    text = "会议由张某主持,ab12讨论了人选问题。"

    assert "".join(split_words(text)) == text


def test_only_words_with_ideographs_count():
    slots = word_slots(["组织", "abc", "12", "。", "人"])

    assert len(slots) == 2
    assert np.all((slots >= 0) & (slots < WORDS))


SECRECY = ("保密", "国家秘密", "定密", "secrets", "保守")


@pytest.mark.corpus
def test_the_seeds_stay_clean(model):
    assert not flagged(model, sorted(shared("seeds").glob("*.txt")))


@pytest.mark.corpus
def test_regulations_about_secrecy_stay_clean(model):
    paths = [
        path
        for path in sorted(shared("corpus", "public").rglob("*.txt"))
        if any(word in path.name for word in SECRECY)
    ]

    assert paths
    assert not flagged(model, paths)


def flagged(model, paths):
    found = []
    for path in paths:
        said = model.assess(fold(path.read_text("utf-8", "replace")).bare.units, split_words)
        if said is not None and said.band != "low":
            found.append(path.name)
    return found
