"""The hash of characters never changes without a new name: models hang on it."""

import numpy as np

from markscan.classify.characters import HASH, PAIRS, characters, pair_slots
from markscan.pool import units_of


def test_digits_are_one_character_and_latin_letters_another():
    assert characters(units_of("第12号abz文")).tolist() == units_of("第00号aaa文").tolist()


def test_the_slots_are_those_of_this_version():
    slots = pair_slots(characters(units_of("尚未公布的数据")))

    assert HASH == "pairs1"
    assert slots.tolist() == GOLDEN


def test_slots_are_spread_over_the_whole_table():
    rng = np.random.default_rng(1)
    slots = pair_slots(rng.integers(0x4E00, 0x9FA5, 200_000).astype(np.uint16))

    assert 0 <= slots.min() < slots.max() < PAIRS
    assert len(np.unique(slots)) > 0.75 * PAIRS


def test_a_text_of_one_character_has_no_pair():
    assert len(pair_slots(units_of("一"))) == 0


GOLDEN = [40727, 112191, 52880, 108018, 9049, 25869]
