"""Quotes for a report of a kept run: the files are read again, for a person at a terminal only.

A store keeps no text, so the line a finding rests on must be looked for once more. What was
changed since is not quoted; it may not be what was found.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from markscan.cli.options import Options, on_terminal
from markscan.errors import UsageError
from markscan.finding import Finding, Outcome
from markscan.wording import INTERFACE

if TYPE_CHECKING:
    from markscan.config import Config
    from markscan.source import Source
    from markscan.store.database import Connection
    from markscan.store.runs import Run


@contextmanager
def quoting(connection: Connection, run: Run, options: Options) -> Iterator[Quoter]:
    """Yield what puts quotes into outcomes; say in the audit log that it is done, and was.

    Raises:
        UsageError: the report goes not to a terminal, or the configuration is wrong.
    """
    from markscan.cli.console import remark
    from markscan.cli.settings import configured
    from markscan.store.audit import note

    if not on_terminal() or options.format != "text":
        raise UsageError(INTERFACE["usage.quote-terminal"])
    config = configured(options, "scan", quote=True, roots=map(Path, run.asked.roots))
    # As on the day of the run, or other findings would come; pictures are not recognised again.
    today = date.fromordinal(run.day)
    quoter = Quoter(replace(config, quote=True, ocr=False, today=today))
    note(connection, "quoted", {"run": run.id})  # before anything is shown
    try:
        yield quoter
    finally:
        counts = {"findings": quoter.quoted, "files": quoter.files}
        note(connection, "quoted", {"run": run.id}, counts)
    if quoter.missing:
        remark(INTERFACE["report.unquoted"].fill(count=quoter.missing), config.language)


class Quoter:
    """Reads files again for the lines that findings rest on, in a process of its own.

    `quoted` and `missing` count findings, `files` those that were read.
    """

    def __init__(self, config: Config) -> None:
        """Take the configuration of the scanner, which quotes."""
        self._config = config
        self.quoted = 0
        self.missing = 0
        self.files = 0

    def over(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Yield `outcomes` of files on disk with quotes in their findings, as far as they stand."""
        from markscan.cli.examine import MakeScan
        from markscan.run import run
        from markscan.source import Source

        waiting: deque[tuple[Outcome, bool]] = deque()

        def sources() -> Iterator[Source]:
            for outcome in outcomes:
                found = any(one.findings for one in outcome.flat())
                waiting.append((outcome, found))
                if found:
                    yield Source(Path(outcome.locator))

        read = run(
            MakeScan(self._config),
            sources(),
            workers=1,
            seconds=self._config.seconds_per_file,
            megabytes=self._config.megabytes_per_worker,
        )
        with closing(cast(Generator[Outcome], read)):
            for now in read:
                while not waiting[0][1]:
                    yield waiting.popleft()[0]
                yield self._quoted(waiting.popleft()[0], now)
        yield from (outcome for outcome, _ in waiting)

    def _quoted(self, outcome: Outcome, now: Outcome) -> Outcome:
        self.files += 1
        lines = {
            (one.locator[len(now.locator) :], found.key): found.quote
            for one in now.flat()
            for found in one.findings
        }
        return self._filled(outcome, lines, len(outcome.locator))

    def _filled(self, one: Outcome, lines: dict[tuple[str, str], str], start: int) -> Outcome:
        member = one.locator[start:]

        def filled(found: Finding) -> Finding:
            if found.place is None:  # it rests on the file as a whole
                return found
            line = lines.get((member, found.key), "")
            self.quoted += bool(line)
            self.missing += not line
            return replace(found, quote=line)

        members = tuple(self._filled(each, lines, start) for each in one.members)
        return replace(one, findings=tuple(map(filled, one.findings)), members=members)
