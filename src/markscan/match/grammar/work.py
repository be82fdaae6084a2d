"""Work secrets (cn-work): 工作秘密, 工作秘密 1年, 工作秘密，不得外传 (法64)."""

from __future__ import annotations

from markscan.marking import Marking
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import FORMS, any_of
from markscan.match.grammar.pattern import Pattern
from markscan.match.grammar.plain import lead, mark, rest

_WORD = Pattern(rf"{any_of(FORMS['work']['words'])}(?:级|件)?")


def parse_work(candidate: Candidate) -> Marking | None:
    """Return the mark of a work secret that the whole candidate is."""
    text = candidate.text
    if "工作秘密" not in text:
        return None
    found = _WORD.match(text, lead(text)[0])
    if not found:
        return None
    for star, reading in rest(text, found.end()):
        return mark(candidate, "cn-work", "gongzuo", star, reading)
    return None
