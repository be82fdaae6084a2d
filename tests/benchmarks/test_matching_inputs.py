"""What the matching is measured on: definitions, made-up prose, lexicons, expected counts."""

import hashlib
from itertools import islice

import numpy as np
import pytest

from benchmarks.engines import ENGINES
from benchmarks.matching import definition, inputs, lexicons, reference
from benchmarks.matching.prose import Planted, Prose, mixed

BENCHES = definition.benches()


@pytest.fixture(scope="module")
def prose():
    """A block of made-up prose without planted terms."""
    return Prose().block(0)


@pytest.mark.parametrize("bench", BENCHES, ids=lambda bench: bench.name)
def test_a_definition_says_what_it_is_for_and_names_known_engines(bench):
    assert len(bench.analysis.split()) >= 2
    assert set(bench.engines) <= set(ENGINES)
    assert set(bench.left_out) <= set(bench.engines)
    assert bench.rounds >= 1


@pytest.mark.parametrize(
    "bench", [b for b in BENCHES if b.corpus == inputs.GENERATED], ids=lambda bench: bench.name
)
def test_counts_on_made_up_text_are_pinned(bench):
    assert set(bench.count) == set(reference.KINDS)


@pytest.mark.parametrize("goal", definition.goals(), ids=lambda goal: goal.text)
def test_a_goal_is_about_engines_of_benches_there_are(goal):
    by_name = {bench.name: bench for bench in BENCHES}
    assert goal.engine in by_name[goal.bench].engines
    assert not goal.over or goal.over in by_name[goal.over_bench or goal.bench].engines
    assert (goal.at_least is None) != (goal.at_most is None)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('analysis = "a b"', "missing"),
        ('speed = 1\nanalysis = "a b"', "unknown .'speed'"),
    ],
)
def test_a_definition_with_a_fault_is_named(tmp_path, row, problem):
    (tmp_path / "one.toml").write_text(f'[[bench]]\nname = "one/bench"\n{row}\n', "utf-8")
    with pytest.raises(ValueError, match=f"one/bench.*{problem}"):
        definition.benches(tmp_path)


def test_a_count_is_pinned_in_its_own_bench_only():
    text = '[[bench]]\nname = "a"\ncount = {}\n\n[[bench]]\nname = "b"\ncount = {}\n'
    changed = definition.with_counts(text, "b", {"plain": 3})
    assert changed == text[: -len("count = {}\n")] + "count = { plain = 3 }\n"


def test_chance_is_split_mix_64():
    # The first numbers of the published generator for the seed 0.
    seeds = mixed(np.array([0, 0x9E3779B97F4A7C15], np.uint64))
    assert [hex(n) for n in seeds.tolist()] == ["0xe220a8397b1dcdaf", "0x6e789e6aa1b965f4"]


def test_made_up_prose_is_the_same_everywhere(prose):
    assert (
        hashlib.sha256(prose.encode()).hexdigest()
        == "e8b79f5545350ac199d0ee66a1ed84209aadb76988ac0898be601ce8b93278cf"
    )


def test_made_up_prose_has_the_white_space_and_the_characters_of_documents(prose):
    assert 0.07 < sum(map(str.isspace, prose)) / len(prose) < 0.11
    assert 2_000 < len(set(prose)) < 8_000


def test_planted_terms_stand_in_the_prose_at_the_rate_asked_for():
    planted = Planted(["甲乙丙丁戊"], ["绝密★99年"], rare_rate=1_000, mark_rate=500)
    block = Prose(planted).block(3)
    assert 60 < block.count("甲乙丙丁戊") < 130
    assert 25 < block.count("绝密★99年") < 70


def test_rare_lexicons_are_nested_and_have_no_term_twice():
    small, large = lexicons.rare(200), lexicons.rare(400)
    assert small == large[:200]
    assert len(set(large)) == 400
    assert 10 < sum(map(len, large)) / 400 < 15


def test_the_markings_are_a_thousand():
    assert len(set(lexicons.marks())) == 1_000


def test_every_variant_is_folded_to_its_term():
    from markscan.fold import fold

    terms = ["市政办发〔2019〕12号", "关于加强档案管理的通知"]
    folded = {fold(form).text for form in lexicons.variants(terms)}
    assert folded == {fold(term).text for term in terms}


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        (["甲乙", "乙丙"], "甲乙丙", (2, 2, 1, 1)),
        (["甲乙", "甲乙丙"], "甲乙丙\n甲乙", (3, 3, 2, 2)),
        (["甲乙"], "甲\n乙", (0, 1, 0, 0)),
        (["ab"], "ａｂ ab", (1, 2, 1, 1)),
        (["甲甲"], "甲甲甲甲", (3, 3, 1, 2)),
    ],
    ids=["overlapping", "one within another", "broken line", "full width", "itself"],
)
def test_the_reference_counts(terms, text, expected):
    counted = reference.counts([text.encode()], terms)
    assert tuple(counted[kind] for kind in reference.KINDS) == expected


@pytest.mark.parametrize("document", [1, 2, 3, 7, 100])
def test_documents_are_cut_between_characters(tmp_path, document):
    path = tmp_path / "text"
    path.write_text("甲a乙丙bc丁", "utf-8")
    parts = inputs.documents_of(path, 100, max(3, document))
    assert b"".join(parts).decode() == "甲a乙丙bc丁"
    assert all(part.decode() for part in parts)
    assert all(len(part) <= max(3, document) for part in parts)


def test_a_character_that_the_size_cuts_through_is_left_away(tmp_path):
    path = tmp_path / "text"
    path.write_text("甲乙丙", "utf-8")
    assert inputs.documents_of(path, 8, 100) == ["甲乙".encode()]


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(tmp_path):
    small = inputs.corpus_file(inputs.GENERATED, 50_000, tmp_path).read_bytes()
    large = inputs.corpus_file(inputs.GENERATED, len(small) + 10, tmp_path).read_bytes()
    assert large.startswith(small) and len(large) > len(small)


def test_lexicons_of_public_text_come_from_other_documents_than_are_measured():
    if not inputs.has_corpus(inputs.FOUND):
        pytest.skip("no public documents here")
    assert not {*islice(inputs._public(0), 5)} & {*islice(inputs._public(1), 5)}
