"""The keys of the TOML files that people write: what each may hold, and how that is said.

The reader of markscan.toml, its JSON Schema and the profiles in lexicons/profiles/ follow
the same keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from markscan.wording import Text

Kind = Literal[
    "text",
    "texts",
    "names",
    "choice",
    "codes",
    "count",
    "whole",
    "number",
    "flag",
    "clock",
    "highest",
]

CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"  # a time of day, as JSON Schema reads it, too

EXPECTED = {
    "text": Text("非空文字", "a text, not empty"),
    "texts": Text("非空文字的列表", "a list of texts, none empty"),
    "names": Text("非空文字的列表，至少一项", "a list of texts, at least one, none empty"),
    "codes": Text('规则编号的列表，如 ["MS118"]', 'a list of rule codes such as ["MS118"]'),
    "count": Text("正整数", "a whole number above 0"),
    "whole": Text("非负整数", "a whole number, not negative"),
    "number": Text("正数", "a number above 0"),
    "flag": Text("true 或 false", "true or false"),
    "clock": Text("24 小时制的钟点，如 06:00", "a time of day such as 06:00"),
    "highest": Text('表，如 { cn-state = "jimi" }', 'a table such as { cn-state = "jimi" }'),
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key: the table it stands in, its name, what may stand there."""

    table: str
    name: str
    kind: Kind
    help: Text
    choices: tuple[str, ...] = ()


def fits(kind: Kind, value: object) -> bool:
    """Return whether `value` is of this kind. Choices are the caller's to compare."""
    match kind:
        case "text":
            return isinstance(value, str) and value.strip() != ""
        case "texts":
            return isinstance(value, list) and all(fits("text", item) for item in value)
        case "names":
            return fits("texts", value) and value != []
        case "codes":
            return isinstance(value, list) and all(
                isinstance(item, str) and re.fullmatch(r"MS\d{3}", item) for item in value
            )
        case "count" | "whole":
            return type(value) is int and value >= (kind == "count")
        case "flag":
            return type(value) is bool
        case "number":
            return type(value) in (int, float) and 0 < cast(float, value) < float("inf")
        case "clock":
            return isinstance(value, str) and re.fullmatch(CLOCK, value) is not None
        case _:
            return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
