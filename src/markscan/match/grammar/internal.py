"""Internal papers (cn-internal): 内部资料 注意保存, 仅供内部参考, 密级：内部."""

from __future__ import annotations

from markscan.marking import Marking
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import FORMS, any_of
from markscan.match.grammar.pattern import Pattern
from markscan.match.grammar.plain import lead, mark, rest

_HEADS = any_of(FORMS["internal"]["heads"])
_NOUNS = any_of(FORMS["internal"]["nouns"])
_WORD = Pattern(rf"{_HEADS}?内部{_NOUNS}?")


def parse_internal(candidate: Candidate) -> Marking | None:
    """Return the internal caveat that the whole candidate is."""
    text = candidate.text
    if "内部" not in text:
        return None
    found = _WORD.match(text, lead(text)[0])
    if not found:
        return None
    for star, reading in rest(text, found.end()):
        return mark(candidate, "cn-internal", "neibu", star, reading)
    return None
