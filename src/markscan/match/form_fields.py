"""The labelled fields of a form: 密级 | 机密, 密级：机密, side by side or line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markscan.document import Area, Document, Part, Span
from markscan.match.grammar.pattern import Pattern

_BLANK = Pattern(r"\s+")
_NOTE = Pattern(r"[（(][^（）()]{0,12}[)）]$")
_COLUMN = Pattern(r"[^\s|](?:[^\s|]|[ \u3000\u00a0](?![ \u3000\u00a0]))*")
_SET_OUT = Pattern(r"(?<!\S)([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?!\S)")
_SPREAD = Pattern(r"[\u4e00-\u9fff]")  # 密  级: a label that blanks set out
_SPREAD_END = Pattern(r"[\u4e00-\u9fff](?:[:：].*)?", re.DOTALL)
_LINE = Pattern(r"[^\n\f\v\u2028\u2029\x85]+")
_LABELLED = Pattern(r"([^:：]{1,16})[:：](.*)", re.DOTALL)
_TABLE_CELL = Pattern(r"(?:(.*)!)?(?:R\d+C(\d+)|([A-Z]{1,3})\d+)", re.DOTALL)
_LONGEST_LABEL = 24
_LONGEST_LINE = 200
ON_PAGE, IN_LINE = "page", "line"  # units of `Reach`

# What a label means, by pattern of its whole text without blanks; the first that fits.
_KINDS = {
    "level": r"(?:拟定|拟|建议|确定|文件|公文|涉密)?密级(?:建议|意见|等级|级别|标志|标识)?"
    r"(?:[和及与、/]?(?:保密)?期限)?|(?:是否)?涉密(?:等级|级别)?|是否(?:为)?(?:密件|定密|国家秘密)"
    r"|秘密等级|保密等级|保密级别|定密(?:结论|结果|等级|级别|意见|情况)",
    "period": r"(?:拟定|拟|建议)?(?:保密(?:期限|年限|期)|解密(?:时间|日期|条件))"
    r"(?:[或及、/](?:解密(?:时间|日期|条件))[或及、/]?)*",
    "scope": r"(?:拟定|建议)?(?:知悉|知密|接触)(?:人员)?范围",
    "reasons": r"(?:拟)?定密(?:依据|理由|事由)(?:[及和与](?:依据|理由|条款))?(?:条款)?"
    r"|(?:确定)?密级(?:的)?依据",
    "officer": r"定密(?:责任人|授权人)(?:姓名|签字|签名|审核|审批|意见|审核意见|审批意见|批示)?",
    "drafted": r"(?:拟稿|起草|拟文|制稿)(?:日期|时间)",
    "decided": r"(?:定密|密级确定|确定密级|拟定密级)(?:日期|时间)",
    "reviewed": r"(?:审核|审批|审定|批准)(?:日期|时间)",
    "copies": r"(?:拟|核定|批准|共)?(?:印制|印发|印刷|打印|印)(?:份数|数量|数)|份数",
    "drafting": r"(?:拟稿|起草)(?:人|单位|部门|处室|科室)?|核稿(?:人|意见)?"
    r"|会签(?:单位|部门|意见|人)?|(?:主办|承办)(?:单位|部门|处室|科室|人)|校对(?:人)?|打字(?:员)?"
    r"|经办人|(?:办公[厅室]|部门|处室)(?:审核|核稿|意见)(?:意见)?"
    r"|(?:单位|部门|分管|主管|处室)?(?:领导|负责人)(?:审核|审批|签发|批示|签批)?(?:意见)?",
    "other": r"(?:文件|公文|发文)?(?:标题|题目|名称)|事由|(?:发文)?(?:字号|文号|编号)|发文号"
    r"|(?:紧急|缓急)(?:程度)?|主送(?:机关|单位)?|抄送(?:机关|单位)?|抄报"
    r"|审核(?:人|意见)?|签发(?:人|意见)?|审批(?:人|意见)|附件|主题词|(?:公开)(?:属性|方式|类别)"
    r"|是否公开|(?:联系)?电话|备注|(?:印发|发文|成文|签发|发布)(?:日期|时间)"
    r"|文种|份号|来源|事项名称|申请(?:人|单位|部门)",
}
_PATTERNS = [(kind, Pattern(pattern)) for kind, pattern in _KINDS.items()]
# Labels that only a form of drafting has.
_OF_DRAFTING = Pattern(r"拟稿|起草|核稿|会签|主办|校对|打字|定密|拟文")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a cell reaches across its row, in `unit`, and down a page.

    Units are the columns of a named table, points of a page (`ON_PAGE`), columns of a line that
    tabs or strokes part, and half-width characters of a line (`IN_LINE`).
    """

    unit: str
    start: float
    end: float
    top: float = 0.0
    bottom: float = 0.0

    @property
    def fixed(self) -> bool:
        """Whether columns below one another start and end alike."""
        return self.unit != IN_LINE

    def overlap(self, other: Reach | None) -> float:
        """Return how far both lie over one another; 0 where they cannot be compared."""
        if other is None or other.unit != self.unit:
            return 0.0
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text that stands on its own: a cell, a column of a line, a whole line."""

    part: int
    span: Span
    text: str
    reach: Reach | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side. `table` is the name of their table, None for lines of text."""

    cells: tuple[Cell, ...]
    page: int | None
    table: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled field. `at` is the cell in which its value begins, None where it is empty."""

    kind: str
    label: str
    value: str
    named: Cell
    at: Cell | None

    @property
    def drafting(self) -> bool:
        """Whether only a form of drafting has this label."""
        return _OF_DRAFTING.search(self.label) is not None


def rows_of(document: Document) -> Iterator[Row]:
    """Yield the rows of `document` in reading order: table rows, and lines with their columns.

    Words of a page that stand at one height are a row.
    """
    waiting: list[int] = []
    for index, part in enumerate(document.parts):
        if part.place.area not in {Area.BODY, Area.CELL, Area.TEXTBOX}:
            continue
        if waiting and not _beside(document.parts[waiting[-1]], part):
            yield from _rows(document, waiting)
            waiting = []
        waiting.append(index)
    if waiting:
        yield from _rows(document, waiting)


def fields_of(row: Row) -> list[Field]:
    """Return the labelled fields of a row, in order."""
    found: list[Field] = []
    for cell in row.cells:
        begun = opened(cell)
        if begun:
            found += begun
        elif found:
            last = found[-1]
            value = f"{last.value} {cell.text}".strip()
            found[-1] = Field(last.kind, last.label, value, last.named, last.at or cell)
    return found


def opened(cell: Cell) -> list[Field]:
    """Return the fields that begin in `cell`: it is a label, or lines of 密级：机密."""
    bare = _label(cell.text)
    kind = _kind(bare)
    if kind is not None:
        return [Field(kind, bare, "", cell, None)]
    if words := words_of(cell):
        return words
    found: list[Field] = []
    for line in cell.text.split("\n"):
        parts = _LABELLED.fullmatch(line.strip())
        label = _label(parts[1]) if parts else ""
        kind = _kind(label)
        if parts and kind is not None:
            value = parts[2].strip()
            found.append(Field(kind, label, value, cell, cell if value else None))
        elif found:
            last = found[-1]
            value = f"{last.value} {line.strip()}".strip()
            found[-1] = Field(last.kind, last.label, value, cell, last.at or cell)
        elif line.strip():
            return []
    return found


def words_of(cell: Cell) -> list[Field]:
    """Return the fields of a line whose columns run together: 密级 机密 缓急 特急."""
    words = _SET_OUT.sub(r"\1\2", cell.text).split()
    if len(words) < 2 or len(cell.text) > _LONGEST_LINE or _kind(_label(words[0])) is None:
        return []
    found: list[Field] = []
    for word in words:
        label = _label(word)
        if (kind := _kind(label)) is not None:
            found.append(Field(kind, label, "", cell, None))
        else:
            last = found[-1]
            value = f"{last.value} {word}".strip()
            found[-1] = Field(last.kind, last.label, value, cell, cell)
    return found


def _label(text: str) -> str:
    """The text of a label, without blanks, colon and what stands behind it in brackets."""
    if len(text) > _LONGEST_LABEL:
        return ""
    bare = _BLANK.sub("", text).rstrip(":：")
    return _NOTE.sub("", bare) or bare


def _kind(label: str) -> str | None:
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(label)), None)


def _beside(before: Part, after: Part) -> bool:
    """Whether two parts stand in one row."""
    if before.row is not None or after.row is not None:
        return before.row == after.row
    one, two = before.place.box, after.place.box
    if one is None or two is None or before.place.page != after.place.page:
        return False
    overlap = min(one.bottom, two.bottom) - max(one.top, two.top)
    height = min(one.bottom - one.top, two.bottom - two.top)
    return two.left >= one.right and overlap > height / 2


def _rows(document: Document, parts: list[int]) -> Iterator[Row]:
    first = document.parts[parts[0]]
    page, table = first.place.page, None
    if first.place.area is Area.CELL:
        name, inside, _ = first.place.label.partition("!")
        table = name if inside else ""
    if len(parts) > 1 or first.row is not None:
        found = [(n, document.parts[n]) for n in parts]
        cells = [Cell(n, Span(0, len(p.text)), p.text, _reach(p)) for n, p in found if p.text]
        yield Row(tuple(cells), page, table)
        return
    for stretch in _LINE.finditer(first.text):
        line = stretch[0]
        if not line.strip():
            continue
        columns = _columns(line) if len(line) <= _LONGEST_LINE else [(0, len(line))]
        at = stretch.start()
        pieces = (
            Cell(parts[0], Span(at + a, at + z), line[a:z], _reach_in(first, line, a, z))
            for a, z in columns
        )
        yield Row(tuple(pieces), page, table)


def _columns(line: str) -> Iterator[tuple[int, int]]:
    """Yield where the columns of a line stand; single characters set apart are one word."""
    spread: int | None = None
    for found in _COLUMN.finditer(line):
        if spread is None and _SPREAD.fullmatch(found[0]):
            spread = found.start()
            continue
        if spread is not None and not _SPREAD_END.fullmatch(found[0]):
            yield spread, spread + 1
            spread = None
        yield found.start() if spread is None else spread, found.end()
        spread = None
    if spread is not None:
        yield spread, spread + 1


def _reach(part: Part) -> Reach | None:
    """Where a cell of a table or a piece of a page reaches across its row."""
    place = part.place
    cell = _TABLE_CELL.fullmatch(place.label) if place.area is Area.CELL else None
    if cell is not None:
        column = int(cell[2]) if cell[2] else _number(cell[3])
        return Reach(f"!{cell[1] or ''}", column, column + 1)
    if place.box is None:
        return None
    box = place.box
    return Reach(ON_PAGE, box.left, box.right, box.top, box.bottom)


def _number(letters: str) -> int:
    """The number of a column that a sheet names by letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _reach_in(part: Part, line: str, start: int, end: int) -> Reach:
    """Where line[start:end] reaches; on a page in proportion to the box of the line."""
    before, behind = _wide(line[:start]), _wide(line[:end])
    box = part.place.box
    if box is not None:
        step = (box.right - box.left) / _wide(line)
        left, right = box.left + before * step, box.left + behind * step
        return Reach(ON_PAGE, left, right, box.top, box.bottom)
    if "\t" in line or "|" in line:
        column = line.count("\t", 0, start) + line.count("|", 0, start)
        return Reach("columns", column, column + 1)
    return Reach(IN_LINE, before, behind)


def _wide(text: str) -> int:
    """The width of `text` in half-width characters."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
