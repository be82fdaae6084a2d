"""What a store says now: the last run, open findings, clocks, verdicts and inspections."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from markscan.finding import Severity
from markscan.place_rules import Notice
from markscan.store.audit import Head, head
from markscan.store.clock import Clock, running
from markscan.store.history import as_of, unlisted
from markscan.store.inspections import Inspection, Period, due, due_in_period
from markscan.store.paths import as_text, folder_path, is_inside
from markscan.store.places import notices
from markscan.store.runs import Run, runs
from markscan.store.schema import FILE, FINDING, FOLDER, RUN
from markscan.store.verdicts import Standings, Verdict, history, last_places, present, unused

SOON = timedelta(days=30)  # before it ends, a verdict is told of


@dataclass(frozen=True, slots=True)
class Where:
    """Where what a clock is about stands; `gone`: stood when it was seen last.

    `count`: in how many places, this one among them.
    """

    locator: str
    gone: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class State:
    """A store at one moment.

    `last` is the last run, `finished` the last that reached its end. `silence` is for how many
    seconds a running one has written nothing. `places` are where the findings of clocks stand.
    Of the open findings `unknown` lie in folders that the last run could not list. `periodic`
    is the inspection of the month or quarter, as the last run was asked; `notices` are of places.
    """

    last: Run | None
    finished: Run | None
    silence: int | None
    severities: Counter[Severity] = field(default_factory=Counter)
    dismissed: int = 0
    expired: int = 0
    unknown: int = 0
    clocks: tuple[Clock, ...] = ()
    places: dict[str, Where] = field(default_factory=dict)
    ending: tuple[Verdict, ...] = ()
    dead: tuple[Verdict, ...] = ()
    inspection: Inspection | None = None
    periodic: Period | None = None
    notices: tuple[Notice, ...] = ()
    head: Head | None = None

    def at_least(self, severity: Severity) -> int:
        """How many open findings are of `severity` or graver."""
        return sum(count for found, count in self.severities.items() if found >= severity)


def state_of(connection: Connection, now: datetime) -> State:
    """Return what the store says at `now`, a time with its zone; days are those of that zone.

    Findings are counted one after another: memory does not grow with them.
    """
    told = runs(connection)
    last = told[0] if told else None
    finished = next((run for run in told if run.state == "finished"), None)
    rows = history(connection)
    day = now.date()
    standings = Standings(rows, day)
    severities, dismissed, expired, unknown = _counted(connection, last, standings)
    clocks = running(rows)
    ended = finished.ended.astimezone(now.tzinfo).date() if finished and finished.ended else None
    return State(
        last=last,
        finished=finished,
        silence=_silence(connection, last),
        severities=severities,
        dismissed=dismissed,
        expired=expired,
        unknown=unknown,
        clocks=tuple(clocks),
        places=places_of(connection, clocks),
        ending=tuple(
            each
            for each in standings.all()
            if each.until is not None and day <= each.until <= day + SOON
        ),
        dead=tuple(unused(connection, day)),
        inspection=due(day, ended),
        periodic=due_in_period(day, ended, last.asked.inspections) if last is not None else None,
        notices=tuple(notices(connection, last, standings)) if last is not None else (),
        head=head(connection),
    )


def _counted(
    connection: Connection, run: Run | None, standings: Standings
) -> tuple[Counter[Severity], int, int, int]:
    """Count open findings by severity, dismissed ones, and open ones whose dismissal ran out.

    The last number is that of open ones in folders that could not be listed.
    """
    severities: Counter[Severity] = Counter()
    dismissed = expired = unknown = 0
    if run is None:
        return severities, 0, 0, 0
    faults = unlisted(connection, run)
    query = (
        select(FOLDER.c.path, FILE.c.name, FINDING.c.severity, FINDING.c.content)
        .join(FILE, FILE.c.id == FINDING.c.file)
        .join(FOLDER, FOLDER.c.id == FILE.c.folder)
        .where(as_of(run.id))
    )
    roots = {folder_path(root) for root in run.asked.roots}
    options = {"yield_per": 1000}
    for folder, name, severity, content in connection.execute(query, execution_options=options):
        path = folder + name
        if not is_inside(path + b"/", roots):
            continue
        found = standings.of(content or "", path)
        if found is not None and found.kind == "dismissed":
            dismissed += 1
            continue
        severities[Severity(severity)] += 1
        expired += standings.expired(content or "", path) is not None
        unknown += is_inside(path, faults)
    return severities, dismissed, expired, unknown


def places_of(connection: Connection, clocks: list[Clock]) -> dict[str, Where]:
    """Return where what each clock is about stands now, by content; else where it stood last.

    Of copies the one that was confirmed is named, while it is there.
    """
    contents = {clock.verdict.content for clock in clocks}
    found = present(connection, contents)
    last = last_places(connection, contents - found.keys())
    where = {content: Where("-", gone=True) for content in contents}
    where |= {content: Where(as_text(path), gone=True) for content, path in last.items()}
    confirmed = {clock.verdict.content: clock.verdict.key for clock in clocks}
    for content, places in found.items():
        path = next((path for path, key in places if key == confirmed[content]), places[0][0])
        count = len({path for path, _ in places})
        where[content] = Where(as_text(path), count=count)
    return where


def _silence(connection: Connection, run: Run | None) -> int | None:
    if run is None or run.state != "running":
        return None
    beat = connection.execute(select(RUN.c.beat).where(RUN.c.id == run.id)).scalar_one()
    return max(0, int(time.time()) - int(beat))
