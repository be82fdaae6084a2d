"""Facts about looking fingerprints up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from markscan.register.index import Index

# Of tags that differ only in their lowest bits the payload has to tell which one it is.
tags = st.lists(st.integers(0, 2**32 - 1).map(lambda high: high << 32), max_size=80, unique=True)


@given(tags, tags)
def test_an_index_finds_what_a_dictionary_finds(known, more):
    table = {tag: row for row, tag in enumerate(known)}
    index = Index.of(np.array(known, np.uint64), np.arange(len(known), dtype=np.uint64))
    sought = [*more, *known[::2]]

    which, rows = index.find(np.array(sought, np.uint64))

    expected = {at: table[tag] for at, tag in enumerate(sought) if tag in table}
    assert dict(zip(which.tolist(), index.payload[rows].tolist(), strict=True)) == expected


# Above 2,048 rows are compared in another way.
@pytest.mark.parametrize("rows", [0, 1, 7, 8, 9, 1000, 2048, 2049, 100_000])
def test_every_row_is_found_and_nothing_else(rows):
    chance = np.random.default_rng(rows)
    known = chance.integers(0, 1 << 64, rows, np.uint64)
    index = Index.of(known, known)

    which, found = index.find(known)
    assert which.tolist() == list(range(rows))
    assert np.array_equal(index.payload[found], known)
    assert len(index.find(chance.integers(0, 1 << 64, 100_000, np.uint64))[0]) == 0


def test_of_rows_that_look_alike_the_first_is_found():
    tags = np.array([5, 5, 5], np.uint64)
    index = Index.of(tags, np.array([1, 2, 3], np.uint64))

    assert index.find(tags[:1])[1].tolist() == [0]


def test_buckets_may_be_as_unequal_as_they_like():
    crowded = np.arange(5_000, dtype=np.uint64) << np.uint64(10)
    index = Index.of(crowded, crowded)

    which, rows = index.find(crowded)
    assert len(which) == 5_000
    assert index.rest[rows].tolist() == index.rest.tolist()


def test_an_index_comes_back_from_its_columns():
    known = np.random.default_rng(3).integers(0, 1 << 64, 1000, np.uint64)
    index = Index.of(known, known)
    assert len(Index.unpack(index.columns).find(known)[0]) == 1000

    damaged = index.columns | {"starts": index.starts[:-1]}
    with pytest.raises(ValueError, match="index"):
        Index.unpack(damaged)
