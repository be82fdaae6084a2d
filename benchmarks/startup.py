"""Start of process to answer, by the wall clock: what a drafter waits for."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_GOALS = {"marking": 0.3, "check of a text file": 0.3, "check of a 20-page docx": 1.0}


def run(quick: bool) -> list[dict[str, object]]:
    """Run each command in a process of its own; the median of several."""
    with tempfile.TemporaryDirectory() as name:
        text = Path(name, "draft.txt")
        text.write_text("机密★10年\n关于召开会议的通知\n", "utf-8")
        draft = Path(name, "draft.docx")
        _twenty_pages(draft)
        commands = {
            "marking": ["marking", "机密★10年"],
            "check of a text file": ["check", str(text)],
            "check of a 20-page docx": ["check", str(draft)],
        }
        return [_row(name, command, 3 if quick else 9) for name, command in commands.items()]


def _row(name: str, command: list[str], times: int) -> dict[str, object]:
    taken = []
    for _ in range(times + 1):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "markscan", *command], capture_output=True, check=False
        )
        taken.append(time.perf_counter() - began)
    median = statistics.median(taken[1:])
    return {"name": f"start to answer, {name}", "seconds": median, "goal_seconds": _GOALS[name]}


def _twenty_pages(path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("机密★10年")
    for page in range(20):
        for line in range(22):
            document.add_paragraph(f"第{page + 1}页第{line + 1}行，" + "工作安排和具体要求" * 2)
        document.add_page_break()
    document.save(str(path))
