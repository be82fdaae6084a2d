"""markscan register due: what is due for the documents of the register, without any file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.console import remark
from markscan.cli.exit_code import ExitCode
from markscan.cli.parser import sentence
from markscan.cli.register_options import Asked, format_option, named, register_command
from markscan.wording import INTERFACE, REGISTER, Language

if TYPE_CHECKING:
    from markscan.rules.duties import Duty


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def due(day: str, format: str, **values: Any) -> int:
        from markscan.cli.register_report import SCHEMA
        from markscan.finding import Severity
        from markscan.intake import day_from
        from markscan.report.jsonl import line
        from markscan.rules.duties import duties

        told = Asked.of(asked, values)
        with named(told) as book:
            found = duties(book.entries(), day_from(day) if day else date.today())
        for duty in found:
            if format == "jsonl":
                record: dict[str, object] = {"schema": SCHEMA}
                record["due"] = _record(duty, told.language)
                sys.stdout.write(line(record))
            else:
                sys.stdout.writelines(_lines(duty, told.language))
        remark(REGISTER["due.count"].fill(count=len(found)), told.language)
        grave = any(duty.severity >= Severity.MEDIUM for duty in found)
        return ExitCode.FINDINGS if grave else ExitCode.CLEAN

    on = click.Option(["--date", "day"], default="", help=sentence("option.due-date", asked))
    return register_command("due", asked, due, [on, format_option(asked)])


def _lines(duty: Duty, language: Language) -> Iterator[str]:
    severity = INTERFACE[f"severity.{duty.severity.code}"].of(language)
    yield f"{duty.rule} {severity}  {duty.message.of(language)}\n"
    yield f"    {duty.fix.of(language)}\n"


def _record(duty: Duty, language: Language) -> dict[str, object]:
    return {
        "id": duty.id,
        "code": duty.rule,
        "name": duty.name.of(language),
        "severity": duty.severity.code,
        "message": duty.message.of(language),
        "fix": duty.fix.of(language),
    }
