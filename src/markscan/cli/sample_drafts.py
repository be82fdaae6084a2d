"""The sample drafts of `markscan demo`: one right, three not, made by python-docx at run time.

No organ, person, number or matter in them is real, and nothing in them is secret. They
are set by GB/T 9704—2012; `EXPECTED` names what the check must say of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

FOLDER = "起草"  # in the share
RIGHT, FAULTY = "1-通知-正确.docx", "2-通知-有错.docx"
UNMARKED, LETTER = "3-通知-未标密级.docx", "4-函-有错.docx"

# What the check must say of each draft: the rules that find something.
EXPECTED: dict[str, frozenset[str]] = {
    RIGHT: frozenset(),
    FAULTY: frozenset({"MS104", "MS109", "MS201", "MS203", "MS212"}),
    UNMARKED: frozenset(),
    LETTER: frozenset({"MS107", "MS204", "MS206"}),
}
ADVISED = UNMARKED  # a level may be needed: for a person to decide

_Align = Literal["left", "center", "right"]
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_RULES = {  # a line below a paragraph: kind, eighths of a point, colour
    "red": ("single", 12, "FF0000"),
    "double": ("thickThinSmallGap", 24, "FF0000"),
    "black": ("single", 6, "000000"),
}
_RED = RGBColor(0xFF, 0, 0)
_SONG = "方正小标宋简体"
_TEXT_WIDTH = 210 - 28 - 26  # millimetres between left and right margin
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph. `indent` is in characters; `beside` stands at the right edge; sizes in pt."""

    text: str = ""
    font: str = "仿宋"
    size: float = 16
    align: _Align = "left"
    indent: float = 0
    red: bool = False
    beside: str = ""
    rule: Literal["", "red", "double", "black"] = ""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft as its elements; an empty one is left out. `day` is its 成文日期."""

    day: date
    title: str
    to: str
    body: tuple[str, ...]
    marking: _Line = _Line()
    copy_number: str = ""
    urgency: str = ""
    issuer: str = ""
    series: str = ""
    notes: tuple[str, ...] = ()
    copies_to: str = ""
    print_run: str = ""
    header: str = ""
    level: str = ""  # the property 密级
    letter: bool = False

    @property
    def organ(self) -> str:
        """Who signs it."""
        return self.issuer.removesuffix("文件")

    @property
    def written_day(self) -> str:
        """The day as it is written under the signature."""
        return f"{self.day.year}年{self.day.month}月{self.day.day}日"


def write_drafts(folder: Path, today: date) -> list[Path]:
    """Write the drafts, dated `today`, into `folder` and return their paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, draft in _drafts(today).items():
        document = _document(draft)
        document.save(str(folder / name))
        paths.append(folder / name)
    return paths


def _drafts(today: date) -> dict[str, _Draft]:
    notice = _notice(today)
    faulty = replace(
        notice,
        marking=_Line("机密☆25年", "黑体", align="right"),
        copy_number="",
        header="秘密★10年",
        level="秘密",
    )
    return {RIGHT: notice, FAULTY: faulty, UNMARKED: _meeting(today), LETTER: _letter(today)}


def _notice(today: date) -> _Draft:
    return _Draft(
        day=today,
        title="关于做好应急物资储备轮换工作的通知",
        to="各区人民政府，市政府各部门",
        body=(
            "为做好本年度应急物资储备轮换工作，经市政府同意，现就有关事项通知如下。",
            "各区要对照年度计划核定轮换品种和数量，分批组织出库，每批不超过计划数的三分之一。"
            "市应急管理局负责统筹协调，每十日汇总一次进度。",
            "工作中遇到的问题，请及时报告。",
        ),
        marking=_Line("机密★10年", "黑体"),
        copy_number="000001",
        urgency="特急",
        issuer="云山市人民政府办公室文件",
        series=f"云政办发〔{today.year}〕12号",
        notes=("（此件发至县团级）",),
        copies_to="市委办公室，市人大常委会办公室，市政协办公室",
        print_run="共印30份",
    )


