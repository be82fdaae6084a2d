"""The straight line: source, format, parts, evidence, findings, outcome. Read this first."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from markscan.assess import Assessor, Read
from markscan.config import Config
from markscan.document import Area
from markscan.errors import LimitExceeded, UnreadError
from markscan.extract import Budget, load_recogniser
from markscan.finding import Outcome, Problem, Status
from markscan.form_file import read_form_file
from markscan.reading import Reading
from markscan.source import Source
from markscan.wording import PROBLEMS

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Reading(Reading):
    """What has come out of one file so far, with the outcomes of the files inside."""

    members: list[Outcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def missing(self, error: UnreadError) -> None:
        """Note that a piece could not be read."""
        self.problems.append(Problem(error.code, PROBLEMS[error.reason].fill(**error.values)))

    @property
    def status(self) -> Status:
        """How far the file was read, with everything inside it."""
        if not self.problems:
            return Status.EXAMINED
        read = any(part.place.area is not Area.PROPERTY for part in self.parts)
        return Status.PARTIAL if read or self.members else Status.UNREAD


class Scanner:
    """Scans files by one configuration. Built once a process, then only read.

    >>> from markscan import Config, Scanner
    >>> outcome = Scanner(Config()).scan_file("草稿.docx")  # doctest: +SKIP
    """

    def __init__(self, config: Config) -> None:
        """Build everything a scan needs.

        Raises:
            UsageError: configuration or lexicons say something that cannot be meant, or the
                draft form cannot be read.
        """
        self._config = config
        self._assessor = Assessor(config, read_form_file(config))
        self._recognise = load_recogniser() if config.ocr else None

    def scan_file(self, file: Source | Path | str) -> Outcome:
        """Scan one file and everything inside it. Never raises for what a file contains."""
        source = file if isinstance(file, Source) else Source(Path(file))
        budget = Budget(self._config.limits, self._config.passwords, self._recognise)
        return self._scan(source, budget)

    def circumstances(self, source: Source) -> bytes:
        """Return a digest of all that the judgement on a file on disk sees of its place."""
        return self._assessor.circumstances(source).digest()

    def _scan(self, source: Source, budget: Budget) -> Outcome:
        reading = _Reading(source)
        try:
            self._read(budget, reading)
            return self._assessor.assess(reading.document, self._read_of(source, reading))
        except MemoryError:
            reading.missing(LimitExceeded("memory", megabytes=self._config.megabytes_per_worker))
        except Exception as error:
            # The one net for faults of our own: the file ends as unread, the scan goes on.
            # The log says where, never what: an exception's message may hold document text.
            frame = traceback.extract_tb(error.__traceback__)[-1]
            kind = type(error).__name__
            _log.error("%s at %s:%s, format %r", kind, frame.filename, frame.lineno, reading.format)
            reading.problems.append(Problem("internal", PROBLEMS["internal"].fill(error=kind)))
        return Outcome(
            source.locator,
            reading.format,
            Status.UNREAD,
            problems=tuple(reading.problems),
            members=tuple(reading.members),
        )

    def _read(self, budget: Budget, reading: _Reading) -> None:
        """Fill `reading`; each file inside is scanned as it comes."""

        def inside(member: Source) -> None:
            reading.members.append(self._scan(member, budget))

        try:
            reading.take(budget, inside, reading.missing)
        except UnreadError as error:
            reading.missing(error)
        unread = [m for m in reading.members if m.status is not Status.EXAMINED]
        if unread:
            message = PROBLEMS["member-unread"].fill(count=len(unread))
            reading.problems.append(Problem(unread[0].problems[0].code, message, inside=True))

    def _read_of(self, source: Source, reading: _Reading) -> Read:
        return Read(
            source,
            reading.status,
            tuple(reading.problems),
            tuple(reading.members),
            layout=reading.late_layout(self._config),
        )
