"""The compiled search finds what numpy finds, and stays out of the way otherwise."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markscan.fold import fold
from markscan.match.terms import TermFinder
from markscan.match.terms import filtered as filtered_module
from markscan.match.terms import looped as looped_module
from markscan.match.terms.filtered import Filtered
from markscan.match.terms.looped import Looped
from markscan.pool import Pool, units_of

Row = tuple[int, int]

BLOCK = looped_module._BLOCK


@pytest.fixture(scope="module")
def compiled() -> None:
    pytest.importorskip("numba", reason="the search is compiled by numba")
    assert looped_module.is_compiled()


@pytest.fixture(scope="module")
def loop(compiled):
    """Return what builds an engine that searches by the loop from its first text on."""

    def build(words: list[str]) -> Filtered:
        engine = Filtered.build(Pool.of(words))
        engine._asked, engine._loop = True, engine._looped()
        assert engine._loop is not None
        return engine

    return build


def rows(found) -> list[Row]:
    ends, numbers = found
    return list(zip(ends.tolist(), numbers.tolist(), strict=True))


def plain(words: list[str], text: str) -> list[Row]:
    """Look for each word at every place; by ends, then longest first."""
    found = [
        (at + len(word), -len(word), number)
        for number, word in enumerate(words)
        for at in range(len(text) - len(word) + 1)
        if text.startswith(word, at)
    ]
    return [(end, number) for end, _, number in sorted(found)]


some_words = st.lists(st.text("密机\0", min_size=1, max_size=20), max_size=12, unique=True)


@settings(max_examples=400, deadline=None)
@given(words=some_words, others=st.lists(st.text("密机\0", max_size=12), max_size=8))
def test_words_of_few_characters_are_found_as_by_a_plain_search(loop, words, others):
    text = "".join(part for pair in zip(words, [*others, *words], strict=False) for part in pair)
    if words:
        assert rows(loop(words).find(units_of(text))) == plain(words, text)


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 1 << 32), size=st.integers(0, 3 * BLOCK))
def test_random_texts_of_any_length_have_the_hits_that_numpy_finds(loop, seed, size):
    pick = np.random.default_rng(seed)
    text = pick.choice(np.array([0, 0x5BC6, 0x673A, 0xFFFE, 0xFFFF], np.uint16), size)
    cuts = zip(pick.integers(0, size + 1, 40).tolist(), pick.integers(1, 30, 40), strict=True)
    words = {bytes(text[at : at + count].data).decode("utf-16-le") for at, count in cuts}
    engine = loop(sorted(words - {""}) or ["机密"])
    assert rows(engine.find(text)) == rows(engine._find(text))


@pytest.mark.parametrize("length", [1, 3, 4, 5, 8, 9, 16, 30])
@pytest.mark.parametrize("block", [BLOCK, 2 * BLOCK])
@pytest.mark.parametrize("shift", [-31, -9, -8, -7, -4, -1, 0, 1])
def test_a_word_is_found_where_blocks_meet(loop, length, block, shift):
    word = "".join(map(chr, range(0x5BC6, 0x5BC6 + length)))
    text = units_of("文" * (block + shift) + word + "文" * 40)
    assert rows(loop([word, "绝" * 30]).find(text)) == [(block + shift + length, 0)]


@pytest.mark.parametrize("length", range(1, 21))
@pytest.mark.parametrize("before", range(4))
def test_a_word_is_found_at_the_end_of_a_text_and_not_cut_off_there(loop, length, before):
    word = "".join(map(chr, range(0x5BC6, 0x5BC6 + length)))
    engine = loop([word])
    assert rows(engine.find(units_of("文" * before + word))) == [(before + length, 0)]
    assert rows(engine.find(units_of("文" * before + word[:-1]))) == []


def test_more_words_than_there_is_room_for_are_all_found(loop):
    words = ["密" * length for length in range(1, 20)]
    text = "密" * 200
    assert rows(loop(words).find(units_of(text))) == plain(words, text)


def test_of_an_array_with_gaps_only_what_it_shows_is_searched(loop):
    text = units_of("机文密文文文件文")[::2]
    assert not text.flags.c_contiguous
    assert rows(loop(["机密", "件", "文"]).find(text)) == [(2, 0), (3, 2), (4, 1)]


def test_terms_beyond_the_basic_plane_are_found_where_they_stand(compiled, monkeypatch):
    terms = ["密😀", "密😁", "𠀀机密文件管理办法", "a b"]
    folded = fold("密😁，密😀。𠀀机\n密文件 管理办法 a b ab")
    before = TermFinder(terms, "filtered").find(folded)
    monkeypatch.setattr(filtered_module, "in_use", lambda: True)
    finder = TermFinder(terms, "filtered")
    after = finder.find(folded)
    assert finder._engine._loop is not None
    assert len(after) == 4
    for one, other in ((before.starts, after.starts), (before.ends, after.ends)):
        assert one.tolist() == other.tolist()
    assert before.terms.tolist() == after.terms.tolist()


@pytest.mark.parametrize("numba", ["missing", "unusable"])
def test_without_numba_numpy_finds_them(monkeypatch, numba):
    looped_module._kernel.cache_clear()
    monkeypatch.setattr(filtered_module, "in_use", lambda: True)
    if numba == "missing":
        monkeypatch.setitem(sys.modules, "numba", None)
        monkeypatch.delitem(sys.modules, "markscan.match.terms.kernel", raising=False)
    else:
        pytest.importorskip("numba")
        from numba.core.errors import NumbaError

        def fail(*_):
            raise NumbaError("no")

        monkeypatch.setattr("markscan.match.terms.kernel.numba.njit", fail)
    try:
        engine = Filtered.build(Pool.of(["机密"]))
        assert rows(engine.find(units_of("一机密"))) == [(3, 0)]
        assert engine._loop is None
    finally:
        looped_module._kernel.cache_clear()


def test_a_loop_that_finds_amiss_is_not_used(compiled, monkeypatch):
    monkeypatch.setattr(filtered_module, "in_use", lambda: True)
    monkeypatch.setattr(Looped, "find", lambda *_: (np.zeros(0, int), np.zeros(0, int)))
    engine = Filtered.build(Pool.of(["机密"]))
    assert rows(engine.find(units_of("一机密"))) == [(3, 0)]
    assert engine._loop is None


def test_numba_is_not_loaded_before_the_fold_is_compiled():
    code = (
        "import sys; from markscan.fold import fold; from markscan.match.terms import TermFinder;"
        "found = TermFinder(['机密'], 'filtered').find(fold('机密' * 99));"
        "print(len(found), 'numba' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["99", "False"]


def test_a_process_short_of_memory_compiles_nothing(monkeypatch):
    monkeypatch.setattr(filtered_module, "in_use", lambda: True)
    monkeypatch.setattr(filtered_module, "may_compile", lambda: False)
    monkeypatch.setattr(filtered_module, "is_compiled", lambda: pytest.fail("compiled"))
    engine = Filtered.build(Pool.of(["机密"]))
    assert rows(engine.find(units_of("一机密"))) == [(3, 0)]
