"""Reads a file as a scan does, with all that lies inside it, and keeps what came out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from markscan.document import Part
from markscan.errors import UnreadError
from markscan.extract import Budget, extract
from markscan.extract.extractor import Item
from markscan.sniff import sniff
from markscan.source import Source


@dataclass
class Reading:
    """All parts and problems of one file, those of the files inside it after its own."""

    format: str = ""
    parts: list[Part] = field(default_factory=list)
    problems: list[UnreadError] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [part.text for part in self.parts]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def codes(self) -> list[str]:
        return sorted({problem.code for problem in self.problems})


def read(data: bytes | Path, name: str = "a", budget: Budget | None = None) -> Reading:
    """Read bytes, or the file at a path."""
    source = Source(data) if isinstance(data, Path) else Source(Path(name), (), data)
    reading = Reading(sniff(source))
    _read(source, budget or Budget(), reading)
    return reading


def _read(source: Source, budget: Budget, reading: Reading) -> None:
    inside: list[Source] = []

    def keep(item: Item) -> None:
        if isinstance(item, Part):
            reading.parts.append(item)
        elif isinstance(item, UnreadError):
            reading.problems.append(item)
        elif isinstance(item, Source):
            if item.members != source.members:  # else the same file, decrypted
                reading.files.append(item.locator)
            inside.append(item)

    try:
        for item in extract(source, sniff(source), budget):
            keep(item)
    except UnreadError as error:
        reading.problems.append(error)
    for member in inside:
        _read(member, budget, reading)
