"""markscan report, diff and runs: what the store tells again, without a scan."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markscan.cli.exit_code import Ending, ExitCode, ending, tested
from markscan.cli.options import Options
from markscan.cli.parser import language_option, sentence
from markscan.cli.roots import ROOT
from markscan.wording import INTERFACE, Language, Text

if TYPE_CHECKING:
    from markscan.config import Config
    from markscan.finding import Outcome
    from markscan.place_rules import Notice
    from markscan.remote.address import Address
    from markscan.report import Reporter, Totals
    from markscan.store.comparison import Difference
    from markscan.store.database import Connection
    from markscan.store.runs import Run
    from markscan.store.verdicts import Standings

    Quote = Callable[[Iterable[Outcome]], Iterator[Outcome]]


def where_options(asked: Language | None) -> list[click.Parameter]:
    """Return the options that say which store: --store, or --root as often as in the scan."""
    return [
        click.Option(["--store"], metavar="PLACE", help=sentence("option.store", asked)),
        click.Option(
            ["--root", "roots"],
            type=ROOT,
            multiple=True,
            metavar="ROOT",
            help=sentence("option.root", asked),
        ),
    ]


def opened(store: str | None, roots: tuple[Path | Address, ...]) -> Connection:
    """Return the connection to the store that was named.

    Raises:
        UsageError: none was named, or there is none.
    """
    from markscan.cli.nightly import place_of
    from markscan.errors import UsageError
    from markscan.store.database import open_database

    if store is None and not roots:
        raise UsageError(INTERFACE["usage.store"])
    return open_database(place_of(store, roots), make=False)


def render(
    connection: Connection, run: Run, config: Config, options: Options, quote: Quote | None = None
) -> ExitCode:
    """Report `run` once more, as it ended; return the exit code it had.

    What people concluded counts as on `config.today`: dismissed findings are told apart.

    Args:
        quote: puts quotes into outcomes; None: nothing is quoted.

    Raises:
        UsageError: the options say something that cannot be done.
    """
    from markscan.cli.console import remark
    from markscan.report import REPORTERS, Totals
    from markscan.store.history import add_counted
    from markscan.store.places import notices
    from markscan.store.verdicts import standing

    _first_of_all(connection, run, config, options)
    manner = replace(options.manner(config, keys=True), quote=quote is not None)
    reporter: Reporter = REPORTERS[options.format](sys.stdout, manner)
    totals = Totals()
    standings = standing(connection, config.today)
    _tell(connection, run, reporter, totals, standings, quote)
    add_counted(totals, run)
    found = notices(connection, run, standings)
    reporter.notices(found)
    end = ending_of(run, totals, options.fail_level, found)
    reporter.close(totals, end.sentence)
    _compared(run, totals, config.language)
    if options.format != "text" and not options.quiet:
        remark(end.sentence, config.language)
    return end.code


def _compared(run: Run, totals: Totals, language: Language) -> None:
    """Say it where what is told is not what the run had counted."""
    from markscan.cli.console import remark
    from markscan.store.recount import fits

    if run.state == "finished" and run.ledger is not None and not fits(run.ledger, totals):
        remark(INTERFACE["recount.report"], language)


def _first_of_all(connection: Connection, run: Run, config: Config, options: Options) -> None:
    """Say what a person must know first: a failed self-test, leaks still to be reported."""
    from markscan.cli.console import remark
    from markscan.cli.status import clock_lines

    lines = clock_lines(connection, datetime.now().astimezone())
    if run.ledger is not None and run.ledger.missed:
        missed = INTERFACE["end.missed"]
        red = missed.fill(count=run.ledger.samples, missed=run.ledger.missed)
        lines = chain((red,), lines)
    for told in lines:
        if options.format == "text":
            sys.stdout.write(told.of(config.language) + "\n")
        else:
            remark(told, config.language)


def ending_of(
    run: Run, totals: Totals, fail_level: str | None, notices: Sequence[Notice] = ()
) -> Ending:
    """Return how `run` ended, with what is counted of it now.

    Args:
        fail_level: code of a severity; None: the one that the run was asked with.
    """
    from markscan.finding import Severity

    end = ending(
        totals,
        Severity[(fail_level or run.asked.fail_level).upper()],
        interrupted=run.state in ("interrupted", "running"),
        failed=run.state == "failed",
        stopped=run.state == "stopped",
        notices=notices,
    )
    kept = run.ledger
    return end if kept is None else tested(end, kept.samples, kept.missed)


def _tell(
    connection: Connection,
    run: Run,
    reporter: Reporter,
    totals: Totals,
    standings: Standings,
    quote: Quote | None,
) -> None:
    from markscan.store.history import outcomes
    from markscan.store.telling import telling

    told = map(telling(standings, run.asked.disabled), outcomes(connection, run))
    for outcome in told if quote is None else quote(told):
        totals.add(outcome)
        if reporter.shows(outcome):
            reporter.outcome(outcome)


def listed(runs: Iterable[Run], language: Language, format: str) -> Iterator[str]:
    """Yield a line for each run: as text, or as an object of JSON."""
    from markscan.report.jsonl import line
    from markscan.store.runs import Ledger
    from markscan.walk import printable

    for run in runs:
        if format == "jsonl":
            yield line(_record(run))
            continue
        ledger = run.ledger or Ledger()
        told = INTERFACE["runs.line"].fill(
            run=run.id,
            started=f"{run.started.astimezone():%Y-%m-%d %H:%M}",
            state=INTERFACE[f"runs.{run.state}"],
            discovered=f"{ledger.discovered:,}",
            handed=f"{ledger.handed:,}",
            inside=f"{ledger.discovered - ledger.handed - ledger.excluded:,}",
            excluded=f"{ledger.excluded:,}",
            scanned=f"{ledger.scanned:,}",
            changed=f"{ledger.changed:,}",
            left=f"{ledger.partial + ledger.unread + ledger.pending:,}",
            roots=" ".join(map(printable, run.asked.roots)),
        )
        yield told.of(language) + "\n"


def _record(run: Run) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "schema": "markscan.run/1",
        "run": run.id,
        "state": run.state,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat() if run.ended else None,
        "roots": list(run.asked.roots),
        "version": run.asked.version,
        "ledger": asdict(run.ledger) if run.ledger else None,
    }


def _changed(change: str, dismissed: bool) -> Text:
    """Return what became of a finding, and that it was dismissed."""
    told = INTERFACE[f"diff.{change}"]
    return INTERFACE["diff.dismissed"].fill(change=told) if dismissed else told


def changes(
    differences: Iterable[Difference],
    language: Language,
    format: str,
    met: Counter[str],
    standings: Standings,
) -> Iterator[str]:
    """Yield a line for each difference, and count them in `met`; what is dismissed, apart."""
    from markscan.finding import Severity
    from markscan.report.jsonl import line
    from markscan.walk import printable

    for one in differences:
        found, severity = one.finding, Severity(one.finding.severity)
        concluded = standings.of(found.content, found.path)
        dismissed = concluded is not None and concluded.dismissed
        met["dismissed" if dismissed else one.change.value] += 1
        if format == "jsonl":
            yield line(
                {
                    "schema": "markscan.difference/1",
                    "change": one.change.value,
                    "locator": printable(found.locator),
                    "before": printable(one.before) if one.before else None,
                    "code": found.rule,
                    "severity": severity.code,
                    "key": found.key,
                    "first_run": found.first_run,
                    "dismissed": dismissed,
                }
            )
            continue
        told = INTERFACE["diff.moved-line" if one.before else "diff.line"].fill(
            change=_changed(one.change.value, dismissed),
            severity=INTERFACE[f"severity.{severity.code}"],
            rule=found.rule,
            locator=printable(found.locator),
            before=printable(one.before),
            first=found.first_run,
        )
        yield told.of(language) + "\n"


def format_option(asked: Language | None) -> click.Option:
    """Return --format, of commands that print lines."""
    return click.Option(
        ["--format"],
        type=click.Choice(["text", "jsonl"]),
        default="text",
        help=sentence("option.lines-format", asked),
    )


def line_options(asked: Language | None) -> list[click.Parameter]:
    """Return the options of commands that print lines."""
    return [*where_options(asked), format_option(asked), language_option(asked)]
