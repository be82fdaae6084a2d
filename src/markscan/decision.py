"""What a draft form (发文稿纸, 定密审批表) says of the classification of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markscan.document import Place, Span
from markscan.marking import Marking


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision on classification (定密结论) as a form records it.

    `marking` is the level and period filled in, None where none is; `open` is true where
    the form says 非密 (不涉密) or another scheme than the state's. `decided` is the day of
    the decision (定密日期), `drafted` that of the first draft. `scope`, `reasons` (定密依据)
    and `officer` (定密责任人) tell whether these fields are filled in; `copies` is the
    approved number (印制份数). `separate` is true for a form that was given beside the draft,
    false for one inside the file that is checked; `alone` tells that this file is nothing but
    the form. `place` is where the level stands, or would; None where `separate`. `taken` is
    what a form takes of the file that is checked: parts by index, with the stretch of each.
    """

    marking: Marking | None = None
    open: bool = False
    decided: date | None = None
    drafted: date | None = None
    scope: bool = False
    reasons: bool = False
    officer: bool = False
    copies: int | None = None
    separate: bool = False
    alone: bool = False
    place: Place | None = None
    taken: tuple[tuple[int, Span], ...] = ()

    def holds(self, part: int, span: Span) -> bool:
        """Return whether a stretch of the file that is checked stands inside the form."""
        return any(
            index == part and own.start <= span.start and span.end <= own.end
            for index, own in self.taken
        )
