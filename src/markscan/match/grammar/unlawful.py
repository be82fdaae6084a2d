"""A word that is no level, alone or before ★ and a period: 特密★10年 (法14: three levels)."""

from __future__ import annotations

from markscan.marking import Marking
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import FORMS, STAR, any_of
from markscan.match.grammar.pattern import Pattern
from markscan.match.grammar.periods import readings

_WORD = Pattern(rf"{any_of(FORMS['level']['unlawful'])}{STAR}+")

_ALONE = Pattern(any_of(FORMS["level"]["unlawful_alone"]))


def parse_unlawful(candidate: Candidate) -> Marking | None:
    """Return the mark that the whole candidate is, without a level."""
    if _ALONE.fullmatch(candidate.text):
        return Marking("cn-state", None, None, "密级★?", ("typo", "nostar"))
    found = _WORD.match(candidate.text)
    if found is None:
        return None
    for reading in readings(candidate.text, found.end()):
        if reading.end == len(candidate.text) and reading.period is not None:
            right = f"密级★{reading.written or '?'}"
            tags = ("typo", *candidate.script_defects, *candidate.sign_defects)
            return Marking("cn-state", None, reading.period, right, tags)
    return None
