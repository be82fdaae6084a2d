"""What workers do in the tests of shares. Apart from the tests, so that they start quickly."""

from __future__ import annotations

from markscan.finding import Outcome, Status
from markscan.remote import link
from markscan.remote.reach import Reach
from markscan.run import Scan
from markscan.source import Source


def bytes_of(reach: Reach) -> Scan:
    """Make a scan that reads a file."""
    reach.enter()
    return _read


def _read(source: Source) -> Outcome:
    return Outcome(source.locator, str(len(source.read())), Status.EXAMINED)


def count(reach: Reach) -> Scan:
    """Make a scan that reads a file and says, as its format, how often it has connected."""
    made: list[object] = []
    reached = link.Link._reached

    def counted(self: link.Link) -> object:
        share = reached(self)
        if share not in made:
            made.append(share)
        return share

    link.Link._reached = counted  # type: ignore[method-assign, assignment]
    reach.enter()

    def scan(source: Source) -> Outcome:
        source.read()
        return Outcome(source.locator, str(len(made)), Status.EXAMINED)

    return scan
