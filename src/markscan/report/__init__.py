"""Turns outcomes into what a person or a program reads. One report a file, listed here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TextIO, cast

from markscan.report.reporter import Manner, Reporter
from markscan.report.totals import Totals

__all__ = ["REPORTERS", "Manner", "Reporter", "Totals"]

_Make = Callable[[TextIO, Manner], Reporter]


def _late(module: str, name: str) -> _Make:
    """Return what makes the reporter `name`; its module is imported when the first is made."""

    def make(stream: TextIO, manner: Manner) -> Reporter:
        return cast(_Make, getattr(import_module(f"{__name__}.{module}"), name))(stream, manner)

    return make


# The values of --format, the default first. No module imports Rich before it prints.
REPORTERS: dict[str, _Make] = {
    "text": _late("text", "TextReport"),
    "html": _late("html", "HtmlReport"),
    "jsonl": _late("jsonl", "JsonlReport"),
    "sarif": _late("sarif", "SarifReport"),
}
