"""A regular expression that is compiled when it is first used.

The command `markscan marking` answers within 0.3 seconds of process start; compiling all
patterns of the grammar would take a quarter of that, and one marking needs few of them.

The patterns are our own and see at most the 320 characters around an anchor, or a line of
bounded length. `tests/test_scaling.py` holds that none of them runs away there, so they need
no limit of time; with one, a candidate takes three times as long. Patterns of users have
one (`markscan.match.sides`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Pattern:
    """Like re.Pattern, with the methods that the grammar needs."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source = source
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.source, self._flags)

    # The bound methods are kept, so that a use costs no more than with re.Pattern itself.

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """As re.Pattern.match."""
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """As re.Pattern.fullmatch."""
        return self._compiled.fullmatch

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """As re.Pattern.search."""
        return self._compiled.search

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """As re.Pattern.finditer."""
        return self._compiled.finditer

    @cached_property
    def sub(self) -> Callable[[str, str], str]:
        """As re.Pattern.sub."""
        return self._compiled.sub

    @cached_property
    def findall(self) -> Callable[[str], list[str]]:
        """As re.Pattern.findall, for patterns with at most one group."""
        return self._compiled.findall
