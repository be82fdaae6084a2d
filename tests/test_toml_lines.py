"""The line of every key, over all the ways in which TOML may be written."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markscan.toml_lines import lines_of

CASES = [
    ("", {}),
    ("# only a comment", {}),
    ("a = 1", {("a",): 1}),
    ("\n\na = 1 # a = 2\nb = 2", {("a",): 3, ("b",): 4}),
    ("a = 1\r\nb = 2\r\n", {("a",): 1, ("b",): 2}),
    ("[t]\na = 1", {("t",): 1, ("t", "a"): 2}),
    ("[t] # [u]\n\n[u]", {("t",): 1, ("u",): 3}),
    ("[ t . 'u' ]\na=1", {("t",): 1, ("t", "u"): 1, ("t", "u", "a"): 2}),
    ("a.b.c = 1\na.b.d = 2", {("a",): 1, ("a", "b"): 1, ("a", "b", "c"): 1, ("a", "b", "d"): 2}),
    ("\"密 级\" = 1\n'x.y' = 2", {("密 级",): 1, ("x.y",): 2}),
    ('"a\\u0062\\"" = 1', {('ab"',): 1}),
    (
        "[[l]]\np = 1\n[[l]]\np = 2",
        {("l",): 1, ("l", 0): 1, ("l", 0, "p"): 2, ("l", 1): 3, ("l", 1, "p"): 4},
    ),
    (
        "[[l]]\n[l.h]\na = 1\n[[l]]\n[l.h]\na = 2",
        {
            ("l",): 1,
            ("l", 0): 1,
            ("l", 0, "h"): 2,
            ("l", 0, "h", "a"): 3,
            ("l", 1): 4,
            ("l", 1, "h"): 5,
            ("l", 1, "h", "a"): 6,
        },
    ),
    (
        "[[a]]\n[[a.b]]\n[[a.b]]\nx=1",
        {
            ("a",): 1,
            ("a", 0): 1,
            ("a", 0, "b"): 2,
            ("a", 0, "b", 0): 2,
            ("a", 0, "b", 1): 3,
            ("a", 0, "b", 1, "x"): 4,
        },
    ),
    ("a = {b = 1, c.d = 'x'}", {("a",): 1, ("a", "b"): 1, ("a", "c"): 1, ("a", "c", "d"): 1}),
    ("a = {}\nb = []", {("a",): 1, ("b",): 2}),
    (
        "a = [\n  1, # one\n\n  2,\n]\nb = 1",
        {("a",): 1, ("a", 0): 2, ("a", 1): 4, ("b",): 6},
    ),
    (
        "a = [[1], [\n2]]",
        {("a",): 1, ("a", 0): 1, ("a", 0, 0): 1, ("a", 1): 1, ("a", 1, 0): 2},
    ),
    (
        "a = [{b=1},\n{b=2}]",
        {("a",): 1, ("a", 0): 1, ("a", 0, "b"): 1, ("a", 1): 2, ("a", 1, "b"): 2},
    ),
    ('a = """\n[x]\nb = 1\n"""\nc = 1', {("a",): 1, ("c",): 5}),
    ("a = '''\n[x]\n# '''\nc = 1", {("a",): 1, ("c",): 4}),
    ('a = """x\\""" y"""\nb = 1', {("a",): 1, ("b",): 2}),
    ('a = """"x"""""\nb = 1', {("a",): 1, ("b",): 2}),
    ("a = ''''x'''''\nb = 1", {("a",): 1, ("b",): 2}),
    ('a = """"""\nb = """x\n"""', {("a",): 1, ("b",): 2}),
    ('a = "x # y\\" = ["\nb = \'\'', {("a",): 1, ("b",): 2}),
    ("a = 'C:\\'\nb = 1", {("a",): 1, ("b",): 2}),
    ("a = 2026-01-01 10:00:00\nb = 2026-01-01T10:00:00Z", {("a",): 1, ("b",): 2}),
    ("a = 2026-01-01 # day\nb = [2026-01-01 10:00:00.5+08:00, 1]", None),
    ("a = +1_000\nb = -inf\nc = true\nd = 1e5", {("a",): 1, ("b",): 2, ("c",): 3, ("d",): 4}),
]


@pytest.mark.parametrize(("text", "lines"), CASES)
def test_each_key_has_the_line_on_which_it_is_written(text, lines):
    tomllib.loads(text)

    found = lines_of(text)

    if lines is not None:
        assert found == lines


def ways(value: object, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below = []
    if isinstance(value, dict):
        below = [(key, each) for key, each in value.items()]
    elif isinstance(value, list):
        below = list(enumerate(value))
    return [*([way] if way else []), *(w for key, each in below for w in ways(each, (*way, key)))]


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_every_key_and_element_is_found(text):
    assert set(lines_of(text)) == set(ways(tomllib.loads(text)))


words = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=6)
texts = words.map(lambda t: '"' + t.replace("\\", "\\\\").replace('"', '\\"') + '"')
values = st.recursive(
    texts | st.integers(-9, 9).map(str) | words.map(lambda t: f'"""\n{t}\n"""'.replace("\\", "")),
    lambda inner: st.lists(inner, max_size=3).map(lambda each: "[\n" + ",\n".join(each) + "]"),
    max_leaves=5,
)


@given(st.lists(st.tuples(texts, values), max_size=6, unique_by=lambda pair: pair[0]))
def test_any_accepted_text_is_read_to_its_end(pairs):
    text = "\n".join(f"{key} = {value}" for key, value in pairs)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return

    lines = lines_of(text)

    assert set(lines) == set(ways(table))
    for key in table:
        assert '"' in text.split("\n")[lines[(key,)] - 1]
