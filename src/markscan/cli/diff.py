"""markscan diff: what became of each finding between two runs of the store."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import click

from markscan.cli.exit_code import ExitCode
from markscan.cli.kept import changes, line_options, opened
from markscan.cli.parser import new_command
from markscan.errors import StoreError
from markscan.wording import INTERFACE, Language


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def diff(runs: tuple[int, ...], store: str | None, roots: tuple[Path, ...], format: str) -> int:
        from markscan.cli.console import remark
        from markscan.store.comparison import compare
        from markscan.store.runs import finished_before, one_run
        from markscan.store.verdicts import standing

        if len(runs) not in (0, 2):
            raise StoreError(INTERFACE["usage.diff"])
        if runs and runs[0] >= runs[1]:
            raise StoreError(INTERFACE["usage.diff-order"])
        language: Language = asked or "zh"
        met: Counter[str] = Counter()
        with closing(opened(store, roots)) as connection:
            new = one_run(connection, runs[1] if runs else None)
            old = one_run(connection, runs[0]) if runs else finished_before(connection, new)
            differences = compare(connection, old, new)
            standings = standing(connection, date.today())
            lines = list(changes(differences, language, format, met, standings))
        counts = {name: met[name] for name in ("new", "open", "moved", "gone", "unknown")}
        counts["dismissed"] = met["dismissed"]
        told = INTERFACE["diff.end"].fill(old=old.id, run=new.id, **counts)
        if format == "text":
            lines.insert(0, told.of(language) + "\n")
        else:
            remark(told, language)
        sys.stdout.writelines(lines)
        if met["new"]:
            return ExitCode.FINDINGS
        return ExitCode.INCOMPLETE if met["unknown"] else ExitCode.CLEAN

    numbers = click.Argument(["runs"], nargs=-1, type=click.IntRange(min=1), metavar="[RUN RUN]")
    return new_command("diff", asked, diff, [numbers, *line_options(asked)])
