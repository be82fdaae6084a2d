"""The marking grammar: a candidate string → a Marking, or None.

A marking is a whole line, cell, header, stamp, file-name token or property value, never a
piece of running text. One scheme family a file; the order in which they are asked is the
table `_SCHEMES` (law-and-rules 3.2, "ambiguities met while testing").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markscan.marking import Marking
from markscan.match.grammar import filename
from markscan.match.grammar.anchors import ANCHORS, rare_signs
from markscan.match.grammar.candidate import Candidate, prepare
from markscan.match.grammar.checkbox import parse_checkbox
from markscan.match.grammar.commercial import parse_commercial
from markscan.match.grammar.docno import parse_docno
from markscan.match.grammar.internal import parse_internal
from markscan.match.grammar.lifecycle import parse_lifecycle
from markscan.match.grammar.military import parse_military
from markscan.match.grammar.openness import parse_openness
from markscan.match.grammar.scope import parse_scope
from markscan.match.grammar.state import parse_state
from markscan.match.grammar.taiwan import parse_taiwan
from markscan.match.grammar.telegram import parse_telegram
from markscan.match.grammar.template import parse_template
from markscan.match.grammar.unlawful import parse_unlawful
from markscan.match.grammar.unreadable import parse_unreadable
from markscan.match.grammar.work import parse_work

__all__ = ["ANCHORS", "parse", "parse_filename"]

# Longest lawful periods in years where nothing else is provided (法20).
_LIMITS: Mapping[str, int] = {"juemi": 30, "jimi": 20, "mimi": 10}

# What has none of these is nothing: 号 of an ordinary document number, 秘 of ㊙.
_SIGNS = rare_signs(ANCHORS) | {"号", "秘"}

# The first that reads the whole candidate wins. Taiwan before all that reads folded text;
# work and trade secrets before the state's, whose word they contain; a template's 密级★
# before the label 密级; the stamps of change before the marks that stand in them.
_SCHEMES: tuple[Callable[[Candidate], Marking | None], ...] = (
    parse_taiwan,
    parse_checkbox,
    parse_docno,
    parse_telegram,
    parse_openness,
    parse_scope,
    parse_work,
    parse_internal,
    parse_commercial,
    parse_military,
    parse_template,
)


def parse(text: str, *, law_limits: Mapping[str, int] | None = None) -> Marking | None:
    """Return what the whole of `text` says as a marking; None if it is none.

    Never raises. Text of more than 60 visible characters, white space not counted, and
    text with Japanese kana is no marking.

    Args:
        law_limits: longest lawful period in years by level; 30, 20, 10 if not given (法20).
    """
    candidate = prepare(text)
    if candidate is None or _SIGNS.isdisjoint(candidate.text):
        return None
    limits = _LIMITS if law_limits is None else law_limits
    for scheme in _SCHEMES:
        marking = scheme(candidate)
        if marking is not None:
            return marking
    stamp = parse_lifecycle(candidate, lambda part: parse_state(part, limits))
    state = stamp or parse_state(candidate, limits)
    return state or parse_unlawful(candidate) or parse_unreadable(candidate)


def parse_filename(name: str) -> Marking | None:
    """Return what a token of the file name `name` says as a marking; None if none does.

    A token in brackets or between delimiters, or the stem. Words in 《》 are titles. Never
    raises.
    """
    return filename.find(name, parse)
