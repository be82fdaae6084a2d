"""Builds findings and outcomes, and what a report makes of them."""

from __future__ import annotations

import io

from markscan.document import Area, Box, Line, Place, Run
from markscan.finding import Finding, Outcome, Severity, Status, Verdict
from markscan.report import REPORTERS, Manner, Totals
from markscan.wording import Text

SECRET = "青禾渡口三号仓的口令是青石板"
DONE = Text("完了", "done")
PLACE = Place(Area.HEADER, 1, "word/header1.xml", Box(1.234, 2, 3, 4))


def finding(severity: Severity = Severity.HIGH, **changes) -> Finding:
    """A finding of MS103 that quotes SECRET."""
    values = {
        "rule": "MS103",
        "severity": severity,
        "verdict": Verdict.MARKING_FAULTY,
        "message": Text("缺少五角星", "no star"),
        "fix": Text("请改为“机密★10年”。", "Write 机密★10年."),
        "basis": Text("标志规定第4条", "marking rules 4"),
        "place": PLACE,
        "key": "v1:00",
        "quote": SECRET,
    }
    return Finding(**(values | changes))


def outcome(locator: str = "共享/a.docx", **changes) -> Outcome:
    """An examined Word document with no findings."""
    values = {"format": "docx", "status": Status.EXAMINED}
    return Outcome(locator, **(values | changes))


def report(
    name: str,
    *outcomes: Outcome,
    totals: Totals | None = None,
    end: Text = DONE,
    **manner,
) -> str:
    """What the report called `name` writes about `outcomes`."""
    stream = io.StringIO()
    reporter = REPORTERS[name](stream, Manner(**manner))
    totals = totals or Totals()
    for one in outcomes:
        totals.handed += 1
        totals.add(one)
        if reporter.shows(one):
            reporter.outcome(one)
    reporter.close(totals, end)
    return stream.getvalue()


def line(label: str, text: str, box: Box, *, colour: str = "", page: int = 1) -> Line:
    """A line of a page; without a label its place is its box, as in a PDF."""
    place = Place(Area.BODY, page, label, None if label else box)
    return Line(text, place, box, (Run(text, place, "仿宋", 16, colour),))
