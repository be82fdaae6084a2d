"""Facts about what is read of a text and which pieces of it are kept."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from markscan.fingerprint import PIECE, REACH, HanText, Prints, pieces, select

han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20), max_size=200)
any_text = st.text(max_size=60)


@given(any_text)
def test_only_ideographs_stay_and_each_knows_its_place(text):
    read = HanText(text)

    assert len(read.origin) == len(read) <= len(text)
    assert all(text[at] not in " a1，" for at in read.origin.tolist())
    assert np.array_equal(HanText("".join(text[at] for at in read.origin)).units, read.units)


@given(han, st.text("ab 1２，。\u200b\n", max_size=5))
def test_what_stands_between_ideographs_changes_nothing(text, between):
    assert np.array_equal(HanText(between.join(text)).units, HanText(text).units)


def test_traditional_and_simplified_are_the_same():
    assert np.array_equal(HanText("國家機關與龍").units, HanText("国家机关与龙").units)


@given(han)
def test_any_twelve_ideographs_hold_a_piece(text):
    starts = select(HanText(text).units)

    for at in range(len(text) - REACH + 1):
        assert any(at <= start <= at + REACH - PIECE for start in starts.tolist())


@given(han, han, han)
def test_a_piece_is_selected_by_what_it_holds_alone(before, text, after):
    alone = select(HanText(text).units) + len(before)
    inside = select(HanText(before + text + after).units)
    within = inside[(inside >= len(before)) & (inside + PIECE <= len(before + text))]

    assert np.array_equal(within, alone)


def test_a_long_text_is_selected_like_its_parts():
    units = np.random.default_rng(1).integers(0x4E00, 0x9FA0, 100_000).astype(np.uint16)

    assert np.array_equal(select(units[40_000:]) + 40_000, select(units)[select(units) >= 40_000])


def test_a_third_of_all_pieces_is_kept():
    units = np.random.default_rng(2).integers(0x4E00, 0x9FA0, 100_000).astype(np.uint16)

    assert 0.32 < len(select(units)) / len(units) < 0.35


def test_pieces_are_the_eight_units_from_each_start():
    units = np.arange(100, dtype=np.uint16)

    assert pieces(units, np.array([0, 7, 92])).tolist() == [
        list(range(8)),
        list(range(7, 15)),
        list(range(92, 100)),
    ]


def test_fingerprints_are_another_under_another_key():
    some = pieces(np.arange(1000, dtype=np.uint16), np.arange(900))
    one, two = Prints(bytes(32)).tags(some), Prints(b"k" * 32).tags(some)

    assert len(np.unique(one)) == len(one)
    assert not np.isin(one, two).any()
