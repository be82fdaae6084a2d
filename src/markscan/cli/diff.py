"""markscan diff: what became of each finding, on files and places, between two runs."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markscan.cli.exit_code import ExitCode
from markscan.cli.kept import changes, line_options, opened
from markscan.cli.parser import new_command
from markscan.errors import StoreError
from markscan.wording import INTERFACE, Language

if TYPE_CHECKING:
    from markscan.place_rules import Notice
    from markscan.store.comparison import Change


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def diff(runs: tuple[int, ...], store: str | None, roots: tuple[Path, ...], format: str) -> int:
        from markscan.cli.console import remark
        from markscan.store.comparison import compare, compare_places
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
            places = compare_places(connection, old, new, standings)
            lines += _places(places, language, format, met)
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


def _places(
    places: Iterable[tuple[Change, Notice]], language: Language, format: str, met: Counter[str]
) -> Iterator[str]:
    """Yield a line for each place, as for findings on files, and count them in `met`."""
    from markscan.report.jsonl import line
    from markscan.walk import printable

    for change, found in places:
        met["dismissed" if found.dismissed else change.value] += 1
        if format == "jsonl":
            yield line(
                {
                    "schema": "markscan.difference/1",
                    "change": change.value,
                    "locator": printable(found.place),
                    "before": None,
                    "code": found.rule,
                    "severity": found.severity.code,
                    "key": found.key,
                    "first_run": found.first_run,
                    "dismissed": found.dismissed,
                }
            )
            continue
        became = INTERFACE["places.settled" if change.value == "gone" else f"diff.{change.value}"]
        told = INTERFACE["diff.line"].fill(
            change=INTERFACE["diff.dismissed"].fill(change=became) if found.dismissed else became,
            severity=INTERFACE[f"severity.{found.severity.code}"],
            rule=found.rule,
            locator=printable(found.place),
            first=found.first_run,
        )
        yield told.of(language) + "\n"
