"""A whole folder of public documents: files a second, MB/s, beside grep with the same terms.

grep reads bytes and neither folds, nor judges, nor keeps places: it is the floor of what
a scan of text can cost, not an equal. Its count of hits must equal ours on folded text.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.corpora import texts
from markscan import Config, Scanner
from markscan.fold import fold
from markscan.match.grammar import ANCHORS
from markscan.match.terms import TermFinder
from markscan.termlist import shipped_terms


def run(quick: bool) -> list[dict[str, object]]:
    """Scan text files in this process, on one core, then let grep read the same files."""
    documents = texts(8 if quick else 100)
    words = sorted({*ANCHORS, *(fold(term.text).text for term in shipped_terms())})
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        plain, folded = root / "plain", root / "folded"
        _write(plain, documents)
        _write(folded, [fold(text).text for text in documents])
        (root / "words").write_text("\n".join(words) + "\n", "utf-8")
        size = sum(len(text.encode()) for text in documents) / 1e6
        seconds, findings = _scan(plain)
        ours = _count(TermFinder(words), documents)
        row: dict[str, object] = {
            "name": f"scan of {len(documents)} text files, {size:.0f} MB",
            "value_mb_s": size / seconds,
            "files_s": len(documents) / seconds,
            "findings": findings,
        }
        if shutil.which("grep"):
            spent, _ = _grep(plain, root / "words", "-c")
            _, lines = _grep(folded, root / "words", "-o")
            row |= {
                "peer": "grep -rF -f",
                "peer_mb_s": size / spent,
                "ratio": spent / seconds,
                "hits": ours,
                "peer_hits": lines,
                "check": ours == lines,
            }
    return [row]


def _write(folder: Path, documents: list[str]) -> None:
    folder.mkdir()
    for number, text in enumerate(documents):
        (folder / f"{number:05}.txt").write_text(text, "utf-8", newline="")


def _scan(folder: Path) -> tuple[float, int]:
    scanner = Scanner(Config())
    files = sorted(folder.iterdir())
    scanner.scan_file(files[0])
    began = time.process_time()
    findings = sum(len(scanner.scan_file(file).findings) for file in files)
    return time.process_time() - began, findings


def _count(finder: TermFinder, documents: list[str]) -> int:
    """Leftmost, longest, not overlapping: what `grep -o` counts, line by line."""
    total = 0
    for text in documents:
        hits = finder.find(fold(text).text)
        spans = sorted(
            zip(hits.starts.tolist(), hits.ends.tolist(), strict=True), key=lambda s: (s[0], -s[1])
        )
        reached = 0
        for start, end in spans:
            if start >= reached:
                total, reached = total + 1, end
    return total


def _grep(folder: Path, words: Path, how: str) -> tuple[float, int]:
    """CPU seconds of grep, and the lines it printed (with -o: hits)."""
    before = os.times()
    told = subprocess.run(
        ["grep", "-raF", how, "-h", "-f", str(words), str(folder)],
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    after = os.times()
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    return spent, told.stdout.count(b"\n")
