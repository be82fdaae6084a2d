"""What must stand beside a term: its patterns `before` and `after`.

A user's patterns run over documents that anyone may write, so each use has a limit of
time, all slow uses in one text have another, and none sees more than the _REACH characters
beside a hit. A hit whose pattern ran out of time is kept: what was not decided is never
taken for clean.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from markscan.errors import LexiconError
from markscan.fold import fold
from markscan.wording import Text

Column = NDArray[np.int64]
Mask = NDArray[np.bool_]

_REACH = 64  # folded characters beside a hit
_SECONDS = 0.05  # of one use of one pattern
_STRIKES = 4  # timeouts after which a pattern is not tried again in the same text
_SLOW = 0.001  # seconds; what takes less is not counted
_ALTOGETHER = 1.0  # seconds of slow uses, after which no pattern is tried in the same text
_BORDER = "\0"  # between the parts of a document


class _Side(Protocol):
    """A pattern of the library `regex`."""

    def match(self, string: str, pos: int, *, timeout: float) -> object | None: ...


@dataclass(slots=True)
class Patience:
    """What the patterns have cost in one text so far: seconds of slow uses, timeouts."""

    spent: float = 0.0
    strikes: dict[_Side, int] = field(default_factory=dict)

    def left(self, side: _Side) -> bool:
        """Return whether `side` may be tried once more."""
        return self.spent < _ALTOGETHER and self.strikes.get(side, 0) < _STRIKES

    def took(self, seconds: float) -> None:
        """Count a use of `seconds`, if it was slow."""
        if seconds > _SLOW:
            self.spent += seconds


class Sides:
    """The patterns of many terms. Built once, then only read.

    `before` must match so that it ends where a hit begins, `after` so that it begins where
    the hit ends. They are written as documents are, not as they are folded: width, case
    and script variant of their characters do not matter, and a character that the fold
    makes several of (… or ㎡) stands for all of them. White space between ideographs
    is dropped by the fold, and must not be asked for.
    """

    def __init__(
        self, mapping: Mapping[int, tuple[str, str]], ids: Mapping[int, str] | None = None
    ) -> None:
        """Compile the pairs (before, after) of `mapping` by term number; "" asks nothing.

        `ids` says what a term is called in errors, its number if nothing.

        Raises:
            LexiconError: a pattern is no regular expression, or has between square
                brackets a character of which the fold makes several or none.
        """
        self._pairs: dict[int, tuple[_Side | None, _Side | None]] = {}
        known: dict[str, _Side] = {}
        for term, (before, after) in mapping.items():
            name = (ids or {}).get(term, str(term))
            # As one that looks back, it is matched from its end, where it must end.
            sides = [f"(?<={_literal(before, name)})" * bool(before), _literal(after, name)]
            for side in sides:
                if side and side not in known:
                    known[side] = _compiled(side, name)
            if before or after:
                self._pairs[term] = known.get(sides[0]), known.get(sides[1])
        self._terms = np.array(sorted(self._pairs), np.int64)

    def __len__(self) -> int:
        """The number of terms that ask for something beside them."""
        return len(self._pairs)

    def hold(
        self,
        folded_text: str,
        starts: Column,
        ends: Column,
        terms: Column,
        patience: Patience | None = None,
    ) -> tuple[Mask, int]:
        """Return which hits have beside them what their terms ask for, and how many of
        those kept are undecided, because a pattern ran out of time.

        `starts` and `ends` are half-open, in code points of `folded_text`; `terms` are
        the numbers of `mapping`, and those not in it ask nothing. No part of a document
        sees another. `patience` is that of a text whose hits come in several calls.
        """
        keep = np.ones(len(terms), np.bool_)
        if not self._pairs or not len(terms):
            return keep, 0
        patience = patience or Patience()
        undecided = 0
        asking = np.flatnonzero(np.isin(terms, self._terms))
        rows = zip(
            asking.tolist(),
            starts[asking].tolist(),
            ends[asking].tolist(),
            terms[asking].tolist(),
            strict=True,
        )
        for hit, start, end, term in rows:
            before, after = self._pairs[term]
            held: list[bool | None] = []
            if before is not None:
                window = folded_text[max(0, start - _REACH) : start].rpartition(_BORDER)[2]
                held.append(_found(before, window, len(window), patience))
            if after is not None and False not in held:
                window = folded_text[end : end + _REACH].partition(_BORDER)[0]
                held.append(_found(after, window, 0, patience))
            if False in held:
                keep[hit] = False
            elif None in held:
                undecided += 1
        return keep, undecided


def _found(side: _Side, window: str, at: int, patience: Patience) -> bool | None:
    """Whether `side` matches at `at` of `window`; None if it ran, or keeps running, out of time."""
    if not patience.left(side):
        return None
    began = time.perf_counter()
    try:
        return side.match(window, at, timeout=_SECONDS) is not None
    except TimeoutError:
        patience.strikes[side] = patience.strikes.get(side, 0) + 1
        return None
    finally:
        patience.took(time.perf_counter() - began)


def _compiled(pattern: str, name: str) -> _Side:
    import regex

    try:
        compiled = regex.compile(pattern, regex.IGNORECASE)
    except (regex.error, ValueError, OverflowError, RecursionError):
        # Without the library's words: they quote the pattern, and its list may be secret.
        raise LexiconError(
            Text(
                f"词条 {name} 的 before 或 after 不是有效的正则表达式",
                f"before or after of term {name} is no regular expression",
            )
        ) from None
    return cast(_Side, compiled)


# One character of a pattern, or what stands for one; then what opens and closes a class.
_TOKEN = re.compile(r"\\?[^\x00-\x7f]|\\.|\[\^?\]?|\]|[^\\\[\]]", re.DOTALL)
_NAMED = re.compile(r"\[:\^?\w+:\]")  # [:alpha:] within a class


def _literal(pattern: str, name: str) -> str:
    """A pattern with its characters as they stand in folded text, none becoming a sign of it."""
    if pattern.isascii():
        return pattern
    pieces, at, in_class = [], 0, False
    while at < len(pattern):
        found = (in_class and _NAMED.match(pattern, at)) or _TOKEN.match(pattern, at)
        if not found:  # a lone backslash at the end
            return pattern
        token = found[0]
        at = found.end()
        if not token[-1].isascii():
            token = _folded(token[-1], name, in_class=in_class)
        elif token.startswith("[") and in_class and not _NAMED.fullmatch(token):
            # Within a class it opens nothing.
            token, at = "[", found.start() + 1
        elif token.startswith("["):
            in_class = True
        elif token == "]":
            in_class = False
        pieces.append(token)
    return "".join(pieces)


def _folded(char: str, name: str, *, in_class: bool) -> str:
    folded = fold(char).text
    if len(folded) == 1:
        return re.escape(folded)
    if in_class:
        shown = f"“{char}”（U+{ord(char):04X}）", f"U+{ord(char):04X} ({char})"
        raise LexiconError(
            Text(
                f"词条 {name} 的 before 或 after 在方括号中有{shown[0]}，该字符按多个字符或者零个"
                "字符比对，请写在方括号外，用“|”与其他写法并列",
                f"before or after of term {name} has {shown[1]} in square brackets, which is "
                "compared as several characters or as none: write it outside, as an alternative",
            )
        )
    return f"(?:{re.escape(folded)})"  # a group, for what may follow: …+
