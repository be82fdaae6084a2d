"""Each format of the report of a run, read back."""

import csv
import hashlib
import io
import json
import re
import zipfile
from base64 import b64encode
from html.parser import HTMLParser
from urllib.parse import quote

import docx
import openpyxl
import pytest
from run_report_values import CANARY, FORMULA
from store_nights import CONFIG, TODAY

from markscan import Scanner
from markscan.finding import Severity
from markscan.report import Manner
from markscan.report.run import DOCUMENTS, FORMATS, page, sarif, sheet, table
from markscan.report.run.document import notices, report
from markscan.store.overview import overview
from markscan.store.runs import one_run
from markscan.wording import Text

DONE = Text("检查完成", "done")
WRITERS = {"html": page.write, "xlsx": sheet.write, "csv": table.write, "sarif": sarif.write}


@pytest.fixture
def made(connection, policy):
    return overview(connection, one_run(connection, None), TODAY, policy=policy)


def written(name, made, language="zh"):
    """The bytes of the report; of the notices all in one."""
    manner = Manner(language)
    if name == "docx":
        return report(made, DONE, manner, None)
    if name == "notice":
        return b"".join(data for _, data in notices(made, DONE, manner, None))
    stream = io.BytesIO()
    WRITERS[name](made, DONE, manner, stream)
    return stream.getvalue()


def unpacked(data):
    """The bytes of a file, and of all that is packed in it."""
    pieces = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            pieces += [package.read(name) for name in package.namelist()]
    return b"\n".join(pieces)


def test_every_format_is_tried_here():
    assert set(WRITERS) == set(FORMATS)


@pytest.mark.parametrize("name", [*FORMATS, *DOCUMENTS])
def test_no_text_of_a_document_is_in_a_report(name, made):
    forms = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "gb18030")]
    forms += [json.dumps(CANARY)[1:-1].encode(), CANARY.encode("ascii", "xmlcharrefreplace")]
    data = unpacked(written(name, made))

    assert not [form for form in forms if form in data]
    assert "移后.txt".encode() in data or quote("移后.txt").encode() in data


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", [*FORMATS, *DOCUMENTS])
def test_the_same_run_makes_the_same_bytes(name, language, made):
    assert written(name, made, language) == written(name, made, language)


