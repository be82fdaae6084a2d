"""A kept run as CSV: a row a finding, then one for each file not read in full and each place.

UTF-8 with a byte order mark, by which Excel on Chinese Windows knows it. A text that a
spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from markscan.report.reporter import Manner
from markscan.report.run.overview import Overview
from markscan.report.run.words import (
    FINDING_COLUMNS,
    UNEXAMINED_COLUMNS,
    finding_row,
    heading,
    place_row,
    say,
    unexamined_row,
)
from markscan.wording import Text

COLUMNS = (
    "kind",
    *FINDING_COLUMNS,
    *(name for name in UNEXAMINED_COLUMNS if name not in FINDING_COLUMNS),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write(overview: Overview, sentence: Text, manner: Manner, stream: BinaryIO) -> None:
    """Write the table to `stream`. How the run ended is told on standard error."""
    language = manner.language
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([heading(name, language) for name in COLUMNS])
    kinds = [
        ("finding", (finding_row(e, n, language) for n, e in enumerate(overview.entries, 1))),
        (
            "unexamined",
            (unexamined_row(f, n, language) for n, f in enumerate(overview.unexamined(), 1)),
        ),
        ("place", (place_row(p, n, language) for n, p in enumerate(overview.places, 1))),
    ]
    for kind, rows in kinds:
        for row in rows:
            told = {"kind": say(f"run.kind.{kind}", language), **row}
            writer.writerow([guarded(told.get(name, "")) for name in COLUMNS])
    text.detach()


def guarded(text: str) -> str:
    """Return `text` so that a spreadsheet takes it for text."""
    return f"'{text}" if text.startswith(_FORMULA) else text
