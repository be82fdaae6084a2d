"""Scans in this process: without start-up, and without limits of time and memory."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

from markscan.errors import LimitExceeded, UnreadError
from markscan.finding import Outcome, Problem, Status
from markscan.run.manners import Closing
from markscan.run.worker import Fault, Scan, attempt
from markscan.source import Source
from markscan.wording import PROBLEMS

_log = logging.getLogger(__name__)


def unread(locator: str, error: UnreadError) -> Outcome:
    """Return the outcome of a file that could not be read at all."""
    message = PROBLEMS[error.reason].fill(**error.values)
    return Outcome(locator, "", Status.UNREAD, problems=(Problem(error.code, message),))


def scan_here(
    make_scan: Callable[[], Scan],
    sources: Iterable[Source],
    megabytes: int,
    started: Callable[[Source], None] | None,
    tick: Callable[[], None] | None = None,
    closing: Closing | None = None,
) -> Iterator[Outcome]:
    """Yield the outcome of each source; `markscan.run.run` says what is promised."""
    scan = make_scan()
    for source in sources:
        if tick is not None:
            tick()
        if closing is not None and closing.passed():
            closing.cut = True
            return
        if started is not None:
            started(source)
        yield outcome_of(source, attempt(scan, source), megabytes)


def outcome_of(source: Source, result: Outcome | Fault, megabytes: int) -> Outcome:
    """Return the outcome that `result` is, or that stands for a fault of ours."""
    if not isinstance(result, Fault):
        return result
    _log.debug("fault while scanning %s", source.locator.encode("utf-8", "replace"))
    if result.memory:
        return unread(source.locator, LimitExceeded("memory", megabytes=megabytes))
    _log.error("internal error %s at\n%s", result.error, result.frames)
    return unread(source.locator, UnreadError("internal", error=result.error))
