"""The check of a draft of 20 pages: what a drafter waits for, and what a server pays.

Two drafts with all elements of an official document, one right, one with five faults. The
peer opens the same file with python-docx and asks every run for its font, no more.
"""

from __future__ import annotations

import compileall
import copy
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
from docx.text.paragraph import Paragraph

import markscan
from benchmarks import walk_docx
from markscan import Config, Scanner
from markscan.cli.sample_drafts import EXPECTED, FAULTY, RIGHT, write_drafts
from markscan.document import Area

_START_GOAL = 1.0  # seconds
_OPEN_GOAL = 0.15
_SECTIONS = 12
_PARAGRAPHS = 6  # in each section
_TASKS = 18  # rows of the table
_SENTENCES = (
    "各责任单位要对照任务清单逐项核实，于{0}月{1}日前报送进展情况。",
    "牵头部门每{1}日汇总一次，遇有重大情况随时报告。",
    "所需经费从年度预算中安排，不得挤占其他项目，具体办法另行规定。",
    "第{0}组负责现场核查，核查结果由两人以上签字确认，并与台账逐笔核对。",
)


def run(quick: bool) -> list[dict[str, object]]:
    """Check each draft from process start and in an open process, in turns with the peer."""
    compileall.compile_dir(Path(markscan.__file__).parent, quiet=1)  # as pip does
    with tempfile.TemporaryDirectory() as name:
        drafts = {path.name: path for path in write_drafts(Path(name), date(2026, 11, 16))}
        rows = []
        for title, one in (("right", RIGHT), ("faulty", FAULTY)):
            lengthen(drafts[one])
            rows += _rows(title, drafts[one], 3 if quick else 9, 10 if quick else 40)
    return rows


def _rows(title: str, draft: Path, starts: int, times: int) -> list[dict[str, object]]:
    scanner = Scanner(Config())
    outcome = scanner.scan_file(draft)
    _, markings, _ = walk_docx.walk(str(draft))
    codes = {finding.rule for finding in outcome.findings}
    seen = sum(  # the peer has no custom properties
        one.marking.scheme == "cn-state" and one.place.area is not Area.PROPERTY
        for one in outcome.markings
    )
    told: dict[str, object] = {
        "peer": "python-docx, every run and its font",
        "findings": len(outcome.findings),
        "hits": seen,
        "peer_hits": markings,
        "check": codes == EXPECTED[draft.name] and seen == markings,
    }
    program = [sys.executable, "-m", "markscan", "check", str(draft)]
    peer = [sys.executable, str(walk_docx.__file__), str(draft)]
    waited, peer_waited = _medians(
        time.perf_counter, lambda: _process(program), lambda: _process(peer), starts
    )
    spent, peer_spent = _medians(
        time.process_time,
        lambda: scanner.scan_file(draft),
        lambda: walk_docx.walk(str(draft)),
        times,
    )
    return [
        {
            "name": f"start to answer, {title} draft of 20 pages",
            "seconds": waited,
            "goal_seconds": _START_GOAL,
            "peer_seconds": peer_waited,
            "ratio": peer_waited / waited,
            **told,
        },
        {
            "name": f"open process, {title} draft of 20 pages",
            "value_ms": spent * 1000,
            "goal_ms": _OPEN_GOAL * 1000,
            "peer_ms": peer_spent * 1000,
            "ratio": peer_spent / spent,
            **told,
        },
    ]


def _medians(
    clock: Callable[[], float], ours: Callable[[], object], theirs: Callable[[], object], times: int
) -> tuple[float, float]:
    """The median time of each; they take turns, and the first turn does not count."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(times + 1):
        for side, work in zip(taken, (ours, theirs), strict=True):
            began = clock()
            work()
            side.append(clock() - began)
    return statistics.median(taken[0][1:]), statistics.median(taken[1][1:])


def _process(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, check=False)


def lengthen(draft: Path) -> None:
    """Put sections, a table and an attachment into the draft, some 20 pages in all."""
    document = docx.Document(str(draft))
    last = next(p for p in document.paragraphs if p.text.startswith("工作中遇到的问题"))
    for number in range(1, _SECTIONS + 1):
        _before(last).runs[0].text = f"（{number}）进度安排"
        for part in range(1, _PARAGRAPHS + 1):
            paragraph = _before(last)
            paragraph.runs[0].text = f"{part}．"
            for sentence in _SENTENCES:
                paragraph._p.append(copy.deepcopy(paragraph.runs[0]._r))
                paragraph.runs[-1].text = sentence.format(number % 12 + 1, part + 10)
    last.runs[0].text = "附件：任务分工表"
    document.add_page_break()
    document.add_paragraph("附件")
    document.add_paragraph("任务分工表")
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    for number in range(1, _TASKS + 1):
        row = (str(number), f"第{number}项任务", "市应急管理局", f"{number % 12 + 1}月底前")
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(draft))


def _before(paragraph: Paragraph) -> Paragraph:
    """Put a copy of the paragraph before it and return the copy."""
    element = copy.deepcopy(paragraph._p)
    paragraph._p.addprevious(element)
    return Paragraph(element, paragraph._parent)
