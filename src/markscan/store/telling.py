"""What a run tells of a file: its outcome, with what only all files together and people add."""

from __future__ import annotations

from collections.abc import Callable, Collection

from markscan.finding import Outcome
from markscan.run import CopyLedger
from markscan.store.verdicts import Standings


def telling(standings: Standings, disabled: Collection[str]) -> Callable[[Outcome], Outcome]:
    """Return what makes of each outcome of a run the one that is told, counted and reported.

    It adds the copies beyond what was approved and lays over it what people concluded. Outcomes
    are to be given in the order of the run, each once: copies are counted in it.

    Args:
        standings: what is in force on the day of the telling.
        disabled: codes of rules that the run was to leave out.
    """
    copies = CopyLedger(disabled=disabled)
    return lambda outcome: standings.applied(copies.counted(outcome))
