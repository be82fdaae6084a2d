"""markscan status: what a store says now, without a look at the files that were scanned."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markscan.cli.kept import line_options, opened
from markscan.cli.parser import new_command
from markscan.wording import INTERFACE, Language, Text

if TYPE_CHECKING:
    from markscan.store.clock import Clock
    from markscan.store.database import Connection
    from markscan.store.state import State, Where


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def status(store: str | None, roots: tuple[Path, ...], format: str) -> int:
        from markscan.cli.exit_code import of_state
        from markscan.finding import Severity
        from markscan.report.jsonl import line
        from markscan.store.state import state_of

        now = datetime.now().astimezone()
        with closing(opened(store, roots)) as connection:
            state = state_of(connection, now)
        level = state.last.asked.fail_level if state.last is not None else "medium"
        if format == "jsonl":
            sys.stdout.write(line(_record(state, now)))
        else:
            for told in lines(state, now):
                sys.stdout.write(told.of(asked or "zh") + "\n")
        return of_state(state, Severity[level.upper()])

    return new_command("status", asked, status, line_options(asked))


def lines(state: State, now: datetime) -> Iterator[Text]:
    """Yield what the store says, first why not to trust it, then what is due: line by line."""
    last = state.last
    if last is not None and last.ledger is not None and last.ledger.missed:
        counts = {"count": last.ledger.samples, "missed": last.ledger.missed}
        yield INTERFACE["end.missed"].fill(**counts)
    if last is not None and last.state == "stopped":
        yield INTERFACE["end.stopped"]
    yield from (_clock(clock, state.places, now) for clock in state.clocks)
    if state.inspection is not None:
        due = state.inspection
        key = "status.missed" if now.date() >= due.day else "status.inspection"
        yield INTERFACE[key].fill(holiday=due.holiday, day=due.day, since=due.since)
    if state.periodic is not None:
        period = state.periodic
        values = {"period": period.name, "last": period.last, "since": period.since}
        yield INTERFACE["status.periodic"].fill(**values)
    yield from _places(state)
    yield from _runs(state)
    yield _open(state)
    if state.dismissed:
        yield INTERFACE["status.dismissed"].fill(count=state.dismissed)
    if state.expired:
        yield INTERFACE["status.expired"].fill(count=state.expired)
    from markscan.report.places import short_key

    for each in state.ending:
        yield INTERFACE["status.expiring"].fill(
            key=short_key(each.key), until=each.until, rule=each.rule, reason=each.reason
        )
    if state.dead:
        yield INTERFACE["status.dead"].fill(count=len(state.dead))
    if state.head is None:
        yield INTERFACE["status.no-head"]
    else:
        head = state.head
        yield INTERFACE["status.head"].fill(number=head.number, digest=head.digest)


def _places(state: State) -> Iterator[Text]:
    """Say what was found of places, but for what a person has settled."""
    from markscan.report.places import short_key
    from markscan.walk import printable

    for each in state.notices:
        if not each.dismissed:
            day = f"{each.began.astimezone():%Y-%m-%d}"
            yield INTERFACE["status.notice"].fill(
                rule=each.rule,
                place=printable(each.place),
                severity=INTERFACE[f"severity.{each.severity.code}"],
                since=INTERFACE["places.since"].fill(day=day, run=each.first_run),
                message=each.message,
                key=short_key(each.key),
            )
    settled = sum(each.dismissed for each in state.notices)
    if settled:
        yield INTERFACE["status.places-dismissed"].fill(count=settled)


def _runs(state: State) -> Iterator[Text]:
    last, finished = state.last, state.finished
    if last is None:
        yield INTERFACE["status.no-run"]
        return
    told = INTERFACE[f"runs.{last.state}"]
    yield INTERFACE["status.run"].fill(run=last.id, started=_local(last.started), state=told)
    if state.silence is not None:
        process = last.process
        yield INTERFACE["status.running"].fill(
            host=process.host, pid=process.pid, seconds=state.silence
        )
    if finished is not None and finished.id != last.id and finished.ended is not None:
        yield INTERFACE["status.finished"].fill(run=finished.id, ended=_local(finished.ended))
    if last.ledger is not None:
        ledger = last.ledger
        yield INTERFACE["status.coverage"].fill(
            discovered=f"{ledger.discovered:,}",
            examined=f"{ledger.examined:,}",
            partial=f"{ledger.partial:,}",
            unread=f"{ledger.unread + ledger.pending:,}",
            excluded=f"{ledger.excluded:,}",
        )


def _open(state: State) -> Text:
    """Say how many findings are open, the gravest first."""
    from markscan.finding import Severity

    counts = [(INTERFACE[f"severity.{s.code}"], state.severities[s]) for s in reversed(Severity)]
    if not any(count for _, count in counts):
        return INTERFACE["status.none-open"]
    zh = " · ".join(f"{name.zh} {count:,}" for name, count in counts if count)
    en = " · ".join(f"{name.en} {count:,}" for name, count in counts if count)
    told = INTERFACE["status.open"].fill(counts=Text(zh, en))
    if not state.unknown:
        return told
    more = INTERFACE["status.unknown"].fill(count=f"{state.unknown:,}")
    return Text(told.zh + more.zh, told.en + more.en)


def clock_lines(connection: Connection, now: datetime) -> Iterator[Text]:
    """Yield a line for each confirmed leak that is still to be reported, the first due first."""
    from markscan.store.clock import running
    from markscan.store.state import places_of
    from markscan.store.verdicts import history

    clocks = running(history(connection))
    places = places_of(connection, clocks)
    yield from (_clock(clock, places, now) for clock in clocks)


def _clock(clock: Clock, places: dict[str, Where], now: datetime) -> Text:
    from markscan.report.places import short_key
    from markscan.walk import printable

    minutes = int((clock.due - now).total_seconds() // 60)
    key = "clock.over" if minutes < 0 else "clock.left"
    hours, rest = divmod(abs(minutes), 60)
    verdict = clock.verdict
    where = places[verdict.content]
    locator: str | Text = printable(where.locator)
    if where.gone:
        locator = INTERFACE["clock.gone"].fill(locator=locator)
    elif where.count > 1:
        locator = INTERFACE["clock.copies"].fill(locator=locator, count=where.count)
    return INTERFACE["clock.line"].fill(
        due=_local(clock.due),
        left=INTERFACE[key].fill(hours=hours, minutes=rest),
        rule=verdict.rule,
        locator=locator,
        key=short_key(verdict.key),
    )


def _record(state: State, now: datetime) -> dict[str, object]:
    from dataclasses import asdict

    from markscan.walk import printable

    last, due, head, period = state.last, state.inspection, state.head, state.periodic
    return {
        "schema": "markscan.status/1",
        "at": now.isoformat(),
        "run": last.id if last is not None else None,
        "state": last.state if last is not None else None,
        "started": last.started.isoformat() if last is not None else None,
        "silence": state.silence,
        "finished": state.finished.id if state.finished is not None else None,
        "ledger": asdict(last.ledger) if last is not None and last.ledger is not None else None,
        "open": {severity.code: count for severity, count in state.severities.items()},
        "unknown": state.unknown,
        "dismissed": state.dismissed,
        "expired": state.expired,
        "clocks": [_clock_record(state, clock) for clock in state.clocks],
        "expiring": [{"key": v.key, "until": str(v.until), "code": v.rule} for v in state.ending],
        "unused": [each.key for each in state.dead],
        "inspection": {"holiday": due.holiday.zh, "day": str(due.day), "since": str(due.since)}
        if due is not None
        else None,
        "periodic": {"since": str(period.since), "last": str(period.last)}
        if period is not None
        else None,
        "notices": [
            {
                "code": each.rule,
                "severity": each.severity.code,
                "place": printable(each.place),
                "key": each.key,
                "dismissed": each.dismissed,
            }
            for each in state.notices
        ],
        "audit": {"number": head.number, "digest": head.digest} if head is not None else None,
    }


def _clock_record(state: State, clock: Clock) -> dict[str, object]:
    from markscan.walk import printable

    verdict = clock.verdict
    where = state.places[verdict.content]
    return {
        "key": verdict.key,
        "code": verdict.rule,
        "found": verdict.began.isoformat(),
        "confirmed": verdict.at.isoformat(),
        "due": clock.due.isoformat(),
        "locator": printable(where.locator),
        "gone": where.gone,
        "places": where.count,
    }


def _local(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
