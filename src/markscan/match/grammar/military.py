"""The forces' grade above 绝密 (cn-military): 绝密·核心. Parsed, not judged (法63)."""

from __future__ import annotations

import re

from markscan.marking import Marking
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import BULLETS, FORMS, STAR, STARS, any_of
from markscan.match.grammar.pattern import Pattern
from markscan.match.grammar.plain import lead, mark, rest

_WORD = Pattern(
    rf"绝密[{re.escape(STAR + STARS + BULLETS)}-]?{any_of(FORMS['military']['words'])}级?"
)


def parse_military(candidate: Candidate) -> Marking | None:
    """Return the military grade that the whole candidate is."""
    text = candidate.text
    if "绝密" not in text:
        return None
    found = _WORD.match(text, lead(text)[0])
    if not found:
        return None
    for _, reading in rest(text, found.end()):
        return mark(candidate, "cn-military", "juemi_hx", False, reading)
    return None
