"""What an extractor is, and how much it may spend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markscan.document import Page, Part
from markscan.errors import LimitExceeded, UnreadError
from markscan.limits import Limits
from markscan.source import Source

__all__ = ["Budget", "Extractor", "Item", "Limits"]

# What an extractor yields, in reading order. A yielded UnreadError says that a piece
# is missing and reading goes on; a raised one says that reading has ended.
Item = Part | Page | Source | UnreadError


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one file on disk is read."""

    limits: Limits = field(default_factory=Limits)
    unpacked_bytes: int = 0
    entries: int = 0

    def unpack(self, unpacked: int, packed: int) -> None:
        """Take one member of `unpacked` bytes, stored as `packed`, or leave all as it was.

        A refusal takes nothing: a bomb must not starve the files that lie beside it.

        Raises:
            LimitExceeded: it is too large, too dense, or the budget has fewer bytes left.
        """
        limits = self.limits
        if unpacked > limits.member_bytes:
            raise LimitExceeded("limit.member-bytes", allowed=limits.member_bytes)
        if unpacked > 1 << 20 and unpacked > limits.unpacked_ratio * max(packed, 1):
            raise LimitExceeded("limit.ratio", allowed=limits.unpacked_ratio)
        if self.unpacked_bytes + unpacked > limits.unpacked_bytes:
            raise LimitExceeded("limit.unpacked-bytes", allowed=limits.unpacked_bytes)
        self.unpacked_bytes += unpacked

    def entry(self) -> None:
        """Count one archive entry.

        Raises:
            LimitExceeded: there were too many.
        """
        if self.entries >= self.limits.archive_entries:
            raise LimitExceeded("limit.entries", allowed=self.limits.archive_entries)
        self.entries += 1

    def enter(self, source: Source) -> None:
        """Check that `source` does not lie too deep.

        Raises:
            LimitExceeded: it does.
        """
        if len(source.members) > self.limits.archive_depth:
            raise LimitExceeded("limit.depth", allowed=self.limits.archive_depth)


@dataclass(frozen=True, slots=True)
class Extractor:
    """Reads one family of formats.

    `extract` yields what it meets, in reading order. `version` is raised with every
    change in what it yields, so that what was stored under an older one is read anew.
    """

    name: str
    formats: frozenset[str]
    version: int
    extract: Callable[[Source, Budget], Iterator[Item]]
