"""Levels and law as data."""

from __future__ import annotations

import pickle
import time
from datetime import date
from pathlib import Path

import pytest

from markscan import lexicon
from markscan.errors import LexiconError
from markscan.lexicon import law_for, read_law, read_levels
from markscan.wording import Text

# law-and-rules 3.5: one line of ranks for what one office may hold.
LINE = [
    ("openness", "public", 0),
    ("openness", "onreq", 5),
    ("cn-internal", "neibu", 10),
    ("cn-work", "gongzuo", 20),
    ("cn-state", "mimi", 30),
    ("cn-state", "jimi", 40),
    ("cn-state", "juemi", 50),
    ("cn-military", "juemi_hx", 60),
]


def test_the_levels_of_one_office_stand_in_one_line():
    found = [read_levels().find(scheme, code) for scheme, code, _ in LINE]

    assert [level.rank for level in found] == [rank for _, _, rank in LINE]


def test_levels_come_lowest_first_within_each_scheme():
    for scheme in read_levels().schemes:
        ranks = [level.rank for level in scheme.levels]
        assert ranks == sorted(set(ranks)) and ranks


def test_every_scheme_names_its_source_and_both_languages():
    for scheme in read_levels().schemes:
        assert scheme.source and scheme.zh and scheme.en


@pytest.mark.parametrize(
    ("zh", "schemes"),
    [
        ("机密", ["cn-state", "cn-company"]),
        ("工作秘密", ["cn-work"]),
        ("核心商密", ["cn-commercial"]),
        ("機密", ["tw"]),
        ("顶密", []),
    ],
)
def test_a_word_may_name_levels_of_several_schemes(zh, schemes):
    assert [level.scheme for level in read_levels().named(zh)] == schemes


def test_an_unknown_level_or_scheme_is_none():
    assert read_levels().find("cn-state", "secret") is None
    assert read_levels().scheme("us") is None


def test_no_level_is_called_by_an_english_rank():
    for level in read_levels():
        words = {"secret", "confidential", "top secret"}
        assert level.code not in words
        assert level.scheme != "cn-state" or level.en not in words


def test_levels_survive_pickling():
    levels = pickle.loads(pickle.dumps(read_levels()))

    assert levels == read_levels() and levels.find("cn-state", "jimi").zh == "机密"
    assert len(levels) == len(list(levels))


@pytest.mark.parametrize(
    ("today", "source"),
    [
        (date(2010, 10, 1), "2010"),
        (date(2024, 4, 30), "2010"),
        (date(2024, 5, 1), "2024"),
        (date(2099, 1, 1), "2024"),
    ],
)
def test_the_law_is_that_of_the_day(today, source):
    law = read_law(today)

    assert law.limit_years == {"juemi": 30, "jimi": 20, "mimi": 10}
    assert source in law.sources["limit_years"]


def test_before_the_first_dated_row_there_is_no_limit():
    law = read_law(date(1995, 1, 1))

    assert law.limit_years == {} and law.default_years == {}
    assert law.top_left_from == date(2012, 7, 1)


DATED = """\
[[limit]]
years = { juemi = 40, jimi = 25, mimi = 15 }
valid-from = 1990-01-01
valid-to = 2010-09-30
source = "old"
[[limit]]
years = { juemi = 30, jimi = 20, mimi = 10 }
valid-from = 2010-10-01
source = "new"
[[default]]
years = { juemi = 30, jimi = 20, mimi = 10 }
valid-from = 2014-03-09
source = "default"
[[top-left]]
valid-from = 2012-07-01
source = "g"
"""


@pytest.mark.parametrize(
    ("issued", "limit", "default"),
    [
        (None, 10, 10),
        (date(2025, 3, 1), 10, 10),
        (date(2010, 10, 1), 10, 10),  # no default of that day: that of today
        (date(2010, 9, 30), 15, 10),
        (date(1989, 12, 31), 10, 10),  # no row covers that day: that of today
        (date(2090, 1, 1), 10, 10),
    ],
)
def test_a_document_is_judged_by_the_law_of_its_day_of_issue(
    tmp_path, monkeypatch, issued, limit, default
):
    (tmp_path / "law.toml").write_text(DATED, "utf-8")
    monkeypatch.setattr(lexicon, "folder", lambda _name: tmp_path)

    law = law_for(issued, date(2026, 1, 1))

    assert (law.limit_years["mimi"], law.default_years["mimi"]) == (limit, default)
    assert set(law.sources) == {"limit_years", "default_years", "top_left_from"}


