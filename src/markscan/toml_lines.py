"""Finds the line of each key of a TOML text, which tomllib does not tell.

Only for texts that tomllib has already accepted: this reader checks nothing, it
only keeps count of lines while it walks over keys and values.
"""

from __future__ import annotations

import re
import tomllib

# The way to a value: names of keys, and numbers from 0 for elements of arrays.
Way = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'  # a text may end in one or two quotes of its own
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}\s#]+(?: \d\d:[^,\]}\s#]+)?")  # also a date, a space and a time


def lines_of(text: str) -> dict[Way, int]:
    """Return the line, from 1, on which each key, table and element of an array begins.

    A table that is only implied by a longer name has the line of the first that implies it.
    """
    return _Reader(text).read()


class _Reader:
    """Walks over one text from its start to its end."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self.position = 0
        self.lines: dict[Way, int] = {}
        self.counts: dict[Way, int] = {}  # elements of arrays of tables so far
        self._counted = 0
        self._line = 1

    def read(self) -> dict[Way, int]:
        """Walk over the whole text."""
        table: Way = ()
        self._skip(_BLANK)
        while self.position < len(self.text):
            if self.text[self.position] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self.lines

    def _header(self) -> Way:
        line = self._here()
        many = self.text.startswith("[[", self.position)
        self.position += 2 if many else 1
        names = self._dotted()
        self.position += 2 if many else 1
        way = self._through_arrays(names[:-1], line)
        last: Way = (*way, names[-1])
        self.lines.setdefault(last, line)
        if many:
            self.counts[last] = self.counts.get(last, 0) + 1
            last = (*last, self.counts[last] - 1)
            self.lines[last] = line
        elif last in self.counts:  # [a] after [[a]] does not exist; kept for safety
            last = (*last, self.counts[last] - 1)
        return last

    def _through_arrays(self, names: list[str], line: int) -> Way:
        """Follow `names`; where one is an array of tables, into its newest element."""
        way: Way = ()
        for name in names:
            way = (*way, name)
            self.lines.setdefault(way, line)
            if way in self.counts:
                way = (*way, self.counts[way] - 1)
        return way

    def _pair(self, table: Way) -> None:
        line = self._here()
        way = table
        for name in self._dotted():
            way = (*way, name)
            self.lines.setdefault(way, line)
        self.position += 1  # the equals sign
        self._skip(_SPACE)
        self._value(way)

    def _dotted(self) -> list[str]:
        names = []
        while True:
            self._skip(_SPACE)
            if self.text[self.position] in "\"'":
                quoted = self._skip(_STRING)
                names.append(str(tomllib.loads(f"k = {quoted}")["k"]))
            else:
                names.append(self._skip(_BARE))
            self._skip(_SPACE)
            if self.text[self.position] != ".":
                return names
            self.position += 1

    def _value(self, way: Way) -> None:
        first = self.text[self.position]
        if first == "[":
            self._array(way)
        elif first == "{":
            self._inline_table(way)
        else:
            self._skip(_STRING if first in "\"'" else _PLAIN)

    def _array(self, way: Way) -> None:
        self.position += 1
        index = 0
        self._skip(_BLANK)
        while self.text[self.position] != "]":
            self.lines[(*way, index)] = self._here()
            self._value((*way, index))
            index += 1
            self._next_element()
        self.position += 1

    def _inline_table(self, way: Way) -> None:
        self.position += 1
        self._skip(_BLANK)
        while self.text[self.position] != "}":
            self._pair(way)
            self._next_element()
        self.position += 1

    def _next_element(self) -> None:
        self._skip(_BLANK)
        if self.text[self.position] == ",":
            self.position += 1
            self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.position)
        if match is None or (match.end() == self.position and pattern in (_BARE, _PLAIN, _STRING)):
            raise ValueError(f"no TOML at offset {self.position}")
        self.position = match.end()
        return match.group()

    def _here(self) -> int:
        self._line += self.text.count("\n", self._counted, self.position)
        self._counted = self.position
        return self._line
