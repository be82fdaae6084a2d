"""A list as a table (.csv), as Excel saves it: a header row, then a term a row."""

from __future__ import annotations

import csv
import difflib
import io
import math
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markscan.errors import LexiconError
from markscan.termlist.decoding import decoded
from markscan.termlist.term import Entries, Source

if TYPE_CHECKING:
    from _csv import Reader

# The names of the columns, as a header may write them.
COLUMNS = {
    "text": ("词条", "词语", "text", "term"),
    "id": ("编号", "id"),
    "topic": ("主题", "topic"),
    "weight": ("权重", "weight"),
    "bounded": ("边界", "bounded"),
    "before": ("前文", "before"),
    "after": ("后文", "after"),
    "example": ("示例", "example", "examples"),
    "counter_example": ("反例", "counter_example", "counter_examples"),
    "": ("备注", "来源", "note", "remark", "source"),  # for people
}
_NAMES = {name: column for column, names in COLUMNS.items() for name in names}
_YES = frozenset({"是", "true", "yes", "1"})
_NO = frozenset({"否", "false", "no", "0"})
_DELIMITERS = ",\t;"  # what Excel writes depends on the country it is set to


@dataclass(slots=True)
class _Rows:
    """The columns while they are read."""

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
    start = len(text) - len(text.lstrip("\r\n"))
    header = text[start : text.find("\n", start) + 1 or None].rstrip("\r\n")
    delimiter = max(_DELIMITERS, key=header.count)
    stream = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = _Rows()
    try:
        names = next(row for row in stream if row)
        columns = _columns(source, names, stream.line_num)
        _read_rows(source, stream, columns, rows)
    except csv.Error:
        raise source.wrong("不是有效的 CSV", "is no CSV", stream.line_num) from None
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
    )


def _columns(source: Source, names: list[str], line: int) -> dict[str, int]:
    """Return where each column stands."""
    found: dict[str, int] = {}
    plain = [name.strip().lower() for name in names]
    if not any(_NAMES.get(name) == "text" for name in plain):
        raise source.wrong(
            "第一行应为表头，其中有“词条”一列",
            'the first row must name the columns, among them "text"',
            line,
        )
    for place, name in enumerate(plain):
        column = _NAMES.get(name)
        if column is None and name:
            near = difflib.get_close_matches(name, _NAMES, n=1, cutoff=0.5)
            zh = f"；是否为“{near[0]}”？" if near else ""
            en = f'; did you mean "{near[0]}"?' if near else ""
            raise source.wrong(
                f"第 {place + 1} 列的名称未知{zh}",
                f"column {place + 1} has an unknown name{en}",
                line,
            )
        if column and column in found:
            zh, en = f"“{name}”一列重复", f'column "{name}" stands twice'
            raise source.wrong(zh, en, line)
        if column:
            found[column] = place
    return found


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
        line = stream.line_num
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
