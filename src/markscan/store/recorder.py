"""Keeps outcomes of files: as they were, or from this run on differently."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, select, update

from markscan.finding import Outcome
from markscan.read_once import can_be_told_again, may_pass
from markscan.store.codec import encode, is_quiet
from markscan.store.known import Place
from markscan.store.paths import as_bytes
from markscan.store.runs import Run
from markscan.store.schema import FILE, FINDING, RUN
from markscan.store.writer import Writer
from markscan.walk import Stat


@dataclass(frozen=True, slots=True)
class Before:
    """A file as it was kept last. `changed` tells that this was in this very run."""

    id: int
    format: str
    outcome: bytes | None
    changed: bool = False


@dataclass(slots=True)
class Folder:
    """A folder at work: how many of its files are still awaited, and what its seal will say."""

    id: int
    path: bytes
    known: bool
    seal: bytes | None
    waiting: int = 1  # one for its listing
    quiet: int = 0
    loud: int = 0
    day: int | None = None
    wake: int | None = None
    settled: bool = True

    def count(self, quiet: bool, day: int | None, wake: int | None) -> None:
        """Count a file, clean or not; it was judged on `day` if that matters, until `wake`."""
        self.quiet += quiet
        self.loud += not quiet
        if day is not None:
            until = wake if wake is not None else day + 1
            self.day = day if self.day is None else max(day, self.day)
            self.wake = until if self.wake is None else min(until, self.wake)


class Recorder:
    """Compares outcomes with those kept, and writes what differs."""

    def __init__(self, connection: Connection, writer: Writer, run: Run) -> None:
        self._connection = connection
        self._writer = writer
        self._run = run

    def folder(self, path: bytes, place: Place | None, seal: bytes | None) -> Folder:
        """Return a folder to record in; one that is not known is added."""
        if place is not None:
            return Folder(place.id, path, True, seal)
        return Folder(self._writer.add_folder(path), path, False, seal)

    def leave(self, folder: Folder) -> None:
        """Note that one thing awaited of `folder` has come; seal it with the last."""
        folder.waiting -= 1
        if not folder.waiting and folder.seal is not None:
            self._writer.seal(
                folder.id,
                seal=folder.seal if folder.settled else None,
                scanner=self._run.scanner,
                day=folder.day,
                wake=folder.wake,
                quiet=folder.quiet,
                loud=folder.loud,
            )

    def record(
        self,
        folder: Folder,
        stat: Stat,
        before: Before | None,
        outcome: Outcome,
        *,
        again: bool,
        final: bool = True,
    ) -> Before:
        """Keep `outcome`, whose findings have their content keys; return what is kept now.

        Args:
            before: what was kept of the file, None if it is new.
            again: whether the next run must look again.
            final: whether this is the last word of this run on the file.
        """
        quiet = is_quiet(outcome)
        written = None if quiet else encode(outcome)
        day, wake = _held(outcome, self._run.day)
        again = again or may_pass(outcome)
        values: dict[str, Any] = {
            "size": stat.size,
            "mtime": stat.mtime,
            "inode": inode_of(stat),
            "scanner": self._run.scanner,
            "day": day,
            "wake": wake,
            "level": max(one.rank for one in outcome.flat()),
            "again": int(again),
            "content": outcome.content or None,
            "twin": outcome.twin or None if can_be_told_again(outcome) else None,
        }
        if final:
            folder.count(quiet, day, wake)
            folder.settled &= not again
        if before is not None and (before.format, before.outcome) == (outcome.format, written):
            self._writer.settle(before.id, **values)
            return before
        if before is not None:
            self._writer.end_file(before.id, "changed")
        number = self._writer.add_file(
            folder=folder.id,
            name=as_bytes(stat.name),
            format=outcome.format,
            outcome=written,
            **values,
        )
        self._findings(number, before, outcome)
        return Before(number, outcome.format, written, changed=True)

    def bring_together(self) -> None:
        """Find what moved: gone in one place, new in another, with the same content.

        Its findings keep the run in which they were first seen. What this run, or runs before it
        that did not reach their end, saw vanish and appear counts alike.
        """
        run = self._run.id
        finished = select(func.max(RUN.c.id)).where(RUN.c.state == "finished", RUN.c.id < run)
        since = self._connection.execute(finished).scalar() or 0
        went = select(FILE.c.id).where(FILE.c.to_run > since, FILE.c.ended == "gone").limit(1)
        if self._connection.execute(went).first() is None:  # and no need to look at every file
            return
        old = FILE.alias("old")
        new = FILE.alias("new")
        earlier = FILE.alias("earlier")
        same_place = and_(
            earlier.c.folder == new.c.folder, earlier.c.name == new.c.name, earlier.c.id < new.c.id
        )
        query = (
            select(old.c.id, new.c.id)
            .join(new, new.c.content == old.c.content)
            .where(
                old.c.to_run > since,
                old.c.ended == "gone",
                old.c.outcome.is_not(None),
                new.c.outcome.is_not(None),
                new.c.to_run.is_(None),
                new.c.origin.is_(None),
                new.c.from_run > since,
                ~select(earlier.c.id).where(same_place).exists(),
            )
            .order_by(new.c.id, old.c.id.desc())
        )
        taken: set[int] = set()
        for was, now in self._connection.execute(query).all():
            if was not in taken and now not in taken:
                taken |= {was, now}
                self._moved(was, now)

    def _moved(self, was: int, now: int) -> None:
        run = self._connection.execute
        run(update(FILE).where(FILE.c.id == was).values(ended="moved"))
        run(update(FILE).where(FILE.c.id == now).values(origin=was))
        first = {(m, rule, n): seen for m, rule, n, _, seen in self._seen(was)}
        for m, rule, n, number, _ in self._seen(now):
            if (m, rule, n) in first:
                one = update(FINDING).where(FINDING.c.id == number)
                run(one.values(first_run=first[m, rule, n]))

    def _seen(self, file: int) -> list[Any]:
        query = select(
            FINDING.c.member, FINDING.c.rule, FINDING.c.place, FINDING.c.id, FINDING.c.first_run
        )
        return list(self._connection.execute(query.where(FINDING.c.file == file)))

    def _findings(self, file: int, before: Before | None, outcome: Outcome) -> None:
        """Add the findings of a file; those it had before keep when they were first seen."""
        if not any(one.findings for one in outcome.flat()):
            return
        first: dict[tuple[bytes, str], int] = {}
        if before is not None and before.outcome is not None:
            self._writer.flush()
            known = select(FINDING.c.member, FINDING.c.key, FINDING.c.first_run)
            rows = self._connection.execute(known.where(FINDING.c.file == before.id))
            first = {(member, key): seen for member, key, seen in rows}
        for one in outcome.flat():
            member = as_bytes(one.locator[len(outcome.locator) :])
            met: Counter[str] = Counter()
            for found in one.findings:
                self._writer.add_finding(
                    file=file,
                    member=member,
                    place=met[found.rule],
                    rule=found.rule,
                    severity=int(found.severity),
                    key=found.key,
                    content=found.content_key or None,
                    first_run=first.get((member, found.key), self._run.id),
                )
                met[found.rule] += 1


def inode_of(stat: Stat) -> int:
    """Return the inode as it is kept: a database has no unsigned numbers."""
    return stat.inode & (1 << 63) - 1


def _held(outcome: Outcome, today: int) -> tuple[int | None, int | None]:
    """Return since and until when an outcome holds, by ordinals; the day until is not in it.

    None, if it would have been the same on any day.
    """
    days = [one.wake for one in outcome.flat() if one.wake is not None]
    told = any(
        one.findings or one.markings or one.mentions or one.advice or one.copies
        for one in outcome.flat()
    )
    if not days and not told:
        return None, None
    return today, min(days, default=date.max).toordinal()
