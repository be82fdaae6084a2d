"""Tables, sheets and what belongs to sheets: validations, names, scenarios.

OASIS OpenDocument 1.3 part 3, clause 9.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markscan.document import Area
from markscan.extract.odf.frames import Frame
from markscan.extract.odf.state import Attributes, State, count

_QUOTED = re.compile(r"\"[^\"]*\"")
_UNSEEN = ("collapse", "filter")


def _start_table(state: State, attributes: Attributes) -> None:
    story = state.story
    style = attributes.get("table:style-name", "")
    story.start_table(
        attributes.get("table:name", ""),
        is_sheet=state.is_sheet and not story.tables and len(story.frames) == 1,
        hidden=story.styles.get("table", style, "table:display") == "false",
        ground=story.styles.ground("table", style),
    )


def _end_table(state: State) -> None:
    state.story.end_table()


def _column(state: State, attributes: Attributes) -> None:
    if state.story.tables:
        state.story.tables[-1].columns.add(
            count(attributes.get("table:number-columns-repeated", "1")),
            hidden=attributes.get("table:visibility") in _UNSEEN,
            style=attributes.get("table:default-cell-style-name", ""),
        )


def _start_row(state: State, attributes: Attributes) -> None:
    style = attributes.get("table:style-name", "")
    state.story.start_row(
        count(attributes.get("table:number-rows-repeated", "1")),
        hidden=attributes.get("table:visibility") in _UNSEEN,
        style=attributes.get("table:default-cell-style-name", ""),
        ground=state.story.styles.ground("table-row", style) if style else None,
    )


def _start_group(state: State, attributes: Attributes) -> None:
    state.hide(attributes.get("table:display") == "false")


def _end_group(state: State) -> None:
    state.end_hiding()


def _start_cell(state: State, attributes: Attributes) -> None:
    repeated = count(attributes.get("table:number-columns-repeated", "1"))
    hidden = state.story.start_cell(repeated, attributes.get("table:style-name", ""))
    state.cells.append((repeated, hidden, attributes.get("office:string-value", "")))
    formula = attributes.get("table:formula", "")
    if _says(formula):
        state.story.aside(formula, "formula")


def _end_cell(state: State) -> None:
    if state.cells:
        repeated, hidden, value = state.cells.pop()
        lines = state.story.frames[-1].lines
        if value and lines is not None and not any(lines):
            if lines:  # its format shows nothing of it
                state.story.aside(value, "value")
            else:
                lines.append(value)
        state.story.end_cell(repeated, hidden=hidden)


def _says(expression: str) -> bool:
    """Tell whether an expression quotes words that are not ASCII."""
    return not expression.isascii() and not all(map(str.isascii, _QUOTED.findall(expression)))


def _start_validation(state: State, attributes: Attributes) -> None:
    state.story.push(Frame(Area.HIDDEN, "validation", []))
    condition = attributes.get("table:condition", "")
    if _says(condition):
        state.story.aside(condition, "condition")


def _end_validation(state: State) -> None:
    state.story.pop()


def _message(state: State, attributes: Attributes) -> None:
    state.story.aside(attributes.get("table:title", ""), "title")


def _named(state: State, attributes: Attributes) -> None:
    name, expression = attributes.get("table:name", ""), attributes.get("table:expression", "")
    state.story.add(name, Area.HIDDEN, "defined name")
    if _says(expression):
        state.story.add(expression, Area.HIDDEN, "defined name")


def _scenario(state: State, attributes: Attributes) -> None:
    state.story.aside(attributes.get("table:comment", ""), "scenario")


STARTS: dict[str, Callable[[State, Attributes], None]] = {
    "table:table": _start_table,
    "table:sub-table": _start_table,
    "table:table-column": _column,
    "table:table-row": _start_row,
    "table:table-row-group": _start_group,
    "table:table-cell": _start_cell,
    "table:covered-table-cell": _start_cell,
    "table:content-validation": _start_validation,
    "table:help-message": _message,
    "table:error-message": _message,
    "table:named-range": _named,
    "table:named-expression": _named,
    "table:database-range": _named,
    "table:scenario": _scenario,
}
ENDS: dict[str, Callable[[State], None]] = {
    "table:table": _end_table,
    "table:sub-table": _end_table,
    "table:table-row-group": _end_group,
    "table:table-cell": _end_cell,
    "table:covered-table-cell": _end_cell,
    "table:content-validation": _end_validation,
}