class Page(HTMLParser):
    """The tables of a page as rows of texts, its scripts, and the ids of its sections in order."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.scripts, self.sections, self.open = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "section":
            self.sections.append(told["id"])
        if tag == "table":
            self.tables.append((told.get("class"), []))
        if tag == "tr":
            self.tables[-1][1].append([])
        if tag in ("td", "th"):
            self.tables[-1][1][-1].append("")
        if tag == "script":
            self.scripts.append("")
        if tag not in ("meta", "br", "rect", "line"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if "script" in self.open:
            self.scripts[-1] += data
        elif "td" in self.open or "th" in self.open:
            self.tables[-1][1][-1][-1] += data


def test_the_page_tells_coverage_first_and_all_its_sums(made):
    text = written("html", made).decode()
    told = Page(text)
    findings = [row for kind, rows in told.tables if kind == "entries" for row in rows[1:]]
    tiles = [int(n) for n in re.findall(r"<li class=\"[a-z]*\"><b>([\d,]+)</b>", text)]

    assert told.sections[:3] == ["coverage", "changes", "trend"]
    assert told.open == []
    assert tiles[:5] == [9, 7, 0, 2, 0]
    assert tiles[5:] == [made.changes[change] for change in page._CHANGES]
    assert len(findings) == len(made.entries) + len(page.oldest(made.entries, 10))
    assert "四项相加相等" in text
    assert "内部资料" in text


def test_the_page_runs_nothing_but_its_own_script_and_loads_nothing(made):
    text = written("html", made).decode()
    (script,) = Page(text).scripts
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()

    assert f"script-src 'sha256-{digest}'" in text
    assert "default-src 'none'" in text
    assert not re.findall(r"(?:src|href)=\"(?!#)|@import|url\(", text)


def test_the_page_is_set_for_a4(made):
    text = written("html", made).decode()

    assert "@page { size: A4;" in text
    assert '@top-left { content: "保密检查报告' in text
    assert "table-header-group" in text and "break-before: page" in text


def test_a_name_that_is_markup_stays_text(made):
    assert b"=cmd()&amp;1.txt" in written("html", made)
    assert b"=cmd()&1.txt" not in written("html", made)


def book(made):
    return openpyxl.load_workbook(io.BytesIO(written("xlsx", made)))


def test_the_workbook_has_a_row_a_finding_and_a_row_a_file_not_examined(made):
    opened = book(made)
    findings, coverage, files = opened["台账"], opened["覆盖情况"], opened["未完整检查"]
    pairs = {row[0].value: row[1].value for row in coverage.iter_rows()}

    assert findings.max_row == 1 + len(made.entries)
    assert files.max_row == 1 + 2
    assert findings.freeze_panes == "A2"
    assert findings.auto_filter.ref == f"A1:Q{findings.max_row}"
    assert (
        pairs["发现文件"]
        == 9
        == sum(pairs[name] for name in ("完整检查", "部分检查", "未能检查", "按策略排除"))
    )
    assert pairs["新增"] == made.changes[page.Change.NEW]


def test_a_file_name_is_no_formula_in_the_workbook(made):
    cells = [cell for row in book(made)["台账"].iter_rows() for cell in row]

    assert [cell for cell in cells if str(cell.value).endswith(FORMULA)]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}


def test_what_a_sheet_cannot_hold_goes_on_in_the_next(made, monkeypatch):
    monkeypatch.setattr(sheet, "MOST_ROWS", 4)
    opened = book(made)
    names = [name for name in opened.sheetnames if name.startswith("台账")]
    numbers = [row[0].value for name in names for row in opened[name].iter_rows(min_row=2)]

    assert names[:2] == ["台账", "台账2"]
    assert numbers == list(range(1, len(made.entries) + 1))


def test_what_a_cell_cannot_hold_stands_whole_elsewhere(made, monkeypatch):
    monkeypatch.setattr(sheet, "MOST_CHARACTERS", 400)
    long = "说明" * 300
    entry = made.entries[0]
    from dataclasses import replace

    found = replace(entry.finding, message=Text(long, long))
    opened = book(replace(made, entries=(replace(entry, finding=found),)))
    pieces = [row[0].value for row in opened["长文本"].iter_rows()]

    assert "".join(pieces) == long
    assert "全文见“长文本”第 1 行" in opened["台账"]["F2"].value


def rows(made):
    data = written("csv", made)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_table_has_findings_and_then_files_not_examined(made):
    kinds = [row["类别"] for row in rows(made)]

    assert kinds == ["问题"] * len(made.entries) + ["未完整检查"] * 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "＝1"])
def test_no_cell_of_the_table_is_a_formula(text):
    assert table.guarded(text) == f"'{text}"
    assert table.guarded("甲=1") == "甲=1"


def test_the_log_tells_states_suppressions_and_both_fingerprints(made):
    (run,) = json.loads(written("sarif", made))["runs"]
    results = [each for each in run["results"] if "baselineState" in each]
    states = {(each["properties"]["change"], each["baselineState"]) for each in results}
    hidden = [each for each in results if each["suppressions"]]

    assert len(results) == len(made.entries)
    assert states == {
        ("new", "new"),
        ("open", "unchanged"),
        ("moved", "updated"),
        ("gone", "absent"),
        ("unknown", "unchanged"),
    }
    assert len(hidden) == made.dismissed
    (told,) = hidden[0]["suppressions"]
    assert (told["status"], "样例" in told["justification"]) == ("accepted", True)
    prints = [each["partialFingerprints"] for each in results]
    assert all("markscan/v1" in each for each in prints)
    assert any("markscanContent/v1" in each for each in prints)
    assert run["properties"]["coverage"]["discovered"] == 9
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 2


def texts(data):
    document = docx.Document(io.BytesIO(data))
    cells = [[cell.text for cell in row.cells] for each in document.tables for row in each.rows]
    return "\n".join(each.text for each in document.paragraphs), cells


def test_the_document_tells_the_sum_and_lists_what_stands(made):
    text, cells = texts(written("docx", made))
    standing = sum(entry.counts for entry in made.entries)

    assert "发现文件 9 个，其中完整检查 7 个，部分检查 0 个，未能检查 2 个" in text
    assert f"现有问题 {standing} 项" in text
    assert f"排除 {made.dismissed} 项" in text
    assert "有无失泄密事件" in text
    numbered = [row for row in cells if row[0].isdigit() and row[3] in ("严重", "高", "中", "低")]
    assert len(numbered) == standing
    assert "{{" not in text + str(cells)


def test_each_owner_has_a_notice_with_his_findings_alone(made, kept):
    told = dict(notices(made, DONE, Manner("zh"), None))
    text, cells = texts(next(data for name, data in told.items() if "王芳" in name))
    files = [row[1] for row in cells if row[0].isdigit()]

    assert "整改通知书-办公室 王芳.docx" in told
    assert sorted(name[-6:] for name in told) == ["丙.docx", "乙.docx", "芳.docx"]
    assert "办公室 王芳：" in text
    assert files and all("/甲/" in name for name in files)
    assert not [name for name in files if "走.txt" in name]


@pytest.mark.parametrize("name", [*FORMATS, *DOCUMENTS])
def test_a_report_that_lies_on_a_share_is_itself_no_leak(name, made, tmp_path):
    path = tmp_path / f"报告.{'docx' if name in DOCUMENTS else name}"
    if name == "notice":
        _, data = next(notices(made, DONE, Manner("zh"), None))
    else:
        data = written(name, made)
    path.write_bytes(data)
    outcome = Scanner(CONFIG).scan_file(path)

    assert not [f for one in outcome.flat() for f in one.findings if f.severity >= Severity.MEDIUM]
