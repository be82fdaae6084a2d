"""Reads a file for the register: what a reader of it sees, in order, as one text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from markscan.assess import Read
from markscan.config import Config
from markscan.document import Area, Document, Layout, Page, Part, Place
from markscan.errors import UnreadError
from markscan.extract import Budget, extract, layout, load_recogniser
from markscan.finding import Status
from markscan.sniff import sniff
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
class Reading:
    """What came out of one file.

    `missing` says in words what could not be read; `inside` counts the files inside it,
    which are documents of their own. `source` is what was read: decrypted, if need be.
    """

    source: Source
    format: str = ""
    parts: list[Part] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    missing: list[Text] = field(default_factory=list)
    inside: int = 0

    @property
    def text(self) -> str:
        """All that a reader sees; what each page repeats stands once, at the end."""
        return shown_text(self.parts)

    @property
    def document(self) -> Document:
        """The document as the rules are given it, the name of the file as its last part."""
        source = self.source
        name = Part(source.name, Place(Area.FILENAME))
        parts = (*self.parts, name)
        return Document(source.locator, source.name, self.format, parts, tuple(self.pages))


class Reader:
    """Reads files one by one, each by the reader of its format."""

    def __init__(self, config: Config) -> None:
        """Take limits and passwords of `config`, and whether pictures are read."""
        self._config = config
        self._recognise = load_recogniser() if config.ocr else None

    def read(self, path: Path) -> Reading:
        """Return what the file at `path` holds. Never raises for its content."""
        reading = Reading(Source(path))
        budget = Budget(self._config.limits, self._config.passwords, self._recognise)
        try:
            self._take(reading.source, budget, reading)
        except UnreadError as error:
            reading.missing.append(_said(error))
        return reading

    def read_of(self, reading: Reading) -> Read:
        """Return what an assessor must know of it beside its document."""
        find = cache(partial(self._layout, reading.source, reading.format))
        status = Status.PARTIAL if reading.missing else Status.EXAMINED
        return Read(reading.source, status, (), (), layout=find)

    def _take(self, source: Source, budget: Budget, reading: Reading) -> None:
        reading.source = source
        reading.format = sniff(source)
        for item in extract(source, reading.format, budget):
            match item:
                case Part():
                    reading.parts.append(item)
                case Page():
                    reading.pages.append(item)
                case Source() if item.members == source.members:
                    self._take(item, budget, reading)  # the same file, decrypted
                case Source():
                    reading.inside += 1
                case UnreadError():
                    reading.missing.append(_said(item))

    def _layout(self, source: Source, format: str) -> Layout | None:
        try:
            return layout(source, format, Budget(self._config.limits, self._config.passwords))
        except UnreadError:  # why, the reading of its text has told
            return None


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


def _said(error: UnreadError) -> Text:
    return PROBLEMS[error.reason].fill(**error.values)
