"""What a rule about places is, and what it says of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from markscan.finding import Conclusion, Severity
from markscan.wording import Text

# What the store keeps of a notice: codes, ranks, days and numbers, never a name or text.
Told = Mapping[str, str | int]


def _as_told(told: Told) -> dict[str, object]:
    return dict(told)


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """A rule about places: its page of the catalogue, and what makes words of what is kept.

    The braces of `message` and `fix` are filled with `words` of what the store has told.
    """

    code: str
    name: Text
    trigger: Text
    severity: Severity
    basis: Text
    message: Text
    fix: Text
    words: Callable[[Told], dict[str, object]] = _as_told


@dataclass(frozen=True, slots=True)
class Notice:
    """What was found of one place: a root, a folder, or a location of the policy (its pattern).

    `key` names it for `markscan verdict`; verdicts hang on `content_key`. `first_run` is the run
    that found it first, `began` when that run began.
    """

    rule: str
    severity: Severity
    place: str
    message: Text
    fix: Text
    basis: Text
    key: str
    content_key: str
    first_run: int
    began: datetime
    conclusion: Conclusion | None = None

    @property
    def dismissed(self) -> bool:
        """Whether a person found that it is settled: it is shown, but does not count."""
        return self.conclusion is not None and self.conclusion.dismissed
