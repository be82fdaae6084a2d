"""The reports of a kept run: whole at once, beside the run before. One format a file, listed here.

A module of `FORMATS` has `write(overview, sentence, manner, stream)`, which writes bytes to
`stream`; one of `DOCUMENTS` makes Word documents of a template. `sentence` says how the run
ended. All load when they are asked for.
"""

from __future__ import annotations

# The values of --format, beside those that tell file after file (text, jsonl).
FORMATS = {
    "html": "markscan.report.run.page",
    "xlsx": "markscan.report.run.sheet",
    "csv": "markscan.report.run.table",
    "sarif": "markscan.report.run.sarif",
}
DOCUMENTS = ("docx", "notice")  # markscan.report.run.document
BINARY = ("xlsx", "docx")  # never to a terminal
