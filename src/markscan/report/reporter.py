"""What a report is: it is shown outcome after outcome, then the totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from markscan.finding import Outcome
from markscan.report.totals import Totals
from markscan.wording import Language, Text

if TYPE_CHECKING:
    from markscan.place_rules import Notice


@dataclass(frozen=True, slots=True)
class Manner:
    """How a report speaks.

    `quote` shows the line that a finding rests on, the only document text in any
    report. `verbose` shows clean files too; `quiet` leaves out the totals. `keys` shows by
    which name `markscan verdict` knows a finding.
    """

    language: Language = "zh"
    quote: bool = False
    verbose: bool = False
    quiet: bool = False
    keys: bool = False


class Reporter(Protocol):
    """Writes one report to the stream it was made with."""

    def shows(self, outcome: Outcome) -> bool:
        """Whether `outcome` will write anything for this one."""
        ...

    def outcome(self, outcome: Outcome) -> None:
        """Report one file on disk, with everything inside it."""
        ...

    def notices(self, notices: Sequence[Notice]) -> None:
        """Report what was found of places as a whole, once, before the end; maybe nothing."""
        ...

    def close(self, totals: Totals, sentence: Text) -> None:
        """Report the whole; `sentence` says how it ended."""
        ...
