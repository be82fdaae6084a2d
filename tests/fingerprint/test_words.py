"""Words of Latin letters as fingerprints: what is kept, what has no effect, where it stands."""

import numpy as np
import pytest

from markscan.fingerprint import Prints, WordText, in_letters, pieces, seldom, select, word_pieces
from markscan.fingerprint.han import HanText
from markscan.fingerprint.words import REACH, letter_count

TEXT = "The northern ferry carries granite, timber and salted herring across the winter strait."


def stems(text: str) -> list[str]:
    return [int(s).to_bytes(8, "little").rstrip(b"\0").decode() for s in WordText(text).stems]


def pairs(text: str) -> set[bytes]:
    return {row.tobytes() for row in word_pieces(WordText(text))[1]}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param(
            "The ferry and the harbour", ["ferry", "harbour"], id="stop words are left out"
        ),
        pytest.param("x-ray 42 B2B", ["ray"], id="single letters and digits are left out"),
        pytest.param("walk walks walked walking", ["walk"] * 4, id="endings are cut off"),
        pytest.param("sing bed", ["sing", "bed"], id="an ending leaves three letters"),
        pytest.param("installation", ["install"], id="a stem has seven letters"),
        pytest.param("naïve Ærø straße", ["naiv", "aro", "stras"], id="accents have no effect"),
        pytest.param("ＷＩＮＴＥＲ", ["winter"], id="width has no effect"),
        pytest.param("e\u0301tape fer\u00adry", ["etap", "ferry"], id="signs inside a word"),
        pytest.param("渡船 winter 密", ["winter"], id="other scripts part words"),
        pytest.param("", [], id="empty"),
        pytest.param("机密 123 the of", [], id="nothing that says anything"),
    ],
)
def test_of_a_text_words_are_kept_that_say_something(text, kept):
    assert stems(text) == kept


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.upper(),
        TEXT.replace(" ", "\n  "),
        TEXT.replace(",", " 、 ——"),
        TEXT.replace("and", "or, with"),
        TEXT.replace("carries", "carried").replace("strait", "straits"),
    ],
)
def test_pieces_stay_the_same_whatever_stands_between_the_words(changed):
    assert pairs(changed.replace("carries", "carried")) == pairs(TEXT.replace("carries", "carried"))


def test_a_pair_is_the_same_whichever_word_comes_first():
    assert pairs("timber granite") == pairs("granite timber")


def test_a_word_tells_where_it_stands_in_code_points():
    text = "𠀀 «Fe\u0301rry» naïve"
    read = WordText(text)
    spans = zip(read.starts, read.ends, strict=True)
    assert [text[start:end] for start, end in spans] == ["Fe\u0301rry", "naïve"]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 6, 40])
def test_every_two_words_within_reach_are_a_piece(count):
    words = [chr(97 + n // 26) + chr(97 + n % 26) + "qk" for n in range(count)]
    read = WordText(" ".join(words))
    places, units = word_pieces(read)
    expected = [
        (first, tuple(sorted((int(read.stems[first]), int(read.stems[second])))))
        for first in range(count)
        for second in range(first + 1, min(first + REACH, count - 1) + 1)
    ]
    numbers = units.view("<u8").astype(object)
    low = (numbers[:, 0] >> 16) | ((numbers[:, 1] & 0xFF) << 48)
    found = list(zip(places.tolist(), zip(low, numbers[:, 1] >> 8, strict=True), strict=True))
    assert found == expected


def test_chunks_leave_no_seam():
    words = [
        f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676 % 26)}k"
        for n in range(17_000)
    ]
    read = WordText(" ".join(words))
    places, units = word_pieces(read)
    assert len(read) == len(words)
    assert len(places) == REACH * len(words) - REACH * (REACH + 1) // 2
    at = int(np.flatnonzero(places == 16_383)[0])
    assert units[at].tobytes() == word_pieces(WordText(" ".join(words[16_383:16_385])))[1].tobytes()


def test_no_piece_of_words_equals_one_of_ideographs():
    han = HanText("春天渡船载着花岗岩木材和腌鲱鱼穿过冬天的海峡驶向北方的港口")
    assert (word_pieces(WordText(TEXT))[1][:, 0] == 0).all()
    assert (pieces(han.units, select(han.units))[:, 0] != 0).all()


def test_what_is_said_again_and_again_tells_nothing():
    text = "winter strait. " * 5 + TEXT
    tags = Prints(bytes(32)).tags(word_pieces(WordText(text))[1])
    again = Prints(bytes(32)).tags(word_pieces(WordText("winter strait"))[1])
    rare = seldom(tags, len(WordText(text)))
    assert not rare[tags == again].any()
    assert rare.any()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, True),
        ("", False),
        ("1234 5678", False),
        ("渡船载着花岗岩", False),
        ("渡船载着花岗岩 granite", False),
        (TEXT + "渡船", True),
    ],
)
def test_a_text_of_few_ideographs_is_told_by_its_words(text, expected):
    assert in_letters(text, len(HanText(text))) == expected


def test_letters_are_counted_without_signs_between_them():
    assert letter_count("e\u0301té 42, Ａ 密") == 4


def test_a_megabyte_of_one_letter_is_one_word():
    assert len(WordText("a" * 1_000_000)) == 1
