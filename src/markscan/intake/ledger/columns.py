"""Tells the columns of a 台账 by their headings, and reads its rows.

The first row with a column of files is the heading; rows above it are a title. A heading is
known by its words, in the usual ways of putting them; what nobody knows is named, never
guessed, and a heading that stands twice is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markscan.errors import RegisterError
from markscan.intake.ledger.tables import Line, Table, tables
from markscan.wording import REGISTER

_HEAD_LINES = 12  # in which the heading must stand

# What each column is called, without blanks, brackets and what stands in them.
_HEADINGS: Mapping[str, str] = {
    "file": "文件 路径 文件路径 电子文件 存放路径 文件位置 file path",
    "name": "文件名 文件名称",
    "id": "编号 台账编号 登记号 登记编号 密件编号 id",
    "level": "密级 涉密等级 密级等级 密级标志 level",
    "period": "保密期限 期限 解密时间 解密条件 保密期限或解密时间 解密日期 period",
    "issued": "制发日期 成文日期 发文日期 制发时间 印发日期 定密日期 生成日期 issued",
    "scope": "知悉范围 知悉人员 知悉单位 接触范围 发放范围 scope",
    "number": "发文字号 文号 发文号 文件字号 文件编号 文件号 number",
    "title": "标题 文件标题 公文标题 题名 名称 密件名称 载体名称 title",
    "copies": "份数 印制份数 印数 印制数量 制作数量 copies",
    "approval": "批准文号 复制批准文号 批准号 复制审批号 审批编号 审批文号 approval",
    "stamp": "复制戳记 戳记 复制章 复印戳记 stamp",
    "points": "密点 密点文件 points",
    "parent": "上级编号 主件编号 所属编号 正文编号 parent",
    "return_by": "清退时间 清退日期 清退期限 应退日期 应清退日期 return_by",
    "reviewed": "审核日期 年度审核日期 上次审核日期 解密审核日期 最近审核日期 reviewed",
}
_COLUMN_OF = {name: column for column, names in _HEADINGS.items() for name in names.split()}
_NUMBERED = re.compile(r"序号|no\.?")
_UNIT = re.compile(r"[（(\[【](?:单位[:：]?)?([年月日])[)）\]】]")
_MONTHS = "个月"
_ASIDE = re.compile(r"[（(\[【〔][^（()）\[\]【】〔〕]*[)）\]】〕]|[\s:：*＊]+")
_SERIAL = re.compile(r"[23456]\d{4}")  # 1954 to 2091 as workbooks count days


@dataclass(frozen=True, slots=True)
class Row:
    """One document: `line` is its line or sheet row, from 1; `values` are by column name."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a 台账 says. `unknown` are the headings of columns that are not read."""

    rows: tuple[Row, ...]
    unknown: tuple[str, ...] = ()


def read_ledger(path: Path) -> Ledger:
    """Return the rows of the 台账 in the file at `path`; of a workbook, those of all its 台账.

    Raises:
        RegisterError: it cannot be read, or has no column of files.
        LexiconError: its text is in no known encoding.
    """
    found = [(table, head) for table in tables(path) if (head := _heading(table)) is not None]
    if not found:
        raise RegisterError(REGISTER["ledger.no-files"].fill(name=path.name))
    rows: list[Row] = []
    unknown: dict[str, None] = {}
    for table, head in found:
        columns = _columns(head, path, unknown)
        behind = (line for line in table.lines if line.number > head.number)
        rows += [row for line in behind if (row := _row(table, line, columns)) is not None]
    return Ledger(tuple(rows), tuple(unknown))


def _heading(table: Table) -> Line | None:
    for line in table.lines[:_HEAD_LINES]:
        told = {_COLUMN_OF.get(_bare(cell)) for cell in line.cells.values()}
        if told & {"file", "name"} and (len(told - {None}) > 1 or len(line.cells) == 1):
            return line
    return None


def _columns(head: Line, path: Path, unknown: dict[str, None]) -> dict[int, tuple[str, str]]:
    """Name the columns of a heading, with the unit it gives; note what nobody knows."""
    known = {at: _COLUMN_OF.get(_bare(cell)) for at, cell in sorted(head.cells.items())}
    # 文件名称 is the path where there is no other, and the title where there is.
    spare = next((name for name in ("file", "title") if name not in known.values()), None)
    columns: dict[int, tuple[str, str]] = {}
    for at, told in known.items():
        name = spare if told == "name" else told
        if name is None:
            if not _NUMBERED.fullmatch(_bare(head.cells[at])):
                unknown[head.cells[at]] = None
            continue
        if any(name == other for other, _ in columns.values()):
            raise RegisterError(
                REGISTER["ledger.twice"].fill(name=path.name, line=head.number, column=at + 1)
            )
        unit = _UNIT.search(head.cells[at])
        columns[at] = name, (unit[1].replace("月", _MONTHS) if unit else "")
    return columns


def _row(table: Table, line: Line, columns: Mapping[int, tuple[str, str]]) -> Row | None:
    values = {name: line.cells[at] for at, (name, _) in columns.items() if at in line.cells}
    units = dict(columns.values())
    for name in ("issued", "period", "return_by", "reviewed"):
        if _SERIAL.fullmatch(values.get(name, "")):
            values[name] = table.day(float(values[name])).isoformat()
    if values.get("period", "").isdecimal():
        values["period"] += units["period"]
    return Row(line.number, values) if values else None


def _bare(heading: str) -> str:
    """A heading without blanks and brackets: 保密期限（年） is 保密期限."""
    return _ASIDE.sub("", unicodedata.normalize("NFKC", heading)).lower()
