"""The finder gives what a plain search would, for every set of terms and every text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markscan.fold import fold
from markscan.match.terms import TermFinder
from markscan.term import LexiconError, read_terms, shipped_terms

CASES = [
    ("one term", ["机密"], "这是机密文件", [(2, 4, 0)]),
    (
        "overlapping terms",
        ["机密", "密文", "机密文件"],
        "机密文件",
        [(0, 2, 0), (1, 3, 1), (0, 4, 2)],
    ),
    ("the same place twice", ["密", "密密"], "密密", [(0, 1, 0), (1, 2, 0), (0, 2, 1)]),
    ("equal terms are both found", ["密", "密"], "密", [(0, 1, 0), (0, 1, 1)]),
    ("characters outside the basic plane", ["𠀀密"], "a𠀀密", [(1, 3, 0)]),
    ("a NUL between parts is no part of a term", ["ab"], "a\0b ab", [(4, 6, 0)]),
    ("a NUL in a term", ["a\0b"], "xa\0b", [(1, 4, 0)]),
    ("nothing to look for", [], "机密", []),
    ("nothing to find", ["绝密"], "机密", []),
    ("an empty term is never found", ["", "密"], "密", [(0, 1, 1)]),
]


# So many other first characters that the finder works on bytes.
OTHERS = [chr(0x7000 + n) * 2 for n in range(200)]


def found(terms: list[str], text: str, *, others: list[str] = ()) -> list[tuple[int, int, int]]:
    hits = TermFinder([*terms, *others]).find(text)
    return sorted(zip(hits.starts.tolist(), hits.ends.tolist(), hits.terms.tolist(), strict=True))


@pytest.mark.parametrize(
    ("terms", "text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_terms_are_found_where_they_stand(terms, text, expected):
    assert found(terms, text) == found(terms, text, others=OTHERS) == sorted(expected)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text("密机a\0𠀀 é", max_size=4), max_size=8),
    st.text("密机a\0𠀀 é", max_size=60),
)
def test_the_finder_equals_a_plain_search(terms, text):
    plain = [
        (at, at + len(term), index)
        for index, term in enumerate(terms)
        if term
        for at in range(len(text))
        if text.startswith(term, at)
    ]
    assert found(terms, text) == found(terms, text, others=OTHERS) == sorted(plain)


@pytest.mark.parametrize("term", shipped_terms(), ids=lambda t: t.id)
def test_a_shipped_term_matches_its_examples_and_not_its_counter_examples(term):
    finder = TermFinder([fold(term.text).text])
    assert term.examples and term.counter_examples
    for example in term.examples:
        assert len(finder.find(fold(example).text)), example
    for example in term.counter_examples:
        assert not len(finder.find(fold(example).text)), example


BROKEN = {
    "no topic": 'source = "x"\n',
    "no source": 'topic = "x"\n',
    "no TOML": "topic = ",
    "a term of one character": 'topic = "x"\nsource = "y"\n[[term]]\nid = "a"\ntext = "密"\n',
    "no id": 'topic = "x"\nsource = "y"\n[[term]]\ntext = "机密"\n',
    "an id twice": 'topic = "x"\nsource = "y"\n' + '[[term]]\nid = "a"\ntext = "机密"\n' * 2,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_lexicon_is_refused_by_name(tmp_path, content):
    file = tmp_path / "own.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(LexiconError):
        read_terms([file])
