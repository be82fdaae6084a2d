"""What a term asks for beside it, and what a pattern without end costs."""

import subprocess
import sys
import time

import numpy as np
import pytest

from markscan.errors import LexiconError
from markscan.fold import fold
from markscan.match.sides import Patience, Sides

ENDLESS = "b(a|aa)+"
AGAINST_IT = "c" + "a" * 63


def held(text: str, term: str, before: str = "", after: str = "") -> list[bool]:
    """Which hits of `term` in `text`, from left to right, are kept."""
    folded = fold(text).text
    starts = [at for at in range(len(folded)) if folded.startswith(term, at)]
    kept, undecided = hold(Sides({7: (before, after)}), folded, starts, len(term), 7)
    assert undecided == 0
    return kept


def hold(sides, folded, starts, length, term):
    column = np.array(starts, np.int64)
    kept, undecided = sides.hold(folded, column, column + length, np.full(len(column), term))
    return kept.tolist(), undecided


@pytest.mark.parametrize(
    ("text", "before", "after", "kept"),
    [
        ("代号长风", "代号", "", True),
        ("长风", "代号", "", False),
        ("代号为长风", "代号", "", False),
        ("代号为“长风”", "代号为?[“《]?", "", True),
        ("代号长风", "代号|密语", "", True),
        ("密语长风", "代号|密语", "", True),
        ("代号是密语长风", "代号.*", "", True),
        ("长风代号", "代号", "", False),
        ("长风行动", "", "行动|工程", True),
        ("长风的行动", "", "行动", False),
        ("长风的行动", "", ".{0,3}行动", True),
        ("代号长风行动", "代号", "行动", True),
        ("代号长风", "代号", "行动", False),
        ("长风行动", "代号", "行动", False),
        ("校长风", "(?<!校)", "", False),
        ("市长风", "(?<!校)", "", True),
        ("长风几级", "", "(?!几级)", False),
        ("长风", "^", "$", True),
        ("密级长风", "密级", "$", True),
    ],
)
def test_a_term_is_kept_where_its_sides_are_as_it_asks(text, before, after, kept):
    assert held(text, "长风", before, after) == [kept]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("代號：长风", "代号[:]"),
        ("代号:长风", "代號："),
        ("代号(长风", "代号（"),
        ("CODE长风", "code"),
        ("code长风", "CODE"),
        ("ＣＯＤＥ长风", "code\\s*"),
        ("第１号长风", "第\\d号"),
        ("代号【长风", "代号【"),
        ("代号（长风", "代号\\（"),
        ("代号Ａ长风", "代号\\Ａ"),
        ("代号A长风", "代号[Ａ－Ｚ]"),
        ("代号\\长风", "代号＼"),
        ("代号？长风", "代号？"),
        ("价[长风", "价［"),
    ],
)
def test_a_pattern_is_written_as_documents_are(text, before):
    assert held(text, "长风", before) == [True]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("长风……第一期", "……"),
        ("长风…第一期", "…第"),
        ("长风……第一期", "…+第"),
        ("长风...第一期", "…"),
        ("长风…第一期", "\\.{3}第"),
        ("长风…第一期", "\\…第"),
        ("长风50㎡", "\\d+㎡$"),
        ("长风50m2", "\\d+㎡"),
        ("长风⑩期", "10期"),
        ("长风10期", "(?:⑨|⑩)期"),
        ("长风①期", "[①②]期"),
        ("长风㈱", "(?:[[:alpha:]]…?|㈱)"),
        ("长风]㎡", "[]甲]㎡"),
        ("长风甲㎡", "[^]乙]㎡"),
        ("长风[…", "[[(（]…"),
        ("长风]…", "\\]…"),
        ("长风[㎡]…", "\\[㎡\\]…"),
        ("长风行动", "\u200b行\u200b动"),
        ("长风行动", "行\u200b*动"),
    ],
)
def test_a_character_that_becomes_several_stands_for_all_of_them(text, after):
    assert held(text, "长风", "", after) == [True]
    assert held(text, "长风", "", after + "没有") == [False]


