"""The steps by which the tables came about, numbered: 0001_initial.sql and so on.

A step is SQL that SQLite and PostgreSQL both understand, but for two words that each has its
own name for: {number}, a whole number of 64 bits, and {bytes}. Statements end with `;` at
the end of a line. A step, once published, is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

_STEP = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_WORDS = {
    "sqlite": {"number": "INTEGER", "bytes": "BLOB"},
    "postgresql": {"number": "BIGINT", "bytes": "BYTEA"},
}


def steps(dialect: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the statements of each step, in order.

    Args:
        dialect: `sqlite` or `postgresql`.
    """
    for file in sorted(resources.files(__package__).iterdir(), key=lambda each: each.name):
        named = _STEP.fullmatch(file.name)
        if named:
            text = re.sub(r"--[^\n]*", "", file.read_text("utf-8"))
            for word, meant in _WORDS[dialect].items():
                text = text.replace(f"{{{word}}}", meant)
            yield int(named[1]), [each.strip() for each in text.split(";\n") if each.strip()]
