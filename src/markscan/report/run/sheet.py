"""A kept run as a workbook: the ledger of findings (台账) to filter, coverage, files not examined.

Texts are written as texts, so that no file name can be a formula or a link. What Excel cannot
hold goes on elsewhere: rows beyond the last one in a further sheet, long texts in one of their
own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

import xlsxwriter

import markscan
from markscan.report import ledger
from markscan.report.places import notice_words
from markscan.report.reporter import Manner
from markscan.report.run.overview import Change, Overview
from markscan.report.run.words import (
    FINDING_COLUMNS,
    UNEXAMINED_COLUMNS,
    deadline,
    facts,
    finding_row,
    heading,
    say,
    unexamined_row,
)
from markscan.walk import printable
from markscan.wording import Language, Text

# Limits of Excel.
MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767

# In characters of the default font.
_WIDTHS = {"number": 6, "severity": 7, "rule": 8, "format": 9, "state": 9, "status": 11}
_WIDTHS |= {"cause": 14, "owner": 14, "marking": 16, "place": 16, "member": 20, "first": 20}
_WIDTHS |= {"key": 20, "conclusion": 28, "location": 28, "before": 30, "basis": 34, "fix": 36}
_WIDTHS |= {"finding": 40, "cause-message": 40, "file": 46}


def write(overview: Overview, sentence: Text, manner: Manner, stream: BinaryIO) -> None:
    """Write the workbook to `stream`; `sentence` says how the run ended."""
    language = manner.language
    options = {
        "constant_memory": True,  # rows go to disk as they are written
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = _Book(xlsxwriter.Workbook(stream, options), language)
    book.name(overview)
    book.table(
        "run.sheet.findings",
        FINDING_COLUMNS,
        (finding_row(entry, n, language) for n, entry in enumerate(overview.entries, start=1)),
    )
    book.pairs("run.sheet.coverage", _coverage(overview, sentence, language))
    files = enumerate(overview.unexamined(), start=1)
    book.table(
        "run.sheet.unexamined",
        UNEXAMINED_COLUMNS,
        (unexamined_row(file, n, language) for n, file in files),
    )
    book.close()


def _coverage(
    overview: Overview, sentence: Text, language: Language
) -> Iterable[tuple[str, str | int]]:
    """Yield labels and values: the run, the sum, what could not be looked at, what changed."""
    totals = overview.totals
    yield say("run.title", language), say("run.handling", language)
    yield from facts(overview, language)
    yield say("ledger.end", language), sentence.of(language)
    yield say("ledger.discovered", language), totals.discovered
    yield say("status.examined", language), totals.examined
    yield say("status.partial", language), totals.partial
    yield say("status.unread", language), totals.unread + totals.pending
    yield say("ledger.excluded", language), totals.excluded
    yield say("ledger", language), ledger.coverage(totals).of(language)
    agrees = say("run.agrees", language)
    told = say("run.differs", language, told=f"{overview.told or 0:,}")
    yield "", agrees if overview.agrees else told
    due = say("run.deadlines", language)
    yield from ((due, deadline(one, language)) for one in overview.deadlines)
    places = say("places.head", language)
    yield from ((places, printable(notice_words(one, language))) for one in overview.notices)
    changes = overview.changes
    yield from ((say(f"diff.{change.value}", language), changes[change]) for change in Change)
    yield say("run.dismissed", language), overview.dismissed
    for (where, cause), count in sorted(overview.gaps.items()):
        yield f"{say(f'cause.{cause}', language)}　{where.name}", count
    yield "", say("run.program", language, version=markscan.__version__)


class _Book:
    """Writes sheets one after another, each from its first row to its last."""

    def __init__(self, book: Any, language: Language) -> None:
        self._book = book
        self._language = language
        self._head = book.add_format(
            {"bold": True, "bg_color": "#DDE5F0", "border": 1, "valign": "vcenter"}
        )
        self._cell = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
        self._long: list[str] = []  # rows of the sheet of long texts

    def name(self, overview: Overview) -> None:
        """Set the properties: the time is that of the run."""
        when = overview.run.ended or overview.run.started
        properties = {
            "title": say("run.title", self._language),
            "comments": say("run.handling", self._language),
            "author": "MarkScan",
            "created": _plain(when),
        }
        self._book.set_properties(properties)

    def table(self, key: str, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
        """Write a table with headings that stay and a filter, in as many sheets as it takes."""
        number, count, sheet = 1, 0, self._sheet(key, 1, columns)
        for row in rows:
            if count == MOST_ROWS - 1:
                sheet.autofilter(0, 0, count, len(columns) - 1)
                number, count = number + 1, 0
                sheet = self._sheet(key, number, columns)
            count += 1
            for column, name in enumerate(columns):
                if name == "number":
                    sheet.write_number(count, column, int(row[name]), self._cell)
                else:
                    sheet.write_string(count, column, self._fitted(row[name]), self._cell)
        sheet.autofilter(0, 0, count, len(columns) - 1)

    def pairs(self, key: str, pairs: Iterable[tuple[str, str | int]]) -> None:
        """Write a sheet of labels and values."""
        sheet = self._book.add_worksheet(say(key, self._language))
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 80)
        for row, (label, value) in enumerate(pairs):
            sheet.write_string(row, 0, self._fitted(label), self._head)
            if isinstance(value, int):
                sheet.write_number(row, 1, value, self._cell)
            else:
                sheet.write_string(row, 1, self._fitted(value), self._cell)

    def close(self) -> None:
        """Write the long texts, if there were any, and end the book."""
        if self._long:
            sheet = self._book.add_worksheet(say("run.sheet.long", self._language))
            sheet.set_column(0, 0, 120)
            for row, text in enumerate(self._long):
                sheet.write_string(row, 0, text, self._cell)
        self._book.close()

    def _sheet(self, key: str, number: int, columns: tuple[str, ...]) -> Any:
        """Begin the sheet of that number, with headings, set to be printed across A4."""
        name = say(key, self._language)
        sheet = self._book.add_worksheet(name if number == 1 else f"{name}{number}")
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L" + say("run.title", self._language) + "&R&P / &N")
        for column, each in enumerate(columns):
            sheet.set_column(column, column, _WIDTHS[each])
            sheet.write_string(0, column, heading(each, self._language), self._head)
        return sheet

    def _fitted(self, text: str) -> str:
        """Return `text` as one cell holds it; what is too long stands whole in its own sheet."""
        # Excel counts UTF-16 units.
        if len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS:
            return text
        step = MOST_CHARACTERS // 2
        row, sheet = len(self._long) + 1, say("run.sheet.long", self._language)
        self._long += [text[start : start + step] for start in range(0, len(text), step)]
        return text[: step - 100] + say("run.long", self._language, sheet=sheet, row=row)


def _plain(moment: datetime) -> datetime:
    """Return `moment` in UTC, without its zone, as the library takes it."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
