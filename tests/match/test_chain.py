"""Facts about how shared pieces become passages."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from markscan.fingerprint import PIECE
from markscan.match.chain import DRIFT, GAP, NEAR, chain
from markscan.register.rows import PieceHits


def hits(*rows: tuple[int, int, int]) -> PieceHits:
    """Rows of entry, here, there."""
    columns = np.array(sorted(rows), np.int64).reshape(-1, 3).T
    return PieceHits(*columns)


def passages(*rows: tuple[int, int, int]) -> list[tuple[int, ...]]:
    """Entry, start, end, there, end there, covered, proven of each passage."""
    found = chain(hits(*rows))
    columns = [getattr(found, name).tolist() for name in type(found).__slots__]
    return list(zip(*columns, strict=True))


CASES = {
    "nothing is nothing": ((), []),
    "one piece": (((1, 5, 50),), [(1, 5, 13, 50, 58, 8, 8)]),
    "pieces that overlap cover once": (
        ((1, 0, 100), (1, 3, 103)),
        [(1, 0, 11, 100, 111, 11, 11)],
    ),
    "a few put in do not part": (
        ((1, 0, 100), (1, 20, 100 + 20 - DRIFT)),
        [(1, 0, 28, 100, 116, 16, 16)],
    ),
    "two entries stay two": (
        ((1, 0, 100), (2, 0, 7)),
        [(1, 0, 8, 100, 108, 8, 8), (2, 0, 8, 7, 15, 8, 8)],
    ),
    "what is far apart is two": (
        ((1, 0, 100), (1, GAP + 1, 101 + GAP)),
        [(1, 0, 8, 100, 108, 8, 8), (1, GAP + 1, GAP + 9, 101 + GAP, 109 + GAP, 8, 8)],
    ),
    "what was turned round proves each other": (
        ((1, 0, 500), (1, 8 + NEAR, 100)),
        [(1, 0, 8, 500, 508, 8, 16), (1, 8 + NEAR, 16 + NEAR, 100, 108, 8, 16)],
    ),
    "further away it does not": (
        ((1, 0, 500), (1, 9 + NEAR, 100)),
        [(1, 0, 8, 500, 508, 8, 8), (1, 9 + NEAR, 17 + NEAR, 100, 108, 8, 8)],
    ),
    "what is repeated here proves once": (
        ((1, 0, 50), (1, 8, 50)),
        [(1, 0, 16, 50, 58, 16, 8)],
    ),
    "a piece known from elsewhere joins the passage it lies in": (
        ((1, 0, 100), (1, 8, 900), (1, 16, 116)),
        [(1, 0, 24, 100, 124, 24, 24)],
    ),
    "an entry does not prove another": (
        ((1, 0, 500), (2, 4, 100)),
        [(1, 0, 8, 500, 508, 8, 8), (2, 4, 12, 100, 108, 8, 8)],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), CASES.values(), ids=CASES)
def test_pieces_become_passages(rows, expected):
    assert passages(*rows) == expected


row = st.tuples(st.integers(1, 3), st.integers(0, 400), st.integers(0, 400))


@given(st.lists(row, max_size=60, unique=True))
def test_a_passage_holds_no_other_and_covers_no_more_than_it_has(rows):
    found = passages(*rows)

    assert found == sorted(found, key=lambda one: one[:2])
    assert {entry for entry, *_ in found} == {entry for entry, _, _ in rows}
    for entry, start, end, there, there_end, covered, proven in found:
        assert PIECE <= covered <= end - start
        assert there_end - there >= PIECE
        assert proven >= PIECE
        others = [one for one in found if one[0] == entry and one[1:3] != (start, end)]
        assert not any(one[1] <= start and end <= one[2] for one in others)


@given(st.lists(row, max_size=60, unique=True))
def test_every_piece_lies_in_a_passage(rows):
    found = passages(*rows)

    for entry, here, _ in rows:
        assert any(one[0] == entry and one[1] <= here and here + PIECE <= one[2] for one in found)
