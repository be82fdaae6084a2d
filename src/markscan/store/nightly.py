"""One run of a scan over the store: skips what is unchanged, remembers what is examined.

A folder whose listing and scanner are those of its seal is passed over as a whole. In any other
a file is passed over when size, time of change, inode and scanner are the same (or another
scanner that would say the same of it, layers.py), unless

* it was changed within two seconds of being looked at: a later change might not show,
* it could not be read for a cause that may pass (no permission, out of time, a fault of ours),
* a day has come on which it may be judged otherwise: periods end (rules/lasting.py),
* the caller wants of files with findings what is not kept (quotes, sketches).

What is examined is told of its copies, too (read_once.py), unless all is to be examined.
A file is gone when its folder was listed and it was not there; never where listing failed.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from sqlalchemy import Connection, Row, select, update

from markscan.finding import Outcome
from markscan.remote.file import source_in
from markscan.run import unread
from markscan.source import Source
from markscan.store.history import outcome_of
from markscan.store.known import GONE, Known, Place, files_of, holds_on, place_of
from markscan.store.layers import Layers, Spared
from markscan.store.paths import as_bytes, as_text, folder_path, is_inside
from markscan.store.recorder import Before, Folder, Recorder, inode_of
from markscan.store.runs import Run
from markscan.store.schema import FILE
from markscan.store.sealing import Sealed, opened, sealed
from markscan.store.secret import finding_key, keyed
from markscan.store.twins import Twins
from markscan.store.writer import Writer
from markscan.walk import Listing, Stat, Unlisted

_FRESH = 2_000_000_000  # nanoseconds; the coarsest clock of a file system in use (FAT)
_NOTHING = -1  # the size of what is no file to be read


class Watcher(Protocol):
    """Who is told what a run comes by."""

    def handed(self, count: int) -> None:
        """So many files were found on disk."""

    def excluded(self, count: int) -> None:
        """So many files and folders are not to be examined."""

    def quiet(self, count: int) -> None:
        """So many files are unchanged and clean; no outcome is shown for them."""

    def outcome(self, outcome: Outcome, changed: bool) -> None:
        """The present outcome of a file; `changed` if it is new or differs."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller of a run wants.

    `full` examines every file. `again` examines files with findings, because something is
    wanted of them that is not kept. `every` shows unchanged clean files, too. `own` are
    the files of the store itself, which are passed over, by folder.
    """

    full: bool = False
    again: bool = False
    every: bool = False
    own: dict[bytes, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Whole:
    """Stands in line for the stored files of a folder that was passed over."""

    folder: int
    path: bytes


@dataclass(frozen=True, slots=True)
class _One:
    """Stands in line for a stored file."""

    path: bytes
    name: bytes
    format: str
    outcome: bytes | None


@dataclass(frozen=True, slots=True)
class _Work:
    """A file that is being examined. `fresh`: it was changed just before it was looked at."""

    folder: Folder
    stat: Stat
    before: Before | None
    fresh: bool


class Nightly:
    """A run at work. `sources` yields what must be examined, `ended` takes the outcomes."""

    def __init__(
        self,
        connection: Connection,
        run: Run,
        wish: Wish,
        watcher: Watcher,
        beat: Callable[[], None],
        layers: Layers | None = None,
    ) -> None:
        """Begin; without `layers` files that another scanner examined are all examined."""
        self._connection = connection
        self._run = run
        self._wish = wish
        self._watcher = watcher
        self._writer = Writer(connection, run.id)
        self._recorder = Recorder(connection, self._writer, run)
        self._key = finding_key(connection)
        self._spared = Spared(connection, run, layers) if layers is not None else None
        self._beat = beat
        self._committed = time.monotonic()
        self._known: Known | None = None
        # Folders that could not be listed, and those that are not to be examined.
        self._faults: set[bytes] = set()
        self._closed: set[bytes] = set()
        self._at_work: dict[str, _Work] = {}
        # None: a file that is being examined. As many as are at work.
        self._line: deque[_Whole | _One | tuple[Outcome, bool] | None] = deque()

    def known(self, place: str) -> Twins | None:
        """Return what tells, in any process, of files identical to one that is to be examined.

        Args:
            place: of the store.
        """
        wish = self._wish
        every = wish.full or wish.again
        return None if every else Twins(place, self._run.scanner, self._run.day)

    def sources(
        self, found: Iterable[Listing | Sealed | Unlisted], tick: Callable[[], None]
    ) -> Iterator[Source]:
        """Yield the files to examine; see to all others. `tick` is called after each folder."""
        for one in found:
            if isinstance(one, Unlisted):
                self._unlisted(one)
            else:
                yield from self._listed(sealed(one) if isinstance(one, Listing) else one)
            if not self._at_work:
                self._drain()
            tick()
        self._leave_root()

    def ended(self, outcome: Outcome) -> None:
        """Keep and show the outcome of a file that was examined."""
        work = self._at_work.pop(outcome.locator)
        outcome = keyed(self._key, outcome)
        kept = self._recorder.record(work.folder, work.stat, work.before, outcome, again=work.fresh)
        self._recorder.leave(work.folder)
        self._drain()
        self._line.popleft()
        self._watcher.outcome(outcome, kept.changed)
        self._drain()

    def provisional(self, outcome: Outcome) -> None:
        """Keep an outcome that a second look may replace, should the run die before it."""
        work = self._at_work[outcome.locator]
        kept = self._recorder.record(
            work.folder,
            work.stat,
            work.before,
            keyed(self._key, outcome),
            again=True,
            final=False,
        )
        self._at_work[outcome.locator] = replace(work, before=kept)

    def tick(self) -> None:
        """Commit if a second has passed, or much is waiting."""
        if self._writer.full:
            self._writer.flush()
        if time.monotonic() - self._committed >= 1.0:
            self.commit()

    def commit(self) -> None:
        """Make everything lasting that was kept so far."""
        self._writer.flush()
        self._beat()
        self._connection.commit()
        self._committed = time.monotonic()

    def finish(self) -> None:
        """Commit the end of a run that reached it: what moved keeps when it was first seen."""
        self._drain()
        self._writer.flush()
        self._recorder.bring_together()
        self.commit()

    def _unlisted(self, fault: Unlisted) -> None:
        """Keep that a folder could not be listed; all in it stays as it was known."""
        path = folder_path(fault.path)
        self._enter(path)
        self._watcher.handed(1)
        self._faults.add(path)
        place = self._passed(path)
        folder = self._recorder.folder(path, place, None)
        before = files_of(self._connection, place.id).get(b"") if place else None
        outcome = unread(as_text(path).rstrip("/") or "/", fault.error)
        self._keep(folder, Stat("", _NOTHING, 0, 0), before, outcome)
        if place is not None:  # its seal must not hold when it can be listed again
            unset = dict.fromkeys(("seal", "scanner", "day", "wake"))
            self._writer.seal(place.id, **unset, quiet=0, loud=1)

    def _listed(self, one: Sealed) -> Iterator[Source]:
        path = folder_path(one.path)
        own = self._wish.own.get(path)
        if own:
            listing = opened(one)
            others = [each for each in listing.files if each.name not in own]
            one = sealed(replace(listing, files=others))
        self._watcher.handed(one.files + one.odd)
        self._watcher.excluded(one.excluded)
        self._closed.update(map(folder_path, one.closed))
        if one.whole:
            self._enter(path)
            place = self._passed(path)
            if place is not None and self._holds(place, one.seal):
                self._pass_over(place)
                return
            folder = self._recorder.folder(path, place, one.seal)
        else:
            self._writer.flush()  # the folder may have been met before
            folder = self._recorder.folder(path, place_of(self._connection, path), None)
        yield from self._compared(opened(one), folder)

    def _compared(self, listing: Listing, folder: Folder) -> Iterator[Source]:
        """Yield the files of a folder that must be examined; see to the others."""
        known = files_of(self._connection, folder.id) if folder.known else {}
        now = time.time_ns()
        for stat in listing.files:
            name = as_bytes(stat.name)
            before = known.pop(name, None)
            if before is not None and self._same(stat, before, listing.path):
                self._stored(folder, before)
                continue
            source = source_in(listing.path, stat)
            fresh = abs(now - stat.mtime) < _FRESH
            self._at_work[source.locator] = _Work(folder, stat, _before(before), fresh)
            folder.waiting += 1
            self._line.append(None)
            yield source
        for odd in listing.odd:
            called = odd.locator.rpartition("/")[2]
            before = known.pop(as_bytes(called), None)
            outcome = unread(odd.locator, odd.error)
            self._keep(folder, Stat(called, _NOTHING, 0, 0), before, outcome)
        if listing.whole:
            left_out = {as_bytes(name) for name in listing.excluded}
            for name, row in known.items():
                self._writer.end_file(row.id, "excluded" if name in left_out else "gone")
        self._recorder.leave(folder)

    def _holds(self, place: Place, seal: bytes) -> bool:
        """Whether nothing of a folder need be looked at."""
        wish = self._wish
        return (
            place.seal == seal
            and place.scanner == self._run.scanner
            and holds_on(self._run.day, place.day, place.wake)
            and not wish.full
            and not (wish.again and place.loud)
        )

    def _same(self, stat: Stat, before: Row[Any], folder: str) -> bool:
        """Whether a file of `folder` need not be looked at."""
        wish = self._wish
        return (
            (before.size, before.mtime, before.inode) == (stat.size, stat.mtime, inode_of(stat))
            and holds_on(self._run.day, before.day, before.wake)
            and not before.again
            and not wish.full
            and not (wish.again and before.outcome is not None)
            and (before.scanner == self._run.scanner or self._spares(folder, stat, before))
        )

    def _spares(self, folder: str, stat: Stat, before: Row[Any]) -> bool:
        """Whether a file need not be looked at though another scanner did so last."""
        spared = self._spared
        if spared is None or not spared.tell(source_in(folder, stat), before):
            return False
        self._writer.adopt(before.id, self._run.scanner)
        return True

    def _pass_over(self, place: Place) -> None:
        if self._wish.every or place.loud:
            self._line.append(_Whole(place.id, place.path))
        if not self._wish.every and place.quiet:
            self._watcher.quiet(place.quiet)

    def _stored(self, folder: Folder, row: Row[Any]) -> None:
        folder.count(row.outcome is None, row.day, row.wake)
        if row.outcome is None and not self._wish.every:
            self._watcher.quiet(1)
        else:
            self._line.append(_One(folder.path, row.name, row.format, row.outcome))

    def _keep(self, folder: Folder, stat: Stat, before: Row[Any] | None, outcome: Outcome) -> None:
        """Keep an outcome that needs no examination."""
        kept = self._recorder.record(folder, stat, _before(before), outcome, again=False)
        self._line.append((outcome, kept.changed))

    def _enter(self, path: bytes) -> None:
        """Come to a folder: of the root at hand, or the first of another one."""
        if self._known is None or not path.startswith(self._known.root):
            self._leave_root()
            self._known = Known(self._connection, path)

    def _passed(self, path: bytes) -> Place | None:
        """Return what is known of a folder; what was known before it in order is gone."""
        assert self._known is not None
        self._end(self._known.before(path))
        return self._known.take(path)

    def _leave_root(self) -> None:
        if self._known is not None:
            self._end(self._known.rest())
            self._known = None

    def _end(self, places: Iterable[Place]) -> None:
        """See to folders that the walk did not come by."""
        for place in places:
            if place.seal == GONE or is_inside(place.path, self._faults):
                continue
            why = "excluded" if is_inside(place.path, self._closed) else "gone"
            self._writer.flush()
            open_files = (FILE.c.folder == place.id) & FILE.c.to_run.is_(None)
            self._connection.execute(
                update(FILE).where(open_files).values(to_run=self._run.id, ended=why)
            )
            unset = dict.fromkeys(("scanner", "day", "wake"))
            self._writer.seal(place.id, seal=GONE, **unset, quiet=0, loud=0)

    def _drain(self) -> None:
        """Show what stands in line before the next file that is being examined."""
        while self._line and (first := self._line[0]) is not None:
            self._line.popleft()
            if isinstance(first, _Whole):
                for one in self._of_folder(first):
                    self._show(one)
            elif isinstance(first, _One):
                self._show(first)
            else:
                self._watcher.outcome(*first)

    def _show(self, one: _One) -> None:
        outcome = outcome_of(one.path, one.name, one.format, one.outcome)
        self._watcher.outcome(outcome, False)

    def _of_folder(self, whole: _Whole) -> list[_One]:
        query = select(FILE.c.name, FILE.c.format, FILE.c.outcome).where(
            FILE.c.folder == whole.folder, FILE.c.to_run.is_(None)
        )
        if not self._wish.every:
            query = query.where(FILE.c.outcome.is_not(None))
        rows = self._connection.execute(query.order_by(FILE.c.name)).all()
        return [_One(whole.path, *row) for row in rows]


def _before(row: Row[Any] | None) -> Before | None:
    return Before(row.id, row.format, row.outcome) if row is not None else None
