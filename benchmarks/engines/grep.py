"""GNU grep: `grep -F -f TERMS -c` in the C locale, which spares it the decoding."""

from __future__ import annotations

import shutil
import subprocess

from benchmarks.engines.program import LineCounter, children_ns
from benchmarks.engines.protocol import Unable, serve


def _build(terms: list[str], variant: str) -> LineCounter:
    program = shutil.which("grep")
    if program is None:
        raise Unable("not installed")
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    first = told.stdout.splitlines()[0]
    if "GNU" not in first:
        raise Unable(f"not GNU grep: {first}")
    command = [program, "-a", "-F", "-f", "{terms}", "-c", "-h"]
    return LineCounter(command, terms, first.split()[-1])


if __name__ == "__main__":
    serve(_build, clock=children_ns)