@pytest.mark.parametrize("pattern", ["[…]", "[甲…]", "甲[^㎡]", "[]…]", "[[:alpha:]…]", "[\u200b]"])
def test_such_a_character_has_no_place_in_a_class(pattern):
    with pytest.raises(LexiconError, match=r"plan\.x.*U\+") as told:
        Sides({3: ("", pattern)}, {3: "plan.x"})
    assert "方括号" in told.value.args[0].zh


def test_a_side_ends_with_its_part():
    assert held("代号\0长风", "长风", "代号") == [False]
    assert held("长风\0行动", "长风", "", "行动") == [False]


def test_a_side_reaches_64_characters():
    assert held("代号" + "甲" * 62 + "长风", "长风", "代号.*") == [True]
    assert held("代号" + "甲" * 63 + "长风", "长风", "代号.*") == [False]
    assert held("长风" + "甲" * 62 + "代号", "长风", "", ".*代号") == [True]
    assert held("长风" + "甲" * 63 + "代号", "长风", "", ".*代号") == [False]


def test_each_hit_is_judged_by_itself():
    assert held("代号长风，" + "。" * 64 + "长风；代号长风", "长风", "代号") == [True, False, True]


def test_a_term_without_sides_is_kept():
    sides = Sides({1: ("代号", ""), 2: ("", "")})

    assert len(sides) == 1
    assert hold(sides, "长风", [0], 2, 0) == ([True], 0)
    assert hold(sides, "长风", [0], 2, 2) == ([True], 0)
    assert hold(sides, "长风", [0], 2, 1) == ([False], 0)
    assert hold(sides, "", [], 2, 1) == ([], 0)


def test_what_runs_out_of_time_is_kept_and_counted():
    text = AGAINST_IT + "长风"

    assert hold(Sides({0: (ENDLESS, "")}), text, [64], 2, 0) == ([True], 1)
    assert hold(Sides({0: (ENDLESS, "行动")}), text, [64], 2, 0) == ([False], 0)


def test_a_pattern_that_keeps_running_out_of_time_is_not_tried_at_every_hit():
    one = AGAINST_IT + "长风"
    began = time.monotonic()

    kept, undecided = hold(Sides({0: (ENDLESS, "")}), one * 500, range(64, 500 * 66, 66), 2, 0)

    assert kept == [True] * 500
    assert undecided == 500
    assert time.monotonic() - began < 3


def test_many_patterns_without_end_have_one_limit_for_all_of_a_text():
    many = {term: (f"{ENDLESS}(?:{term})?", "") for term in range(400)}
    text, starts = (AGAINST_IT + "长风") * 400, np.arange(64, 400 * 66, 66)
    sides = Sides(many)
    began = time.monotonic()

    keep, undecided = sides.hold(text, starts, starts + 2, np.arange(400))

    assert keep.all()
    assert undecided == 400
    assert time.monotonic() - began < 5


def test_calls_for_one_text_share_its_patience():
    text, sides, patience = AGAINST_IT + "长风", Sides({0: (ENDLESS, "")}), Patience()
    hit = np.array([64]), np.array([66]), np.array([0])

    for _ in range(100):
        assert sides.hold(text, *hit, patience)[1] == 1

    assert max(patience.strikes.values()) == 4
    assert patience.spent < 1


def test_quick_patterns_are_tried_however_often():
    text, sides = "代号长风" * 20_000, Sides({0: ("代号", "")})
    starts = np.arange(2, 80_000, 4)

    assert sides.hold(text, starts, starts + 2, np.zeros(20_000, np.int64))[1] == 0


@pytest.mark.parametrize("pattern", ["(", "[a", "*", "a{2,1}", "(?P<x>a)(?P<x", "\\"])
def test_what_is_no_regular_expression_is_told_with_its_term(pattern):
    with pytest.raises(LexiconError, match=r"plan\.x") as told:
        Sides({3: ("", pattern)}, {3: "plan.x"})
    assert "正则表达式" in told.value.args[0].zh


def test_the_library_is_loaded_where_a_term_has_sides_only():
    code = (
        "import sys; from markscan.match.sides import Sides\n"
        "Sides({}); Sides({1: ('', '')}); before = 'regex' in sys.modules\n"
        "Sides({1: ('a', '')}); print(before, 'regex' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["False", "True"]