def _meeting(today: date) -> _Draft:
    """A notice without a marking, to be collected again, that cites a classified number."""
    return _Draft(
        day=today,
        title="关于召开汛期调度会商会议的通知",
        to="各成员单位",
        body=(
            f"按照《关于汛期联合调度的意见》（云防密发〔{today.year}〕3号）要求，"
            "定于本月底召开会商会议，现就有关事项通知如下。",
            "请各单位指定一名负责同志参加，会前报送泵站运行情况。会议材料由会务组当场发放。",
        ),
        issuer="云山市防汛指挥部办公室文件",
        series=f"云防办〔{today.year}〕8号",
        notes=("（会后收回）", "（此件不公开，属过程性信息，依据政府信息公开条例第16条）"),
    )


def _letter(today: date) -> _Draft:
    """A letter (信函格式) whose marking and number have changed sides."""
    return _Draft(
        day=today,
        title="关于商请提供管线资料的函",
        to="云山市水务局",
        body=(
            "为掌握城区地下管线现状，我局拟于下月开展普查。现商请贵局提供近五年管线改造竣工资料，"
            "并指定一名联络员负责对接。",
            "普查成果形成后，我局将向贵局提供所辖管段的部分。",
        ),
        marking=_Line("秘密★三年", "黑体", align="right"),
        copy_number="0002",
        issuer="云山市应急管理局",
        series=f"云应急函〔{today.year}〕45号",
        print_run="共印6份",
        letter=True,
    )


def _lines(draft: _Draft) -> Iterator[_Line]:
    """Yield the paragraphs of the draft from the head to the imprint."""
    head = (_Line(draft.copy_number), draft.marking, _Line(draft.urgency, "黑体"))
    present = [line for line in head if line.text]
    issuer = _Line(draft.issuer, _SONG, 34, "center", red=True)
    if draft.letter:
        yield replace(issuer, rule="double")
        yield from present
        yield _Line(draft.series)
    else:
        yield from (*present, _Line(), issuer, _Line())
        yield _Line(draft.series, align="center", rule="red")
    yield from (_Line(), _Line(draft.title, _SONG, 22, "center"), _Line())
    yield _Line(f"{draft.to}：")
    yield from (_Line(paragraph, indent=2) for paragraph in draft.body)
    yield _Line()
    yield _Line(f"{draft.organ}　　", align="right")
    yield _Line(f"{draft.written_day}　　　　", align="right")
    yield from (_Line(note, indent=2) for note in draft.notes)
    yield _Line()
    if draft.copies_to:
        yield _Line(f"抄送：{draft.copies_to}。", size=14, rule="black")
    if not draft.letter:
        printed = f"{draft.written_day}印发"
        yield _Line(draft.organ, size=14, beside=printed, rule="black")
    if draft.print_run:
        yield _Line(draft.print_run, size=14, align="right")


def _document(draft: _Draft) -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = Mm(30 if draft.letter else 37)
    section.bottom_margin, section.left_margin, section.right_margin = Mm(35), Mm(28), Mm(26)
    document.core_properties.author = draft.organ
    document.core_properties.comments = ""
    for line in _lines(draft):
        _write(document.add_paragraph(), line)
    if draft.header:
        section.header.paragraphs[0].text = draft.header
    if draft.level:
        _add_property(document, "密级", draft.level)
    return document


def _write(paragraph: Paragraph, line: _Line) -> None:
    form = paragraph.paragraph_format
    form.alignment = _ALIGN[line.align]
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(max(29, line.size * 1.3))
    form.first_line_indent = Pt(line.indent * line.size)
    if line.rule:
        kind, size, colour = _RULES[line.rule]
        border = f'<w:bottom w:val="{kind}" w:sz="{size}" w:space="1" w:color="{colour}"/>'
        borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>")
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    if line.beside:
        form.tab_stops.add_tab_stop(Mm(_TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    run = paragraph.add_run(f"{line.text}\t{line.beside}" if line.beside else line.text)
    run.font.name, run.font.size = line.font, Pt(line.size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), line.font)
    if line.red:
        run.font.color.rgb = _RED


def _add_property(document: Document, name: str, value: str) -> None:
    """Add a custom property: python-docx has none of its own."""
    data = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
    )
    package = document.part.package
    assert package is not None
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM, data.encode(), package)
    package.relate_to(part, f"{_OFFICE}/relationships/custom-properties")
