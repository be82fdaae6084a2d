"""A second look at files that show text only as a picture, once all others are done.

Recognising one page takes as long as reading a thousand files. So the first look leaves
pictures alone, and what it could not read for that reason comes last, with recognition:
no file waits for the pictures of another.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from markscan.errors import NoTextLayer
from markscan.finding import Outcome, Status
from markscan.source import Source

Look = Callable[[Iterable[Source]], Iterator[Outcome]]


def look_twice(first: Look, second: Look, sources: Iterable[Source]) -> Iterator[Outcome]:
    """Yield one outcome for each source: those of `first` in order, then those of `second`.

    Where these end early, at closing time, what they left out has no outcome.

    Args:
        first: yields an outcome for each source, in order, without recognition.
        second: the same with recognition; it is given what `first` found to be pictures.
        sources: read as `first` asks for them.
    """
    asked: deque[Source] = deque()
    pictures: list[tuple[Source, Outcome]] = []

    def noted() -> Iterator[Source]:
        for source in sources:
            asked.append(source)
            yield source

    for outcome in first(noted()):
        source = asked.popleft()
        if shows_pictures(outcome):
            pictures.append((source, outcome))
        else:
            yield outcome
    if pictures:
        seen = second(source for source, _ in pictures)
        # At closing time `seen` ends early.
        for (_, before), after in zip(pictures, seen, strict=False):
            # A file that recognition broke or held up is no worse read than before.
            yield before if after.status is Status.UNREAD else after


def shows_pictures(outcome: Outcome) -> bool:
    """Tell whether recognition might read more of a file, or of a file inside it."""
    return any(
        problem.code == NoTextLayer.code for one in outcome.flat() for problem in one.problems
    )
