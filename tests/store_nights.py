"""Runs scans over a store in this process, and says what they came by."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from markscan import Config, Scanner
from markscan.finding import Outcome
from markscan.policy import Policy
from markscan.read_once import ReadOnce, Scan
from markscan.store.database import open_database
from markscan.store.layers import Layers
from markscan.store.nightly import Nightly, Wish
from markscan.store.runs import Asked, Ledger, Run, begin, end
from markscan.walk import Listing, Unlisted, listings

TODAY = date(2026, 3, 1)
OLD = 1_577_836_800
CONFIG = Config(task="scan", policy=Policy(), today=TODAY, ocr=False)
MARKED = "机密★10年\n关于仓储安排的通知\n"
CLEAN = "关于召开例会的通知\n请各科室按时参加。\n"


@dataclass
class Night:
    """What one run came by: locators that were examined, outcomes by locator, counts."""

    run: Run
    examined: list[str] = field(default_factory=list)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    files: int = 0
    left_out: int = 0
    clean: int = 0

    def handed(self, count: int) -> None:
        self.files += count

    def excluded(self, count: int) -> None:
        self.left_out += count

    def quiet(self, count: int) -> None:
        self.clean += count

    def outcome(self, outcome: Outcome, changed: bool) -> None:
        self.outcomes[outcome.locator] = outcome
        if changed:
            self.changed.add(outcome.locator)

    @property
    def names(self) -> list[str]:
        """The names of the files that were examined, sorted."""
        return sorted(locator.rpartition("/")[2] for locator in self.examined)


def write(root: Path, **files: str) -> None:
    """Write settled files; `__` in a name stands for a slash, `_` for the dot."""
    for name, text in files.items():
        put(root / name.replace("__", "/").replace("_", "."), text)


def put(path: Path, text: str) -> Path:
    """Write a file that was not changed just now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (OLD, OLD))
    return path


# Reading all that an identity is made of takes a while.
_layers = cache(Layers.of)
_scanners: dict[Config, ReadOnce] = {}


def _scanner(config: Config) -> ReadOnce:
    return ReadOnce(Scanner(config))


def night(
    store: Path | str,
    *roots: Path,
    config: Config = CONFIG,
    wish: Wish | None = None,
    stop_after: int | None = None,
    pictures: str = "",
    found: Iterable[Listing | Unlisted] | None = None,
    after: dict[int, Callable[[], None]] | None = None,
    scanner: Scan | None = None,
) -> Night:
    """Scan `roots` once; with `stop_after` the run dies after so many files were examined.

    The file called `pictures` is looked at a second time, after all others. `found` is scanned
    instead of what lies under `roots`; what `after` says is done after so many files. With
    a `scanner` that is taken, and copies are examined once; else each by itself.
    """
    layers = _layers(config)
    scan = _scanners.get(config) or _scanners.setdefault(config, _scanner(config))
    with closing(open_database(str(store))) as connection:
        told = tuple(root.as_posix() for root in roots)
        asked = Asked(told, "test", disabled=tuple(config.disabled))
        run = begin(connection, layers.digest(), config.today.toordinal(), asked)
        seen = Night(run)
        work = Nightly(connection, run, wish or Wish(every=True), seen, lambda: None, layers)
        if scanner is not None:
            scan = ReadOnce(scanner, work.known(str(store)))
        if found is None:
            found = listings(roots, exclude=config.exclude)
        for source in work.sources(found, work.tick):
            if stop_after is not None and len(seen.examined) == stop_after:
                work.commit()
                end(connection, run, "interrupted", Ledger())
                return seen
            seen.examined.append(source.locator)
            if source.name == pictures:
                waiting = scan(source)
                work.provisional(waiting)
            else:
                work.ended(scan(source))
            if after is not None and len(seen.examined) in after:
                after[len(seen.examined)]()
        if pictures:
            work.ended(waiting)
        work.finish()
        end(connection, run, "finished", Ledger(handed=seen.files))
    return seen
