"""Reads a file for the register: what a reader of it sees, in order, as one text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from markscan import reading
from markscan.assess import Read
from markscan.config import Config
from markscan.document import Area, Part
from markscan.errors import UnreadError
from markscan.extract import Budget, load_recogniser
from markscan.finding import Status
from markscan.source import Source
from markscan.wording import PROBLEMS, Text

# What is neither shown nor text of the document itself is left out.
_SEEN = frozenset(
    (
        *(Area.BODY, Area.CELL, Area.TEXTBOX, Area.NOTE),
        *(Area.HEADER, Area.FOOTER, Area.IMAGE),
    )
)


@dataclass(slots=True)
class Reading(reading.Reading):
    """What came out of one file.

    `missing` says in words what could not be read; `inside` counts the files inside it,
    which are documents of their own.
    """

    missing: list[Text] = field(default_factory=list)
    inside: int = 0

    @property
    def text(self) -> str:
        """All that a reader sees; what each page repeats stands once, at the end."""
        return shown_text(self.parts)


class Reader:
    """Reads files one by one, each by the reader of its format."""

    def __init__(self, config: Config) -> None:
        """Take limits and passwords of `config`, and whether pictures are read."""
        self._config = config
        self._recognise = load_recogniser() if config.ocr else None

    def read(self, path: Path) -> Reading:
        """Return what the file at `path` holds. Never raises for its content."""
        taken = Reading(Source(path))
        budget = Budget(self._config.limits, self._config.passwords, self._recognise)

        def inside(_: Source) -> None:
            taken.inside += 1

        def missing(error: UnreadError) -> None:
            taken.missing.append(PROBLEMS[error.reason].fill(**error.values))

        try:
            taken.take(budget, inside, missing)
        except UnreadError as error:
            missing(error)
        return taken

    def read_of(self, taken: Reading) -> Read:
        """Return what an assessor must know of it beside its document."""
        status = Status.PARTIAL if taken.missing else Status.EXAMINED
        return Read(taken.source, status, (), (), layout=taken.late_layout(self._config))


def shown_text(parts: Iterable[Part]) -> str:
    """Return what of `parts` a reader sees, a line each.

    What pages repeat would part a passage that goes on from page to page: it stands last.
    """
    running: dict[str, None] = {}
    texts: list[str] = []
    for part in parts:
        if part.place.area not in _SEEN:
            continue
        if part.place.is_repeated:
            running[part.text] = None
        else:
            texts.append(part.text)
    return "\n".join([*texts, *running])
