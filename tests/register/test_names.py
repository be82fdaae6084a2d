"""Titles but for one character, and document numbers, as a plain comparison finds them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markscan.register.entry import Entry
from markscan.register.names import Names

SECRET = bytes(32)
CHARS = "关于青禾渡口工程的通知安排"


def names_of(*titles):
    entries = [Entry(n, f"E{n}", "jimi", title=title) for n, title in enumerate(titles, 1)]
    return Names.of(entries, SECRET)


def is_near(one, other):
    """Whether one character put in, left out or changed makes `other` of `one`, or none."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    if len(one) > len(other):
        one, other = other, one
    return len(other) - len(one) == 1 and any(
        one == other[:n] + other[n + 1 :] for n in range(len(other))
    )


@settings(max_examples=400, deadline=None)
@given(
    st.text(CHARS, min_size=8, max_size=20),
    st.integers(0, 20),
    st.sampled_from(["as it is", "put in", "left out", "changed", "two changed"]),
    st.sampled_from("甲乙丙"),
)
def test_a_title_is_found_but_for_one_character(title, at, change, char):
    at = min(at, len(title) - 1)
    written = {
        "as it is": title,
        "put in": title[:at] + char + title[at:],
        "left out": title[:at] + title[at + 1 :],
        "changed": title[:at] + char + title[at + 1 :],
        "two changed": char + title[1:-1] + char,
    }[change]
    found = names_of("毫不相干的另外一个标题", title).titled(written)

    if len(title) >= 12 and len(written) >= 11:
        assert found == ([2] if is_near(title, written) else [])
    if change == "as it is":
        assert found == [2]
    if not is_near(title, written):
        assert found == []


@pytest.mark.parametrize("at", range(11))
def test_a_short_title_with_one_character_more_is_found(at):
    title = "青禾渡口改造工程安排"

    assert names_of(title).titled(title[:at] + "甲" + title[at:]) == [1]


def test_a_short_title_with_another_character_is_another_title():
    assert names_of("青禾渡口工程安排").titled("青禾渡口工程按排") == []


@pytest.mark.parametrize(
    ("written", "found"),
    [("根据某发〔2024〕7号", [1]), ("某发[2024]7号", [1]), ("某发〔2024〕07号", [1]),
     ("某发〔二〇二四〕7号", [1]), ("某发二〇二四年第七号", [1]), ("某发2024年第7号", [1]),
     ("某发〔2024〕第〇七号", [1]), ("某发〔2024〕17号", []), ("某函〔2024〕7号", []),
     ("某发二〇二四年第十七号", []), ("某发二〇二四年第十百号", []), ("某发2024年7号", [])],
)  # fmt: skip
def test_a_number_is_found_in_any_brackets(written, found):
    names = Names.of([Entry(1, "E", "jimi", document_number="某发〔2024〕7号")], SECRET)

    assert sorted({entry for entry, _, _ in names.numbered(written)}) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("某海发〔2026〕61号", True),
        ("(机密)某海发2026-61号", True),
        ("某海发2026年第61号", True),
        ("某海发(2026)61 定稿", True),
        ("某海发_2026_61", True),
        ("某海发2026-62号", False),
        ("某海发2026-61-03", False),
        ("某海发2026-613", False),
        ("另海发2026-61号", False),
    ],
)
def test_a_file_name_may_write_a_number_without_its_brackets(name, found):
    names = Names.of([Entry(1, "E1", "jimi", document_number="某海发〔2026〕61号")], SECRET)

    assert [entry for entry, _, _ in names.numbered(name, file_name=True)] == [1] * found
    assert bool(list(names.numbered(name))) is (found and ("〔" in name or "年第" in name))


@pytest.mark.parametrize(
    ("written", "number"),
    [("十一", "11"), ("二十", "20"), ("一百零五", "105"), ("一百一十", "110"), ("一〇五", "105"),
     ("百", "100"), ("五", "5"), ("007", "7"), ("十百", "十百"), ("二百三", "203")],
)  # fmt: skip
def test_a_number_is_read_in_han_numerals(written, number):
    names = Names.of([Entry(1, "E", "jimi", document_number=f"某发〔2024〕{number}号")], SECRET)

    assert [entry for entry, _, _ in names.numbered(f"某发二〇二四年第{written}号")] == [1]
