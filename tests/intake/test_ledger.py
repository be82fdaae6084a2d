"""The 台账: which columns are known, what rows are read, what is refused."""

from __future__ import annotations

from pathlib import Path

import builders_xlsx as xlsx
import pytest

from markscan.errors import RegisterError, UsageError
from markscan.intake.ledger import read_ledger

HEAD = "文件,密级,保密期限,制发日期"


def write(folder: Path, content: str | bytes, name: str = "台账.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, dict(row.values)) for row in read_ledger(path).rows]


FIRST = {"file": "甲.docx", "level": "机密", "period": "10年", "issued": "2024-05-01"}

HEADINGS = {
    "the usual ones": f"{HEAD}\n甲.docx,机密,10年,2024-05-01\n",
    "with blanks and colons": "文 件：,密　级,保密期限 ,制发日期：\n甲.docx,机密,10年,2024-05-01\n",
    "other words": "路径,密级,保密期限,成文日期\n甲.docx,机密,10年,2024-05-01\n",
    "a unit in brackets": "文件,密级,保密期限（年）,制发日期\n甲.docx,机密,10,2024-05-01\n",
    "a title above": f"某单位密件台账,,,\n,,,\n{HEAD}\n甲.docx,机密,10年,2024-05-01\n",
    "tabs": f"{HEAD}\n甲.docx,机密,10年,2024-05-01\n".replace(",", "\t"),
    "semicolons": f"{HEAD}\n甲.docx,机密,10年,2024-05-01\n".replace(",", ";"),
    "a number for each row": f"序号,{HEAD}\n1,甲.docx,机密,10年,2024-05-01\n",
    "line ends of Windows": f"{HEAD}\r\n甲.docx,机密,10年,2024-05-01\r\n",
    "a byte order mark": f"\ufeff{HEAD}\n甲.docx,机密,10年,2024-05-01\n",
}


@pytest.mark.parametrize("content", HEADINGS.values(), ids=HEADINGS)
def test_columns_are_known_by_their_headings(content, tmp_path):
    assert [values for _, values in rows(write(tmp_path, content))] == [FIRST]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_may_be_in_any_usual_encoding(encoding, tmp_path):
    path = write(tmp_path, f"{HEAD}\n甲.docx,机密,10年,2024-05-01\n".encode(encoding))

    assert [values for _, values in rows(path)] == [FIRST]


def test_every_column_that_an_office_keeps_is_read(tmp_path):
    head = "文件,编号,密级,保密期限,制发日期,知悉范围,发文字号,标题,份数"
    head += ",批准文号,复制戳记,密点,上级编号"
    line = "甲.docx,A1,机密,10年,2024-05-01,办公室,云政〔2024〕1号,通知,20,批1,复印,密点.txt,A0"

    values = rows(write(tmp_path, f"{head}\n{line}\n"))[0][1]

    assert list(values.values()) == line.split(",")
    assert set(values) == {
        *("file", "id", "level", "period", "issued", "scope", "number", "title"),
        *("copies", "approval", "stamp", "points", "parent"),
    }


@pytest.mark.parametrize(
    ("head", "named"),
    [("文件名称,密级", "file"), ("路径,文件名称,密级", "title"), ("路径,文件名称,标题", None)],
)
def test_the_name_of_a_file_is_its_path_where_there_is_no_other(head, named, tmp_path):
    ledger = read_ledger(write(tmp_path, f"{head}\n甲,乙,丙\n"))
    at = head.split(",").index("文件名称")

    assert ledger.rows[0].values.get(named) == ("甲乙丙"[at] if named else None)
    assert ledger.unknown == (() if named else ("文件名称",))


def test_columns_nobody_knows_are_named(tmp_path):
    ledger = read_ledger(write(tmp_path, "文件,密级,责任人,备注\n甲.docx,机密,张三,无\n"))

    assert ledger.unknown == ("责任人", "备注")


def test_rows_are_told_by_the_line_they_begin_in(tmp_path):
    content = '文件,密级,密点\n甲.docx,机密,"第一条\n第二条"\n\n乙.docx,秘密,\n'

    assert [line for line, _ in rows(write(tmp_path, content))] == [2, 5]


def book(*lines: list[str], **more: object) -> bytes:
    sheet = (xlsx.row(n, *cells) for n, cells in enumerate(lines, 1))
    return xlsx.workbook(xlsx.sheet(*sheet), **more)


WORDS = ["文件", "密级", "保密期限", "制发日期", "份数"]


def test_a_workbook_tells_numbers_and_days(tmp_path):
    head = [xlsx.inline(f"{c}1", word) for c, word in zip("ABCDE", WORDS, strict=True)]
    cells = [xlsx.inline("A2", "甲.docx"), xlsx.shared("B2", 0), xlsx.inline("C2", "10年")]
    cells += [xlsx.number("D2", 45413), xlsx.number("E2", "20.0")]
    path = write(tmp_path, book(head, cells, entries=(xlsx.strings("机密"),)), "台账.xlsx")

    assert rows(path) == [(2, FIRST | {"copies": "20"})]


def test_days_of_a_workbook_may_count_from_1904(tmp_path):
    head = [xlsx.inline("A1", "文件"), xlsx.inline("B1", "制发日期")]
    cells = [xlsx.inline("A2", "甲.docx"), xlsx.number("B2", 45413 - 1462)]
    main = xlsx.main(("一", "visible")).replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    path = write(tmp_path, book(head, cells, book=main), "台账.xlsx")

    assert rows(path) == [(2, {"file": "甲.docx", "issued": "2024-05-01"})]


def test_rows_that_a_filter_hides_are_read_and_hidden_sheets_are_not(tmp_path):
    head = [xlsx.inline("A1", "文件"), xlsx.inline("B1", "密级")]
    cells = [xlsx.inline("A2", "甲.docx"), xlsx.inline("B2", "机密")]
    first = xlsx.sheet(xlsx.row(1, *head), xlsx.row(2, *cells, attributes=' hidden="1"'))
    second = xlsx.sheet(xlsx.row(1, *head), xlsx.row(2, xlsx.inline("A2", "乙.docx")))
    main = xlsx.main(("一", "visible"), ("二", "hidden"))
    path = write(tmp_path, xlsx.workbook(first, second, book=main), "台账.xlsx")

    assert [values["file"] for _, values in rows(path)] == ["甲.docx"]


REFUSED = {
    "no column of files": ("密级,期限\n机密,10年\n", "a.csv", "文件"),
    "an empty file": ("", "a.csv", "文件"),
    "a column that stands twice": ("文件,密级,密级等级\n甲,机密,机密\n", "a.csv", "第 3 列"),
    "a quote that never ends": ('文件,密级\n"甲.docx,机密\n', "a.csv", "第 2 行"),
    "neither UTF-8 nor GB 18030": (b"\xff\x00\x81", "a.csv", "UTF-8"),
    "another format": (b"%PDF-1.7\n", "a.pdf", "pdf"),
    "a workbook cut off": (b"PK\x03\x04" + b"\0" * 60, "a.xlsx", "台账"),
}


@pytest.mark.parametrize(("content", "name", "word"), REFUSED.values(), ids=REFUSED)
def test_a_table_that_cannot_be_read_is_refused(content, name, word, tmp_path):
    with pytest.raises(UsageError) as caught:
        read_ledger(write(tmp_path, content, name))

    assert word in caught.value.args[0].zh


def test_a_workbook_that_lost_a_sheet_is_refused(tmp_path):
    head = [xlsx.inline("A1", "文件"), xlsx.inline("B1", "密级")]
    whole = book(head, [xlsx.inline("A2", "甲.docx")])
    path = write(tmp_path, whole.replace(b"worksheets/sheet1.xml", b"worksheets/sheet9.xml"))

    with pytest.raises(RegisterError):
        read_ledger(path.rename(tmp_path / "台账.xlsx"))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(RegisterError) as caught:
        read_ledger(tmp_path / "没有.csv")

    assert "没有.csv" in caught.value.args[0].zh
