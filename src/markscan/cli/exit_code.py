"""How a scan ended: the exit code and the sentence that says the same, from one function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from markscan.wording import INTERFACE, Text

if TYPE_CHECKING:  # `markscan marking` starts without them
    from markscan.finding import Severity
    from markscan.report.totals import Totals


class ExitCode(IntEnum):
    """What the process tells its caller. Findings win over incomplete coverage."""

    CLEAN = 0  # all examined, nothing at or above --fail-level
    FINDINGS = 1  # findings, whether or not all was examined
    USAGE = 2  # wrong usage, configuration or rules; nothing scanned
    INCOMPLETE = 3  # no such finding, but something was not examined
    INTERNAL = 4  # this program failed; what was reported stands
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Ending:
    """The exit code of a scan, and what it means in words."""

    code: ExitCode
    sentence: Text


def ending(
    totals: Totals, fail_level: Severity, *, interrupted: bool = False, failed: bool = False
) -> Ending:
    """Return how a scan with these totals ended.

    Args:
        fail_level: findings below it do not change the code.
        interrupted: the user stopped it.
        failed: this program did not reach the end.
    """
    count = totals.at_least(fail_level)
    level = INTERFACE[f"severity.{fail_level.code}"]
    findings = INTERFACE["end.findings" if count else "end.no-findings"].fill(
        count=count, level=level
    )
    incomplete = INTERFACE["end.incomplete"].fill(count=totals.incomplete)
    if failed:
        return Ending(ExitCode.INTERNAL, _joined(INTERFACE["end.internal"], findings))
    if interrupted:
        return Ending(ExitCode.INTERRUPTED, _joined(INTERFACE["end.interrupted"], findings))
    if count:
        told = _joined(findings, incomplete) if totals.incomplete else findings
        return Ending(ExitCode.FINDINGS, told)
    if totals.incomplete:
        return Ending(ExitCode.INCOMPLETE, _joined(findings, incomplete))
    if totals.handed == 0:
        return Ending(ExitCode.CLEAN, INTERFACE["end.nothing"])
    return Ending(ExitCode.CLEAN, _joined(INTERFACE["end.all"], findings))


def _joined(*sentences: Text) -> Text:
    return Text("；".join(each.zh for each in sentences), "; ".join(each.en for each in sentences))
