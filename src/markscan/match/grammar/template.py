"""Marks of templates that nobody filled in, without a level: ×密★×年, 〔密级★保密期限〕."""

from __future__ import annotations

import re

from markscan.marking import Marking, Unusable
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import (
    CLOSE,
    FORMS,
    LABEL,
    OPEN,
    PERIOD_LABEL,
    STAR,
    STARS,
    any_of,
)
from markscan.match.grammar.pattern import Pattern

_HOLE = f"[{re.escape(FORMS['holes']['signs'])}]"
_LEVEL_HOLE = f"[{re.escape(FORMS['holes']['level_signs'])}]"
_STAR = f"[{re.escape(STAR + STARS)}]"
_PERIOD = (
    rf"(?:{PERIOD_LABEL}|{_HOLE}{{0,8}}(?:年|个月|月|日|天)?|{_HOLE}{{1,4}}年{_HOLE}{{1,2}}月{_HOLE}{{1,2}}日"
    rf"|\d{{1,2}}年|\$?\{{{{1,2}}[^{{}}]{{1,20}}\}}{{1,2}})"
)
_OPEN, _CLOSE = f"[{re.escape(OPEN)}]{{0,3}}", f"[{re.escape(CLOSE)}]{{0,3}}"

# The words of the rule itself, or signs for the level, before a star (table 3.3, 68 and 69).
_MARK = Pattern(
    rf"\$?{_OPEN}(?:密级|{_LEVEL_HOLE}{{1,3}}密){_CLOSE}{_STAR}{{1,2}}\$?{_OPEN}{_PERIOD}{_CLOSE}"
)
# A field whose value was left open: 密级：__（待填）.
_LONG_WORDS = any_of(FORMS["holes"]["words"])
_FIELD = Pattern(
    rf"{_OPEN}(?P<label>{LABEL}){_OPEN}(?:{_HOLE}{{2,12}}|[×xX]密?|\{{{{1,2}}[^{{}}]{{1,20}}\}}{{1,2}}"
    rf"|(?={_OPEN}{_LONG_WORDS}))(?:{_OPEN}{_LONG_WORDS})?{_CLOSE}"
)


def parse_template(candidate: Candidate) -> Marking | None:
    """Return the unfilled mark that the whole candidate is: level None, period unusable."""
    text = candidate.text
    if "密" not in text:
        return None
    defects = ["placeholder"]
    if _MARK.fullmatch(text) and text.index("密") not in candidate.gaps:
        if text[0] in OPEN or text[-1] in CLOSE:
            defects.append("bracket")
    elif _FIELD.fullmatch(text):
        defects.append("label")
    else:
        return None
    tags = (*defects, *candidate.script_defects, *candidate.sign_defects)
    return Marking("cn-state", None, Unusable(), None, tags)
