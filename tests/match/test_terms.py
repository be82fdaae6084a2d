"""Every engine finds what a plain search would, in every text, each in the same order."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markscan import cache
from markscan.fold import fold, is_han
from markscan.fold.alike import ALIKE
from markscan.match.terms import ENGINES, Hits, TermFinder, find_in_stream
from markscan.pool import Pool

NAMES = [kind.name for kind in ENGINES if kind.available()]
Row = tuple[int, int, int]

# name, terms, text, expected (start and end in the text, number of the term)
CASES = [
    ("one term", ["机密"], "这是机密文件", [(2, 4, 0)]),
    ("overlaps", ["机密", "密文", "机密文件"], "机密文件", [(0, 2, 0), (0, 4, 2), (1, 3, 1)]),
    ("the same place twice", ["密", "密密"], "密密", [(0, 1, 0), (0, 2, 1), (1, 2, 0)]),
    ("equal terms are both found", ["密", "密"], "密", [(0, 1, 0), (0, 1, 1)]),
    (
        "a term inside a longer one",
        ["绝密文件管理", "文件"],
        "绝密文件管理",
        [(0, 6, 0), (2, 4, 1)],
    ),
    ("a repeated character", ["密密密密密"], "密" * 7, [(0, 5, 0), (1, 6, 0), (2, 7, 0)]),
    ("at an odd place", ["一二三四五六"], "零一二三四五六", [(1, 7, 0)]),
    ("beyond U+FFFF", ["𠀀密"], "a𠀀密", [(1, 3, 0)]),
    ("another character beyond U+FFFF", ["𠀀密"], "𠀁密", []),
    ("a traditional form beyond U+FFFF", ["𪟝机"], "勣机", [(0, 2, 0)]),
    ("NUL between parts is no part of a term", ["ab"], "a\0b ab", [(4, 6, 0)]),
    ("NUL in a term", ["a\0b"], "xa\0b", [(1, 4, 0)]),
    ("NUL bytes in units", ["ab", "a"], "ab", [(0, 1, 1), (0, 2, 0)]),
    ("half a unit is no match", ["\u5bc6"], "\uc65b\uc65b", []),
    ("nothing to look for", [], "机密", []),
    ("nothing to find", ["绝密"], "机密", []),
    ("an empty text", ["绝密"], "", []),
    ("an empty term is never found", ["", "密"], "密", [(0, 1, 1)]),
    ("a blank term is never found", [" ", "\n"], "机 \n 密", []),
    ("white space between ideographs", ["机密文件"], "机 密\n　文件", [(0, 7, 0)]),
    ("white space that stays", ["top secret"], "topsecret top secret", [(10, 20, 0)]),
    ("white space that is not in the term", ["topsecret"], "topsecret top secret", [(0, 9, 0)]),
    ("any white space divides words", ["a b"], "a\nb a\u3000\n b", [(0, 3, 0), (4, 9, 0)]),
    ("digits that are divided", ["12"], "1 2 12", [(4, 6, 0)]),
    ("a term broken over lines", ["第12集团军"], "第\n12\r\n集团军", [(0, 9, 0)]),
    ("a number broken over lines", ["发〔2020〕5号"], "发〔2020〕\n 5 号", [(0, 12, 0)]),
    ("a letter and a digit", ["f35战机"], "F 35 战机 f3 5战机", [(0, 7, 0)]),
    ("white space in the term alone", ["计划 a"], "计划a", [(0, 3, 0)]),
    ("other brackets", ["〔2020〕", "[2020]"], "【2020】", [(0, 6, 0), (0, 6, 1)]),
    ("another dash", ["k-9"], "K\u20119 k—9", [(0, 3, 0), (4, 7, 0)]),
    ("other quotation marks", ["“长江”计划"], '"长江"计划', [(0, 6, 0)]),
    ("white space at the ends of a term", [" 密 "], "机密文", [(1, 2, 0)]),
    ("white space beside a star", ["密 ★"], "密　★ 密★", [(0, 3, 0), (4, 6, 0)]),
    ("invisible characters", ["机密"], "机\u200b密", [(0, 3, 0)]),
    ("pinyin", ["机密"], "机(jī)密(mì)", [(0, 6, 0)]),
    ("traditional, full-width", ["机密a1"], "機密Ａ１", [(0, 4, 0)]),
    ("within an expansion", ["."], "…", [(0, 1, 0)] * 3),
    ("across expansions", ["密...机"], "密…机", [(0, 3, 0)]),
    ("an expansion cut, and a blank", ["株) a"], "㈱ a", [(0, 3, 0)]),
]

ALPHABET = "密机a \n\0𠀀é…㈱　株.1[】℃"
some_text = st.text(ALPHABET, max_size=60)
some_terms = st.lists(st.text(ALPHABET, max_size=7), max_size=8)
# So many other first characters, and words of all lengths, that every engine must choose.
OTHERS = ["".join(map(chr, range(0x7000 + n, 0x7000 + n + 1 + n % 9))) for n in range(300)]


def rows(hits: Hits) -> list[Row]:
    return list(zip(hits.starts.tolist(), hits.ends.tolist(), hits.terms.tolist(), strict=True))


SAME = {sign: group[0] for group in ALIKE for sign in group}


def kind(char: str) -> int:
    """1 for letters that spaces divide into words, 2 for digits."""
    return 1 if char.islower() and not is_han(char) else 2 if char in "0123456789" else 0


def told(folded: str) -> list[tuple[str, int]]:
    """The signs that count, and where they stand: one space where it divides words."""
    signs: list[tuple[str, int]] = []
    for at, char in enumerate(folded):
        if char in " \n":
            before, after = folded[:at].rstrip(" \n")[-1:], folded[at:].lstrip(" \n")[:1]
            divides = bool(before and after and kind(before) == kind(after) > 0)
            if divides and folded[at - 1] not in " \n":
                signs.append((" ", at))
        else:
            signs.append((SAME.get(char, char), at))
    return signs


def plain(terms: list[str], text: str) -> list[Row]:
    """Look for each term at every place of the folded text."""
    folded = fold(text)
    signs = told(folded.text)
    every = "".join(sign for sign, _ in signs)
    found = []
    for number, term in enumerate(terms):
        wanted = "".join(sign for sign, _ in told(term.strip(" \n")))
        for at in range(len(every) if wanted else 0):
            if every.startswith(wanted, at):
                first, last = signs[at][1], signs[at + len(wanted) - 1][1]
                found.append((int(folded.origin[first]), int(folded.origin[last]) + 1, number))
    return found


def plain_leftmost_longest(found: list[Row]) -> list[Row]:
    taken: list[Row] = []
    for row in sorted(found, key=lambda row: (row[0], -row[1], row[2])):
        if not taken or row[0] >= taken[-1][1]:
            taken.append(row)
    return taken


def with_terms(text: str, terms: list[str], places: list[int]) -> str:
    """Put some of the terms into the text: else longer ones would never stand in it."""
    for place, term in zip(places, terms, strict=False):
        at = place % (len(text) + 1)
        text = text[:at] + term + text[at:]
    return text


@pytest.mark.parametrize("engine", NAMES)
@pytest.mark.parametrize("others", [[], OTHERS], ids=["alone", "among others"])
@pytest.mark.parametrize(
    ("terms", "text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_terms_are_found_where_they_stand(engine, others, terms, text, expected):
    folded = [fold(term).text for term in terms]
    found = rows(TermFinder([*folded, *others], engine).find(fold(text)))
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("engine", NAMES)
@settings(max_examples=1000, deadline=None)
@given(terms=some_terms, text=some_text, places=st.lists(st.integers(0, 60), max_size=6))
def test_an_engine_equals_a_plain_search(engine, terms, text, places):
    text = with_terms(text, terms, places)
    terms = [fold(term).text for term in terms]
    hits = TermFinder(terms, engine).find(fold(text))
    expected = plain(terms, text)
    assert sorted(rows(hits)) == sorted(expected)
    assert rows(hits.leftmost_longest()) == plain_leftmost_longest(expected)


FIXED = list(
    dict.fromkeys(
        fold(term).text
        for term in [
            *map("".join, itertools.product("密机a1", repeat=3)),
            *map("".join, itertools.product("密机𠀀", repeat=6)),
            *(f"密{'机' * n}a" for n in range(12)),
            *("密 a", "密a", "a 密", "机\n1", "…", "..", "(株)机", "株) a"),
            *OTHERS,
        ]
    )
)
FINDERS = {name: TermFinder(FIXED, name) for name in NAMES}


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from([*FIXED, *ALPHABET]), max_size=30).map("".join))
def test_the_engines_agree_on_a_thousand_terms(text):
    first, *others = (FINDERS[name].find(fold(text)) for name in NAMES)
    for other in others:
        assert rows(other) == rows(first)
    assert sorted(rows(first)) == sorted(plain(FIXED, text))


def test_hits_are_ordered_by_ends_then_longest_first():
    for name in NAMES:
        ends = rows(TermFinder(["密", "机密", "密文", "文", "机密文"], name).find(fold("机密文")))
        assert ends == [(0, 2, 1), (1, 2, 0), (0, 3, 4), (1, 3, 2), (2, 3, 3)]


@pytest.mark.parametrize("engine", NAMES)
@settings(max_examples=300, deadline=None)
@given(texts=st.lists(some_text, max_size=12), terms=some_terms)
def test_texts_searched_together_have_the_hits_of_each(engine, texts, terms):
    terms = [fold(term).text for term in terms]
    finder = TermFinder(terms, engine)
    assert [rows(hits) for hits in finder.find_many(texts)] == [
        rows(finder.find(fold(text))) for text in texts
    ]


def test_a_batch_is_searched_before_all_texts_are_read():
    finder = TermFinder(["机密"])
    read = []

    def texts():
        for number in range(3):
            read.append(number)
            yield "机密" + "文" * 100_000

    assert rows(next(iter(finder.find_many(texts())))) == [(0, 2, 0)]
    assert read == [0]


@pytest.mark.parametrize("engine", NAMES)
@settings(max_examples=500, deadline=None)
@given(
    text=st.text(ALPHABET + "，。;8\r(jī)", max_size=80),
    terms=some_terms,
    sizes=st.lists(st.integers(1, 20), min_size=1, max_size=8),
    block=st.integers(1, 12),
)
def test_a_stream_has_the_hits_of_the_whole(engine, text, terms, sizes, block):
    terms = [fold(term).text for term in terms]
    finder = TermFinder(terms, engine)
    pieces, at = [], 0
    for size in itertools.cycle(sizes):
        if at >= len(text):
            break
        pieces.append(text[at : at + size])
        at += size
    streamed = [row for hits in find_in_stream(finder, pieces, block) for row in rows(hits)]
    assert Counter(streamed) == Counter(rows(finder.find(fold(text))))


def test_a_stream_without_a_place_to_cut_is_cut_all_the_same():
    finder = TermFinder(["机密文件"])
    pieces = itertools.chain(["机密文件"], itertools.repeat("密" * 50_000, 60), ["机密文件"])
    found = [row for hits in find_in_stream(finder, pieces) for row in rows(hits)]
    assert found == [(0, 4, 0), (3_000_004, 3_000_008, 0)]


def test_little_text_is_not_worth_a_slow_start():
    assert TermFinder(["机密"], little=True).engine == "automaton"
    assert TermFinder(["机密工程" * 3], little=False).engine == NAMES[0]


def test_a_dense_lexicon_gets_the_engine_for_many_hits():
    common = [*"的一是在不了有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主"]
    assert TermFinder(common).engine == "automaton"


def _many(count: int) -> list[str]:
    return [f"代号{number:06d}工程" for number in range(count)]


@pytest.mark.parametrize("engine", NAMES)
@pytest.mark.parametrize("secret", [None, bytes(range(32))], ids=["open", "sealed"])
def test_a_compiled_lexicon_is_loaded_as_it_was(engine, secret, tmp_path, monkeypatch):
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "cache"))
    terms, text = _many(3000), fold("关于代号000017工程和代号002999工程，代号003000工程")
    built = rows(TermFinder(terms, engine, secret=secret).find(text))
    kept = list((tmp_path / "cache").iterdir())
    kind = next(kind for kind in ENGINES if kind.name == engine)
    monkeypatch.setattr(kind, "build", lambda words: pytest.fail("built again"))
    loaded = rows(TermFinder(terms, engine, secret=secret).find(text))
    assert loaded == built == [(2, 12, 17), (13, 23, 2999)]
    assert len(kept) == 1


def test_what_another_version_compiled_is_compiled_again(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "cache"))
    engine, terms = NAMES[0], _many(3000)
    TermFinder(terms, engine)

    def load(words, columns):
        raise ValueError("another version")

    monkeypatch.setattr(ENGINES[0], "load", load)
    assert rows(TermFinder(terms, engine).find(fold("代号000017工程"))) == [(0, 10, 17)]


def test_the_terms_of_a_pool_are_the_terms_of_a_list():
    terms = ["机密", "", "𠀀密", "a b"]
    text = fold("机密𠀀密a b")
    pool = Pool.joined([Pool.of(terms[:2]), Pool.of(terms[2:])])
    assert [pool.text(n) for n in range(4)] == terms
    assert rows(TermFinder(pool).find(text)) == rows(TermFinder(terms).find(text))
