"""Writes the classification review slip (定密审核单) of checked drafts, as a Word document.

Facts and findings are filled in, the decision is left to the officers who sign it. Nothing
of a draft is repeated but its marking. What is said of a marking stands in sentences, so
that the slip is not taken for a marked document.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from markscan.end_date import End, end
from markscan.finding import MarkingEvidence, Outcome, Role, Status
from markscan.lexicon import Law, read_law
from markscan.report.marking import level_words, period_words
from markscan.report.places import place_words
from markscan.report.silence import silences
from markscan.rules.rule import VISIBLE
from markscan.walk import printable
from markscan.wording import INTERFACE, Language, Text

# Size 2 (22 pt) for the title, small 4 (12 pt) for the rest; the names of office fonts.
_TITLE, _BODY, _SMALL = Pt(22), Pt(12), Pt(10.5)
_TITLE_FONT, _HEADING_FONT, _BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
_LATIN, _LATIN_TITLE = "Times New Roman", "宋体"
_MIDDLE, _BOTTOM = WD_CELL_VERTICAL_ALIGNMENT.CENTER, WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
_WIDTH = Mm(156)  # of the type area (版心)
_LABEL = Mm(38)
_COLUMNS = (Mm(16), Mm(18), Mm(32), Mm(42), Mm(48))
_ROW, _ROOM, _SIGNED = Mm(7), Mm(10), Mm(20)  # heights: printed, to be filled in, to be signed
_MOST_MARKINGS = 5

_TO_FILL_IN = ("slip.level", "slip.period", "slip.scope", "slip.catalogue")
_TO_SIGN = ("slip.officer", "slip.decider")


def slip(outcomes: Sequence[Outcome], today: date, language: Language) -> bytes:
    """Return a Word document with a slip for each of `outcomes`, each on a page of its own.

    Args:
        outcomes: of drafts checked with `Config.explain`, one a file on disk.
        today: the day of the check.
    """
    document = docx.Document()
    _name(document, language)
    law = read_law(today)
    for number, outcome in enumerate(outcomes):
        section = document.add_section(WD_SECTION.NEW_PAGE) if number else document.sections[0]
        _page(section)
        _Slip(document, outcome, today, law, language).write()
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


class _Slip:
    """Writes the slip of one file at the end of a document."""

    def __init__(
        self, document: Any, outcome: Outcome, today: date, law: Law, language: Language
    ) -> None:
        self._document = document
        self._outcome = outcome
        self._today = today
        self._law = law
        self._language = language

    def write(self) -> None:
        """Write all of it."""
        title = self._document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_after = Pt(6)
        _run(title, self._say("slip.title"), _TITLE, _TITLE_FONT, latin=_LATIN_TITLE)
        _run(self._document.add_paragraph(), self._say("slip.lead"), _SMALL)
        self._heading("slip.facts")
        self._pairs((key, value, _ROW) for key, value in self._facts())
        self._heading("slip.findings")
        self._findings()
        self._heading("slip.advice")
        self._lines(self._advice(), "slip.no-advice")
        self._heading("slip.unjudged")
        silent = [each.of(self._language) for each in silences(self._outcome.unjudged)]
        self._lines(silent, "slip.all-judged")
        self._heading("slip.decision")
        blank = [(key, "", _ROOM) for key in _TO_FILL_IN]
        self._pairs([*blank, *((key, self._say("slip.sign"), _SIGNED) for key in _TO_SIGN)])

    def _facts(self) -> Iterator[tuple[str, str]]:
        outcome, stated = self._outcome, self._outcome.stated
        name = printable(outcome.locator.rpartition("/")[2])
        yield "slip.name", self._say("slip.named", name=name)
        yield "slip.format", outcome.format or self._say("slip.unknown")
        yield "slip.status", self._say(f"status.{outcome.status.value}")
        yield "slip.date", self._day(self._today)
        yield "slip.marking", "\n".join(self._markings())
        yield "slip.end", "\n".join(self._ends())
        issued = stated.issued if stated is not None else None
        yield "slip.issued", self._day(issued) if issued else self._seen(False)
        yield "slip.number", self._seen(stated is not None and stated.number)
        yield "slip.copy-number", self._seen(stated is not None and stated.copy_number)

    def _present(self) -> list[MarkingEvidence]:
        """The state markings that a reader sees, each once, the first few."""
        seen = {
            each.marking: each
            for each in reversed(self._outcome.markings)
            if each.marking.scheme == "cn-state"
            and each.role is Role.MARKING
            and each.place.area in VISIBLE
        }
        return list(reversed(seen.values()))[:_MOST_MARKINGS]

    def _markings(self) -> Iterator[str]:
        if self._outcome.status is Status.UNREAD:
            yield self._say("slip.unread")
            return
        present = self._present()
        if not present:
            yield self._say("slip.unmarked")
        for seen in present:
            marking, place = seen.marking, place_words(seen.place, self._language)
            if marking.canonical is not None and not marking.defects:
                right = printable(marking.canonical)
                yield self._say("slip.marked", marking=right, place=place)
            else:
                level = level_words(marking, self._language) or self._say("slip.no-level")
                period = period_words(marking, self._language)
                yield self._say("slip.marked-badly", place=place, level=level, period=period)

    def _ends(self) -> Iterator[str]:
        issued = self._outcome.stated.issued if self._outcome.stated is not None else None
        present = self._present()
        if not present:
            yield self._say("slip.no-marking")
        for ending in dict.fromkeys(end(each.marking, issued, self._law) for each in present):
            yield self._ending(ending)

    def _ending(self, ending: End | None) -> str:
        if ending is None:
            return self._say("slip.no-end")
        key = "slip.ends-assumed" if ending.assumed else "slip.ends"
        return self._say(key, day=self._day(ending.last_day))

    def _findings(self) -> None:
        outcome, language = self._outcome, self._language
        rows = [
            (
                self._say(f"severity.{found.severity.code}"),
                found.rule,
                place_words(found.place, language),
                printable(found.message.of(language)),
                printable(found.fix.of(language)),
            )
            for one in outcome.flat()
            for found in sorted(one.findings, key=lambda each: -each.severity)
        ]
        problems = [
            self._say("slip.problem", message=printable(problem.message.of(language)))
            for problem in outcome.problems
        ]
        if rows:
            heads = ("column.severity", "column.rule", "column.place", "column.message", "slip.fix")
            self._table([tuple(self._say(key) for key in heads), *rows])
        if problems or not rows:
            self._lines(problems, "slip.clean")

    def _advice(self) -> Iterator[str]:
        for advice in self._outcome.advice:
            place = place_words(advice.place, self._language)
            yield self._say("slip.advised", message=advice.message, place=place, basis=advice.basis)

    # How it is set.

    def _heading(self, key: str) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(8)
        paragraph.paragraph_format.keep_with_next = True
        _run(paragraph, self._say(key), _BODY, _HEADING_FONT)

    def _lines(self, lines: Iterable[str], none: str) -> None:
        for line in list(lines) or [self._say(none)]:
            _run(self._document.add_paragraph(), line, _BODY)

    def _pairs(self, pairs: Iterable[tuple[str, str, Any]]) -> None:
        """Write a table of labels and values, each row with the height that it has at least."""
        rows = [(self._say(label), value, height) for label, value, height in pairs]
        table = self._grid(len(rows), (_LABEL, _WIDTH - _LABEL))
        for row, (label, value, height) in zip(table.rows, rows, strict=True):
            row.height = height
            _fill(row.cells, (label, value), _BODY)
            signed = height == _SIGNED
            row.cells[1].vertical_alignment = _BOTTOM if signed else _MIDDLE
            if signed:
                row.cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _table(self, rows: Sequence[tuple[str, ...]]) -> None:
        table = self._grid(len(rows), _COLUMNS)
        for row, texts in zip(table.rows, rows, strict=True):
            _fill(row.cells, texts, _SMALL)

    def _grid(self, rows: int, widths: Sequence[Any]) -> Any:
        table = self._document.add_table(rows, len(widths), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width
        return table

    # Words.

    def _say(self, key: str, **values: object) -> str:
        return INTERFACE[key].fill(**values).of(self._language)

    def _seen(self, there: bool) -> str:
        if self._outcome.stated is None:
            return self._say("slip.unknown")
        return self._say("slip.present" if there else "slip.absent")

    def _day(self, day: date) -> str:
        return Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat()).of(self._language)


def _name(document: Any, language: Language) -> None:
    """Set the properties and the default type of the document."""
    properties = document.core_properties
    properties.author, properties.comments = "MarkScan", ""
    properties.title = INTERFACE["slip.title"].of(language)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _LATIN, _BODY
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY_FONT)
    normal.paragraph_format.space_after = Pt(0)


def _page(section: Any) -> None:
    """Set A4 with the side margins of an official document (GB/T 9704, 5.2), less above."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _fill(cells: Iterable[Any], texts: Iterable[str], size: Any) -> None:
    for cell, text in zip(cells, texts, strict=True):
        _run(cell.paragraphs[0], text, size)
        cell.vertical_alignment = _MIDDLE


def _run(
    paragraph: Any, text: str, size: Any, font: str = _BODY_FONT, *, latin: str = _LATIN
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = size, latin
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
