"""Reads what a page carries beside its text: scripts, style sheets, what is for Office only."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_CONDITION = re.compile(r"\s*\[if\b[^\]]*\]>", re.IGNORECASE)
_PROPERTIES = frozenset(
    (
        "author", "lastauthor", "title", "subject", "keywords", "description", "company",
        "manager", "category",
    )
)  # fmt: skip
_ISLAND = re.compile(r"<\w+:(\w+)[^<>]*>([^<>]+)</\w+:\1>")
_ANY_TAG = re.compile(r"<[^<>]*>")
_DATA = re.compile(r"data:[\w./+-]*;base64,[A-Za-z0-9+/=\s]+")
_STATEMENT = re.compile(r"[\n;{}]")
_CODE_UNIT = re.compile(r"\\u([0-9a-fA-F]{4})")
_LONE = re.compile("[\ud800-\udfff]")
_GENERATED = re.compile(r"\bcontent\s*:\s*(?:\"([^\"\n]+)\"|'([^'\n]+)')")


class Condition(NamedTuple):
    """A comment that one program reads as part of the page."""

    properties: list[tuple[str, str]]
    text: str
    files: list[str]


def read_condition(comment: str) -> Condition | None:
    """Return what Office programs keep in a conditional comment; None for any other."""
    condition = _CONDITION.match(comment)
    if condition is None:
        return None
    inside = comment[condition.end() :].rstrip().removesuffix("<![endif]")
    properties = [
        (name, unescape(value))
        for name, value in _ISLAND.findall(inside)
        if name.lower() in _PROPERTIES or not value.isascii()
    ]
    rest = _ISLAND.sub(" ", inside)
    lines = (line.strip() for line in _ANY_TAG.sub("\n", rest).split("\n"))
    text = unescape("\n".join(line for line in lines if line))
    return Condition(properties, text, _DATA.findall(rest))


def words_of_code(code: str) -> str:
    """Return the statements of a script or style sheet that hold more than ASCII.

    Of what a style sheet sets before and after elements, all.
    """
    said = ["".join(found) for found in _GENERATED.findall(code)]
    if not code.isascii() or "\\u" in code:
        statements = (
            _CODE_UNIT.sub(lambda unit: chr(int(unit[1], 16)), statement).strip()
            for statement in _STATEMENT.split(code)
        )
        said.extend(statement for statement in statements if not statement.isascii())
    return _LONE.sub("\ufffd", "\n".join(dict.fromkeys(said)))
