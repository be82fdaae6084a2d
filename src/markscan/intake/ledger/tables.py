"""The rows of a table: of comma separated values, or of the sheets of a workbook.

A workbook is read by the pieces of the extractor, with one difference: here a number is what
a cell says (a date, a count), which nobody looks for in a document that is scanned.
"""

from __future__ import annotations

import csv
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from markscan.document import Area, Part, Place
from markscan.errors import RegisterError, UnreadError
from markscan.extract import Budget
from markscan.extract.markup import MarkupError, to_utf8
from markscan.extract.opc import Relation, parse_relations, relations_of
from markscan.extract.package import Package
from markscan.extract.xlsx.grid import Book, Grid, column_number
from markscan.extract.xlsx.strings import Said, read_strings
from markscan.extract.xlsx.styles import read_styles
from markscan.extract.xlsx.walk import SheetWalker
from markscan.extract.xlsx.workbook import read_workbook
from markscan.sniff import sniff
from markscan.source import Source
from markscan.termlist.decoding import decoded
from markscan.termlist.term import Source as Listed
from markscan.wording import PROBLEMS, REGISTER, Text

_NUMBER = "n"
_CELL = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\s[^<>]*date1904\s*=\s*[\"'](?:1|true)")
_DELIMITERS = ",;\t"
_WIDEST = 1 << 20  # characters of one cell


@dataclass(frozen=True, slots=True)
class Line:
    """One row: `number` is that of its line or sheet row, from 1; `cells` are by column from 0."""

    number: int
    cells: dict[int, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `epoch` is the day that its numbers count from where they are dates."""

    lines: tuple[Line, ...]
    epoch: date = _EPOCH

    def day(self, number: float) -> date:
        """Return the day that a cell of a date holds as a number."""
        return self.epoch + timedelta(days=int(number))


def tables(path: Path) -> list[Table]:
    """Return the tables in the file at `path`: the sheets of a workbook, else one.

    Raises:
        RegisterError: it cannot be read, or only in part.
        LexiconError: its text is in no known encoding.
    """
    source = Source(path)
    try:
        format = sniff(source)
        if format == "xlsx":
            return list(_sheets(source))
        if format in ("text", "empty"):
            return [_separated(Listed(path, path.name, source.read()))]
    except UnreadError as error:
        raise _unread(path, error) from None
    raise RegisterError(REGISTER["ledger.format"].fill(name=path.name, format=format))


def _separated(file: Listed) -> Table:
    text = decoded(file)
    head = text[:4096]
    delimiter = max(_DELIMITERS, key=head.count)
    csv.field_size_limit(_WIDEST)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    lines, before = [], 0
    try:
        for cells in reader:
            told = {n: cell.strip() for n, cell in enumerate(cells) if cell.strip()}
            if told:
                lines.append(Line(before + 1, told))
            before = reader.line_num
    except csv.Error:
        raise RegisterError(
            REGISTER["ledger.broken"].fill(name=file.path.name, line=before + 1)
        ) from None
    return Table(tuple(lines))


def _sheets(source: Source) -> Iterator[Table]:
    """Yield the sheets that a reader of the workbook sees, in order."""
    with Package(source, Budget()) as package:
        pointed = {each.kind: each.target for each in _relations(package, "")}
        main = pointed.get("officeDocument", "xl/workbook.xml")
        data = _only(package, main)
        listed = read_workbook(data)
        targets = {each.id: each for each in _relations(package, main)}
        book = _book(package, main)
        epoch = _EPOCH_1904 if _FROM_1904.search(data) else _EPOCH
        for entry in listed.sheets:
            target = targets.get(entry.relation)
            if target is not None and target.kind == "worksheet" and not entry.hidden:
                yield Table(_lines(_only(package, target.target), book, source.name), epoch)
        for error in package.drain():
            raise error


def _book(package: Package, main: str) -> Book:
    book = Book()
    found = {each.kind: each.target for each in _relations(package, main)}
    folder = posixpath.dirname(main)
    styles = found.get("styles", f"{folder}/styles.xml")
    strings = found.get("sharedStrings", f"{folder}/sharedStrings.xml")
    if package.has(styles):
        book.styles = read_styles(_only(package, styles))
    if package.has(strings):
        book.strings = read_strings(_only(package, strings), Budget().limits.parts)
    return book


def _lines(data: bytes, book: Book, name: str) -> tuple[Line, ...]:
    utf8, sound = to_utf8(data)
    rows: dict[int, dict[int, str]] = {}
    try:
        for part in SheetWalker(_Numbers(book, "", hidden=False), name).walk(utf8):
            found = _CELL.fullmatch(part.place.label.rpartition("!")[2])
            if found is not None and part.text.strip():
                column = column_number(found[1].upper()) - 1
                rows.setdefault(int(found[2]), {}).setdefault(column, part.text.strip())
    except MarkupError:
        sound = False
    if not sound:
        raise UnreadError("package.xml", part="xl/worksheets")
    return tuple(Line(number, rows[number]) for number in sorted(rows))


class _Numbers(Grid):
    """The cells of a sheet, numbers among them."""

    def cell(self, ref: str, kind: str, style: str, value: Said, formula: str) -> Iterator[Part]:
        """Yield what a cell says, as the sheet keeps it."""
        if kind == _NUMBER and value.shown.strip():
            place = Place(Area.CELL, None, self.label(ref))
            yield Part(_plain(value.shown.strip()), place, self.book.rows)
        elif kind == "d" and value.shown.strip():
            place = Place(Area.CELL, None, self.label(ref))
            yield Part(value.shown.partition("T")[0], place, self.book.rows)
        else:
            yield from super().cell(ref, kind, style, value, formula)


def _plain(number: str) -> str:
    """A number without what floating point leaves behind: 30.0, 1.2E1."""
    try:
        value = float(number)
    except ValueError:
        return number
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else number


def _relations(package: Package, name: str) -> Iterator[Relation]:
    rels = relations_of(name) if name else "_rels/.rels"
    for member in package.copies(rels):
        yield from parse_relations(member.data, rels)


def _only(package: Package, name: str) -> bytes:
    """The whole bytes of one entry."""
    copies = package.copies(name)
    for error in package.drain():
        raise error
    if len(copies) != 1:
        raise UnreadError("package.xml", part=posixpath.basename(name))
    return copies[0].data


def _unread(path: Path, error: UnreadError) -> RegisterError:
    why: Text = PROBLEMS[error.reason].fill(**error.values)
    return RegisterError(REGISTER["ledger.unread"].fill(name=path.name, why=why))
