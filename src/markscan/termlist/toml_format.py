"""A list in TOML: topic, source, and a [[term]] for each term, with examples."""

from __future__ import annotations

import difflib
import tomllib
from functools import cached_property
from typing import Any, cast

from markscan.errors import LexiconError
from markscan.termlist.term import Entries, Source
from markscan.toml_lines import Way, lines_of
from markscan.wording import Text
from markscan.wording.faults import toml_fault

# What each key may hold, and how that is said.
_TEXT = Text("文字", "a text")
_TEXTS = Text("文字的列表", "a list of texts")
_NUMBER = Text("非负的数", "a number, not negative")
_FLAG = Text("true 或 false", "true or false")
KEYS = {
    "id": _TEXT,
    "text": _TEXT,
    "examples": _TEXTS,
    "counter_examples": _TEXTS,
    "weight": _NUMBER,
    "bounded": _FLAG,
    "before": _TEXT,
    "after": _TEXT,
}
REQUIRED = ("id", "text")


def read_toml(source: Source) -> Entries:
    """Return what a list in TOML says.

    Raises:
        LexiconError: it is no TOML in UTF-8, or says something that cannot be meant.
    """
    return _Reader(source).entries()


class _Reader:
    """Reads one file. Lines are looked for only where something is wrong or asked."""

    def __init__(self, source: Source) -> None:
        self.source = source
        try:
            self.text = source.content.decode("utf-8-sig").replace("\r\n", "\n")
            self.table = tomllib.loads(self.text)
        except UnicodeDecodeError as error:
            line = source.content.count(b"\n", 0, error.start) + 1
            raise source.wrong("不是 UTF-8 编码", "is not in UTF-8", line) from None
        except tomllib.TOMLDecodeError as error:
            raise _no_toml(source, str(error)) from None

    def entries(self) -> Entries:
        """Return the checked content."""
        topic = self.table.get("topic")
        if not isinstance(topic, str) or not topic or not self.table.get("source"):
            zh, en = "词库须有 topic 和 source", "a lexicon needs a topic and a source"
            raise self.source.wrong(zh, en)
        rows = self.table.get("term", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.wrong(("term",), "“term”应写作 [[term]]", 'write "term" as [[term]]')
        for number, row in enumerate(rows):
            self.check(number, row)
        count = len(rows)
        return Entries(
            self.source,
            lambda number: self.lines[("term", number)],
            [row["text"] for row in rows],
            [f"{topic}.{row['id']}" for row in rows],
            [topic] * count,
            [float(row.get("weight", 1.0)) for row in rows],
            {n: row["bounded"] for n, row in enumerate(rows) if "bounded" in row},
            {
                n: (row.get("before", ""), row.get("after", ""))
                for n, row in enumerate(rows)
                if row.get("before") or row.get("after")
            },
            {n: tuple(row.get("examples", ())) for n, row in enumerate(rows)},
            {n: tuple(row.get("counter_examples", ())) for n, row in enumerate(rows)},
        )

    def check(self, number: int, row: dict[str, Any]) -> None:
        """Refuse unknown keys, wrong types and what is missing in one [[term]]."""
        way: Way = ("term", number)
        for name in REQUIRED:
            if not row.get(name):
                raise self.wrong(way, f"[[term]] 缺少“{name}”", f'[[term]] has no "{name}"')
        for name, value in row.items():
            if name not in KEYS:
                near = difflib.get_close_matches(name, KEYS, n=1, cutoff=0.5)
                zh = f"；是否为“{near[0]}”？" if near else ""
                en = f'; did you mean "{near[0]}"?' if near else ""
                raise self.wrong((*way, name), f"未知的键“{name}”{zh}", f'unknown key "{name}"{en}')
            if not _fits(KEYS[name], value):
                expected = KEYS[name]
                zh, en = f"“{name}”应为{expected.zh}", f'"{name}" must be {expected.en}'
                raise self.wrong((*way, name), zh, en)

    def wrong(self, way: Way, zh: str, en: str) -> LexiconError:
        """Return the error at one place of the file."""
        while way and way not in self.lines:
            way = way[:-1]
        return self.source.wrong(zh, en, self.lines.get(way))

    @cached_property
    def lines(self) -> dict[Way, int]:
        """The lines of all keys."""
        return lines_of(self.text)


def _no_toml(source: Source, said: str) -> LexiconError:
    why, line, column = toml_fault(said)
    zh, en = "不是有效的 TOML", "is no TOML"
    if source.sealed:  # what the parser says may quote the file
        return source.wrong(zh, en, line)
    place = Text(f"第 {column} 列", f"column {column}: ") if column else Text("", "")
    return source.wrong(f"{zh}：{place.zh}{why.zh}", f"{en}: {place.en}{why.en}", line)


def _fits(expected: Text, value: object) -> bool:
    if expected is _TEXT:
        return isinstance(value, str)
    if expected is _TEXTS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if expected is _FLAG:
        return type(value) is bool
    return type(value) in (int, float) and 0 <= cast(float, value) < float("inf")
