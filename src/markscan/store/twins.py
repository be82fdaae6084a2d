"""Asks the store, from the processes that scan, for outcomes that hold for a further file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection, and_, or_, select

from markscan.errors import StoreError
from markscan.finding import Outcome, Status
from markscan.store.codec import decode
from markscan.store.database import StoreFault, open_database
from markscan.store.schema import FILE


@dataclass(slots=True)
class Twins:
    """What one scanner said, on one day, of files in which nothing was found.

    Travels to other processes, and opens the store there when first asked. A store that cannot
    be asked knows nothing: then the file is examined.
    """

    place: str
    scanner: int
    day: int
    _connection: Connection | None = field(default=None, init=False)
    _mute: bool = field(default=False, init=False)

    def __call__(self, twin: bytes, locator: str) -> Outcome | None:
        """Return the outcome of a file whose `Outcome.twin` is this one, as that of `locator`."""
        if self._mute:
            return None
        query = select(FILE.c.format, FILE.c.outcome, FILE.c.wake, FILE.c.level).where(
            FILE.c.twin == twin,
            FILE.c.scanner == self.scanner,
            or_(FILE.c.day.is_(None), and_(FILE.c.day <= self.day, FILE.c.wake > self.day)),
            FILE.c.again == 0,
            FILE.c.to_run.is_(None),
        )
        try:
            if self._connection is None:
                self._connection = open_database(self.place, make=False)
            row = self._connection.execute(query.limit(1)).first()
            self._connection.rollback()  # the next question sees what was written meanwhile
        except (StoreFault, StoreError):
            self._mute = True
            return None
        if row is None:
            return None
        told = Outcome(locator, row.format, Status.EXAMINED)
        if row.outcome is not None:
            told = decode(row.outcome, locator)
        wake = date.fromordinal(row.wake) if row.wake is not None else None
        return replace(told, wake=wake, rank=row.level or 0)
