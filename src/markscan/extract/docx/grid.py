"""Sets the tables of a Word document: cells from widths, rows from what they hold (17.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from markscan.extract.docx.measures import number, twips
from markscan.extract.docx.shape import local

if TYPE_CHECKING:
    from markscan.extract.docx.column import Column
    from markscan.extract.docx.flow import Flow

_MOST_COLUMNS = 64  # as many as Word allows, one more than it needs
_MARGIN = 5.4  # points left and right of a cell's text
_STOPS = frozenset(("p", "tr", "tc", "tbl"))


@dataclass(frozen=True, slots=True)
class _Table:
    """Where a table stands: its left edge, the widths of its grid, the margins in its cells."""

    left: float
    grid: tuple[float, ...]
    inner_left: float
    inner_right: float


def set_table(flow: Flow, element: Any, column: Column) -> None:
    """Set a table in a column; `flow` takes its lines."""
    boxed = bool(column.label)
    is_inside = boxed or flow.story.row is not None
    if not boxed:
        flow.story.start_table()
    flow.finish_border(column)
    column.before = None
    table = _measured(element, column, 0.0 if is_inside else flow.cell_shift)
    for row in _inside(element, "tr"):
        if flow.is_full:
            break
        _set_row(flow, row, table, column)
    if not boxed:
        flow.story.end_table()


def _set_row(flow: Flow, row: Any, table: _Table, column: Column) -> None:
    boxed = bool(column.label)
    if not boxed:
        flow.story.start_row()
    properties = row.find(qn("w:trPr"))
    at = int(_said(properties, "w:gridBefore", 0.0))
    x = table.left + sum(table.grid[:at])
    page, top = column.page, column.y
    end = (page, top)
    for cell in _inside(row, "tc"):
        if flow.is_full:
            break
        now = flow.page(column)
        if now > page:
            page, top = now, flow.sections.area(now).top
        span, width = _width(cell, table, at)
        if not boxed:
            flow.story.start_cell()
        inside = _in_cell(column, x, width, table)
        inside.page, inside.y = page, top
        flow.blocks(cell, inside)
        flow.finish(inside)
        if not boxed:
            flow.story.end_cell()
        end = max(end, (inside.page, inside.y))
        at, x = at + span, x + width
    column.page, column.y = max(end, (page, top + _height(properties)))


def _in_cell(column: Column, x: float, width: float, table: _Table) -> Column:
    left = x + table.inner_left
    right = max(x + width - table.inner_right, left + 1)
    return replace(column, left=left, right=right, before=None, border=None, frame=None)


def _height(properties: Any) -> float:
    found = properties.find(qn("w:trHeight")) if properties is not None else None
    return max(twips(found.get(qn("w:val"))), 0.0) if found is not None else 0.0


def _said(properties: Any, name: str, default: float) -> float:
    found = properties.find(qn(name)) if properties is not None else None
    value = number(found.get(qn("w:val")), default) if found is not None else default
    return min(max(value, 0.0), _MOST_COLUMNS)


def _width(cell: Any, table: _Table, at: int) -> tuple[int, float]:
    """Return how many columns of the grid a cell spans, and its width."""
    properties = cell.find(qn("w:tcPr"))
    span = max(int(_said(properties, "w:gridSpan", 1.0)), 1)
    by_grid = sum(table.grid[at : at + span])
    wish = properties.find(qn("w:tcW")) if properties is not None else None
    if wish is None:
        return span, by_grid
    width = _wished(wish, sum(table.grid))
    return span, width or by_grid


def _wished(element: Any, whole: float) -> float:
    """Return a width that a table or cell asks for; 0 where it leaves that open."""
    value, kind = element.get(qn("w:w"), ""), element.get(qn("w:type"), "dxa")
    if value.endswith("%"):
        return max(number(value[:-1]), 0.0) / 100 * whole
    if kind == "pct":
        return max(number(value), 0.0) / 5000 * whole
    return max(twips(value), 0.0) if kind == "dxa" else 0.0


def _measured(element: Any, column: Column, cell_shift: float) -> _Table:
    properties = element.find(qn("w:tblPr"))
    room = column.right - column.left
    inner_left, inner_right = _margins(properties)
    grid = _grid(element, room)
    asked = properties.find(qn("w:tblW")) if properties is not None else None
    if asked is not None and asked.get(qn("w:type")) == "pct":
        scale = _wished(asked, room) / (sum(grid) or 1.0)
        grid = tuple(width * scale for width in grid) if scale else grid
    first = next(_inside(element, "tr"), None)
    width = _row_width(first, _Table(0.0, grid, 0.0, 0.0)) if first is not None else sum(grid)
    align = properties.find(qn("w:jc")) if properties is not None else None
    how = align.get(qn("w:val")) if align is not None else None
    if how == "center":
        left = column.left + (room - width) / 2
    elif how in ("right", "end"):
        left = column.right - width
    else:
        indent = properties.find(qn("w:tblInd")) if properties is not None else None
        left = column.left - inner_left * cell_shift
        left += twips(indent.get(qn("w:w"))) if indent is not None else 0.0
    return _Table(left, grid, inner_left, inner_right)


def _row_width(row: Any, table: _Table) -> float:
    at, whole = 0, 0.0
    for cell in _inside(row, "tc"):
        span, width = _width(cell, table, at)
        at, whole = at + span, whole + width
    return whole


def _margins(properties: Any) -> tuple[float, float]:
    margins = properties.find(qn("w:tblCellMar")) if properties is not None else None
    found = {"left": _MARGIN, "right": _MARGIN}
    for side in margins if margins is not None else ():
        name = {"start": "left", "end": "right"}.get(local(side), local(side))
        if name in found:
            found[name] = twips(side.get(qn("w:w")), _MARGIN)
    return found["left"], found["right"]


def _grid(element: Any, room: float) -> tuple[float, ...]:
    """Return the widths of the columns; equal shares where the table names none."""
    found = element.find(qn("w:tblGrid"))
    columns = found.findall(qn("w:gridCol"))[:_MOST_COLUMNS] if found is not None else ()
    widths = tuple(max(twips(each.get(qn("w:w"))), 0.0) for each in columns)
    if sum(widths):
        return widths
    first = next(_inside(element, "tr"), None)
    cells = sum(1 for _ in _inside(first, "tc")) if first is not None else 0
    count = min(max(len(widths), cells, 1), _MOST_COLUMNS)
    return (room / count,) * count


def _inside(element: Any, name: str) -> Iterator[Any]:
    """Yield rows or cells, those in content controls too, but none of a table inside."""
    for each in element:
        kind = local(each)
        if kind == name:
            yield each
        elif kind not in _STOPS and kind and not kind.endswith("Pr"):
            yield from _inside(each, name)
