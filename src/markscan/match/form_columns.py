"""The fields of a form whose labels stand in one row and whose values stand below them.

    密级 | 保密期限 | 知悉范围
    机密 | 10年     | 市直单位

Table cells go together by the number of their column, the pieces of a page by how they lie
over one another, the words of plain lines by their order or by how far they are indented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markscan.match.form_fields import ON_PAGE, Cell, Field, Row, fields_of, opened, words_of
from markscan.match.grammar.pattern import Pattern

_BLANK = Pattern(r"\s+")
_RULED = Pattern(r"[-=+|:—─━═┄┌┬┐├┼┤└┴┘│]{3,}")  # |---|---| of a table drawn in text
# The value of a level field: one word; a level with its period; boxes.
_ONE_WORD = Pattern(r"(?:绝密|机密|秘密)级?|非密|(?:不|非)涉密|公开|内部(?:资料|文件)?")
_ENTRY = Pattern(rf"{_ONE_WORD.source}|(?:拟定?)?(?:绝密|机密|秘密)级?(?:[\W\d].{{0,20}}|长期)")
_SIGNS = "□☐▢◻⬜❏❐■☑☒☓▣◼⬛✅"
_BOX = Pattern(rf"[{_SIGNS}]")
_COLON = Pattern(r"[:：]\s*$")
_FEWEST = 2  # labels of such a row, and values below it where no table holds them together
_MOST = 8  # rows in which their values are sought
_SKIPPED = 4.0  # the widest gap between labels and values on a page, in heights of a label
_TALLER = 1.3  # the height of a value, in heights of a label; the head of a draft is larger
_WRAPPED = 1.2  # the widest gap between two lines of a value


@dataclass(frozen=True, slots=True)
class _Head:
    """A cell of a row of labels; `kind` is None where the label means nothing here."""

    cell: Cell
    field: Field | None

    @property
    def kind(self) -> str | None:
        return self.field.kind if self.field is not None else None


def read_rows(rows: list[Row]) -> Iterator[tuple[int, list[Field]]]:
    """Yield the rows that have fields, by index, in order; a row of values has none of its own.

    Several levels below one label are a list, which is no form: a field of the kind "list".
    """
    index = 0
    while index < len(rows):
        below = _read_below(rows, index)
        if below is not None:
            fields, taken = below
            yield index, fields
            yield from ((row, []) for row in taken)
            index = taken[-1] + 1
            continue
        if found := fields_of(rows[index]):
            wrapped = [list(_wrapped(field, rows, index)) for field in found]
            yield index, [_with(f, rows, more) for f, more in zip(found, wrapped, strict=True)]
            yield from ((row, []) for more in wrapped for row in more)
        index += 1


def _wrapped(field: Field, rows: list[Row], index: int) -> Iterator[int]:
    """Yield the rows that go on with the boxes of a field: a narrow cell of a page has lines."""
    start = field.at.reach if field.at is not None else None
    if start is None or start.unit != ON_PAGE or not _BOX.search(field.value):
        return
    foot, height = start.bottom, start.bottom - start.top
    for at in range(index + 1, min(len(rows), index + _MOST)):
        cells = rows[at].cells
        reach = cells[0].reach if len(cells) == 1 and not opened(cells[0]) else None
        if reach is None or reach.unit != ON_PAGE or abs(reach.start - start.start) > height / 2:
            return
        if not 0 < reach.bottom - foot <= 2 * height:
            return
        yield at
        foot = reach.bottom


def _with(field: Field, rows: list[Row], more: list[int]) -> Field:
    lines = [field.value, *(rows[at].cells[0].text for at in more)]
    return replace(field, value="".join(lines)) if more else field


def _read_below(rows: list[Row], index: int) -> tuple[list[Field], list[int]] | None:
    """The fields of a row of labels and the rows that give their values; None for others."""
    heads = _heads(rows[index])
    if not heads:
        return None
    taken = list(_rows_below(rows, index, heads))
    if not taken:
        return None
    on_page = rows[index].table is None and _is_on_page(rows[index])
    first = taken if on_page else taken[:1]
    columns = _columns(heads, [cell for row in first for cell in _cells(rows[row], heads)])
    if columns is None or (rows[index].table is None and not _is_safe(heads, columns)):
        return None
    found = [head.field for head in heads if head.field is not None]
    if _is_list(heads, columns) or (not on_page and _goes_on(rows, taken[1:], heads)):
        return [replace(found[0], kind="list")], taken
    if not _strict(heads) and not _level_told(heads, columns):
        return None
    return [_filled(head.field, columns[n]) for n, head in enumerate(heads) if head.field], first


def _is_safe(heads: list[_Head], columns: list[list[Cell]]) -> bool:
    """Whether what stands below labels outside tables is values, not the head of the draft.

    A blank form may end with such labels, and 000001 or 机密★10年 of the draft follow.
    """
    if any(_COLON.search(head.cell.text) for head in heads):
        return False
    levels = [n for n, head in enumerate(heads) if head.kind == "level"]
    if any(columns[n] for n in levels) and not _level_told(heads, columns):
        return False
    filled = [cells for cells in columns if cells]
    if len(filled) >= _FEWEST:
        return True
    spelt = _BLANK.sub("", "".join(cell.text for cells in filled for cell in cells))
    return any(columns[n] for n in levels) and _ONE_WORD.fullmatch(spelt) is not None


def _heads(row: Row) -> list[_Head]:
    """The cells of a row of labels: at least two, and none has a value beside it."""
    words = words_of(row.cells[0]) if len(row.cells) == 1 else []
    if words:
        heads = [
            _Head(replace(field.named, text=field.label, reach=None), field) for field in words
        ]
        return heads if len(heads) >= _FEWEST and not any(f.value for f in words) else []
    heads = []
    for cell in row.cells:
        found = opened(cell)
        if found and (len(found) > 1 or found[0].value):
            return []
        heads.append(_Head(cell, found[0] if found else None))
    if sum(head.field is not None for head in heads) < _FEWEST:
        return []
    kinds = [*(head.kind for head in heads), "end"]
    beside = any(kinds[n + 1] is None for n, kind in enumerate(kinds) if kind == "level")
    return heads if _strict(heads) or (not beside and "level" in kinds) else []


def _strict(heads: list[_Head]) -> bool:
    """Whether all cells from the first label on are labels."""
    kinds = [head.kind for head in heads]
    first = next(n for n, kind in enumerate(kinds) if kind is not None)
    return None not in kinds[first:]


def _rows_below(rows: list[Row], index: int, heads: list[_Head]) -> Iterator[int]:
    """Yield the rows next below that hold no label."""
    above, last = rows[index], index
    for at in range(index + 1, min(len(rows), index + 1 + _MOST)):
        row = rows[at]
        if _RULED.fullmatch(_BLANK.sub("", "".join(cell.text for cell in row.cells))):
            continue
        if row.table != above.table or (row.table is None and row.page != above.page):
            return
        if not row.cells or any(opened(cell) for cell in row.cells):
            return
        if (
            above.table is None
            and _is_on_page(above)
            and not _is_near(rows, (index, last), row, heads)
        ):
            return
        yield at
        last = at


def _is_on_page(row: Row) -> bool:
    return all(cell.reach is not None and cell.reach.unit == ON_PAGE for cell in row.cells)


def _is_near(rows: list[Row], above: tuple[int, int], row: Row, heads: list[_Head]) -> bool:
    """Whether a row of a page lies under labels, close enough, each piece under one of them."""
    index, last = above
    labels = [cell.reach for cell in rows[index].cells if cell.reach is not None]
    foot = max(reach.bottom for reach in labels)
    height = max(reach.bottom - reach.top for reach in labels)
    if last > index:
        foot = max(c.reach.bottom for n in range(index, last + 1) for c in rows[n].cells if c.reach)
    widest = (_SKIPPED if last == index else _WRAPPED) * height
    for cell in row.cells:
        reach = cell.reach
        if reach is None or reach.unit != ON_PAGE:
            return False
        if not labels[0].bottom - height / 2 <= reach.top <= foot + widest:
            return False
        if reach.bottom - reach.top > _TALLER * height:
            return False
        if sum(reach.overlap(head.cell.reach) > 0 for head in heads) > 1:
            return False
    return True


def _cells(row: Row, heads: list[_Head]) -> list[Cell]:
    """The cells of a row of values; its words where the labels are words of one line."""
    if len(row.cells) > 1 or any(head.cell.reach is not None for head in heads):
        return list(row.cells)
    (cell,) = row.cells
    return [replace(cell, text=word) for word in cell.text.split(None, len(heads) - 1)]


def _columns(heads: list[_Head], cells: list[Cell]) -> list[list[Cell]] | None:
    """The values below each label; None where that cannot be told."""
    in_order = [[cell] for cell in cells] if len(heads) == len(cells) else None
    by_reach = _by_reach(heads, cells)
    if any(cell.reach is None or not cell.reach.fixed for cell in cells):
        return in_order or by_reach
    if by_reach is not None:
        return by_reach
    return in_order if in_order is not None and _level_told(heads, in_order) else None


def _by_reach(heads: list[_Head], cells: list[Cell]) -> list[list[Cell]] | None:
    columns: list[list[Cell]] = [[] for _ in heads]
    for cell in cells:
        reach = cell.reach
        lengths = [reach.overlap(head.cell.reach) if reach else 0.0 for head in heads]
        most = max(lengths)
        if most <= 0:
            return None
        column = columns[lengths.index(most)]
        if column and reach is not None and reach.unit != ON_PAGE:
            return None
        column.append(cell)
    return columns


def _level_told(heads: list[_Head], columns: list[list[Cell]]) -> bool:
    return any(
        _is_entry(cell) or _BOX.search(cell.text) is not None
        for head, cells in zip(heads, columns, strict=True)
        for cell in cells
        if head.kind == "level"
    )


def _is_list(heads: list[_Head], columns: list[list[Cell]]) -> bool:
    """Whether a level label has several levels below it."""
    return any(
        sum(_is_entry(cell) for cell in cells) > 1
        for head, cells in zip(heads, columns, strict=True)
        if head.kind == "level"
    )


def _goes_on(rows: list[Row], following: list[int], heads: list[_Head]) -> bool:
    """Whether a row behind the first of values names a level in its turn."""
    for at in following:
        columns = _columns(heads, _cells(rows[at], heads))
        if columns is None:
            continue
        levels = [cells for n, cells in enumerate(columns) if heads[n].kind == "level"]
        if any(_is_entry(cell) for cells in levels for cell in cells):
            return True
    return False


def _is_entry(cell: Cell) -> bool:
    return _ENTRY.fullmatch(_BLANK.sub("", cell.text)) is not None


def _filled(field: Field, cells: list[Cell]) -> Field:
    """The field with the value that `cells` spell, from top to bottom."""
    value = "".join(cell.text for cell in cells)
    return replace(field, value=value.strip(), at=cells[0] if cells else None)
