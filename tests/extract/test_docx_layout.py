"""How a Word document is set: font, size, colour and weight, through styles and theme."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from corpora import folder
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from markscan.document import Layout, Run
from markscan.errors import UnreadError
from markscan.extract import Budget, Limits, layout
from markscan.source import Source


def of(document, **limits: int) -> Layout:
    buffer = io.BytesIO()
    document.save(buffer)
    return of_bytes(buffer.getvalue(), **limits)


def of_bytes(data: bytes, **limits: int) -> Layout:
    found = layout(Source(Path("a.docx"), (), data), "docx", Budget(Limits(**limits)))
    assert found is not None
    return found


def one(document) -> Run:
    (run,) = of(document).runs
    return run


def font_of(run_or_style, name: str) -> None:
    run_or_style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def test_direct_formatting_wins():
    document = docx.Document()
    run = document.add_paragraph().add_run("机密★10年")
    run.font.size, run.font.bold, run.font.color.rgb = Pt(16), True, RGBColor(255, 0, 0)
    font_of(run, "黑体")

    seen = one(document)

    assert (seen.text, seen.font, seen.size) == ("机密★10年", "黑体", 16)
    assert (seen.colour, seen.bold, seen.place.line) == ("#ff0000", True, 1)


def test_a_style_speaks_through_those_it_is_based_on():
    document = docx.Document()
    base = document.styles.add_style("base", WD_STYLE_TYPE.PARAGRAPH)
    style = document.styles.add_style("mark", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = base
    font_of(base, "仿宋")
    style.font.size = Pt(16)
    document.add_paragraph("密级", style)

    seen = one(document)

    assert (seen.font, seen.size, seen.bold) == ("仿宋", 16, False)


def test_a_character_style_comes_before_that_of_the_paragraph():
    document = docx.Document()
    style = document.styles.add_style("strong", WD_STYLE_TYPE.CHARACTER)
    style.font.bold, style.font.size = True, Pt(22)
    document.add_paragraph().add_run("密级", style)

    assert (one(document).bold, one(document).size) == (True, 22)


def test_a_style_based_on_itself_ends():
    document = docx.Document()
    style = document.styles.add_style("round", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = style
    document.add_paragraph("密级", style)

    assert one(document).text == "密级"


def test_what_is_hidden_is_not_set():
    document = docx.Document()
    document.add_paragraph().add_run("隐藏").font.hidden = True
    document.add_paragraph("可见")

    assert [run.text for run in of(document).runs] == ["可见"]


def test_only_the_first_pages_are_set():
    document = docx.Document()
    for number in range(1, 5):
        paragraph = document.add_paragraph(f"第{number}页")
        paragraph.add_run().add_break(WD_BREAK.PAGE)

    seen = of(document, layout_pages=2)

    assert [(run.text, run.place.page) for run in seen.runs] == [("第1页", 1), ("第2页", 2)]
    assert [page.number for page in seen.pages] == [1, 2]
    assert (round(seen.pages[0].width), round(seen.pages[0].height)) == (612, 792)


def test_cells_are_set_too():
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "单元格"

    assert one(document).text == "单元格"


@pytest.mark.parametrize("keep", [0, 200, 5_000])
def test_a_broken_package_is_an_outcome(keep):
    buffer = io.BytesIO()
    docx.Document().save(buffer)

    with pytest.raises(UnreadError):
        of_bytes(buffer.getvalue()[:keep])


def test_a_document_too_large_for_a_tree_is_refused():
    document = docx.Document()
    document.add_paragraph("长" * 100_000)

    with pytest.raises(UnreadError, match="unpacked"):
        of(document, unpacked_bytes=50_000)


@pytest.mark.corpus
def test_real_documents_are_set(capsys):
    refused, runs, sized = [], 0, 0
    for path in sorted(folder("corpus", "office").rglob("*.docx")):
        try:
            seen = of_bytes(path.read_bytes())
        except UnreadError:
            refused.append(path.name)
            continue
        runs += len(seen.runs)
        sized += sum(run.size is not None and run.font != "" for run in seen.runs)

    with capsys.disabled():
        print(f"\n{runs} runs, {sized / runs:.0%} with font and size, refused: {refused}")
    assert runs > 1_000 and sized > 0.7 * runs and len(refused) < 5
