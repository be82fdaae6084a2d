"""Writes drafts: Word by python-docx, plain text, mail and zip by the standard library.

PDF through LibreOffice is made of the Word files, all in one call (`to_pdf`).
"""

from __future__ import annotations

import copy
import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from builders_pptx import presentation, shape, slide
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from drafts.bases import FORM_ROWS
from drafts.compose import Block, blocks
from drafts.paper import Draft, Mail, MakeUp, Prose, Setting
from lxml import etree

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# Rows that begin so are written "label：value" in plain text: they are a form's.
FIELDS = {row[0] for row in FORM_ROWS} | {"密级和保密期限", "是否涉密"}
CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_LINK = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
BORDER = (
    '<w:pBdr {ns}><w:bottom w:val="{kind}" w:sz="{size}" w:space="1" w:color="{colour}"/></w:pBdr>'
)
BOX = (
    '<w:r {ns} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="5600000" cy="370000"/><wp:docPr id="7" name="文本框"/>'
    "<a:graphic><a:graphicData "
    'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="5600000" cy="370000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</wps:spPr><wps:txbx><w:txbxContent/></wps:txbx>"
    '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"/></wps:wsp></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
BORDERS = {
    "red": ("single", 12, "FF0000"),
    "double": ("thickThinSmallGap", 24, "FF0000"),
    "black": ("single", 6, "000000"),
}
WATERMARK = (
    '<w:r {ns} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
    '<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" '
    'style="position:absolute;width:400pt;height:100pt;rotation:315" fillcolor="silver">'
    '<v:textpath style="font-family:&quot;宋体&quot;" string="{text}"/></v:shape></w:pict></w:r>'
)

_LOOKS: dict[tuple[object, ...], object] = {}  # run properties once made; copying is faster


def to_docx(thing: Draft | Prose, make_up: MakeUp = "book") -> bytes:
    """The paper as a Word document, made up in one of the ways of clerks."""
    document = docx.Document()
    setting = thing.setting if isinstance(thing, Draft) else Setting()
    if make_up == "bare":
        setting = replace(setting, margins=(25.4, 31.75, 25.4, 31.75))
    _page(document, setting)
    for block in blocks(thing):
        if make_up == "bare" and block == Block():
            continue
        if block.head and make_up in ("table", "box") and not block.right:
            _apart(document, block, make_up)
        else:
            _write(document, block, setting)
    if make_up == "runs":
        _split(document)
    if make_up == "styles":
        _styled(document)
    if isinstance(thing, Draft):
        _margins_text(document, thing)
        for name, value in thing.core:
            setattr(document.core_properties, name, value)
        if thing.properties:
            _custom(document, thing.properties)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document, setting: Setting) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, left, bottom, right = setting.margins
    section.top_margin, section.left_margin = Mm(top), Mm(left)
    section.bottom_margin, section.right_margin = Mm(bottom), Mm(right)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "仿宋", Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")


def _write(document, block: Block, setting: Setting) -> None:
    if block.rows:
        return _table(document, block)
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    paragraph.alignment = ALIGN[block.align]
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(max(29, block.size * 1.3))
    form.page_break_before = block.new_page or None
    if block.indent:
        form.first_line_indent = Pt(block.indent * block.size)
    if block.rule:
        kind, size, colour = BORDERS[block.rule]
        border = BORDER.format(ns=nsdecls("w"), kind=kind, size=size, colour=colour)
        paragraph._p.get_or_add_pPr().append(parse_xml(border))
    if block.deleted:
        return _deletion(paragraph, block)
    run = _run(paragraph, block.text, block, block.font)
    if block.right:
        _, left, _, right = setting.margins
        form.tab_stops.add_tab_stop(Mm(210 - left - right), WD_TAB_ALIGNMENT.RIGHT)
        _run(paragraph, "\t" + block.right, block, block.right_font or block.font)
    if block.comment:
        document.add_comment(run, text=block.comment, author="核稿", initials="核")
    return None


def _apart(document, block: Block, make_up: MakeUp) -> None:
    """A line of the head in a table without borders, or in a text box at the left margin."""
    if make_up == "table":
        cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN[block.align]
        paragraph.paragraph_format.first_line_indent = Pt(block.indent * block.size)
        properties = cell._tc.get_or_add_tcPr()
        margins = f'<w:tcMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/></w:tcMar>'
        properties.append(parse_xml(margins))
        _run(paragraph, block.text, block, block.font)
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    inner = document.add_paragraph()
    inner.alignment = ALIGN[block.align]
    inner.paragraph_format.first_line_indent = Pt(block.indent * block.size)
    _run(inner, block.text, block, block.font)
    box = parse_xml(BOX.format(ns=nsdecls("w", "wp", "a")))
    box.findall(".//" + qn("w:txbxContent"))[0].append(inner._p)
    paragraph._p.append(box)


def _split(document) -> None:
    """Break every run in two or three, and set what is not Chinese in Times New Roman."""
    for paragraph in document.paragraphs:
        for run in list(paragraph.runs):
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            fonts.set(qn("w:ascii"), "Times New Roman")
            fonts.set(qn("w:hAnsi"), "Times New Roman")
            text = run.text
            if len(text) < 3 or "\t" in text:
                continue
            third, second = copy.deepcopy(run._r), copy.deepcopy(run._r)
            run._r.addnext(third)
            run._r.addnext(second)
            run.text, second.text, third.text = text[:2], text[2:3], text[3:]


