"""Counts once more what the last finished run left, against the ledger that the audit log seals.

The log seals what a run counted, not the rows of files and findings. So what is deleted or
changed among those shows where the rows no longer make up the ledger, where rows contradict the
outcome beside them, or where they name runs that are not there. What was so in earlier runs and
ended before the last one is not counted again; who makes rows, ledger and log anew together is
found only by a head written down elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, and_, func, not_, or_, select

from markscan.finding import Severity
from markscan.report import Totals
from markscan.store.history import as_of, outcome_of
from markscan.store.overview import clean, counted
from markscan.store.paths import as_bytes
from markscan.store.places import notices
from markscan.store.runs import Ledger, Run, runs
from markscan.store.schema import FILE, FINDING, FOLDER, RUN
from markscan.store.verdicts import Standings
from markscan.wording import INTERFACE, Text

# A finding as a row has it: file, member, rule, place, severity, key, content key.
_Row = tuple[int, bytes, str, int, int, str, str]


def doubts(connection: Connection) -> Iterator[Text]:
    """Yield what is wrong with the rows of files and findings; nothing where they are sound."""
    strays = _strays(connection)
    if strays:
        yield INTERFACE["recount.strays"].fill(count=strays)
    run = next((each for each in runs(connection) if each.state == "finished"), None)
    if run is None or run.ledger is None:
        return
    told = len(notices(connection, run, Standings((), run.started.date())))
    if told != run.ledger.notices:
        values = {"run": run.id, "told": run.ledger.notices, "count": told}
        yield INTERFACE["recount.places"].fill(**values)
    if not rows_fit(connection, run):
        yield INTERFACE["recount.rows"].fill(run=run.id)
    totals = Totals()
    for stored in counted(connection, run, Standings((), run.started.date())):
        totals.add(stored.outcome)
    totals.add_clean(clean(connection, run))
    if not fits(run.ledger, totals):
        was = sum(run.ledger.severities.values()) + run.ledger.dismissed
        yield INTERFACE["recount.ledger"].fill(
            run=run.id,
            files=run.ledger.examined + run.ledger.partial + run.ledger.unread,
            found=was,
            files_now=totals.ended + totals.inside,
            found_now=sum(totals.severities.values()),
        )


def fits(ledger: Ledger, totals: Totals) -> bool:
    """Tell whether `totals` are what a finished run had counted.

    What is dismissed changes from day to day: by severity there may be more findings where
    some of them were dismissed then or are now, but not more in all.
    """
    then, now = ledger.severities, totals.severities
    spare = totals.dismissed + ledger.dismissed
    return (
        (ledger.examined, ledger.partial, ledger.unread)
        == (totals.examined, totals.partial, totals.unread)
        and sum(then.values()) + ledger.dismissed == sum(now.values()) + totals.dismissed
        and sum(abs(then.get(each.code, 0) - now[each]) for each in Severity) <= spare
    )


def rows_fit(connection: Connection, run: Run) -> bool:
    """Tell whether the rows of findings are those of the outcomes as `run` left them."""
    rows: Counter[_Row] = Counter()
    columns = (FINDING.c.member, FINDING.c.rule, FINDING.c.place, FINDING.c.severity)
    query = select(FINDING.c.file, *columns, FINDING.c.key, FINDING.c.content)
    query = query.join(FILE, FILE.c.id == FINDING.c.file).where(as_of(run.id))
    for file, member, *rest, content in connection.execute(query):
        rows[file, bytes(member), *rest, content or ""] += 1
    loud = (
        select(FILE.c.id, FOLDER.c.path, FILE.c.name, FILE.c.format, FILE.c.outcome)
        .join(FOLDER, FOLDER.c.id == FILE.c.folder)
        .where(as_of(run.id), FILE.c.outcome.is_not(None))
    )
    for file, *kept in connection.execute(loud, execution_options={"yield_per": 500}):
        outcome = outcome_of(*kept)
        for one in outcome.flat():
            member = as_bytes(one.locator[len(outcome.locator) :])
            met: Counter[str] = Counter()
            for found in one.findings:
                name = member, found.rule, met[found.rule]
                rows[file, *name, int(found.severity), found.key, found.content_key] -= 1
                met[found.rule] += 1
    return not any(rows.values())


def _strays(connection: Connection) -> int:
    """Count files that contradict themselves: of no run, or ended and not."""
    known = select(RUN.c.id)
    ended = and_(FILE.c.ended.is_not(None), FILE.c.to_run.is_(None))
    unended = and_(FILE.c.ended.is_(None), FILE.c.to_run.is_not(None))
    of_none = or_(
        FILE.c.from_run.not_in(known),
        and_(FILE.c.to_run.is_not(None), not_(FILE.c.to_run.in_(known))),
    )
    query = select(func.count()).select_from(FILE).where(or_(ended, unended, of_none))
    return int(connection.execute(query).scalar() or 0)
