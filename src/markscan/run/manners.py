"""How a long scan behaves beside other work: its pace, its priority, its closing time.

The pace is kept where files are handed out, for all workers at once. A file is paid for by its
size before it is begun, so waiting never counts against its limit of time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Manners:
    """How workers behave.

    `low_priority` lets other programs have processor and disk first. `bytes_per_second`
    bounds what all workers together read from files; 0: no bound.
    """

    low_priority: bool = False
    bytes_per_second: float = 0.0


PLAIN = Manners()  # no bound, and the priority of whoever starts the scan


class ClosingTime(Exception):
    """What is walked over ends here, but was not all: nobody may take the rest for gone."""


@dataclass(slots=True)
class Closing:
    """The time from which on no file is begun any more.

    `at` is in seconds since 1970. `cut` becomes true when files are left out for it, so
    that a scan which was done before is told apart.
    """

    at: float
    cut: bool = False

    @classmethod
    def when(cls, until: str, now: datetime | None = None) -> Closing:
        """Return the next time that the clock on the wall shows `until` (HH:MM)."""
        now = now or datetime.now()
        hour, minute = map(int, until.split(":"))
        at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return cls((at if at > now else at + timedelta(days=1)).timestamp())

    def passed(self, seconds: float = 0.0) -> bool:
        """Whether it is so many seconds past the time, by the clock on the wall."""
        return time.time() >= self.at + seconds

    def before(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield `items` until the time has come; then raise `ClosingTime`."""
        for item in items:
            if self.passed():
                raise ClosingTime
            yield item

    def shortened(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield `items` until the time has come, or `ClosingTime` is raised by them; then end."""
        try:
            yield from self.before(items)
        except ClosingTime:
            self.cut = True


class Allowance:
    """How many bytes may be read by now, saved up for a second at most (a token bucket).

    A file larger than what was saved up may be begun once there is anything, and is paid
    off before the next; over any time T no more than rate * (T + 1) bytes and one batch of files
    are begun.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with a second's worth; `rate` is in bytes a second, 0 for no bound."""
        self._rate = rate
        self._clock = clock
        self._saved = rate
        self._looked = clock()

    def spend(self, size: int) -> None:
        """Note that `size` bytes will be read now."""
        if self._rate:
            self._save()
            self._saved -= size

    def wait(self) -> float:
        """Return how many seconds nothing may be begun; 0 for none."""
        if not self._rate:
            return 0.0
        self._save()
        return max(-self._saved / self._rate, 0.0) if self._saved < 0 else 0.0

    def _save(self) -> None:
        now = self._clock()
        self._saved = min(self._saved + (now - self._looked) * self._rate, self._rate)
        self._looked = now
