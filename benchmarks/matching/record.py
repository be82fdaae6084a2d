"""A run on paper: raw samples, verdicts, the machine and the summary in one folder."""

from __future__ import annotations

import csv
import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import markscan
from benchmarks.matching.definition import Goal
from benchmarks.matching.measure import Measured
from benchmarks.matching.summary import tables

FOLDER = Path(__file__).parents[1] / "record"

_ROOT = Path(__file__).parents[2]


def name_of_run() -> str:
    """Return date and kind of machine, such as 2026-11-22-x86_64-2cpu."""
    day = datetime.now(UTC).date().isoformat()
    return f"{day}-{platform.machine().lower()}-{os.cpu_count()}cpu"


def machine() -> dict[str, object]:
    """Return what the numbers depend on: processor, cores, system, Python, commit, load."""
    load = os.getloadavg() if hasattr(os, "getloadavg") else None
    return {
        "taken": datetime.now(UTC).isoformat(timespec="seconds"),
        "markscan": markscan.__version__,
        "commit": _commit(),
        "cpu": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_average": None if load is None else [round(value, 2) for value in load],
    }


def write(folder: Path, everything: Sequence[Measured], goals: Sequence[Goal]) -> None:
    """Write samples.csv, verdicts.csv, machine.json and summary.md into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    samples = [
        {
            "model": measured.bench.model,
            "corpus": measured.bench.corpus,
            "lexicon": measured.bench.lexicon,
            "terms": measured.terms,
            "document": measured.bench.document,
            **asdict(sample),
        }
        for measured in everything
        for sample in measured.samples
    ]
    _table(folder / "samples.csv", samples)
    _table(
        folder / "verdicts.csv",
        [asdict(verdict) for measured in everything for verdict in measured.verdicts],
    )
    about = machine()
    versions = {s.engine: s.version for measured in everything for s in measured.samples}
    about["engines"] = dict(sorted(versions.items()))
    told = json.dumps(about, ensure_ascii=False, indent=2)
    (folder / "machine.json").write_text(told + "\n", "utf-8", newline="\n")
    (folder / "summary.md").write_text(_summary(about, everything, goals), "utf-8", newline="\n")


def _summary(
    about: dict[str, object], everything: Sequence[Measured], goals: Sequence[Goal]
) -> str:
    lines = [
        f"# Matching, {str(about['taken'])[:10]}",
        f"{about['cpu']}, {about['cores']} cores, {about['system']}, Python {about['python']}; "
        f"markscan {about['markscan']}, commit {about['commit']}; load {about['load_average']}.",
        "CPU time. The rounds of all engines take turns; ratios are medians of ratios per round.",
    ]
    return "\n\n".join(lines) + "\n\n" + tables(everything, goals)


def _table(path: Path, rows: Sequence[dict[str, object]]) -> None:
    if not rows:
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _commit() -> str:
    """The commit of the checkout, with "+changes" if files differ from it; else "unknown"."""
    try:
        name = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return name + ("+changes" if changed else "")


def _git(*words: str) -> str:
    told = subprocess.run(
        ["git", "-C", str(_ROOT), *words], capture_output=True, text=True, check=True
    )
    return told.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
