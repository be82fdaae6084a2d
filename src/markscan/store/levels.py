"""Gives the files of a store of before the level that they were seen to have.

From their outcomes, the gone ones too: what lay in a place counts for MS331 also when it was
found by an earlier version. What had expired shows by the finding that says so (MS501).
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, update

from markscan.document import Area
from markscan.finding import Outcome, Zone
from markscan.lexicon import read_levels
from markscan.store.codec import decode
from markscan.store.schema import FILE

_BATCH = 500
# Where a reader sees the text, as the rules have it (rules/rule.py).
_SEEN = frozenset({Area.BODY, Area.CELL, Area.TEXTBOX, Area.HEADER, Area.FOOTER, Area.IMAGE})


def fill_levels(connection: Connection) -> None:
    """Set the level of all files that have an outcome, batch by batch. Does not commit."""
    last = 0
    change = update(FILE).where(FILE.c.id == bindparam("at")).values(level=bindparam("rank"))
    while True:
        query = select(FILE.c.id, FILE.c.outcome).where(FILE.c.outcome.is_not(None))
        query = query.where(FILE.c.id > last).order_by(FILE.c.id).limit(_BATCH)
        rows = connection.execute(query).all()
        if not rows:
            return
        ranks = [{"at": row.id, "rank": _rank(decode(row.outcome, ""))} for row in rows]
        connection.execute(change, ranks)
        last = rows[-1].id


def _rank(outcome: Outcome) -> int:
    ranks = {level.code: level.rank for level in read_levels() if level.scheme == "cn-state"}
    found = (
        ranks.get(seen.marking.level or "", 0)
        for one in outcome.flat()
        if not any(each.rule == "MS501" for each in one.findings)
        for seen in one.markings
        if seen.effective and seen.marking.scheme == "cn-state"
        if seen.place.area in _SEEN and seen.zone is not Zone.WEAK
    )
    return max(found, default=0)
