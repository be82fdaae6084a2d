"""The engine for large lists: how words may lie in a text, and words that are nearly alike."""

from __future__ import annotations

import random
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markscan.match.terms.choice import ENGINES, MANY, choose, wanted
from markscan.match.terms.filtered import Filtered
from markscan.match.terms.sieve import Sieve
from markscan.match.terms.sums import LONG, SIZE, fours, hashed
from markscan.pool import Pool, units_of

Row = tuple[int, int]

BLOCK = 1 << 14


def found(words: list[str], text: str) -> list[Row]:
    ends, numbers = Filtered.build(Pool.of(words)).find(units_of(text))
    return list(zip(ends.tolist(), numbers.tolist(), strict=True))


def plain(words: list[str], text: str) -> list[Row]:
    """Look for each word at every place; by ends, then longest first."""
    rows = [
        (at + len(word), -len(word), number)
        for number, word in enumerate(words)
        for at in range(len(text) - len(word) + 1)
        if text.startswith(word, at)
    ]
    return [(end, number) for end, _, number in sorted(rows)]


@pytest.mark.parametrize("length", range(1, 21))
@pytest.mark.parametrize("before", range(4))
def test_a_word_of_any_length_is_found_at_any_place(length, before):
    word = "".join(map(chr, range(0x5BC6, 0x5BC6 + length)))
    assert found([word], "文" * before + word) == [(before + length, 0)]
    assert found([word], "文" * before + word + "件") == [(before + length, 0)]


@pytest.mark.parametrize("length", [1, 3, 4, 8, 9, 16, 30])
@pytest.mark.parametrize("shift", [-31, -9, -8, -4, -1, 0, 1])
def test_a_word_is_found_where_blocks_meet(length, shift):
    word = "".join(map(chr, range(0x5BC6, 0x5BC6 + length)))
    text = "文" * (BLOCK + shift) + word + "文" * 40
    assert found([word, "绝" * 30], text) == [(BLOCK + shift + length, 0)]


def test_a_word_longer_than_a_block_is_found():
    word = "".join(map(chr, random.Random(1).choices(range(0x4E00, 0x9FA5), k=3 * BLOCK)))
    text = "文" * 5 + word + "文" * 5
    assert found([word, word[7:40]], text) == [(45, 1), (5 + len(word), 0)]


WORD = "".join(map(chr, range(0x5BC6, 0x5BC6 + 30)))


@pytest.mark.parametrize("at", range(len(WORD)))
def test_one_other_character_makes_another_word(at):
    other = WORD[:at] + "文" + WORD[at + 1 :]
    assert found([WORD], f"{other}，{WORD}") == [(61, 0)]
    assert found([WORD, other], f"{other}，{WORD}") == [(30, 1), (61, 0)]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["密" * length for length in range(1, 20)], "密" * 25),
        (["密\0\0\0", "密\0", "密"], "密\0\0"),
        (["密" * 8 + "\0" * 4], "密" * 8 + "\0" * 3),
        (["机密文件管理办法说明", "文件管理办法说明", "机密文件"], "机密文件管理办法说明"),
        (["机密文件管理办法说明"], "密文件管理办法说明机密文件管理办法说"),
        (["机密"], ""),
    ],
    ids=[
        "repeated",
        "zeros beyond the text",
        "zeros beyond a long group",
        "one in another",
        "cut at both ends",
        "no text",
    ],
)
def test_just_the_words_that_stand_there_are_found(words, text):
    assert found(words, text) == plain(words, text)


some_words = st.lists(st.text("密机\0", min_size=1, max_size=20), max_size=12, unique=True)


@settings(max_examples=400, deadline=None)
@given(words=some_words, others=st.lists(st.text("密机\0", max_size=12), max_size=8))
def test_long_words_of_few_characters_are_found_as_by_a_plain_search(words, others):
    text = "".join(part for pair in zip(words, [*others, *words], strict=False) for part in pair)
    if words:
        assert found(words, text) == plain(words, text)


def test_as_many_words_as_share_their_groups_are_told_apart():
    words = [f"代号{number:05d}" for number in range(20_000)]  # a group of digits has ten words
    text = "第代号00017号，代号19999，代号20000，代号1999"
    assert found(words, text) == [(8, 17), (17, 19_999)]


def test_what_is_saved_finds_the_same():
    pool = Pool.of(["机密文件", "密", "绝密文件管理办法说明", "绝密"])
    built = Filtered.build(pool)
    loaded = Filtered.load(pool, {**built.columns(), "units": pool.units})
    text = units_of("绝密文件管理办法说明和机密文件")
    for one, other in zip(built.find(text), loaded.find(text), strict=True):
        assert one.tolist() == other.tolist()


def test_few_places_of_other_text_come_through_the_sieve():
    pick = np.random.default_rng(1)
    groups = fours(pick.integers(0x4E00, 0x9FA5, 50_000).astype(np.uint16))
    sieve = Sieve([(SIZE, 1, hashed(groups, SIZE)), (LONG, 2, hashed(groups[::2], SIZE))])
    other = fours(pick.integers(0x4E00, 0x9FA5, 50_000).astype(np.uint16))
    assert len(sieve.seen(other)[0]) < 0.03 * 75_000
    assert set(range(50_000)) <= set(sieve.seen(groups)[0].tolist())


def test_a_text_of_many_blocks_needs_no_more_memory_than_one():
    engine = Filtered.build(Pool.of(["机密文件管理办法说明", "绝密文件"]))
    text = np.full(40 * BLOCK, ord("文"), np.uint16)
    engine.find(text)
    tracemalloc.start()
    engine.find(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 << 20


def test_a_large_list_gets_the_engine_whose_cost_does_not_grow():
    words = [f"代号{number:06d}工程" for number in range(MANY)]
    assert choose(Pool.of(words), little=False) is Filtered
    assert choose(Pool.of(words[:100]), little=True).name == "automaton"


@pytest.mark.parametrize(
    ("count", "best"), [(100, ENGINES[0]), (MANY, Filtered)], ids=["small list", "large list"]
)
def test_only_a_small_list_wants_the_engine_that_is_not_there(monkeypatch, count, best):
    monkeypatch.setattr(ENGINES[0], "available", lambda: False)
    words = Pool.of([f"代号{number:06d}工程" for number in range(count)])
    assert wanted(words, little=False) is best
    assert choose(words, little=False) is Filtered
