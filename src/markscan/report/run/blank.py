"""The report of an inspection (检查报告) and the notice to mend (整改通知书) as they ship: Word
documents with placeholders, for an office to keep or to make its own.

Set plainly after GB/T 9704—2012 (5.2: type area and margins; 7: fonts and sizes). The three
questions that the inspectors answer are those that an office's rules ask of each inspection:
whether documents are missing, whether anything has leaked, whether the rules are followed.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from markscan.wording import INTERFACE, Language

# Size 2 (22 pt) for the title, 3 (16 pt) for the text, small 5 (9 pt) for tables.
_TITLE, _TEXT, _TABLE = Pt(22), Pt(16), Pt(9)
_TITLE_FONT, _HEADING_FONT, _TEXT_FONT = "方正小标宋简体", "黑体", "仿宋"
_LATIN, _LINE = "Times New Roman", Pt(28)
_WIDTH = 156  # millimetres of the type area

# Widths in millimetres, and the field of each column.
_Columns = tuple[tuple[int, str], ...]
_FINDINGS: _Columns = (
    *((11, "number"), (42, "file"), (38, "finding"), (11, "severity"), (39, "fix"), (15, "rule")),
)
_LOCATIONS: _Columns = (
    *((60, "location"), (24, "owner"), (18, "standing"), (18, "new"), (18, "open"), (18, "gone")),
)
_FILES: _Columns = (
    *((11, "number"), (67, "file"), (20, "status"), (20, "cause"), (38, "cause-message")),
)


def blank(kind: str, language: Language) -> bytes:
    """Return the document as it ships; `kind` is `docx` for the report or `notice`."""
    document = _Blank(language)
    (document.report if kind == "docx" else document.notice)()
    return document.saved()


class _Blank:
    """Writes a document from its top to its end."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._document = docx.Document()
        _settle(self._document)

    def report(self) -> None:
        """Write the report of an inspection."""
        self._title("blank.report")
        for name in ("runs", "coverage", "findings", "deadlines"):
            self._heading(f"blank.{name}")
            self._lines(f"blank.{name}-text")
            if name == "findings":
                self._table("locations", _LOCATIONS)
                self._lines("blank.places-text")
        for name in ("answers", "demands"):
            self._heading(f"blank.{name}")
            self._lines(f"blank.{name}-text")
        self._lines("blank.signed", indent=False)
        self._annex("blank.annex-findings")
        self._table("findings", _FINDINGS)
        self._annex("blank.annex-files")
        self._table("files", _FILES)
        self._lines("blank.annex-files-note")

    def notice(self) -> None:
        """Write the notice to mend."""
        self._title("blank.notice")
        self._lines("blank.notice-to", indent=False)
        self._lines("blank.notice-text")
        self._lines("blank.notice-signed", indent=False, right=True)
        self._annex("blank.annex-findings")
        self._table("findings", _FINDINGS)

    def saved(self) -> bytes:
        """Return the bytes of the document."""
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _title(self, key: str) -> None:
        self._document.core_properties.title = self._say(key)
        paragraph = self._paragraph(self._say(key), _TITLE, _TITLE_FONT)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(14)
        self._paragraph(self._say("blank.handling"), _TABLE, _TEXT_FONT)

    def _heading(self, key: str) -> None:
        paragraph = self._paragraph(self._say(key), _TEXT, _HEADING_FONT)
        paragraph.paragraph_format.first_line_indent = 2 * _TEXT
        paragraph.paragraph_format.keep_with_next = True

    def _annex(self, key: str) -> None:
        paragraph = self._paragraph(self._say(key), _TEXT, _HEADING_FONT)
        paragraph.paragraph_format.page_break_before = True
        paragraph.paragraph_format.keep_with_next = True

    def _lines(self, key: str, *, indent: bool = True, right: bool = False) -> None:
        for line in self._say(key).split("\n"):
            paragraph = self._paragraph(line, _TEXT, _TEXT_FONT)
            if indent:
                paragraph.paragraph_format.first_line_indent = 2 * _TEXT
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _paragraph(self, text: str, size: Any, font: str) -> Any:
        paragraph = self._document.add_paragraph()
        _run(paragraph, text, size, font)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = _LINE if size != _TABLE else Pt(14)
        return paragraph

    def _table(self, name: str, columns: _Columns) -> None:
        """Write a table: its headings, which each page repeats, and the row to be repeated."""
        table = self._document.add_table(2, len(columns), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        owner = INTERFACE[f"blank.list.{name}"].of(self._language)
        for number, (width, field) in enumerate(columns):
            table.columns[number].width = Mm(width)
            head = INTERFACE[f"run.column.{field}"].of(self._language)
            for row, text in enumerate((head, f"{{{{{owner}.{head}}}}}")):
                cell = table.cell(row, number)
                cell.width = Mm(width)
                font = _TEXT_FONT if row else _HEADING_FONT
                _run(cell.paragraphs[0], text, _TABLE, font)
        _mark(table.rows[0], "w:tblHeader")
        for row in table.rows:
            _mark(row, "w:cantSplit")

    def _say(self, key: str) -> str:
        return INTERFACE[key].of(self._language)


def _settle(document: Any) -> None:
    """Set the page, the default type and the page number."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    properties = document.core_properties
    properties.author, properties.comments = "MarkScan", ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _LATIN, _TEXT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _TEXT_FONT)
    normal.paragraph_format.space_after = Pt(0)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, "— ", Pt(14), "宋体")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    _run(foot, " —", Pt(14), "宋体")


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _run(paragraph: Any, text: str, size: Any, font: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = size, _LATIN
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
