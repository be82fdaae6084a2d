"""What the schemes beside the state's share: a label, brackets, a period without a star rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.marking import Marking
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import (
    BULLETS,
    CLOSE,
    JOINTS,
    LABEL,
    OPEN,
    PERIOD_LABEL,
    STAR,
    STARS,
    TAIL,
)
from markscan.match.grammar.pattern import Pattern
from markscan.match.grammar.periods import Kind, Reading, readings

OPENING = f"[{re.escape(OPEN)}]{{0,3}}"
CLOSING = f"[{re.escape(CLOSE)}]{{0,3}}"
_LEAD = Pattern(rf"{OPENING}(?:(?P<label>{LABEL}){OPENING})?")
_SEPARATOR = Pattern(f"[{re.escape(STAR + STARS + BULLETS + JOINTS)}]{{0,3}}{OPENING}")
_PERIOD_LABEL = Pattern(PERIOD_LABEL)
_END = Pattern(rf"{CLOSING}(?:[{STAR}|·,，/;；、]?{OPENING}{TAIL}{CLOSING}){{0,3}}")
_READABLE: frozenset[Kind] = frozenset(("solid", "usual", "known", "hole"))
_LONG_TAGS = frozenset(("long", "long-word"))


def lead(text: str) -> tuple[int, bool]:
    """Return where the first word stands, behind brackets and a label; whether one stood."""
    found = _LEAD.match(text)
    return (found.end(), bool(found["label"])) if found else (0, False)


def rest(text: str, at: int) -> Iterator[tuple[bool, Reading | None]]:
    """Yield how what follows the word at `at` can be read to the end of the text.

    Each reading: whether a ★ stands there, and the period if there is one.
    """
    separator = _SEPARATOR.match(text, at)
    for end in dict.fromkeys((separator.end() if separator else at, at)):
        star = STAR in text[at:end]
        label = _PERIOD_LABEL.match(text, end)
        for start in (label.end(), end) if label else (end,):
            for reading in readings(text, start):
                trusted = reading.kind in _READABLE or star or start > end
                if trusted and _END.fullmatch(text, reading.end):
                    yield star, reading
        if _END.fullmatch(text, end) and (end == at or STAR in text[at:end]):
            yield star, None


def mark(
    candidate: Candidate, scheme: str, level: str, star: bool, reading: Reading | None
) -> Marking:
    """Return a mark of a scheme that has no ★ and may last long."""
    start, labelled = lead(candidate.text)
    defects = list(candidate.script_defects)
    if labelled:
        defects.append("label")
    if candidate.text[0] in OPEN and start > 0:
        defects.append("bracket")
    if star:
        defects.append("scheme-mix")
    if reading is not None:
        defects += [tag for tag in reading.defects if tag not in _LONG_TAGS]
    defects += candidate.sign_defects
    period = reading.period if reading is not None else None
    return Marking(scheme, level, period, None, tuple(dict.fromkeys(defects)))
