"""How a scan ended: the exit code and the sentence that says the same, from one function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from markscan.wording import INTERFACE, Text

if TYPE_CHECKING:  # `markscan marking` starts without them
    from collections.abc import Sequence

    from markscan.finding import Severity
    from markscan.place_rules import Notice
    from markscan.report.totals import Totals
    from markscan.store.state import State


class ExitCode(IntEnum):
    """What the process tells its caller. Findings win over incomplete coverage."""

    CLEAN = 0  # all examined, nothing at or above --fail-level
    FINDINGS = 1  # findings, whether or not all was examined
    USAGE = 2  # wrong usage, configuration or rules; nothing scanned
    INCOMPLETE = 3  # no such finding, but something was not examined
    INTERNAL = 4  # this program failed, or its self-test; what was reported stands
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Ending:
    """The exit code of a scan, and what it means in words."""

    code: ExitCode
    sentence: Text


def ending(
    totals: Totals,
    fail_level: Severity,
    *,
    interrupted: bool = False,
    failed: bool = False,
    stopped: bool = False,
    notices: Sequence[Notice] = (),
) -> Ending:
    """Return how a scan with these totals ended.

    Args:
        fail_level: findings below it do not change the code.
        interrupted: the user stopped it.
        failed: this program did not reach the end.
        stopped: closing time came before all files were begun.
        notices: what was found of places; those that count do so like findings.
    """
    count = totals.at_least(fail_level)
    level = INTERFACE[f"severity.{fail_level.code}"]
    findings = INTERFACE["end.findings" if count else "end.no-findings"].fill(
        count=count, level=level
    )
    places = counting(notices, fail_level)
    if places:
        told = INTERFACE["end.places"].fill(count=places, level=level)
        findings, count = _joined(findings, told), count + places
    incomplete = INTERFACE["end.incomplete"].fill(count=totals.incomplete)
    if (failed or interrupted or stopped) and not (count or totals.examined or totals.partial):
        findings = INTERFACE["end.none-examined"]
    if failed:
        return Ending(ExitCode.INTERNAL, _joined(INTERFACE["end.internal"], findings))
    if interrupted:
        return Ending(ExitCode.INTERRUPTED, _joined(INTERFACE["end.interrupted"], findings))
    if stopped:
        left = (incomplete,) if totals.incomplete else ()
        code = ExitCode.FINDINGS if count else ExitCode.INCOMPLETE
        return Ending(code, _joined(INTERFACE["end.stopped"], findings, *left))
    if count:
        told = _joined(findings, incomplete) if totals.incomplete else findings
        return Ending(ExitCode.FINDINGS, told)
    if totals.incomplete:
        return Ending(ExitCode.INCOMPLETE, _joined(findings, incomplete))
    if totals.handed == 0:
        return Ending(ExitCode.CLEAN, INTERFACE["end.nothing"])
    return Ending(ExitCode.CLEAN, _joined(INTERFACE["end.all"], findings))


def counting(notices: Sequence[Notice], fail_level: Severity) -> int:
    """Return how many of `notices` nobody has dismissed and are of `fail_level` or graver."""
    return sum(each.severity >= fail_level and not each.dismissed for each in notices)


def tested(end: Ending, samples: int, missed: int) -> Ending:
    """Return `end` with what became of the self-test `samples`, of which so many were missed.

    One that was missed comes first, and makes the run a failed one.
    """
    if missed:
        told = INTERFACE["end.missed"].fill(count=samples, missed=missed)
        code = end.code if end.code is ExitCode.INTERRUPTED else ExitCode.INTERNAL
        return Ending(code, _joined(told, end.sentence))
    if samples and end.code in (ExitCode.CLEAN, ExitCode.FINDINGS, ExitCode.INCOMPLETE):
        return Ending(end.code, _joined(end.sentence, INTERFACE["end.samples"].fill(count=samples)))
    return end


def of_state(state: State, fail_level: Severity) -> ExitCode:
    """Return what a store says now, as a code: something is open, or not all was done.

    A report that is due counts as a finding, and so does what was found of a place; an inspection
    that is due, a run that did not reach its end and files that were not examined count as
    incomplete. A failed self-test of the last run comes before all.

    Args:
        fail_level: open findings below it do not change the code.
    """
    ledger = state.last.ledger if state.last is not None else None
    if ledger is not None and ledger.missed:
        return ExitCode.INTERNAL
    if state.clocks or state.at_least(fail_level) or counting(state.notices, fail_level):
        return ExitCode.FINDINGS
    whole = state.last is not None and state.last.state == "finished" and ledger is not None
    if not whole or state.inspection is not None or state.periodic is not None:
        return ExitCode.INCOMPLETE
    assert ledger is not None
    left = ledger.partial + ledger.unread + ledger.pending
    return ExitCode.INCOMPLETE if left else ExitCode.CLEAN


def _joined(*sentences: Text) -> Text:
    return Text("；".join(each.zh for each in sentences), "; ".join(each.en for each in sentences))
