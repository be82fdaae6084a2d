"""A list as a table (.csv), as Excel saves it: a header row, then a term a row."""

from __future__ import annotations

import csv
import difflib
import io
import math
import re
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markscan.errors import LexiconError
from markscan.termlist.decoding import decoded
from markscan.termlist.term import Entries, Source

if TYPE_CHECKING:
    from _csv import Reader

# The names of the columns, as a header may write them: in Chinese first, then its own.
COLUMNS = {
    "text": ("词条", "text", "词语", "关键词", "敏感词", "名称", "term", "keyword", "name"),
    "id": ("编号", "id"),
    "topic": ("主题", "topic", "类别", "分类", "category"),
    "weight": ("权重", "weight"),
    "bounded": ("边界", "bounded"),
    "before": ("前文", "before"),
    "after": ("后文", "after"),
    "example": ("示例", "example", "examples"),
    "counter_example": ("反例", "counter_example", "counter_examples"),
    # For people.
    "": ("备注", "note", "说明", "来源", "序号", "no.", "no", "remark", "source"),
}
_NAMES = {name: column for column, names in COLUMNS.items() for name in names}
_YES = frozenset({"是", "对", "√", "✓", "✔", "true", "yes", "y", "1"})
_NO = frozenset({"否", "不", "×", "✗", "✘", "false", "no", "n", "0"})
_DELIMITERS = ",\t;"  # what Excel writes depends on the country it is set to
# A first line by which Excel is told the delimiter.
_TOLD = re.compile(r'\s*"?sep=([^\w\s"]|\t)"?[,;\t]*\r?(?:\n|$)', re.IGNORECASE)


@dataclass(slots=True)
class _Rows:
    """The columns while they are read. `last` is the line where the last row ended."""

    last: int = 0
    lines: array[int] = field(default_factory=lambda: array("l"))
    texts: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    weights: array[float] = field(default_factory=lambda: array("d"))
    bounded: dict[int, bool] = field(default_factory=dict)
    sides: dict[int, tuple[str, str]] = field(default_factory=dict)
    examples: dict[int, tuple[str, ...]] = field(default_factory=dict)
    counter_examples: dict[int, tuple[str, ...]] = field(default_factory=dict)


def read_csv(source: Source) -> Entries:
    """Return what a table of terms says.

    Raises:
        LexiconError: it cannot be decoded, has no header or no column of terms, or a cell
            does not say what its column must say.
    """
    text = decoded(source)
    delimiter, told = _delimiter(text)
    stream = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = _Rows()
    try:
        filled = (row for row in stream if any(map(str.strip, row)))
        if told:
            next(filled, None)
        names = next(filled, None)
        if names is None:
            raise source.wrong("文件是空的", "the file is empty")
        rows.last = stream.line_num
        columns = _columns(source, names, stream.line_num)
        _read_rows(source, stream, columns, rows)
    except csv.Error as error:
        raise _no_csv(source, str(error), rows.last + 1) from None
    return Entries(
        source,
        rows.lines.__getitem__,
        rows.texts,
        rows.ids,
        rows.topics,
        rows.weights,
        rows.bounded,
        rows.sides,
        rows.examples,
        rows.counter_examples,
        {name: names[at].strip() for name, at in columns.items()},
    )


def _delimiter(text: str) -> tuple[str, bool]:
    """Return the delimiter, and whether a line of its own tells it."""
    told = _TOLD.match(text)
    if told is not None:
        return told[1], True
    start = len(text) - len(text.lstrip("\r\n"))
    header = text[start : text.find("\n", start) + 1 or None].rstrip("\r\n")
    return max(_DELIMITERS, key=header.count), False


def _no_csv(source: Source, said: str, line: int) -> LexiconError:
    """The error of a row that begins on `line`, of which the reader of CSV said `said`."""
    if "field limit" in said:
        most = f"{csv.field_size_limit():,}"
        return source.wrong(
            f"不是有效的 CSV：单元格超过 {most} 个字符，可能缺了引号",
            f"is no CSV: a cell of more than {most} characters; a quote may be missing",
            line,
        )
    return source.wrong(
        "不是有效的 CSV：引号没有成对，或者引号之后还有文字",
        "is no CSV: a quote is missing, or text follows one that closes a cell",
        line,
    )


