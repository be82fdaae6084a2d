"""What came out of an extractor, sorted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from markscan.document import Area, Part
from markscan.errors import UnreadError
from markscan.extract.extractor import Budget, Item
from markscan.source import Source


class Reading:
    """All that one file gave. `raised` is the reason that ended it, if any."""

    def __init__(self, items: Iterator[Item]) -> None:
        self.members: dict[str, bytes | None] = {}
        self.parts: list[Part] = []
        self.problems: list[UnreadError] = []
        self.raised = ""
        try:
            for item in items:
                if isinstance(item, Source):
                    self.members[item.members[-1]] = item.content
                elif isinstance(item, Part):
                    self.parts.append(item)
                elif isinstance(item, UnreadError):
                    self.problems.append(item)
        except UnreadError as error:
            self.raised = error.reason

    @property
    def reasons(self) -> list[str]:
        return [problem.reason for problem in self.problems]

    @property
    def told(self) -> bool:
        return bool(self.problems or self.raised)

    def texts(self, label: str) -> list[str]:
        return [part.text for part in self.parts if part.place.label == label]

    def hidden(self) -> list[str]:
        return [part.text for part in self.parts if part.place.area is Area.HIDDEN]


def reading(
    module: ModuleType,
    content: bytes,
    name: str = "a.bin",
    budget: Budget | None = None,
    passwords: tuple[str, ...] = (),
) -> Reading:
    source = Source(Path(name), (), content)
    return Reading(module.extract(source, budget or Budget(passwords=passwords)))


def cuts(content: bytes, count: int = 20) -> Iterator[bytes]:
    """`content` cut off at places spread over it."""
    for place in range(count):
        yield content[: len(content) * place // count]


def flips(content: bytes, count: int, seed: int = 1) -> Iterator[bytes]:
    """`content` with a few bytes changed, each time others."""
    dice = random.Random(seed)
    for _ in range(count):
        changed = bytearray(content)
        for _ in range(dice.randint(1, 5)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        yield bytes(changed)
