"""Progress on standard error, for a person who waits."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from markscan.cli.options import Options, on_terminal
from markscan.report.columns import fitted, width
from markscan.source import Source
from markscan.walk import printable
from markscan.wording import INTERFACE, Language

if TYPE_CHECKING:
    from rich.status import Status

_EVERY = 0.1  # seconds between two looks of the line
_PATIENCE = 0.5  # seconds before anything is shown: a quick run shows nothing


class Progress:
    """Says nothing; the progress of a run that nobody watches."""

    def at(self, source: Source) -> None:
        """Note the file that was handed out last."""

    def ended(self) -> None:
        """Count a file that has ended."""

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Step aside while results are written to the same terminal."""
        yield


class _Watched(Progress):
    """One line: files done, files and megabytes a second, the file in hand."""

    def __init__(self, language: Language, shares_terminal: bool) -> None:
        self._language = language
        self._shares_terminal = shares_terminal
        self._started = self._shown = time.monotonic()
        self._done = self._bytes = 0
        self._status: Status | None = None

    def at(self, source: Source) -> None:
        self._bytes += source.told_size()
        self._show(source.locator)

    def ended(self) -> None:
        self._done += 1

    @contextmanager
    def aside(self) -> Iterator[None]:
        if self._status is None or not self._shares_terminal:
            yield
            return
        self._status.stop()
        yield
        self._status.start()

    def stop(self) -> None:
        """Take the line away."""
        if self._status is not None:
            self._status.stop()

    def _show(self, locator: str) -> None:
        now = time.monotonic()
        passed = now - self._started
        if passed < _PATIENCE or now - self._shown < _EVERY:
            return
        self._shown = now
        if self._status is None:
            from rich.console import Console

            self._status = Console(stderr=True, highlight=False).status("")
            self._status.start()
        self._status.update(self._line(locator, passed))

    def _line(self, locator: str, passed: float) -> str:
        from rich.markup import escape

        assert self._status is not None
        said = INTERFACE["progress"].fill(
            done=f"{self._done:,}",
            rate=f"{self._done / passed:,.0f}",
            megabytes=f"{self._bytes / passed / 1e6:,.1f}",
        )
        line = said.of(self._language)
        room = self._status.console.width - width(line) - 6
        return escape(f"{line}  {fitted(printable(locator), max(room, 8))}")


@contextmanager
def watching(options: Options, language: Language) -> Iterator[Progress]:
    """Show progress while the block runs, if there is a terminal and the user wants it."""
    terminal = sys.stderr is not None and sys.stderr.isatty()
    chatty = options.format != "text" and on_terminal()
    if not terminal or not options.progress or options.quiet or chatty:
        yield Progress()
        return
    watched = _Watched(language, on_terminal())
    try:
        yield watched
    finally:
        watched.stop()