def _columns(source: Source, names: list[str], line: int) -> dict[str, int]:
    """Return where each column stands."""
    found: dict[str, int] = {}
    plain = [name.strip().lower() for name in names]
    if not any(_NAMES.get(name) == "text" for name in plain):
        raise source.wrong(
            "第一行应为表头，其中有“词条”一列；没有表头、一行一条的，请改用 .txt",
            'the first row must name the columns, among them "text"; '
            "without one, a term a line, name the file .txt",
            line,
        )
    for place, name in enumerate(plain):
        column = _NAMES.get(name)
        if column is None and name:
            raise _unknown(source, name, place + 1, line)
        if column and column in found:
            first = plain[found[column]]
            zh, en = f"“{name}”一列重复", f'column "{name}" stands twice'
            if first != name:
                zh = f"“{first}”和“{name}”两列意思相同，只能有一列"
                en = f'columns "{first}" and "{name}" mean the same; keep one'
            raise source.wrong(zh, en, line)
        if column:
            found[column] = place
    return found


def _unknown(source: Source, name: str, place: int, line: int) -> LexiconError:
    """The error of a column that has no meaning here."""
    near = difflib.get_close_matches(name, _NAMES, n=1, cutoff=0.5)
    zh = f"；是否为“{near[0]}”？" if near else "；"
    en = f'; did you mean "{near[0]}"?' if near else ";"
    known = [names for column, names in COLUMNS.items() if column]
    return source.wrong(
        f"第 {place} 列的名称未知{zh}"
        f"可用的列：{'、'.join(names[0] for names in known)}；“备注”列不读",
        f"column {place} has an unknown name{en} "
        f'columns: {", ".join(names[1] for names in known)}; "note" is not read',
        line,
    )


def _read_rows(source: Source, stream: Reader, columns: dict[str, int], rows: _Rows) -> None:
    """Read the rows under the header."""
    stem = source.stem
    text_at = columns["text"]
    id_at, topic_at = columns.get("id", -1), columns.get("topic", -1)
    weight_at = columns.get("weight", -1)
    rare = {
        name: at for name, at in columns.items() if name not in ("text", "id", "topic", "weight")
    }
    known: dict[str, str] = {}  # one string for each topic, however often it stands
    for row in stream:
        text = row[text_at].strip() if text_at < len(row) else ""
        rows.last = line = stream.line_num
        if not text:
            if any(cell.strip() for cell in row):
                raise source.wrong("这一行没有词条", "this row has no term", line)
            continue
        topic = row[topic_at].strip() if 0 <= topic_at < len(row) else ""
        topic = known.setdefault(topic, topic) or stem
        name = row[id_at].strip() if 0 <= id_at < len(row) else ""
        rows.texts.append(text)
        rows.topics.append(topic)
        rows.ids.append(f"{topic}.{name}" if name else f"{stem}.{line}")
        rows.lines.append(line)
        weight = row[weight_at].strip() if 0 <= weight_at < len(row) else ""
        rows.weights.append(_weight(source, weight, line) if weight else 1.0)
        if rare:
            cells = {name: row[at].strip() for name, at in rare.items() if at < len(row)}
            _read_rare(source, cells, line, rows)


def _read_rare(source: Source, cells: dict[str, str], line: int, rows: _Rows) -> None:
    """Read the cells that few terms have."""
    number = len(rows.texts) - 1
    if bounded := cells.get("bounded", "").lower():
        if bounded not in _YES | _NO:
            raise source.wrong("“边界”应为“是”或“否”", '"bounded" must be yes or no', line)
        rows.bounded[number] = bounded in _YES
    before, after = cells.get("before", ""), cells.get("after", "")
    if before or after:
        rows.sides[number] = (before, after)
    if example := cells.get("example"):
        rows.examples[number] = (example,)
    if example := cells.get("counter_example"):
        rows.counter_examples[number] = (example,)


def _weight(source: Source, cell: str, line: int) -> float:
    try:
        weight = float(cell)
    except ValueError:
        weight = math.nan
    if not 0 <= weight < math.inf:
        raise _no_weight(source, line)
    return weight


def _no_weight(source: Source, line: int) -> LexiconError:
    return source.wrong("“权重”应为非负的数", '"weight" must be a number, not negative', line)
