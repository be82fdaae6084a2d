"""Turns outcomes into what a person or a program reads. One report a file, listed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from markscan.report import html, jsonl, sarif, text
from markscan.report.reporter import Manner, Reporter
from markscan.report.totals import Totals

__all__ = ["REPORTERS", "Manner", "Reporter", "Totals"]

# The values of --format, the default first. No module imports Rich before it prints.
REPORTERS: dict[str, Callable[[TextIO, Manner], Reporter]] = {
    "text": text.TextReport,
    "html": html.HtmlReport,
    "jsonl": jsonl.JsonlReport,
    "sarif": sarif.SarifReport,
}