def test_the_law_of_many_days_is_read_once(monkeypatch):
    read_law(date(2026, 1, 1))
    monkeypatch.setattr(lexicon, "read_toml", lambda _path: pytest.fail("read again"))

    assert all(law_for(date(1990 + n, 1, n + 1), date(2026, 1, 1)).limit_years for n in range(30))


def test_the_default_period_is_that_of_the_rule_of_2014():
    assert read_law(date(2026, 1, 1)).default_years == {"juemi": 30, "jimi": 20, "mimi": 10}


def test_both_files_are_read_within_five_milliseconds():
    took = []
    for _ in range(5):
        lexicon._levels.cache_clear()
        lexicon._law.cache_clear()
        began = time.process_time()
        read_levels()
        read_law(date(2026, 1, 1))
        took.append(time.process_time() - began)

    assert min(took) < 0.005


GOOD = (
    '[[scheme]]\ncode="a"\nzh="甲"\nen="a"\nsource="s"\nlevels=[{code="x",rank=1,zh="子",en="x"}]\n'
)
BAD_LEVELS = [
    ("", "there is no scheme"),
    ("[[scheme", "is no TOML"),
    ('scheme = "a"', "list of tables"),
    (GOOD + GOOD, 'scheme "a" stands twice'),
    (GOOD.replace("rank=1", 'rank="1"'), '"rank" must be a whole number'),
    (GOOD.replace("rank=1", "rank=-1"), '"rank" must be a whole number'),
    (GOOD.replace("rank=1", "rank=true"), '"rank" must be a whole number'),
    (GOOD.replace('zh="甲"\n', ""), '"zh" must be a text'),
    (GOOD.replace('source="s"', 'source=""'), '"source" must be a text'),
    (GOOD.replace("}]", '},{code="y",rank=1,zh="丑",en="y"}]'), "lowest first"),
    (GOOD.replace("}]", '},{code="x",rank=2,zh="丑",en="y"}]'), "each once"),
    ('[[scheme]]\ncode="a"\nzh="甲"\nen="a"\nsource="s"\nlevels=[]', "lowest first"),
]


@pytest.mark.parametrize(("content", "said"), BAD_LEVELS)
def test_wrong_levels_are_refused_with_the_name_of_the_file(tmp_path, content, said):
    path = tmp_path / "lexicons" / "levels.toml"
    path.parent.mkdir()
    path.write_text(content, "utf-8")

    with pytest.raises(LexiconError) as caught:
        lexicon._levels(path)

    text = caught.value.args[0]
    assert isinstance(text, Text)
    assert text.en.startswith("lexicons/levels.toml: ") and said in text.en
    assert text.zh.startswith("lexicons/levels.toml：")


LIMIT = '[[limit]]\nyears={juemi=30}\nvalid-from=2020-01-01\nsource="s"\n'
TOP = '[[top-left]]\nvalid-from=2012-07-01\nsource="g"\n'
BAD_LAW = [
    (LIMIT, "one [[top-left]]"),
    (TOP + LIMIT + LIMIT, "two rows are in force"),
    (TOP + LIMIT.replace("2020-01-01", '"2020"'), '"valid-from" must be a date'),
    (TOP + LIMIT.replace("years={juemi=30}", ""), '"years" is missing'),
    (TOP + LIMIT.replace("=30}", "=30.5}"), '"juemi" must be a whole number'),
    (TOP + LIMIT.replace('source="s"', ""), '"source" must be a text'),
]


@pytest.mark.parametrize(("content", "said"), BAD_LAW)
def test_a_wrong_law_is_refused(tmp_path, content, said):
    path = tmp_path / "law.toml"
    path.write_text(content, "utf-8")

    with pytest.raises(LexiconError) as caught:
        lexicon._law(path, date(2024, 1, 1))

    assert said in caught.value.args[0].en


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(LexiconError) as caught:
        lexicon._levels(Path(tmp_path) / "levels.toml")

    assert "cannot be read" in caught.value.args[0].en
