"""TermList holds what its terms say, packed, and loses nothing on the way through a cache."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markscan.fold import fold
from markscan.termlist import Term, TermList
from markscan.termlist.columns import folded_pool

TERMS = (
    Term("甲.1", "甲", "國家機密", weight=2.5),
    Term("乙.2", "乙", "ＡＢＣ", bounded=True),
    Term("甲.3", "甲", "𠀀密", before="关于", after="$"),
    Term("丙.4", "丙", "谈话 记录（草）"),
    Term("丙.5", "丙", "机密", bounded=False, after="级"),
)


def seen(terms: TermList) -> list[tuple[object, ...]]:
    return [
        (
            terms.id(n),
            terms.topic(n),
            terms.pool.text(n),
            float(terms.weights[n]),
            bool(terms.bounded[n]),
            terms.sides.get(n),
        )
        for n in range(len(terms))
    ]


def told(term: Term, *, bounded: bool) -> tuple[object, ...]:
    sides = (term.before, term.after) if term.before or term.after else None
    return term.id, term.topic, fold(term.text).text, term.weight, bounded, sides


EXPECTED = [
    told(term, bounded=bounded)
    for term, bounded in zip(TERMS, (True, True, True, False, False), strict=True)
]


def test_a_list_holds_what_its_terms_say():
    assert seen(TermList.of(TERMS)) == EXPECTED


def test_an_empty_list_is_a_list():
    empty = TermList.of([])

    assert (len(empty), empty.topics, seen(empty)) == (0, (), [])
    assert seen(TermList.joined([empty, TermList.of(TERMS)])) == EXPECTED
    assert len(TermList.joined([empty, empty])) == 0
    assert empty.of_topics({"甲"}).tolist() == []


@pytest.mark.parametrize("cut", range(len(TERMS) + 1))
def test_lists_are_joined_in_order(cut):
    parts = [TermList.of(TERMS[:cut]), TermList.of(TERMS[cut:])]

    assert seen(TermList.joined(parts)) == EXPECTED


@pytest.mark.parametrize("numbers", [[], [0], [4, 2], [2, 3, 2], [0, 1, 2, 3, 4]])
def test_some_terms_can_be_taken(numbers):
    taken = TermList.of(TERMS).take(np.array(numbers, np.int64))

    assert seen(taken) == [EXPECTED[n] for n in numbers]


def test_terms_are_found_by_topic():
    terms = TermList.of(TERMS)

    assert terms.of_topics({"甲", "无"}).tolist() == [0, 2]
    assert terms.of_topics(set()).tolist() == []


def test_columns_hold_everything():
    terms = TermList.of(TERMS)

    columns = terms.columns()
    assert all(isinstance(column, np.ndarray) for column in columns.values())
    assert seen(TermList.from_columns(columns)) == EXPECTED
    assert seen(pickle.loads(pickle.dumps(terms))) == EXPECTED


BOUNDED = {
    "two of Han": ("机密", True),
    "four of Han": ("国家机密", True),
    "five of Han": ("国家机密件", False),
    "Latin": ("red", False),
    "mixed": ("A级", False),
    "々 and 〇": ("佐々〇", True),
    "beyond U+FFFF": ("𠀀𠀁", True),
    "beyond U+FFFF, no Han": ("密😀", False),
    "five with one beyond U+FFFF": ("𠀀国家机密", False),
}


@pytest.mark.parametrize(("text", "bounded"), BOUNDED.values(), ids=BOUNDED)
def test_short_terms_of_han_are_bounded(text, bounded):
    assert TermList.of([Term("a.1", "a", text)]).bounded.tolist() == [bounded]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.text(
            st.sampled_from("机密機ＡaⅣ½ \u3000(jī)\u200b𠀀😀㈱\ud800。"), min_size=1, max_size=8
        ),
        max_size=8,
    )
)
def test_texts_fold_together_as_each_does_alone(texts):
    pool = folded_pool(texts)

    assert [pool.text(n) for n in range(len(pool))] == [fold(text).text for text in texts]
