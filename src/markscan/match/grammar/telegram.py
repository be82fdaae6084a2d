"""Telegram headings: 密码电报, 国务院密传发电, 明传电报."""

from __future__ import annotations

import re

from markscan.marking import Marking
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import CLOSE, FORMS, OPEN, URGENCY, any_of
from markscan.match.grammar.pattern import Pattern

_T = FORMS["telegram"]
_LEVEL_OF = {word: level for level in ("mima", "ming") for word in _T[level]}
_HEADING = Pattern(
    rf"[{re.escape(OPEN)}]{{0,2}}(?P<issuer>[\w×()（）]{{0,16}}?)(?P<word>{any_of(_LEVEL_OF)})"
    rf"[{re.escape(CLOSE)}]{{0,2}}(?:[·|]?{URGENCY})?"
)
_ISSUER_END = ("委", "院", "厅", "府", "局", "部", "办", "室", "会", "署", "军", "国务院", "中央")


def parse_telegram(candidate: Candidate) -> Marking | None:
    """Return the telegram heading that the whole candidate is."""
    text = candidate.text
    if "电" not in text and "传真" not in text:
        return None
    found = _HEADING.fullmatch(text)
    if not found or (found["issuer"] and not found["issuer"].endswith(_ISSUER_END)):
        return None
    return Marking(
        "telegram",
        _LEVEL_OF[found["word"]],
        defects=(*candidate.script_defects, *candidate.sign_defects),
    )
