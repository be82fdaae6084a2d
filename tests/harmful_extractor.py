"""A reader for tests alone: what it does to its process stands in the name of the file.

Apart from the tests, so that the processes of a scan can import it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import markscan.reading
from markscan.cli.examine import MakeScan
from markscan.extract import Item, extract
from markscan.extract.extractor import Budget
from markscan.finding import Outcome
from markscan.source import Source

_HELD: list[bytes] = []


def harmful(source: Source, format: str, budget: Budget) -> Iterator[Item]:
    """Hang, crash or eat memory; read files with other names as ever."""
    match source.name.partition(".")[0].partition("-")[0]:
        case "hang":
            time.sleep(1000)
        case "spin":
            while True:
                pass
        case "crash":
            os._exit(7)
        case "eat":
            while True:
                _HELD.append(bytes(64 << 20))
        case "slow":
            time.sleep(0.05)
    yield from extract(source, format, budget)


@dataclass(frozen=True, slots=True)
class MakeHarm(MakeScan):
    """Makes a scanner with that reader."""

    def __call__(self) -> Callable[[Source], Outcome]:
        """Build the scanner of this process."""
        markscan.reading.extract = harmful
        return MakeScan.__call__(self)


def main() -> int:
    """Run the command line with that reader."""
    import markscan.cli.examine
    from markscan.cli import main as command

    markscan.cli.examine.MakeScan = MakeHarm  # type: ignore[misc]
    return command()


if __name__ == "__main__":
    # The class must be that of the module which the processes import.
    import harmful_extractor

    sys.exit(harmful_extractor.main())
