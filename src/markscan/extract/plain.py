"""Plain text in any encoding, and tables of comma separated values.

A file is read in blocks of 4 MiB, so a small one is one part. Each block may be in an
encoding of its own, as in logs that several programs wrote. `Place.label` of a part is
the encoding and the trust in it, "gb18030 0.98"; of a cell, its place, "R2C3".

Offsets refer to the part's text: byte order mark and U+0000 left out, "\\r\\n" and "\\r"
turned into "\\n".
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, UnreadError
from markscan.extract.encoding import UNSURE, Decoded, decide, decode
from markscan.extract.extractor import Budget, Item, Limits
from markscan.source import Source

_BLOCK = 4 << 20
_SURE = 0.9  # with less than this a block does not leave the encoding of the one before
_DELIMITERS = {".csv": ",;\t", ".tsv": "\t,;"}  # the first is taken where none occurs
_HEAD_LINES = 10


@dataclass(slots=True)
class _Tally:
    """What went wrong in the blocks read so far."""

    characters: int = 0
    parts: int = 0
    bad: int = 0
    nuls: int = 0
    unsure: bool = False

    def problems(self) -> Iterator[UnreadError]:
        if self.unsure:
            yield DamagedFile("text.encoding-unsure")
        elif self.bad:
            yield DamagedFile("text.bad-bytes", count=self.bad)
        if self.nuls:
            yield DamagedFile("text.nul-bytes", count=self.nuls)


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of `source`; a zero-byte file yields nothing.

    Broken bytes, long holes and an encoding in doubt are yielded as problems at the end.

    Raises:
        LimitExceeded: there is more text than allowed; what is allowed was yielded.
        UnreadError: the file cannot be read.
    """
    limits = budget.limits
    tally = _Tally()
    delimiters = _DELIMITERS.get(source.name[-4:].lower())
    table = _Table(delimiters) if delimiters else None
    for text, label in _texts(source, tally):
        room = limits.text_characters - tally.characters
        tally.characters += len(text)
        yield from _parts(text[:room], label, table, tally, limits)
        if len(text) > room:
            yield from tally.problems()
            raise LimitExceeded("limit.characters", allowed=limits.text_characters)
        if tally.nuls > limits.unpacked_bytes:
            yield from tally.problems()
            raise LimitExceeded("limit.unpacked-bytes", allowed=limits.unpacked_bytes)
    yield from tally.problems()


def _parts(
    text: str, label: str, table: _Table | None, tally: _Tally, limits: Limits
) -> Iterator[Item]:
    if table is not None:
        for part in table.cells(text):
            tally.parts += 1
            if tally.parts > limits.parts:
                yield LimitExceeded("limit.parts", allowed=limits.parts)
                table.closed = True
                break
            yield part
        text = table.rest(text)
    if text:
        yield Part(text, Place(Area.BODY, label=label))


class _Table:
    """Cuts the blocks of one table into cells.

    Each block is parsed on its own: a quoted cell that goes on in the next block is cut.
    """

    def __init__(self, delimiters: str) -> None:
        self._delimiters = delimiters
        self._delimiter: str | None = None
        self._lines = 0  # of the block, taken by whole rows
        self._row = 0
        self.closed = False

    def cells(self, text: str) -> Iterator[Part]:
        """Yield the cells of `text` that are not empty, until the table breaks."""
        self._lines = 0
        if self.closed:
            return
        lines = text.split("\n")
        if self._delimiter is None:
            head = "\n".join(lines[:_HEAD_LINES])
            self._delimiter = max(self._delimiters, key=head.count)
        reader = csv.reader((line + "\n" for line in lines), delimiter=self._delimiter)
        try:
            for cells in reader:
                self._row += 1
                for column, cell in enumerate(cells, start=1):
                    if cell.strip():
                        label = f"R{self._row}C{column}"
                        yield Part(cell, Place(Area.CELL, label=label), row=self._row)
                self._lines = reader.line_num
        except csv.Error:
            return

    def rest(self, text: str) -> str:
        """Return the rows of `text` that `cells` has not given."""
        lines = text.split("\n")
        return "\n".join(lines[self._lines :])


def _texts(source: Source, tally: _Tally) -> Iterator[tuple[str, str]]:
    """Yield the text with its label, cut at line ends into about 4 MiB of the file."""
    held = ""
    label = ""
    for decoded in _blocks(source):
        tally.bad += decoded.bad
        tally.nuls += decoded.nuls
        tally.unsure = tally.unsure or decoded.confidence < UNSURE
        label = f"{decoded.encoding} {decoded.confidence:.2f}"
        text = held + decoded.text
        cut = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
        if not cut and len(text) > _BLOCK:
            cut = len(text) - text.endswith("\r")
        held = text[cut:]
        if cut:
            yield _unix(text[:cut]), label
    if held:
        yield _unix(held), label


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _blocks(source: Source) -> Iterator[Decoded]:
    last: Decoded | None = None
    rest = b""
    with source.open() as file:
        while True:
            fresh = _read(file)
            data = rest + fresh
            if data.count(0) == len(data):
                decoded = Decoded("", "utf-8", 1.0, nuls=len(data))
            else:
                decoded = last = _decode(data, last)
            rest = decoded.rest
            if len(fresh) < _BLOCK:
                yield decoded
                return
            yield decoded


def _read(file: BinaryIO) -> bytes:
    try:
        return file.read(_BLOCK)
    except OSError as error:
        raise UnreadError("system", error=error.strerror or "read") from error


def _decode(data: bytes, last: Decoded | None) -> Decoded:
    """Decode a block, in the encoding of the one before unless another is clearly right."""
    if last is None:
        return decide(data)
    if last.encoding.startswith("utf-") and last.encoding != "utf-8":
        return decode(data, last.encoding, last.confidence)
    fresh = decide(data)
    if fresh.encoding == last.encoding or fresh.confidence >= _SURE:
        return fresh
    kept = decode(data, last.encoding, last.confidence)
    return fresh if kept.bad else kept