def _styled(document) -> None:
    """Take the looks of runs away and give them to a style of the paragraph."""
    styles: dict[bytes, str] = {}
    for paragraph in document.paragraphs:
        looks = [run._r.rPr for run in paragraph.runs]
        if not looks or paragraph.runs[0].font.strike:
            continue
        key = etree.tostring(looks[0])
        if key not in styles:
            style = document.styles.add_style(f"公文{len(styles)}", WD_STYLE_TYPE.PARAGRAPH)
            style.element.append(copy.deepcopy(looks[0]))
            styles[key] = style.name
        paragraph.style = document.styles[styles[key]]
        for look in looks:
            look.getparent().remove(look)


def _run(paragraph, text: str, block: Block, font: str):
    run = paragraph.add_run(text)
    key = (font, block.size, block.bold, block.struck, block.colour, block.spacing)
    if key in _LOOKS:
        run._r.insert(0, copy.deepcopy(_LOOKS[key]))
        return run
    run.font.name, run.font.size = font, Pt(block.size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    run.font.bold = block.bold or None
    run.font.strike = block.struck or None
    if block.colour:
        run.font.color.rgb = RGBColor.from_string(block.colour)
    if block.spacing:
        spacing = parse_xml(f'<w:spacing {nsdecls("w")} w:val="{round(block.spacing * 20)}"/>')
        run._r.get_or_add_rPr().append(spacing)
    _LOOKS[key] = copy.deepcopy(run._r.rPr)
    return run


def _deletion(paragraph, block: Block) -> None:
    paragraph._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="901" w:author="核稿" w:date="2026-11-10T09:00:00Z">'
            f"<w:r><w:delText>{escape(block.deleted)}</w:delText></w:r></w:del>"
        )
    )


def _table(document, block: Block) -> None:
    if block.new_page:
        document.add_page_break()
    table = document.add_table(rows=0, cols=max(map(len, block.rows)), style="Table Grid")
    for row in block.rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            _run(cell.paragraphs[0], text, Block(size=12), "宋体")


def _margins_text(document, draft: Draft) -> None:
    section = document.sections[0]
    if draft.header:
        section.header.paragraphs[0].text = draft.header
    if draft.footer:
        section.footer.paragraphs[0].text = draft.footer
    if draft.watermark:
        run = parse_xml(WATERMARK.format(ns=nsdecls("w"), text=escape(draft.watermark)))
        section.header.paragraphs[0]._p.append(run)


def _custom(document, properties: Sequence[tuple[str, str]]) -> None:
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" '
        f'name="{escape(name)}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(properties, 2)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    data = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">'
        f"{rows}</Properties>"
    )
    part = Part(PackURI("/docProps/custom.xml"), CUSTOM, data.encode(), document.part.package)
    document.part.package.relate_to(part, CUSTOM_LINK)


def to_text(thing: Draft | Prose, make_up: MakeUp = "book") -> bytes:
    """The paper as plain text: a line a paragraph, a table's cells side by side.

    Bare, it has no blank lines and is in GB 18030; by the book it is UTF-8.
    """
    lines: list[str] = []
    for block in blocks(thing):
        if block.deleted or block.struck or (make_up == "bare" and block == Block()):
            continue
        lines += [row_text(row) for row in block.rows]
        if not block.rows:
            right = f"　　　　{block.right}" if block.right else ""
            lines.append(f"{'　　' if block.indent >= 2 else ''}{block.text}{right}")
    text = "\r\n".join(lines) + "\r\n"
    return text.encode("gb18030" if make_up == "bare" else "utf-8")


def row_text(cells: tuple[str, ...]) -> str:
    """A row of a table in plain text."""
    if cells[0] not in FIELDS:
        return "　".join(cells)
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return "　　".join(f"{label}：{value}" for label, value in pairs)


def to_pptx(text: Prose) -> bytes:
    """A training deck: two paragraphs a slide."""
    pairs = [text.paragraphs[n : n + 2] for n in range(0, len(text.paragraphs), 2)]
    slides = [slide(shape(text.title)), *(slide(*map(shape, pair)) for pair in pairs)]
    return presentation(slides)


def to_eml(mail: Mail, kind: str) -> bytes:
    """The mail with its documents attached in the format `kind` (docx or txt)."""
    message = EmailMessage()
    message["From"], message["To"] = "zhouming@linjiang.example", "lisiyuan@linjiang.example"
    message["Subject"], message["Date"] = mail.subject, "Mon, 16 Nov 2026 09:30:00 +0800"
    message.set_content(mail.body)
    for number, draft in enumerate(mail.attached, 1):
        data = to_docx(draft) if kind == "docx" else to_text(draft)
        main, sub = ("application", "octet-stream") if kind == "docx" else ("text", "plain")
        name = f"{draft.file_name or f'正文{number}'}.{kind}"
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def to_zip(drafts: Sequence[Draft], kind: str) -> bytes:
    """The drafts in one archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, draft in enumerate(drafts, 1):
            data = to_docx(draft) if kind == "docx" else to_text(draft)
            archive.writestr(f"{draft.file_name or f'文件{number}'}.{kind}", data)
    return stream.getvalue()


def soffice() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(files: Sequence[Path], folder: Path) -> None:
    """Turn Word files into PDF in `folder`; one call of LibreOffice bears some 200 of them."""
    program = soffice()
    assert program
    profile = (folder / "profile").absolute().as_uri()
    start = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    for first in range(0, len(files), 200):
        command = [*start, "--outdir", str(folder), *map(str, files[first : first + 200])]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
