"""Programs of the command line: CPU time of the child, less that of a run on nothing."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.engines.protocol import Unable

_ENOUGH = 32_000_000  # bytes


def children_ns() -> int:
    """Return the CPU time of all children that have ended.

    Raises:
        Unable: where the system does not tell it (Windows).
    """
    try:
        import resource
    except ImportError as problem:
        raise Unable("the CPU time of a program cannot be read on this system") from problem
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return int((used.ru_utime + used.ru_stime) * 1e9)


class LineCounter:
    """A program that prints how many lines of a file have a hit."""

    def __init__(self, command: Sequence[str], terms: list[str], version: str) -> None:
        """Write the terms where `command` finds them: "{terms}" in it becomes their file.

        `overhead_ns` is the median of three runs on an empty file: start and compiling.
        The text is written `repeats` times over, lest it drown in that.
        """
        self.version = version
        self._folder = tempfile.TemporaryDirectory()
        self._text = Path(self._folder.name, "text")
        words = Path(self._folder.name, "terms")
        words.write_text("\n".join(terms) + "\n", "utf-8", newline="")
        self._command = [part.replace("{terms}", str(words)) for part in command]
        self.repeats = 1
        self._for: Sequence[bytes] | None = None
        self._text.write_bytes(b"")
        spent = []
        for _ in range(3):
            began = children_ns()
            self._run()
            spent.append(children_ns() - began)
        self.overhead_ns = int(statistics.median(spent))

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of lines with a hit; a document ends a line."""
        if documents is not self._for:  # not of the time of children
            text = b"\n".join(documents) + b"\n"
            self.repeats = max(1, -(-_ENOUGH // len(text)))
            with self._text.open("wb") as file:
                for _ in range(self.repeats):
                    file.write(text)
            self._for = documents
        counted, left = divmod(self._run(), self.repeats)
        return -1 if left else counted

    def _run(self) -> int:
        # A pipe: to /dev/null, grep stops at the first hit.
        told = subprocess.run(
            [*self._command, str(self._text)],
            stdout=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C"},
            check=False,
        )
        return int(told.stdout or b"0")
