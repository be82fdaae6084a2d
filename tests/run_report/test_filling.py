"""Placeholders of a Word template are found however Word has cut them, and filled."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from markscan.errors import UsageError
from markscan.report.run.blank import blank
from markscan.report.run.filling import Values, filled
from markscan.report.run.words import FINDING_COLUMNS
from markscan.wording import INTERFACE

WHEN = datetime(2026, 3, 1, 20, tzinfo=UTC)
VALUES = Values(
    {"单位": "综合科", "空": "", "两行": "一\n二", "括号": "{{单位}}"},
    {"问题": [{"文件": "甲", "级别": "高"}, {"文件": "乙", "级别": "低"}], "无项": []},
    {"问题": ("文件", "级别"), "无项": ("文件",)},
)


def template(*runs, cells=()):
    """A document with one paragraph of these runs, and a table with these cells in a row."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text in runs:
        paragraph.add_run(text)
    if cells:
        table = document.add_table(1, len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
    return saved(document)


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def read(data):
    return docx.Document(io.BytesIO(data))


def fill(data):
    return read(filled(data, VALUES, WHEN, "zh"))


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        pytest.param(["主送：{{单位}}。"], "主送：综合科。", id="in one run"),
        pytest.param(["主送：{", "{单", "位}", "}。"], "主送：综合科。", id="cut into four runs"),
        pytest.param(["{{ 单位 }}"], "综合科", id="with blanks"),
        pytest.param(["｛｛单位｝｝"], "综合科", id="in Chinese braces"),
        pytest.param(["{{单位}}{{单位}}"], "综合科综合科", id="twice side by side"),
        pytest.param(["{{单", "位}}和{{单", "位}}"], "综合科和综合科", id="two that share a run"),
        pytest.param(["甲{{空}}乙"], "甲乙", id="empty"),
        pytest.param(["{{两行}}"], "一\n二", id="two lines"),
        pytest.param(["{{括号}}"], "{{单位}}", id="a value that looks like a placeholder"),
        pytest.param(["{单位}"], "{单位}", id="single braces are text"),
        pytest.param(["没有"], "没有", id="none"),
    ],
)
def test_a_placeholder_is_filled(runs, text):
    assert fill(template(*runs)).paragraphs[0].text == text


def test_the_value_looks_like_the_start_of_its_placeholder():
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("{{单").font.size = Pt(22)
    paragraph.add_run("位}}完").font.size = Pt(9)
    runs = fill(saved(document)).paragraphs[0].runs

    assert [(run.text, run.font.size) for run in runs] == [("综合科", Pt(22)), ("完", Pt(9))]


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        (["{{问题.文件}}", "{{问题.级别}}"], [["甲", "高"], ["乙", "低"]]),
        (
            ["{{问题.文件}}（{{单位}}）", "固定"],
            [["甲（综合科）", "固定"], ["乙（综合科）", "固定"]],
        ),
        (["{{无项.文件}}", "固定"], [["无", "固定"]]),
        (["{{单位}}", "固定"], [["综合科", "固定"]]),
    ],
)
def test_a_row_is_repeated_for_each_item(cells, rows):
    table = fill(template("", cells=cells)).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == rows


def test_headers_footers_and_text_boxes_are_filled():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{单位}}"
    document.sections[0].footer.paragraphs[0].text = "{{单位}}"
    run = document.add_paragraph("外").add_run()
    box = OxmlElement("w:txbxContent")
    inner = docx.Document().add_paragraph("{{单位}}")._p
    box.append(inner)
    run._r.append(box)
    made = fill(saved(document))

    assert made.sections[0].header.paragraphs[0].text == "综合科"
    assert made.sections[0].footer.paragraphs[0].text == "综合科"
    assert [each.text for each in made.element.body.iter(qn("w:t"))] == ["外", "综合科"]


@pytest.mark.parametrize(
    ("data", "named"),
    [
        pytest.param(template("{{责任人}}"), "责任人", id="unknown"),
        pytest.param(template("", cells=["{{问题.电话}}"]), "问题.电话", id="an unknown field"),
        pytest.param(template("{{问题.文件}}"), "问题.文件", id="a list outside a table"),
        pytest.param(template("请{{单位"), "{{单位", id="not closed"),
        pytest.param(template("单位}}"), "}}", id="not opened"),
        pytest.param(
            template("", cells=["{{问题.文件}}", "{{无项.文件}}"]), "无项", id="two lists"
        ),
        pytest.param(b"PK no package", "docx", id="no document"),
        pytest.param(b"", "docx", id="nothing"),
    ],
)
def test_what_cannot_be_filled_is_an_error_that_names_it(data, named):
    with pytest.raises(UsageError) as error:
        filled(data, VALUES, WHEN, "zh")

    assert named in error.value.args[0].zh
    assert error.value.args[0].en


def test_an_unknown_placeholder_is_told_with_those_there_are():
    with pytest.raises(UsageError) as error:
        filled(template("{{责任人}}{{电话}}"), VALUES, WHEN, "zh")

    assert "“责任人”、“电话”" in error.value.args[0].zh
    assert "单位" in error.value.args[0].zh and "问题.级别" in error.value.args[0].zh


def test_the_same_input_makes_the_same_bytes():
    data = template("{{单位}}")

    assert filled(data, VALUES, WHEN, "zh") == filled(data, VALUES, WHEN, "zh")
    assert read(filled(data, VALUES, WHEN, "zh")).core_properties.modified.hour == 20


@pytest.mark.parametrize("kind", ["docx", "notice"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_templates_that_ship_are_a4_with_the_margins_of_an_official_document(kind, language):
    section = read(blank(kind, language)).sections[0]

    assert [round(each.mm) for each in (section.page_width, section.page_height)] == [210, 297]
    assert [round(each.mm) for each in (section.top_margin, section.left_margin)] == [37, 28]
    assert [round(each.mm) for each in (section.bottom_margin, section.right_margin)] == [35, 26]


GROWTH = """
import resource
from datetime import UTC, datetime
from test_filling import blank, filled, many
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
data = filled(blank("notice", "zh"), many(10_000), datetime.now(UTC), "zh")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, len(data))
"""


class Many:
    """Rows that are made as they are asked for."""

    def __init__(self, count, fields):
        self.count, self.fields = count, fields

    def __iter__(self):
        for number in range(self.count):
            yield {field: f"{field}{number}，请核实后改正" for field in self.fields}


def many(count):
    fields = [INTERFACE[f"run.column.{name}"].zh for name in FINDING_COLUMNS]
    single = re.findall(r"{{([^{}.]+)}}", text_of(blank("notice", "zh")))
    return Values(dict.fromkeys(single, ""), {"问题": Many(count, fields)}, {"问题": fields})


def text_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return re.sub("<[^>]+>", "", package.read("word/document.xml").decode())


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell the most")
def test_ten_thousand_rows_take_little_memory():
    command = [sys.executable, "-c", GROWTH]
    ended = subprocess.run(
        command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True
    )
    megabytes, size = map(int, ended.stdout.split())

    assert megabytes < 40, megabytes
    assert size > 100_000


def test_rows_that_are_written_late_are_as_those_of_a_tree():
    data = filled(blank("notice", "zh"), many(3), WHEN, "zh")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = package.read("word/document.xml")
    table = read(data).tables[-1]

    assert [row.cells[0].text for row in table.rows[1:]] == [
        f"{INTERFACE['run.column.number'].zh}{n}，请核实后改正" for n in range(3)
    ]
    assert b"markscan-rows" not in content
    assert content.count(b"xmlns:w=") == 1
